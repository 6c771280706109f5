"""Rows of complaints and of what happened to them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, bindparam, func, insert, or_, select, update

from kelurahan_client.domain.complaint import Complaint, Status, SyncState, TimelineEntry
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import FIELDS, Json, from_json, read_utc, reader_of, to_json, utc_text
from kelurahan_client.store import moments, text_index
from kelurahan_client.store.damage import as_written
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.many import is_one_of
from kelurahan_client.store.tables import complaint, entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A complaint with what only this machine knows of its row."""

    complaint: Complaint
    key: int
    resolved_on: date | None = None
    extra: dict[str, Json]
    import_id: str | None = None
    deleted: bool = False
    registered_by: str = ""  # the officer, "" where it was another desk's


_WHOLE = select(
    *(complaint.c[name] for name in FIELDS),
    *(complaint.c[name] for name in ("key", "resolved_on", "extra", "import_id", "deleted", "registered_by")),
)


def _warnings(raw: str) -> object:
    return () if raw == "[]" else from_json("warnings", json.loads(raw))


_READERS: list[tuple[str, Callable[[Any], Any]]] = [
    (name, _warnings if name == "warnings" else reader_of(name)) for name in FIELDS
]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if "warnings" in found:
        found["warnings"] = _json(found["warnings"])
    return found


_WORDS = frozenset(
    (
        "reference reporter_name reporter_phone reporter_address title statement location rt rw note "
        "status agency category channel classification"
    ).split()
)


def change(transaction: Transaction, stored: Stored, values: Mapping[str, object]) -> None:
    """Write `values` (typed, by field name; also extra, resolved_on, deleted) over a stored complaint."""
    columns = _columns({name: value if name == "extra" else to_json(value) for name, value in values.items()})
    if "extra" in columns:
        columns["extra"] = _json(columns["extra"])
    if not columns:
        return
    transaction.connection.execute(update(complaint).where(complaint.c.key == stored.key).values(columns))
    if columns.get("deleted"):
        text_index.forget(transaction, stored.key)
    elif _WORDS & columns.keys() or "deleted" in columns:
        text_index.forget(transaction, stored.key)
        row = transaction.connection.execute(select(complaint).where(complaint.c.key == stored.key)).mappings().one()
        text_index.index(transaction, [(stored.key, dict(row))])


def get(transaction: Transaction, id_: str) -> Stored | None:
    """The complaint with this id, deleted ones included."""
    row = transaction.connection.execute(_WHOLE.where(complaint.c.id == id_)).first()
    return _stored(row) if row else None


def get_many(transaction: Transaction, ids: Iterable[str]) -> dict[str, Stored]:
    """All complaints of `ids` that are here, by id."""
    rows = transaction.connection.execute(_WHOLE.where(is_one_of(complaint.c.id, ids))).all()
    return {one.complaint.id: one for one in map(_stored, rows)}


def by_keys(transaction: Transaction, keys: Sequence[int]) -> list[Stored]:
    """The complaints with these keys, in the order of `keys`; one that is gone or deleted is left out."""
    found: list[Stored] = []
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        query = _WHOLE.where(complaint.c.key.in_(part), _HERE)
        rows = {one.key: one for one in map(_stored, transaction.connection.execute(query).all())}
        found += [rows[key] for key in part if key in rows]
    return found


def with_extra(transaction: Transaction) -> list[Stored]:
    """The complaints with fields that the program did not know when they came."""
    query = _WHOLE.where(complaint.c.extra != "{}")
    return [_stored(row) for row in transaction.connection.execute(query)]


def by_reference(transaction: Transaction, reference: str) -> list[Stored]:
    """The complaints with this reference number: one, but for a number that another city's desk used too."""
    query = _WHOLE.where(complaint.c.reference == reference, complaint.c.deleted.is_(False))
    return [_stored(row) for row in transaction.connection.execute(query)]


def seen_by(office: str) -> ColumnElement[bool]:
    """Whether the office recorded a complaint, or it happened there."""
    return or_(complaint.c.office == office, complaint.c.location_office == office)


# A value only: SQLite would begin with the indexes that have it, and so with every complaint.
_HERE = moments.plain(complaint.c.deleted) == 0


def known_fingerprints(transaction: Transaction, fingerprints: Iterable[str]) -> set[str]:
    """Those of `fingerprints` that a complaint on this machine came from (undone imports do not count)."""
    found: set[str] = set()
    wanted = list(fingerprints)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        query = select(complaint.c.fingerprint).where(complaint.c.fingerprint.in_(part), _HERE)
        found.update(transaction.connection.execute(query).scalars())
    return found


def of_import(transaction: Transaction, import_id: str) -> list[Stored]:
    """The complaints that came with one import, deleted ones not."""
    query = _WHOLE.where(complaint.c.import_id == import_id, _HERE)
    return [_stored(row) for row in transaction.connection.execute(query)]


def _stored(row: Row[Any]) -> Stored:
    key, resolved_on, extra, import_id, deleted, registered_by = row[len(FIELDS) :]
    with as_written():
        typed = {name: read(value) for (name, read), value in zip(_READERS, row[: len(FIELDS)], strict=True)}
        return Stored(
            complaint=Complaint(**typed),
            key=key,
            resolved_on=date.fromisoformat(resolved_on) if resolved_on else None,
            extra={} if extra == "{}" else json.loads(extra),
            import_id=import_id,
            deleted=bool(deleted),
            registered_by=registered_by,
        )


def add_entries(transaction: Transaction, complaint_ids: Sequence[str], entries: Sequence[TimelineEntry]) -> None:
    """Add one timeline entry to each of the complaints; an id that is already there is left alone."""
    if not entries:
        return
    statement = insert(entry).prefix_with("OR IGNORE")
    transaction.connection.execute(
        statement,
        [
            {
                "id": item.id,
                "complaint_id": complaint_id,
                "kind": item.kind,
                "text": item.text,
                "actor": item.actor,
                "at": utc_text(item.at),
                "acknowledged": item.acknowledged,
                "status_from": item.status_from,
                "status_to": item.status_to,
                "fields": _json({name: [to_json(old), to_json(new)] for name, (old, new) in item.fields.items()}),
            }
            for complaint_id, item in zip(complaint_ids, entries, strict=True)
        ],
    )
    moments.renew(transaction, complaint_ids)


def timeline(transaction: Transaction, complaint_id: str) -> list[TimelineEntry]:
    """What happened to a complaint, newest first."""
    query = select(entry).where(entry.c.complaint_id == complaint_id).order_by(entry.c.at.desc(), entry.c.key.desc())
    return [_entry(row) for row in transaction.connection.execute(query).mappings()]


def notices(transaction: Transaction, limit: int) -> list[tuple[str, TimelineEntry]]:
    """The centre's notices, newest first, each with the complaint that it is about ("" = none)."""
    query = select(entry).where(entry.c.kind == "notice").order_by(entry.c.at.desc(), entry.c.key.desc()).limit(limit)
    return [(row["complaint_id"], _entry(row)) for row in transaction.connection.execute(query).mappings()]


def _entry(row: RowMapping) -> TimelineEntry:
    return TimelineEntry(
        id=row["id"],
        kind=row["kind"],
        text=row["text"],
        actor=row["actor"],
        at=read_utc(row["at"]),
        acknowledged=bool(row["acknowledged"]),
        status_from=Status(row["status_from"]) if row["status_from"] else None,
        status_to=Status(row["status_to"]) if row["status_to"] else None,
        fields={name: (old, new) for name, (old, new) in json.loads(row["fields"]).items()},
    )


def with_story(transaction: Transaction, complaint_ids: Sequence[str]) -> set[str]:
    """Those of the complaints that something was done with after they were registered."""
    found: set[str] = set()
    for start in range(0, len(complaint_ids), 500):
        part = complaint_ids[start : start + 500]
        query = select(entry.c.complaint_id).where(entry.c.complaint_id.in_(part)).distinct()
        found.update(transaction.connection.execute(query).scalars())
    return found


def delete_many(transaction: Transaction, rows: Sequence[Stored]) -> None:
    """Mark complaints as deleted and take them out of the search; an acknowledged one waits for the centre again."""
    if not rows:
        return
    transaction.connection.execute(
        update(complaint)
        .where(complaint.c.key == bindparam("row_key"))
        .values(deleted=True, sync_state=SyncState.PENDING.value),
        [{"row_key": stored.key} for stored in rows],
    )
    for stored in rows:
        text_index.forget(transaction, stored.key)


def acknowledge_entries(transaction: Transaction, ids: Sequence[str]) -> None:
    """The centre has signed for these entries."""
    if ids:
        transaction.connection.execute(
            update(entry).where(entry.c.id == bindparam("entry_id")).values(acknowledged=True),
            [{"entry_id": id_} for id_ in ids],
        )


def take_signed(transaction: Transaction, entries: Sequence[TimelineEntry]) -> None:
    """The centre has signed for these entries, and tells who wrote them and when.

    Two desks that took the very same step wrote it both; it is the one's whom the centre heard first.
    """
    if entries:
        transaction.connection.execute(
            update(entry)
            .where(entry.c.id == bindparam("entry_id"))
            .values(acknowledged=True, actor=bindparam("by"), at=bindparam("moment")),
            [{"entry_id": one.id, "by": one.actor, "moment": utc_text(one.at)} for one in entries],
        )


def acknowledge_all(transaction: Transaction, complaint_ids: Iterable[str]) -> None:
    """The centre has signed for the edits of these complaints; what else is in a story is signed for by its own id."""
    wanted = list(complaint_ids)
    if wanted:
        transaction.connection.execute(
            update(entry)
            .where(entry.c.complaint_id == bindparam("of_complaint"), entry.c.acknowledged.is_(False))
            .where(entry.c.kind == "edit")
            .values(acknowledged=True),
            [{"of_complaint": id_} for id_ in wanted],
        )


def set_resolution_days(transaction: Transaction, complaint_ids: Iterable[str]) -> None:
    """Find in their stories on which day (WITA) those of the complaints that are resolved or closed came to it."""
    query = (
        select(complaint.c.key, func.max(entry.c.at))
        .join_from(complaint, entry, entry.c.complaint_id == complaint.c.id)
        .where(is_one_of(complaint.c.id, complaint_ids), entry.c.status_to == complaint.c.status)
        .where(complaint.c.status.in_((Status.RESOLVED, Status.CLOSED)))
        .group_by(complaint.c.key)
    )
    days = [(key, local_date(read_utc(at)).isoformat()) for key, at in transaction.connection.execute(query)]
    if days:
        transaction.connection.execute(
            update(complaint).where(complaint.c.key == bindparam("row_key")).values(resolved_on=bindparam("day")),
            [{"row_key": key, "day": day} for key, day in days],
        )


def set_revisions(transaction: Transaction, revisions: Mapping[str, tuple[int, str]]) -> None:
    """Write (revision, time of the server's receipt or "") by complaint; a receipt that is known stays."""
    if revisions:
        received = func.coalesce(complaint.c.server_received_at, func.nullif(bindparam("received"), ""))
        transaction.connection.execute(
            update(complaint)
            .where(complaint.c.id == bindparam("record"))
            .values(rev=func.max(complaint.c.rev, bindparam("new_rev")), server_received_at=received),
            [{"record": id_, "new_rev": rev, "received": at} for id_, (rev, at) in revisions.items()],
        )


def set_sync_states(transaction: Transaction, states: Mapping[str, SyncState]) -> None:
    """Write what the centre knows of each complaint."""
    if states:
        transaction.connection.execute(
            update(complaint)
            .where(complaint.c.id == bindparam("record"), complaint.c.sync_state != bindparam("state"))
            .values(sync_state=bindparam("state")),
            [{"record": id_, "state": str(state)} for id_, state in states.items()],
        )
