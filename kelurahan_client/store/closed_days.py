"""Closed days, the pages that people counted, and what was typed and is left over between two moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kelurahan_client.domain.complaint import Channel, Status
from kelurahan_client.domain.day_count import Closing, Span, Standing, Typed
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.refusals import REFUSED
from kelurahan_client.store.tables import closed_day, complaint, counted_page, outbox
from sync.protocol import Op, ResultKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A closing: who, when, and `recap` (JSON) as everything stood then; `reopened_at` is None while it counts."""

    id: str
    day: date
    since: datetime
    until: datetime
    closed_at: datetime
    officer: str
    typed: int
    left_over: int
    recap: str
    reopened_at: datetime | None = None
    reopened_by: str = ""
    reopen_reason: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A complaint of which the centre has not answered something."""

    reference: str
    changes: int
    tried_at: datetime | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that the centre refused."""

    reference: str
    reason: str


def add(transaction: Transaction, item: ClosedDay) -> None:
    """Put a closing down."""
    values = {name: getattr(item, name) for name in ("id", "officer", "typed", "left_over", "recap")}
    values |= {name: utc_text(getattr(item, name)) for name in ("since", "until", "closed_at")}
    transaction.connection.execute(insert(closed_day).values(day=item.day.isoformat(), **values))


def reopen(transaction: Transaction, id_: str, by: str, reason: str, at: datetime) -> None:
    """The closing does not count any more; it stays in the history."""
    values = {"reopened_at": utc_text(at), "reopened_by": by, "reopen_reason": reason}
    transaction.connection.execute(update(closed_day).where(closed_day.c.id == id_).values(**values))


def get(transaction: Transaction, id_: str) -> ClosedDay | None:
    """One closing."""
    row = transaction.connection.execute(select(closed_day).where(closed_day.c.id == id_)).mappings().first()
    return _closed(row) if row else None


def closing_of(transaction: Transaction, day: date) -> ClosedDay | None:
    """The closing of `day` that counts, if there is one."""
    query = select(closed_day).where(closed_day.c.day == day.isoformat(), closed_day.c.reopened_at.is_(None))
    row = transaction.connection.execute(query).mappings().first()
    return _closed(row) if row else None


def before(transaction: Transaction, day: date) -> Closing | None:
    """The last closing before `day` that counts."""
    query = (
        select(closed_day.c.day, closed_day.c.until)
        .where(closed_day.c.day < day.isoformat(), closed_day.c.reopened_at.is_(None))
        .order_by(closed_day.c.day.desc())
        .limit(1)
    )
    row = transaction.connection.execute(query).first()
    return Closing(date.fromisoformat(row[0]), read_utc(row[1])) if row else None


def closed_among(transaction: Transaction, first: date, last: date) -> set[date]:
    """The closed days from `first` to `last`."""
    query = select(closed_day.c.day).where(
        closed_day.c.day.between(first.isoformat(), last.isoformat()), closed_day.c.reopened_at.is_(None)
    )
    return {date.fromisoformat(day) for day in transaction.connection.execute(query).scalars()}


def history(transaction: Transaction, limit: int) -> list[ClosedDay]:
    """The newest closings, those that were opened again too."""
    query = select(closed_day).order_by(closed_day.c.day.desc(), closed_day.c.closed_at.desc()).limit(limit)
    return [_closed(row) for row in transaction.connection.execute(query).mappings()]


def _closed(row: Any) -> ClosedDay:
    return ClosedDay(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        since=read_utc(row["since"]),
        until=read_utc(row["until"]),
        closed_at=read_utc(row["closed_at"]),
        officer=row["officer"],
        typed=row["typed"],
        left_over=row["left_over"],
        recap=row["recap"],
        reopened_at=read_utc(row["reopened_at"]) if row["reopened_at"] else None,
        reopened_by=row["reopened_by"],
        reopen_reason=row["reopen_reason"],
    )


def counted_pages(transaction: Transaction, day: date) -> Mapping[str, int]:
    """How many lines of `day` people counted, by page."""
    query = select(counted_page.c.page, counted_page.c.lines).where(counted_page.c.day == day.isoformat())
    return {row[0]: row[1] for row in transaction.connection.execute(query)}


def count_page(
    transaction: Transaction, day: date, page: str, lines: int | None, *, officer: str, at: datetime
) -> None:
    """Keep how many lines a page has of `day`; None takes the count away."""
    key = (counted_page.c.day == day.isoformat(), counted_page.c.page == page)
    if lines is None:
        transaction.connection.execute(delete(counted_page).where(*key))
        return
    values = {"lines": lines, "officer": officer, "at": utc_text(at)}
    statement = upsert(counted_page).values(day=day.isoformat(), page=page, **values)
    transaction.connection.execute(statement.on_conflict_do_update(index_elements=["day", "page"], set_=values))


def typed_within(transaction: Transaction, office: str, desk: str, span: Span) -> list[Typed]:
    """The complaints that this desk typed within `span`, in order, with where each is now."""
    begun = select(outbox.c.n).where(outbox.c.record_id == complaint.c.id, outbox.c.op == Op.CREATE)
    answered = [ResultKind.APPLIED, ResultKind.MERGED, ResultKind.CONFLICT]
    signed = (complaint.c.rev > 0) | begun.where(outbox.c.result.in_(answered)).exists()
    refused = begun.where(REFUSED).exists()
    standing = case((signed, Standing.SIGNED), (refused, Standing.REFUSED), else_=Standing.HERE)
    columns = [
        complaint.c[name] for name in ("id", "reference", "channel", "book_sheet", "category", "status", "import_id")
    ]
    query = (
        select(*columns, standing.label("standing"))
        .where(complaint.c.desk == desk, complaint.c.office == office, complaint.c.deleted == 0)
        .where(*_within(span))
        .order_by(complaint.c.key)
    )
    return [
        Typed(
            id=row.id,
            reference=row.reference,
            channel=Channel(row.channel),
            page=row.book_sheet,
            category=row.category,
            status=Status(row.status),
            standing=Standing(row.standing),
            imported=row.import_id is not None,
        )
        for row in transaction.connection.execute(query)
    ]


def _within(span: Span) -> tuple[ColumnElement[bool], ...]:
    """The seconds for the index, then the moments without their Z, which would sort after a fraction."""
    first, last = span.since.replace(microsecond=0), span.until.replace(microsecond=0) + timedelta(seconds=1)
    at = complaint.c.recorded_at
    moment = func.rtrim(at, "Z")
    exact = (moment > utc_text(span.since).rstrip("Z"), moment <= utc_text(span.until).rstrip("Z"))
    return (at >= utc_text(first).rstrip("Z"), at < utc_text(last).rstrip("Z"), *exact)


def worked_days(transaction: Transaction, office: str, desk: str, span: Span) -> set[date]:
    """The days (WITA) within `span` on which this desk typed a complaint."""
    query = (
        select(func.date(complaint.c.recorded_at, "+8 hours"))
        .where(complaint.c.desk == desk, complaint.c.office == office, complaint.c.deleted == 0)
        .where(*_within(span))
        .distinct()
    )
    return {date.fromisoformat(day) for day in transaction.connection.execute(query).scalars()}


def waiting(transaction: Transaction, limit: int) -> tuple[list[Waiting], int, int]:
    """The complaints of which something is unanswered, the oldest first; how many there are, and how many changes."""
    which = outbox.c.result.is_(None)
    query = (
        select(complaint.c.reference, func.count(), func.max(outbox.c.tried_at))
        .join(complaint, complaint.c.id == outbox.c.record_id)
        .where(which)
        .group_by(complaint.c.key, complaint.c.reference)
        .order_by(complaint.c.key)
    )
    rows = transaction.connection.execute(query).all()
    found = [Waiting(row[0], row[1], read_utc(row[2]) if row[2] else None) for row in rows[:limit]]
    return found, len(rows), sum(row[1] for row in rows)


def refusals(transaction: Transaction, limit: int) -> list[Refusal]:
    """What the centre has refused, the newest first."""
    query = (
        select(complaint.c.reference, outbox.c.reason)
        .join(complaint, complaint.c.id == outbox.c.record_id)
        .where(REFUSED)
        .order_by(outbox.c.answered_at.desc(), outbox.c.n.desc())
        .limit(limit)
    )
    return [Refusal(row[0], row[1]) for row in transaction.connection.execute(query)]
