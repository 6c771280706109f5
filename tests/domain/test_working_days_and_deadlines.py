from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Classification, Status
from kelurahan_client.domain.deadlines import DeadlineKind, DeadlineRow, DeadlineTable, WorkCalendar, due_date
from kelurahan_client.domain.reference import ReferenceData

DAYS = st.dates(date(2023, 12, 1), date(2024, 3, 31))
SETS = st.frozensets(DAYS, max_size=25)
CALENDARS = st.builds(WorkCalendar, SETS, SETS, SETS, st.just(frozenset()), st.booleans())
COUNTS = st.integers(0, 80)
MONDAY = date(2024, 1, 8)


def test_weekends_do_not_count() -> None:
    plain = WorkCalendar()
    assert plain.add_working_days(MONDAY, 5) == date(2024, 1, 15)
    assert plain.add_working_days(date(2024, 1, 6), 1) == MONDAY
    assert plain.working_days_between(date(2024, 1, 5), MONDAY) == 1


def test_joint_leave_stops_the_clock_by_the_citys_setting() -> None:
    leave = frozenset({date(2024, 1, 9)})
    assert WorkCalendar(joint_leave=leave).add_working_days(MONDAY, 1) == date(2024, 1, 10)
    assert WorkCalendar(joint_leave=leave, joint_leave_stops_clock=False).add_working_days(MONDAY, 1) == date(
        2024, 1, 9
    )
    assert WorkCalendar(own_dates=leave).add_working_days(MONDAY, 1) == date(2024, 1, 10)
    assert WorkCalendar(holidays=leave).add_working_days(MONDAY, 1) == date(2024, 1, 10)


def test_counting_back_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        WorkCalendar().add_working_days(MONDAY, -1)


@given(CALENDARS, DAYS, DAYS)
def test_between_counts_the_working_days(calendar: WorkCalendar, start: date, end: date) -> None:
    first, last = min(start, end), max(start, end)
    days = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
    counted = sum(calendar.is_working_day(day) for day in days)
    assert calendar.working_days_between(first, last) == counted
    assert calendar.working_days_between(last, first) == -counted


@given(CALENDARS, DAYS, COUNTS)
def test_adding_lands_on_a_working_day_that_many_away(calendar: WorkCalendar, start: date, count: int) -> None:
    end = calendar.add_working_days(start, count)
    assert calendar.working_days_between(start, end) == count
    assert count == 0 or calendar.is_working_day(end)


@given(CALENDARS, DAYS, COUNTS, COUNTS)
def test_adding_in_two_steps_is_adding_at_once(calendar: WorkCalendar, start: date, one: int, other: int) -> None:
    by_steps = calendar.add_working_days(calendar.add_working_days(start, one), other)
    assert by_steps == calendar.add_working_days(start, one + other)


@given(CALENDARS, DAYS, DAYS, COUNTS)
def test_who_comes_later_is_never_due_earlier(calendar: WorkCalendar, one: date, other: date, count: int) -> None:
    first, last = min(one, other), max(one, other)
    assert calendar.add_working_days(first, count) <= calendar.add_working_days(last, count)


def rows(**changed: int) -> list[DeadlineRow]:
    return [DeadlineRow(date(2000, 1, 1), kind, changed.get(kind, 3), "uji") for kind in DeadlineKind]


def test_the_row_in_force_on_the_day_of_receipt_counts() -> None:
    later = DeadlineRow(date(2025, 7, 1), DeadlineKind.COMPLAINT, 7, "keputusan")
    table = DeadlineTable([later, *rows(complaint=14)])
    for received, days in (
        (date(1999, 1, 1), 14),
        (date(2025, 6, 30), 14),
        (date(2025, 7, 1), 7),
        (date(2026, 1, 1), 7),
    ):
        assert table.row(DeadlineKind.COMPLAINT, received).working_days == days


def test_a_table_must_be_whole() -> None:
    with pytest.raises(ValueError, match="verification"):
        DeadlineTable(rows()[1:])
    with pytest.raises(ValueError, match="one working day"):
        DeadlineTable(rows(complaint=0))


@pytest.mark.parametrize(
    ("classification", "status", "supervision", "received", "due"),
    [
        (Classification.COMPLAINT, Status.RECEIVED, False, date(2026, 8, 3), date(2026, 8, 6)),
        (Classification.COMPLAINT, Status.RECEIVED, False, date(2026, 7, 30), date(2026, 8, 4)),
        (Classification.COMPLAINT, Status.REFERRED, False, date(2026, 7, 21), date(2026, 8, 10)),
        (Classification.COMPLAINT, Status.VERIFIED, False, date(2026, 8, 3), date(2026, 8, 24)),
        (Classification.COMPLAINT, Status.ON_HOLD, False, date(2026, 7, 21), date(2026, 8, 10)),
        (Classification.ASPIRATION, Status.IN_PROGRESS, False, date(2026, 7, 21), date(2026, 8, 10)),
        (Classification.INFORMATION, Status.VERIFIED, False, date(2026, 8, 3), date(2026, 8, 10)),
        (Classification.COMPLAINT, Status.VERIFIED, True, date(2026, 1, 5), date(2026, 4, 10)),
        (Classification.COMPLAINT, Status.RECEIVED, True, date(2026, 8, 3), date(2026, 8, 6)),
    ],
)
def test_due_dates_with_the_calendar_that_ships(
    reference: ReferenceData,
    classification: Classification,
    status: Status,
    supervision: bool,
    received: date,
    due: date,
) -> None:
    found = due_date(classification, status, received, reference.deadlines, reference.calendar, supervision=supervision)
    assert found == due


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED, Status.OUT_OF_JURISDICTION, Status.ARCHIVED])
def test_nothing_is_due_when_it_is_over(reference: ReferenceData, status: Status) -> None:
    over = due_date(Classification.COMPLAINT, status, MONDAY, reference.deadlines, reference.calendar)
    assert over is None


def test_the_calendar_that_ships(reference: ReferenceData) -> None:
    calendar = reference.calendar
    assert not calendar.is_working_day(date(2024, 8, 17))
    assert date(2026, 8, 17) in calendar.holidays
    assert not calendar.is_working_day(date(2026, 8, 17))
    assert date(2024, 4, 8) in calendar.joint_leave
    assert calendar.is_complete(2026)
    assert not calendar.is_complete(2027)  # its Idul Fitri is still an estimate
    assert not calendar.is_complete(2028)  # not in the data at all
