"""Drafts: what stands in a half-filled form, kept as it is typed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import draft, draft_attachment

_FILES = (
    select(func.count())
    .where(draft_attachment.c.draft_id == draft.c.id, draft_attachment.c.removed_at.is_(None))
    .scalar_subquery()
    .label("files")
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled form; `fields` are the form's own values, valid or not.

    `officer` has it now, `begun_by` began it, `files` wait with it.
    """

    id: str
    officer: str
    created_at: datetime
    updated_at: datetime
    fields: dict[str, Any]
    begun_by: str = ""
    files: int = 0


def put(transaction: Transaction, id_: str, officer: str, fields: dict[str, Any], at: datetime) -> None:
    """Keep the newest state of the draft `id_`."""
    text = json.dumps(fields)  # in ASCII: a form may hold half a character, which SQLite would refuse
    statement = insert(draft).values(
        id=id_, officer=officer, begun_by=officer, created_at=utc_text(at), updated_at=utc_text(at), fields=text
    )
    transaction.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={"fields": text, "officer": officer, "updated_at": utc_text(at), "discarded_at": None},
        )
    )


def get(transaction: Transaction, id_: str) -> Draft | None:
    """One draft, discarded or not."""
    row = transaction.connection.execute(select(draft, _FILES).where(draft.c.id == id_)).mappings().first()
    return _draft(row) if row else None


def all_open(transaction: Transaction) -> list[Draft]:
    """The drafts that are neither registered nor discarded, newest first."""
    query = select(draft, _FILES).where(draft.c.discarded_at.is_(None)).order_by(draft.c.updated_at.desc())
    return [_draft(row) for row in transaction.connection.execute(query).mappings()]


def give(transaction: Transaction, id_: str, officer: str) -> None:
    """Another officer goes on with a draft; who began it stays written."""
    transaction.connection.execute(update(draft).where(draft.c.id == id_).values(officer=officer))


def discard(transaction: Transaction, id_: str, at: datetime) -> None:
    """Put a draft aside; `restore` brings it back."""
    transaction.connection.execute(update(draft).where(draft.c.id == id_).values(discarded_at=utc_text(at)))


def restore(transaction: Transaction, id_: str) -> None:
    """Bring a discarded draft back."""
    transaction.connection.execute(update(draft).where(draft.c.id == id_).values(discarded_at=None))


def remove(transaction: Transaction, id_: str) -> None:
    """The draft has become a complaint."""
    transaction.connection.execute(delete(draft).where(draft.c.id == id_))


def remove_discarded_before(transaction: Transaction, before: datetime) -> list[str]:
    """Forget drafts discarded before `before`: they hold citizens' words that nobody wants kept. Returns their ids."""
    old = delete(draft).where(draft.c.discarded_at < utc_text(before)).returning(draft.c.id)
    return list(transaction.connection.execute(old).scalars())


def _draft(row: Any) -> Draft:
    return Draft(
        id=row["id"],
        officer=row["officer"],
        created_at=read_utc(row["created_at"]),
        updated_at=read_utc(row["updated_at"]),
        fields=json.loads(row["fields"]),
        begun_by=row["begun_by"] or row["officer"],
        files=row["files"],
    )
