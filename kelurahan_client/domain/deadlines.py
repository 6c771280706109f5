"""Working days and due dates: counted from the day of receipt, by a table and a calendar that carry their dates."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kelurahan_client.domain.complaint import Classification, Status


class DeadlineKind(StrEnum):
    """What a row of the table sets a limit to."""

    VERIFICATION = "verification"
    FIRST_FOLLOW_UP = "first_follow_up"
    INFORMATION_REQUEST = "information_request"
    COMPLAINT = "complaint"
    SUPERVISION = "supervision"


@dataclass(frozen=True)
class WorkCalendar:
    """Monday to Friday without national holidays, cuti bersama (`joint_leave`) and the city's own free dates.

    `incomplete_years` are years whose cuti bersama was not known when the data were made. Whether cuti bersama stops
    the clock is the city's setting.
    """

    holidays: frozenset[date] = frozenset()
    joint_leave: frozenset[date] = frozenset()
    own_dates: frozenset[date] = frozenset()
    incomplete_years: frozenset[int] = frozenset()
    joint_leave_stops_clock: bool = True

    def is_working_day(self, day: date) -> bool:
        """Whether the clock runs on this day."""
        if day.weekday() >= 5 or day in self.holidays or day in self.own_dates:
            return False
        return not (self.joint_leave_stops_clock and day in self.joint_leave)

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`; `start` itself for 0. Raises ValueError for a negative count."""
        if count < 0:
            raise ValueError(f"working days are counted forward, not {count}")
        day = start
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and with `end`; negative where `end` is the earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        weeks, rest = divmod((end - start).days, 7)
        tail = sum((end - timedelta(days=back)).weekday() < 5 for back in range(rest))
        free = sum(start < day <= end and day.weekday() < 5 for day in self._free_dates())
        return weeks * 5 + tail - free

    def is_complete(self, year: int) -> bool:
        """Whether the holidays and the cuti bersama of a year are known; a due date in another year may still move."""
        return year not in self.incomplete_years and any(day.year == year for day in self.holidays)

    def _free_dates(self) -> frozenset[date]:
        free = self.holidays | self.own_dates
        return free | self.joint_leave if self.joint_leave_stops_clock else free


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A limit in working days that counts for complaints received from `effective_from` on, until a later row."""

    effective_from: date
    kind: DeadlineKind
    working_days: int
    source: str


class DeadlineTable:
    """The dated limits. Raises ValueError if a kind has no row at all or a limit is not positive."""

    def __init__(self, rows: Iterable[DeadlineRow]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.effective_from))
        self._by_kind = {kind: tuple(row for row in self.rows if row.kind == kind) for kind in DeadlineKind}
        missing = [kind.value for kind, found in self._by_kind.items() if not found]
        if missing:
            raise ValueError(f"no deadline for {', '.join(missing)}")
        if any(row.working_days < 1 for row in self.rows):
            raise ValueError("a deadline is at least one working day")

    def row(self, kind: DeadlineKind, received: date) -> DeadlineRow:
        """The row in force on the day of receipt; for a receipt before the first row, the first."""
        rows = self._by_kind[kind]
        return rows[max(0, bisect_right(rows, received, key=lambda row: row.effective_from) - 1)]

    def due(self, kind: DeadlineKind, received: date, calendar: WorkCalendar) -> date:
        """The last day within the limit of this kind."""
        return calendar.add_working_days(received, self.row(kind, received).working_days)


def due_date(
    classification: Classification,
    status: Status,
    received: date,
    table: DeadlineTable,
    calendar: WorkCalendar,
    *,
    supervision: bool = False,
) -> date | None:
    """The due date that counts now, or None where nothing is due any more.

    A received complaint waits for verification, every later open one for its answer. An aspiration has no limit of its
    own in the sources and is given that of a complaint; `supervision` is for complaints about officials' conduct.
    """
    if status in {Status.RESOLVED, Status.CLOSED, Status.OUT_OF_JURISDICTION, Status.ARCHIVED}:
        return None
    if status is Status.RECEIVED:
        kind = DeadlineKind.VERIFICATION
    elif supervision:
        kind = DeadlineKind.SUPERVISION
    elif classification is Classification.INFORMATION:
        kind = DeadlineKind.INFORMATION_REQUEST
    else:
        kind = DeadlineKind.COMPLAINT
    return table.due(kind, received, calendar)
