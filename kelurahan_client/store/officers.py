"""Officers and what was done about them: rows in the encrypted data, which hold where the officers' file differs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text, update

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.domain.roles import Role
from kelurahan_client.store import audit
from kelurahan_client.store.audit import AuditKind, NewLine
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import officer

SIGNED_IN = "signed_in"  # of `OfficerEvent.what`


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer; `retired_at` says since when one does not work here any more."""

    id: str
    name: str
    role: Role
    added_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OfficerEvent:
    """Who did what to whom: `what` is a code, `detail` the new name or role."""

    at: datetime
    actor: str
    what: str
    subject: str
    detail: str


def all_of(transaction: Transaction) -> list[OfficerRow]:
    """Everybody who ever worked here, in the order in which they came."""
    rows = transaction.connection.execute(select(officer).order_by(text("rowid"))).mappings()
    return [_row(row) for row in rows]


def get(transaction: Transaction, id_: str) -> OfficerRow | None:
    """One officer."""
    row = transaction.connection.execute(select(officer).where(officer.c.id == id_)).mappings().first()
    return _row(row) if row else None


def add(transaction: Transaction, row: OfficerRow) -> None:
    """Somebody begins to work here."""
    transaction.connection.execute(
        insert(officer).values(id=row.id, name=row.name, role=row.role.value, added_at=utc_text(row.added_at))
    )


def change(transaction: Transaction, id_: str, **values: Any) -> None:
    """Another name, another role, or `retired_at`."""
    plain = {name: utc_text(value) if isinstance(value, datetime) else value for name, value in values.items()}
    transaction.connection.execute(update(officer).where(officer.c.id == id_).values(**plain))


def log(transaction: Transaction, event: OfficerEvent) -> None:
    """Keep what was done, in the chain of `audit`."""
    kind = AuditKind.SIGN_IN if event.what == SIGNED_IN else AuditKind.OFFICER
    body = {"what": event.what, "whom": event.subject, "detail": event.detail}
    audit.append(transaction, [NewLine(kind=kind, at=event.at, actor=event.actor, body=body)])


def _row(row: Any) -> OfficerRow:
    retired = row["retired_at"]
    return OfficerRow(
        row["id"],
        row["name"],
        Role(row["role"]),
        read_utc(row["added_at"]),
        read_utc(retired) if retired else None,
    )
