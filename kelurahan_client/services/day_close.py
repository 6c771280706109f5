"""Closing the day: what must agree, what is left over, and the record of it that nobody changes afterwards."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import msgspec

from kelurahan_client.domain.day_count import DayLine, Span, Typed, day_lines, span_of, total, whole_day
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import book_pages, conflicts, silence
from kelurahan_client.services.desk import Desk, identity, officer
from kelurahan_client.store import attachments, closed_days, drafts, half_written
from kelurahan_client.store.closed_days import ClosedDay
from kelurahan_client.store.engine import Transaction

__all__ = ["LISTED", "MOST_LINES", "ClosedDay", "DayCount", "DayView", "DraftLeft", "Left"]

LISTED = 200  # left-over complaints that a recap names; the rest is counted
MOST_LINES = 999  # of one page of a book
_LOOK_BACK = timedelta(days=7)  # for days that nobody has closed


@dataclass(frozen=True, slots=True)
class Left:
    """A complaint with something left over: `kind` is waiting, refused or conflict."""

    kind: str
    reference: str
    reason: str = ""  # the centre's, of a refusal; the field, of a conflict
    changes: int = 1
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """A form that nobody has finished; what stands in it is nobody's business on paper."""

    officer: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Everything about one day, as it stands at one moment."""

    day: date
    span: Span
    at: datetime
    officer: str
    office: str
    district: str
    city: str
    desk: str
    lines: tuple[DayLine, ...]
    categories: tuple[tuple[str, int], ...]  # code, how many; the most first
    statuses: tuple[tuple[str, int], ...]
    references: tuple[str, ...]
    drafts: tuple[DraftLeft, ...]
    left: tuple[Left, ...]
    waiting: int  # complaints of any day of which something is unanswered
    changes: int  # of these
    refused: int
    conflicts: int
    decided: int  # conflicts, on the day of `at`
    files: int  # that the centre is not known to have
    file_bytes: int

    @property
    def total(self) -> DayLine:
        """The equation of the whole day."""
        return total(self.lines)

    @property
    def left_over(self) -> int:
        """How many things keep the day from being closed clean."""
        lacking = sum(1 for line in self.lines if line.miscounted or line.uncounted)
        return len(self.drafts) + self.waiting + self.refused + self.conflicts + self.files + lacking


@dataclass(frozen=True, slots=True)
class DayView:
    """What the page shows: the numbers now, the closing if there is one, and what else is to be closed."""

    count: DayCount
    closing: ClosedDay | None
    after: int  # typed since the closing, which counts for the next day
    today: date
    unclosed: tuple[date, ...]  # worked days of the last week that nobody has closed, the newest first
    half_written: int = 0  # texts about complaints; they keep no day from being closed
    closable: int = 0  # resolved and silent, for an officer who may close them while the day is open


def view(desk: Desk, day: date | None = None) -> DayView:
    """How `day` stands, today if none is given."""
    today = desk.today()
    wanted = day or today
    with desk.store.read() as transaction:
        closing = closed_days.closing_of(transaction, wanted)
        count = _count(desk, transaction, wanted, closing)
        after = 0
        if closing is not None:
            me = identity(transaction)
            rest = Span(closing.until, whole_day(wanted).until)
            after = len(closed_days.typed_within(transaction, me.office, me.desk, rest))
        unclosed = tuple(one for one in _unclosed(desk, transaction) if one != wanted)
        open_today = wanted == today and closing is None
        closable = silence.count_closable(desk, transaction) if open_today else 0
        begun = len(half_written.of_complaints(transaction))
    decided = len(conflicts.worklist(desk).decided) if wanted == today else 0
    return DayView(replace(count, decided=decided), closing, after, today, unclosed, begun, closable)


def close(desk: Desk, day: date, accepted: int) -> ClosedDay:
    """Put down how `day` stands, with `accepted` things left over as the person has seen them.

    Raises InputError where the day has not begun, is closed already, or more is left over than was accepted.
    """
    now, today = desk.now(), desk.today()
    if day > today:
        raise InputError("Hari itu belum tiba.", way_out="Periksa jam komputer ini.")
    decided = len(conflicts.worklist(desk).decided) if day == today else 0
    with desk.store.write() as transaction:
        if closed_days.closing_of(transaction, day) is not None:
            raise InputError("Hari itu sudah ditutup.", way_out="Buka kembali dahulu bila masih hari yang sama.")
        count = replace(_count(desk, transaction, day, None), decided=decided)
        if day == today:
            count = replace(count, span=Span(count.span.since, now))
        if count.left_over > accepted:
            raise InputError(
                "Sisanya bertambah sejak dilihat; hari belum ditutup.", way_out="Lihat lagi angkanya, lalu tutup."
            )
        closing = ClosedDay(
            id=desk.new_id(),
            day=day,
            since=count.span.since,
            until=count.span.until,
            closed_at=now,
            officer=count.officer,
            typed=count.total.typed,
            left_over=count.left_over,
            recap=msgspec.json.encode(count).decode(),
        )
        closed_days.add(transaction, closing)
    return closing


def reopen(desk: Desk, closing_id: str, reason: str) -> None:
    """Today's closing does not count any more, for a reason; it stays in the history. Raises InputError, NotFound."""
    said = clean_line(reason).text
    if len(said) < 3:
        raise InputError("Tulis alasan membuka kembali hari ini.", way_out="Misalnya: warga datang sesudah ditutup.")
    with desk.store.write() as transaction:
        closing = _closing(transaction, closing_id)
        if closing.reopened_at is not None:
            raise InputError("Penutupan itu sudah dibuka kembali.")
        if closing.day != desk.today():
            raise InputError(
                "Hari yang sudah lewat tidak dapat dibuka kembali.",
                way_out="Yang diketik sesudahnya dihitung pada hari kerja berikutnya.",
            )
        closed_days.reopen(transaction, closing_id, officer(transaction).name, said[:300], desk.now())


def count_page(desk: Desk, day: date, page: str, lines: int | None) -> None:
    """Keep how many lines of `day` a person counted on a page of the book; None takes it away. Raises InputError."""
    name = clean_line(page).text
    if not name or len(name) > 60:
        raise InputError("Sebut halaman buku registernya, misalnya 47.")
    if lines is not None and not 0 <= lines <= MOST_LINES:
        raise InputError(f"Jumlah baris satu halaman antara 0 dan {MOST_LINES}.")
    with desk.store.write() as transaction:
        if closed_days.closing_of(transaction, day) is not None:
            raise InputError("Hari itu sudah ditutup.", way_out="Buka kembali dahulu bila masih hari yang sama.")
        actor = officer(transaction).name
        closed_days.count_page(transaction, day, name, lines, officer=actor, at=desk.now())


def history(desk: Desk, limit: int = 60) -> list[ClosedDay]:
    """The newest closings, those that were opened again too."""
    with desk.store.read() as transaction:
        return closed_days.history(transaction, limit)


def closing(desk: Desk, closing_id: str) -> ClosedDay:
    """One closing; raises NotFound."""
    with desk.store.read() as transaction:
        return _closing(transaction, closing_id)


def as_it_was(closing: ClosedDay) -> DayCount:
    """The numbers of a closing as they were put down."""
    return msgspec.json.decode(closing.recap, type=DayCount)


def _closing(transaction: Transaction, closing_id: str) -> ClosedDay:
    found = closed_days.get(transaction, closing_id)
    if found is None:
        raise NotFound("Penutupan hari itu tidak ada di komputer ini.")
    return found


def _unclosed(desk: Desk, transaction: Transaction) -> list[date]:
    me, today = identity(transaction), desk.today()
    first = today - _LOOK_BACK
    span = Span(whole_day(first).since, whole_day(today).since)
    worked = closed_days.worked_days(transaction, me.office, me.desk, span)
    return sorted(worked - closed_days.closed_among(transaction, first, today), reverse=True)


def _count(desk: Desk, transaction: Transaction, day: date, closing: ClosedDay | None) -> DayCount:
    me = identity(transaction)
    if closing is not None:
        span = Span(closing.since, closing.until)
    else:
        before = closed_days.before(transaction, day)
        between = Span(before.until, whole_day(day).since) if before else whole_day(day)
        span = span_of(day, before, closed_days.worked_days(transaction, me.office, me.desk, between))
    typed, counted = _with_book(transaction, day, span, closed_days.typed_within(transaction, me.office, me.desk, span))
    waiting, complaints, changes = closed_days.waiting(transaction, LISTED)
    refusals = closed_days.refusals(transaction, LISTED)
    contested = conflicts.open_fields(transaction)
    files = attachments.unstored(transaction)
    left = [Left("waiting", one.reference, changes=one.changes, tried_at=one.tried_at) for one in waiting]
    left += [Left("refused", one.reference, one.reason) for one in refusals]
    left += [Left("conflict", reference, field) for reference, field in contested]
    return DayCount(
        day=day,
        span=span,
        at=desk.now(),
        officer=officer(transaction).name,
        office=me.office_name,
        district=me.district,
        city=me.city,
        desk=me.desk,
        lines=day_lines(typed, counted),
        categories=_ranked(one.category for one in typed),
        statuses=_ranked(str(one.status) for one in typed),
        references=tuple(one.reference for one in typed),
        drafts=tuple(DraftLeft(one.officer, one.created_at) for one in drafts.all_open(transaction)),
        left=tuple(left),
        waiting=complaints,
        changes=changes,
        refused=len({one.reference for one in refusals}),
        conflicts=len(contested),
        decided=0,
        files=len(files),
        file_bytes=sum(blob.size for blob in files),
    )


def _with_book(
    transaction: Transaction, day: date, span: Span, typed: list[Typed]
) -> tuple[list[Typed], dict[str, int]]:
    """The complaints, those of a page that was typed here as typed by hand, and how many lines the pages have of `day`.

    Who typed a page has said how many lines the book has there, and is not asked again; a count of the day itself
    goes before it.
    """
    here = Counter(one.page for one in typed if one.page)
    counted: dict[str, int] = {}
    by_hand = set()
    for page in book_pages.pages_typed(transaction, span.since):
        by_hand.add(page.label)
        left = page.in_book - page.done
        if page.in_book and (page.label in here or (left > 0 and page.updated_at <= span.until)):
            counted[page.label] = counted.get(page.label, here[page.label]) + left
    told = [replace(one, imported=one.imported and one.page not in by_hand) for one in typed]
    return told, counted | dict(closed_days.counted_pages(transaction, day))


def _ranked(codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(codes).items(), key=lambda item: (-item[1], item[0])))
