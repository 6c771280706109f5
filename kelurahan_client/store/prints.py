"""The log of prints: rows of what was put on paper or kept as PDF."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import print_log


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrint:
    """A document on its way out; `document` names what a second print would be a copy of."""

    kind: str
    title: str
    subject: str
    document: str
    size: str
    medium: str
    printer: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Print(NewPrint):
    """A line of the log; `copy` is 1 for the first print. `failed_at`: it did not come out and is no copy."""

    key: int
    copy: int
    failed_at: datetime | None = None


def next_copy(transaction: Transaction, document: str) -> int:
    """The number that the next print of a document gets."""
    query = select(func.max(print_log.c.copy)).where(print_log.c.document == document, print_log.c.failed_at.is_(None))
    return (transaction.connection.execute(query).scalar() or 0) + 1


def add(transaction: Transaction, new: NewPrint) -> Print:
    """Write a print down under its document's next number."""
    copy = next_copy(transaction, new.document)
    values = {name: getattr(new, name) for name in NewPrint.__slots__}
    row = values | {"at": utc_text(new.at), "copy": copy}
    key = transaction.connection.execute(insert(print_log).values(**row).returning(print_log.c.key)).scalar_one()
    return Print(**values, key=key, copy=copy)


def set_failed(transaction: Transaction, key: int, at: datetime) -> None:
    """It did not come out of the printer: its number is free again."""
    transaction.connection.execute(
        update(print_log).where(print_log.c.key == key, print_log.c.failed_at.is_(None)).values(failed_at=utc_text(at))
    )


def of_document(transaction: Transaction, document: str) -> list[Print]:
    """What came out of one document, newest first."""
    query = select(print_log).where(print_log.c.document == document, print_log.c.failed_at.is_(None))
    return [_print(row) for row in transaction.connection.execute(query.order_by(print_log.c.key.desc())).mappings()]


def of_subject(transaction: Transaction, subject: str) -> list[Print]:
    """Everything that was printed about a complaint or a day, failed tries too, newest first."""
    query = select(print_log).where(print_log.c.subject == subject).order_by(print_log.c.key.desc())
    return [_print(row) for row in transaction.connection.execute(query).mappings()]


def _print(row: RowMapping) -> Print:
    values = dict(row)
    failed = values.pop("failed_at")
    return Print(**values | {"at": read_utc(row["at"]), "failed_at": read_utc(failed) if failed else None})
