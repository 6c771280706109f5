"""The periods of a report: calendar days of receipt (WITA), the period before, and the parts that a chart shows."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kelurahan_client.domain.day_words import MONTHS, format_date
from kelurahan_client.domain.deadlines import DeadlineKind, DeadlineTable, WorkCalendar

_DAY = timedelta(days=1)
_MOST_DAYS = 45  # as bars beside each other
_MOST_WEEKS = 30
_MOST_MONTHS = 40


class PeriodKind(StrEnum):
    """What a clerk asks for; OWN is two dates of her own."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included; raises ValueError where they stand the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """A span has at least one day."""
        if self.last < self.first:
            raise ValueError(f"a span cannot end on {self.last} and begin on {self.first}")

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def name(self) -> str:
        """Juli 2026; 2026; 3 Agustus 2026; 1-3 Agustus 2026; 28 Juli - 3 Agustus 2026 (with proper dashes)."""
        first, last = self.first, self.last
        if first == last:
            return format_date(first)
        if self == _month_of(first):
            return f"{MONTHS[first.month - 1]} {first.year}"
        if self == _year_of(first):
            return str(first.year)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}\N{EN DASH}{format_date(last)}"
        beginning = f"{first.day} {MONTHS[first.month - 1]}" if first.year == last.year else format_date(first)
        return f"{beginning} \N{EN DASH} {format_date(last)}"


@dataclass(frozen=True, slots=True)
class Period:
    """A span and what it was asked for as, which decides what it is compared with."""

    kind: PeriodKind
    span: Span

    @property
    def before(self) -> Span:
        """The period before; of one that still runs the same days of the one before."""
        span = self.span
        if self.kind is PeriodKind.THIS_WEEK:
            return Span(span.first - 7 * _DAY, span.last - 7 * _DAY)
        if self.kind in {PeriodKind.THIS_MONTH, PeriodKind.LAST_MONTH} or (
            self.kind is PeriodKind.OWN and span == _month_of(span.first)
        ):
            whole = _month_of(span.first - _DAY)
            if span == _month_of(span.first):
                return whole
            return Span(whole.first, min(whole.last, whole.first + (span.last - span.first)))
        if self.kind in {PeriodKind.THIS_YEAR, PeriodKind.LAST_YEAR} or (
            self.kind is PeriodKind.OWN and span == _year_of(span.first)
        ):
            return Span(_year_earlier(span.first), _year_earlier(span.last))
        return Span(span.first - span.days * _DAY, span.first - _DAY)


def period(kind: PeriodKind, today: date) -> Period:
    """The period of this kind on `today`; weeks begin on Monday, and none goes beyond today. ValueError for OWN."""
    month, year = _month_of(today), _year_of(today)
    found = {
        PeriodKind.TODAY: Span(today, today),
        PeriodKind.YESTERDAY: Span(today - _DAY, today - _DAY),
        PeriodKind.THIS_WEEK: Span(today - today.weekday() * _DAY, today),
        PeriodKind.THIS_MONTH: Span(month.first, today),
        PeriodKind.LAST_MONTH: _month_of(month.first - _DAY),
        PeriodKind.THIS_YEAR: Span(year.first, today),
        PeriodKind.LAST_YEAR: _year_of(year.first - _DAY),
    }
    if kind not in found:
        raise ValueError("a period of one's own has dates of its own")
    return Period(kind, found[kind])


def parts(span: Span) -> list[Span]:
    """The span cut into days, or weeks, months or years where it is long: all of it, in order, nothing twice."""
    last_of: Callable[[date], date]
    if span.days <= _MOST_DAYS:
        last_of = _same_day
    elif span.days <= _MOST_WEEKS * 7:
        last_of = _week_end
    elif span.days <= _MOST_MONTHS * 31:
        last_of = _month_end
    else:
        last_of = _year_end
    found = []
    first = span.first
    while first <= span.last:
        last = min(last_of(first), span.last)
        found.append(Span(first, last))
        first = last + _DAY
    return found


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Complaints that have been open for `least` to `most` working days (None = any longer) on a day.

    They are those received from `first` to `last`; None is no bound.
    """

    least: int
    most: int | None
    first: date | None
    last: date | None


def age_bands(today: date, table: DeadlineTable, calendar: WorkCalendar) -> list[AgeBand]:
    """Ages between the limits in force today, the youngest first; every day of receipt lies in exactly one band."""
    kinds = (
        DeadlineKind.VERIFICATION,
        DeadlineKind.FIRST_FOLLOW_UP,
        DeadlineKind.COMPLAINT,
        DeadlineKind.SUPERVISION,
    )
    limits = sorted({table.row(kind, today).working_days for kind in kinds})
    found: list[AgeBand] = []
    least = 0
    last: date | None = None
    for most in limits:
        older = _received_working_days_ago(most + 1, today, calendar)
        found.append(AgeBand(least, most, older + _DAY, last))
        least, last = most + 1, older
    return [*found, AgeBand(least, None, None, last)]


def _received_working_days_ago(count: int, today: date, calendar: WorkCalendar) -> date:
    """The latest day that lies at least `count` working days back."""
    day = today
    while count:
        count -= calendar.is_working_day(day)
        day -= _DAY
    return day


def _month_of(day: date) -> Span:
    return Span(day.replace(day=1), _month_end(day))


def _year_of(day: date) -> Span:
    return Span(date(day.year, 1, 1), _year_end(day))


def _same_day(day: date) -> date:
    return day


def _week_end(day: date) -> date:
    return day + (6 - day.weekday()) * _DAY


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _year_end(day: date) -> date:
    return date(day.year, 12, 31)


def _year_earlier(day: date) -> date:
    """The same day a year before; 28 February for the 29th."""
    year = day.year - 1
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))
