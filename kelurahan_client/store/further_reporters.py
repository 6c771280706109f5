"""Rows of further reporters: people who brought what another had brought already. They never leave this machine."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from kelurahan_client.domain.complaint import Channel
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import further_reporter


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherReporter:
    """One of them; `id` is that of the follow-up that tells of them, without saying who they are."""

    id: str
    complaint_id: str
    name: str
    nik: str
    phone: str
    address: str
    rt: str
    rw: str
    resident: bool
    anonymous: bool | None
    confidential: bool | None
    channel: Channel
    received_date: date
    statement: str
    actor: str
    at: datetime  # UTC
    draft_id: str = ""  # of the form that it was typed in


def add(transaction: Transaction, one: FurtherReporter) -> None:
    """Somebody was added to a complaint."""
    values = {name: getattr(one, name) for name in FurtherReporter.__slots__}
    values |= {"received_date": one.received_date.isoformat(), "at": utc_text(one.at), "channel": one.channel.value}
    transaction.connection.execute(insert(further_reporter).values(values))


def get(transaction: Transaction, id_: str) -> FurtherReporter | None:
    """One of them, unless it was taken back."""
    query = select(further_reporter).where(further_reporter.c.id == id_, further_reporter.c.undone_at.is_(None))
    row = transaction.connection.execute(query).mappings().first()
    return _one(row) if row else None


def of_complaint(transaction: Transaction, complaint_id: str) -> list[FurtherReporter]:
    """Those of a complaint that were not taken back, in the order they came."""
    query = select(further_reporter).where(
        further_reporter.c.complaint_id == complaint_id, further_reporter.c.undone_at.is_(None)
    )
    rows = transaction.connection.execute(query.order_by(further_reporter.c.at, further_reporter.c.id)).mappings()
    return [_one(row) for row in rows]


def count(transaction: Transaction, complaint_id: str) -> int:
    """How many further reporters a complaint has at this desk."""
    query = select(func.count()).where(
        further_reporter.c.complaint_id == complaint_id, further_reporter.c.undone_at.is_(None)
    )
    return transaction.connection.execute(query).scalar_one()


def take_back(transaction: Transaction, id_: str, at: datetime) -> None:
    """It was a mistake; the row stays, so that the story can be told."""
    values = {"undone_at": utc_text(at)}
    transaction.connection.execute(update(further_reporter).where(further_reporter.c.id == id_).values(values))


def _one(row: Any) -> FurtherReporter:
    values = {name: row[name] for name in FurtherReporter.__slots__}
    values |= {
        "received_date": date.fromisoformat(row["received_date"]),
        "at": read_utc(row["at"]),
        "channel": Channel(row["channel"]),
    }
    return FurtherReporter(**values)
