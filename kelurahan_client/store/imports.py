"""Imports of register books, and conflicts as the centre sent them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, cast, func, insert, literal_column, not_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import conflict, import_batch, outbox
from sync.protocol import REV_STEP, Op


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One import of a book, with its counts."""

    id: str
    file_name: str
    sheet: str
    actor: str
    at: datetime
    read: int
    accepted: int
    duplicates: int
    rejected: int
    undone_at: datetime | None = None


def add_batch(transaction: Transaction, batch: ImportBatch) -> None:
    """Write down an import, before its complaints."""
    values = {
        "id": batch.id,
        "file_name": batch.file_name,
        "sheet": batch.sheet,
        "actor": batch.actor,
        "at": utc_text(batch.at),
        "read": batch.read,
        "accepted": batch.accepted,
        "duplicates": batch.duplicates,
        "rejected": batch.rejected,
    }
    transaction.connection.execute(insert(import_batch).values(values))


def get_batch(transaction: Transaction, id_: str) -> ImportBatch | None:
    """One import."""
    row = transaction.connection.execute(select(import_batch).where(import_batch.c.id == id_)).mappings().first()
    return _batch(row) if row else None


def all_batches(transaction: Transaction) -> list[ImportBatch]:
    """All imports, newest first."""
    rows = transaction.connection.execute(select(import_batch).order_by(import_batch.c.at.desc())).mappings()
    return [_batch(row) for row in rows]


def mark_undone(transaction: Transaction, id_: str, at: datetime) -> None:
    """The import was taken back."""
    transaction.connection.execute(update(import_batch).where(import_batch.c.id == id_).values(undone_at=utc_text(at)))


def _batch(row: Any) -> ImportBatch:
    return ImportBatch(
        id=row["id"],
        file_name=row["file_name"],
        sheet=row["sheet"],
        actor=row["actor"],
        at=read_utc(row["at"]),
        read=row["read"],
        accepted=row["accepted"],
        duplicates=row["duplicates"],
        rejected=row["rejected"],
        undone_at=read_utc(row["undone_at"]) if row["undone_at"] else None,
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which the centre has more than one value; `body` as the centre sent it: base and sides.

    `decided` = somebody at this desk has chosen, and the centre has not answered yet.
    """

    id: str
    complaint_id: str
    field: str
    body: dict[str, Any]
    open: bool
    rev: int = 0
    decided: bool = False


def put_conflict(transaction: Transaction, item: Conflict) -> None:
    """Keep the newest state of a conflict; one whose decision was taken back here stays open until that is heard."""
    values = {
        "complaint_id": item.complaint_id,
        "field": item.field,
        "body": json.dumps(item.body, ensure_ascii=False),
        "open": item.open,
        "rev": item.rev,
    }
    statement = upsert(conflict).values(id=item.id, **values)
    transaction.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))
    if not item.open:
        _reopen_taken_back(transaction, item.id)


def _reopen_taken_back(transaction: Transaction, id_: str) -> None:
    statement = update(conflict).where(conflict.c.id == id_, _LAST_SAID == 1)
    transaction.connection.execute(statement.values(open=True))


def supersede(transaction: Transaction, newest: Conflict) -> None:
    """The centre has one open conflict for a field: one under another id was asked by a centre that has lost it."""
    same = (conflict.c.complaint_id == newest.complaint_id, conflict.c.field == newest.field)
    others = update(conflict).where(*same, conflict.c.id != newest.id, conflict.c.open.is_(True))
    transaction.connection.execute(others.values(open=False))


def supersede_lost(transaction: Transaction, decided: Conflict) -> None:
    """A question that comes decided: what a restored centre has lost asked the same, if it had no other value."""
    values = [side["value"] for side in decided.body["sides"]]
    same = (conflict.c.complaint_id == decided.complaint_id, conflict.c.field == decided.field)
    lost = (conflict.c.open.is_(True), conflict.c.rev < decided.rev // REV_STEP * REV_STEP)
    for row in transaction.connection.execute(select(conflict.c.id, conflict.c.body).where(*same, *lost)).all():
        if all(side["value"] in values for side in json.loads(row.body)["sides"]):
            close_conflict(transaction, row.id)


def is_known(transaction: Transaction, id_: str) -> bool:
    """Whether the question was ever here."""
    return transaction.connection.execute(select(conflict.c.id).where(conflict.c.id == id_)).first() is not None


def close_conflict(transaction: Transaction, id_: str) -> list[str]:
    """A conflict is no longer this desk's to decide; the id of its complaint, or nothing where it was never here."""
    statement = update(conflict).where(conflict.c.id == id_).values(open=False).returning(conflict.c.complaint_id)
    return list(transaction.connection.execute(statement).scalars())


def answer_decision(transaction: Transaction, id_: str) -> None:
    """The centre has taken a decision about this conflict; one that was taken back here meanwhile is open still."""
    close_conflict(transaction, id_)
    _reopen_taken_back(transaction, id_)


def closed_since(transaction: Transaction, at: str) -> list[Conflict]:
    """The conflicts of which the centre has heard the last decision at `at` or later (UTC text)."""
    heard = func.json_extract(conflict.c.body, "$.decisions[#-1].server_time")
    query = select(conflict, literal_column("0").label("decided")).where(conflict.c.open.is_(False), heard >= at)
    return [_conflict(row) for row in transaction.connection.execute(query.order_by(heard)).mappings()]


_TAKES_BACK = func.coalesce(func.json_extract(cast(outbox.c.line, Text), "$.set.takes_back"), 0)
_LAST_SAID = (  # of what waits for the centre's answer: 0 a decision, 1 one that was taken back, NULL nothing
    select(_TAKES_BACK)
    .where(outbox.c.record_id == conflict.c.complaint_id, outbox.c.child_id == conflict.c.id)
    .where(outbox.c.op == Op.RESOLVE, outbox.c.result.is_(None))
    .order_by(literal_column("outbox.rowid").desc())  # epochs have no order of their own
    .limit(1)
    .scalar_subquery()
)
_DECIDED = func.coalesce(_LAST_SAID, 1) == 0
_UNDECIDED = and_(conflict.c.open.is_(True), not_(_DECIDED))


def open_conflicts(transaction: Transaction, complaint_id: str | None = None) -> list[Conflict]:
    """The conflicts that the centre has not closed, of one complaint or of all."""
    query = select(conflict, _DECIDED.label("decided")).where(conflict.c.open.is_(True)).order_by(conflict.c.id)
    if complaint_id is not None:
        query = query.where(conflict.c.complaint_id == complaint_id)
    return [_conflict(row) for row in transaction.connection.execute(query).mappings()]


def all_conflicts(transaction: Transaction) -> list[Conflict]:
    """Every conflict, decided ones too."""
    query = select(conflict, _DECIDED.label("decided")).order_by(conflict.c.id)
    return [_conflict(row) for row in transaction.connection.execute(query).mappings()]


def get_conflict(transaction: Transaction, id_: str) -> Conflict | None:
    """One conflict, open or not."""
    query = select(conflict, _DECIDED.label("decided")).where(conflict.c.id == id_)
    row = transaction.connection.execute(query).mappings().first()
    return _conflict(row) if row else None


def _conflict(row: Any) -> Conflict:
    return Conflict(
        id=row["id"],
        complaint_id=row["complaint_id"],
        field=row["field"],
        body=json.loads(row["body"]),
        open=bool(row["open"]),
        rev=row["rev"],
        decided=bool(row["decided"]),
    )


def complaints_in_conflict(transaction: Transaction) -> set[str]:
    """The ids of complaints with a conflict that nobody has decided yet."""
    query = select(conflict.c.complaint_id).where(_UNDECIDED)
    return set(transaction.connection.execute(query).scalars())


def count_conflicts(transaction: Transaction) -> int:
    """How many conflicts wait for a decision."""
    return transaction.connection.execute(select(func.count()).select_from(conflict).where(_UNDECIDED)).scalar_one()
