"""The one way to change records: everything is staged under the head's lock and written in few statements.

Rows are read once, changed in memory, and written together by `flush`; every changed row gets its own seq, in the order
in which it was changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select, update

from central_server.store import tables as t
from central_server.store.bulk import insert_rows
from central_server.store.questions import Questions
from central_server.store.scopes import Scopes
from central_server.store.shapes import Author, Record, Trace, Written
from sync.protocol import RecordType

_CHUNK = 400  # values in one IN list; SQLite's limit is far above, a plan's cost is not
_CHANGING = ("type", "parent", "rev", "seq", "body", "deleted", "stream", "stream_from", "origin")


class Writer:
    """Records, scopes, history and open conflicts within one writing transaction; locks the head when made."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        lock = update(t.head).where(t.head.c.id == 1).values(seq=t.head.c.seq)
        head = connection.execute(lock.returning(t.head.c.seq, t.head.c.rev_floor)).one()
        self.seq: int = head.seq
        self.rev_floor: int = head.rev_floor  # above 0: this database was restored from a backup
        self._written_seq = self.seq
        self._records: dict[str, Record | None] = {}
        self.scopes = Scopes(connection)
        self.questions = Questions(connection)
        self._new: dict[str, dict[str, Any]] = {}
        self._changed: dict[str, dict[str, Any]] = {}
        self._history: list[dict[str, Any]] = []

    # Reading

    def load(self, ids: Iterable[str]) -> None:
        """Reads the records `ids`, their scopes and the open conflicts of those that are complaints."""
        wanted = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._records]
        for part in _chunks(wanted):
            self._records.update(dict.fromkeys(part))
            found = self.connection.execute(select(t.record).where(t.record.c.id.in_(part))).all()
            self._records.update((row.id, _record(row)) for row in found)
            present = [row.id for row in found]
            if present:
                self.scopes.load(present)
                self.questions.load(present)

    def get(self, id_: str) -> Record | None:
        """The record with its staged changes, deleted ones too; None if there never was one."""
        if id_ not in self._records:
            self.load([id_])
        return self._records[id_]

    def conflict_on(self, complaint: str, field: str) -> Record | None:
        """The open conflict on this field of the complaint."""
        self.get(complaint)
        conflict = self.questions.on(complaint, field)
        return self.get(conflict) if conflict else None

    def children(self, id_: str) -> list[Record]:
        """Follow-ups, steps and conflicts of a complaint, in the order of their last change."""
        self.flush()
        statement = select(t.record.c.id).where(t.record.c.parent == id_).order_by(t.record.c.seq)
        ids = list(self.connection.execute(statement).scalars())
        self.load(ids)
        return [child for one in ids if (child := self._records[one]) is not None]

    def written(self, id_: str, field: str) -> Written:
        """Who wrote the value that the record has in `field`."""
        for row in reversed(self._history):
            if row["record"] == id_ and row["field"] in (field, "") and not row["lost"]:
                return _written(row)
        statement = (
            select(t.history)
            .where(t.history.c.record == id_, t.history.c.field.in_((field, "")), t.history.c.lost.is_(False))
            .order_by(t.history.c.id.desc())
            .limit(1)
        )
        found = self.connection.execute(statement).mappings().first()
        return _written(dict(found)) if found else Written("", "", "", "", "")

    # Changing

    def create(self, record: Record, offices: Iterable[str], author: Author) -> Record:
        """A new record, seen by `offices`: revision 1, or the first above those that a restore may have forgotten."""
        made = replace(record, rev=self.rev_floor + 1, stream=author.stream, stream_from=0)
        self._records[made.id] = made
        self._new[made.id] = {"id": made.id, **self._columns(made)}
        self.scopes.show(made.id, offices, self.seq)
        return made

    def save(self, record: Record, author: Author) -> Record:
        """A changed record: the next revision, a new seq, and every office that sees it will get it."""
        before = self._records[record.id]
        if before is None:
            raise LookupError(record.id)
        same = before.stream == author.stream
        made = replace(
            record,
            rev=before.rev + 1,
            stream=author.stream,
            stream_from=before.stream_from if same else before.rev,
        )
        self._records[made.id] = made
        rows = self._new if made.id in self._new else self._changed
        rows[made.id] = {"id": made.id, **self._columns(made)}
        self.scopes.show(made.id, self.scopes.offices(made.id), self.seq)
        return made

    def move(self, id_: str, offices: Iterable[str], at: str) -> None:
        """The offices that see the record and its children from `at` on; what an office loses, it is told."""
        wanted = {*offices}
        for member in [id_, *(child.id for child in self.children(id_))]:
            if self.scopes.change(member, wanted, self.seq + 1, at):
                self.seq += 1

    def has_left(self, id_: str, office: str, at: str) -> None:
        """The office saw the record in a past that is lost: its words on it count, and it is told that it left."""
        offices = self.scopes.offices(id_)
        self.move(id_, {*offices, office}, at)
        self.move(id_, offices, at)

    def send_again(self, ids: Iterable[str]) -> None:
        """Every office that sees these records gets them once more, unchanged."""
        for id_ in ids:
            self.seq += 1
            self.scopes.show(id_, self.scopes.offices(id_), self.seq)

    def trace(self, trace: Trace, author: Author) -> None:
        """Keeps one submitted value in the history."""
        self._history.append(
            {
                "record": trace.record,
                "rev": trace.rev,
                "field": trace.field,
                "was": _json(trace.was),
                "value": _json(trace.value),
                "lost": trace.lost,
                "device": author.device,
                "epoch": author.epoch,
                "n": author.n,
                "office": author.office,
                "desk": author.desk,
                "actor": author.actor,
                "device_time": author.device_time,
                "received_at": author.received_at,
            }
        )

    # Writing

    def flush(self) -> None:
        """Writes what is staged, in as few statements as there are kinds of row."""
        connection = self.connection
        insert_rows(connection, t.record, list(self._new.values()))
        _update(connection, self._changed.values())
        self.scopes.flush()
        self.questions.flush()
        insert_rows(connection, t.history, self._history)
        if self.seq != self._written_seq:
            connection.execute(update(t.head).where(t.head.c.id == 1).values(seq=self.seq))
        self._written_seq = self.seq
        self._clear()

    def forget(self) -> None:
        """Drops what is staged and read, after a savepoint was rolled back."""
        self._clear()
        self._records.clear()
        self.scopes.forget()
        self.questions.forget()
        self.seq = self._written_seq = self.connection.execute(select(t.head.c.seq)).scalar_one()

    def _clear(self) -> None:
        self._new.clear()
        self._changed.clear()
        self._history.clear()

    def _columns(self, record: Record) -> dict[str, Any]:
        self.seq += 1
        return {
            "type": record.type,
            "parent": record.parent or None,
            "rev": record.rev,
            "seq": self.seq,
            "body": msgspec.json.encode(record.body).decode(),
            "deleted": record.deleted,
            "stream": record.stream,
            "stream_from": record.stream_from,
            "origin": record.origin,
            "reference": record.body.get("reference") if record.type == RecordType.COMPLAINT else None,
        }


def _update(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    named = [{f"new_{name}": row[name] for name in _CHANGING} | {"of_record": row["id"]} for row in rows]
    if named:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGING}
        connection.execute(update(t.record).where(t.record.c.id == bindparam("of_record")).values(values), named)


def _record(row: Row[Any]) -> Record:
    return Record(
        id=row.id,
        type=row.type,
        body=msgspec.json.decode(row.body),
        parent=row.parent or "",
        rev=row.rev,
        deleted=row.deleted,
        stream=row.stream,
        stream_from=row.stream_from,
        origin=row.origin,
    )


def _written(row: dict[str, Any]) -> Written:
    return Written(row["actor"], row["office"], row["desk"], row["device_time"], row["received_at"])


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
