"""Pages of a register book while they are typed, and the scans beside them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, cast, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.domain.page_likeness import Told
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import book_page, book_scan, complaint, import_batch


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """A page as it is kept; `content` is the page's own words, valid or not."""

    id: str
    officer: str
    created_at: datetime
    updated_at: datetime
    book: str
    number: str
    content: dict[str, Any]
    saved_at: datetime | None = None
    discarded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScanRow:
    """A file that a page is typed from."""

    sha256: str
    size: int
    media_type: str
    name: str


def put(transaction: Transaction, row: PageRow) -> None:
    """Keep the newest state of a page."""
    values = {
        "officer": row.officer,
        "updated_at": utc_text(row.updated_at),
        "book": row.book,
        "number": row.number,
        "content": json.dumps(row.content),  # in ASCII: a cell may hold half a character, which SQLite would refuse
        "saved_at": utc_text(row.saved_at) if row.saved_at else None,
        "discarded_at": None,
    }
    statement = upsert(book_page).values(id=row.id, created_at=utc_text(row.created_at), **values)
    transaction.connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def get(transaction: Transaction, id_: str) -> PageRow | None:
    """One page, in work or not."""
    row = transaction.connection.execute(select(book_page).where(book_page.c.id == id_)).mappings().first()
    return _row(row) if row else None


def in_work(transaction: Transaction) -> list[PageRow]:
    """The pages that are neither saved nor discarded, the one that was typed last first."""
    query = select(book_page).where(book_page.c.saved_at.is_(None), book_page.c.discarded_at.is_(None))
    rows = transaction.connection.execute(query.order_by(book_page.c.updated_at.desc())).mappings()
    return [_row(row) for row in rows]


def of_number(transaction: Transaction, book: str, number: str) -> list[PageRow]:
    """The pages of a book with this number, saved or in work, the newest first."""
    query = select(book_page).where(book_page.c.book == book, book_page.c.number == number)
    query = query.where(book_page.c.discarded_at.is_(None)).order_by(book_page.c.updated_at.desc())
    return [_row(row) for row in transaction.connection.execute(query).mappings()]


def typed_since(transaction: Transaction, since: datetime) -> list[PageRow]:
    """The pages that were typed or saved after `since`, those that were put aside not counted."""
    query = select(book_page).where(book_page.c.updated_at > utc_text(since), book_page.c.discarded_at.is_(None))
    return [_row(row) for row in transaction.connection.execute(query.order_by(book_page.c.updated_at)).mappings()]


def last_number(transaction: Transaction, book: str) -> int:
    """The highest number of a page of this book, 0 where there is none."""
    query = select(func.max(cast(book_page.c.number, Integer)))
    query = query.where(book_page.c.book == book, book_page.c.discarded_at.is_(None))
    return transaction.connection.execute(query).scalar_one() or 0


def discard(transaction: Transaction, id_: str, at: datetime | None) -> None:
    """Put a page aside, or (at None) bring it back."""
    value = utc_text(at) if at else None
    transaction.connection.execute(update(book_page).where(book_page.c.id == id_).values(discarded_at=value))


def remove_discarded_before(transaction: Transaction, before: datetime) -> int:
    """Forget pages that were discarded before `before`, with their scans; how many these were."""
    old = select(book_page.c.id).where(book_page.c.discarded_at < utc_text(before))
    transaction.connection.execute(delete(book_scan).where(book_scan.c.page_id.in_(old)))
    gone = transaction.connection.execute(delete(book_page).where(book_page.c.discarded_at < utc_text(before)))
    return gone.rowcount


def reopen(transaction: Transaction, import_id: str) -> None:
    """The complaints of a page were taken back: it is in work again."""
    has_it = func.instr(book_page.c.content, import_id) > 0
    transaction.connection.execute(update(book_page).where(has_it).values(saved_at=None))


def undone(transaction: Transaction, import_ids: Sequence[str]) -> set[str]:
    """Those of these imports that were taken back."""
    query = select(import_batch.c.id).where(import_batch.c.id.in_(import_ids), import_batch.c.undone_at.is_not(None))
    return set(transaction.connection.execute(query).scalars())


def set_scans(transaction: Transaction, page_id: str, scans: Sequence[ScanRow]) -> None:
    """The page is typed from these files, in this order."""
    transaction.connection.execute(delete(book_scan).where(book_scan.c.page_id == page_id))
    values = [
        {"page_id": page_id, "position": at, "sha256": one.sha256, "size": one.size}
        | {"media_type": one.media_type, "name": one.name}
        for at, one in enumerate(scans)
    ]
    if values:
        transaction.connection.execute(insert(book_scan), values)


def scans_of(transaction: Transaction, page_id: str) -> list[ScanRow]:
    """The files of a page, in order."""
    query = select(book_scan).where(book_scan.c.page_id == page_id).order_by(book_scan.c.position)
    rows = transaction.connection.execute(query).mappings()
    return [ScanRow(row["sha256"], row["size"], row["media_type"], row["name"]) for row in rows]


def scan_hashes(transaction: Transaction) -> set[str]:
    """Every file that a page is typed from."""
    return set(transaction.connection.execute(select(book_scan.c.sha256)).scalars())


def told_between(transaction: Transaction, first: date, last: date) -> list[Told]:
    """What the complaints say that were received in these days."""
    fields = (complaint.c.reference, complaint.c.book_sheet, complaint.c.received_date)
    query = select(*fields, complaint.c.reporter_name, complaint.c.statement)
    query = query.where(
        complaint.c.deleted.is_(False), complaint.c.received_date.between(first.isoformat(), last.isoformat())
    )
    rows = transaction.connection.execute(query)
    return [Told(ref, sheet, date.fromisoformat(day), name, text) for ref, sheet, day, name, text in rows]


def _row(row: Any) -> PageRow:
    return PageRow(
        id=row["id"],
        officer=row["officer"],
        created_at=read_utc(row["created_at"]),
        updated_at=read_utc(row["updated_at"]),
        book=row["book"],
        number=row["number"],
        content=json.loads(row["content"]),
        saved_at=read_utc(row["saved_at"]) if row["saved_at"] else None,
        discarded_at=read_utc(row["discarded_at"]) if row["discarded_at"] else None,
    )
