"""The periods of a report, what they are compared with, and how a chart cuts them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.spans import Period, PeriodKind, Span, age_bands, parts, period

DAYS = st.dates(date(2001, 1, 1), date(2035, 12, 31))
SPANS = st.builds(lambda first, days: Span(first, first + timedelta(days=days)), DAYS, st.integers(0, 4000))
MONDAY = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("kind", "name", "before"),
    [
        (PeriodKind.TODAY, "3 Agustus 2026", "2 Agustus 2026"),
        (PeriodKind.YESTERDAY, "2 Agustus 2026", "1 Agustus 2026"),
        (PeriodKind.THIS_WEEK, "3 Agustus 2026", "27 Juli 2026"),
        (PeriodKind.THIS_MONTH, "1–3 Agustus 2026", "1–3 Juli 2026"),
        (PeriodKind.LAST_MONTH, "Juli 2026", "Juni 2026"),
        (PeriodKind.THIS_YEAR, "1 Januari – 3 Agustus 2026", "1 Januari – 3 Agustus 2025"),
        (PeriodKind.LAST_YEAR, "2025", "2024"),
    ],
)
def test_periods_of_a_monday_in_august(kind: PeriodKind, name: str, before: str) -> None:
    found = period(kind, MONDAY)
    assert (found.span.name, found.before.name) == (name, before)


def test_months_of_other_lengths_are_compared_by_the_days_that_both_have() -> None:
    assert period(PeriodKind.THIS_MONTH, date(2026, 3, 30)).before == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert period(PeriodKind.LAST_MONTH, date(2026, 3, 30)).before == Span(date(2026, 1, 1), date(2026, 1, 31))
    assert period(PeriodKind.THIS_MONTH, date(2026, 3, 31)).before.name == "Februari 2026"
    assert period(PeriodKind.THIS_YEAR, date(2024, 2, 29)).before.last == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 7, 1), date(2026, 7, 31), "Juni 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2025"),
        (date(2026, 7, 10), date(2026, 7, 19), "30 Juni – 9 Juli 2026"),
    ],
)
def test_own_dates_are_compared_with_the_month_the_year_or_the_days_before(
    first: date, last: date, before: str
) -> None:
    assert Period(PeriodKind.OWN, Span(first, last)).before.name == before


@given(st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.OWN]), DAYS)
def test_no_period_reaches_beyond_today_and_none_meets_the_one_before(kind: PeriodKind, today: date) -> None:
    found = period(kind, today)
    assert found.span.last <= today
    assert found.before.last < found.span.first


@given(SPANS)
def test_the_parts_of_a_span_are_all_of_it_once(span: Span) -> None:
    found = parts(span)
    assert 1 <= len(found) <= 45
    assert found[0].first == span.first
    assert found[-1].last == span.last
    assert all(after.first == one.last + timedelta(days=1) for one, after in pairwise(found))


def test_a_span_runs_forward() -> None:
    with pytest.raises(ValueError, match="span"):
        Span(MONDAY, MONDAY - timedelta(days=1))
    with pytest.raises(ValueError, match="own"):
        period(PeriodKind.OWN, MONDAY)


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 700))
def test_every_day_of_receipt_has_one_age(reference: ReferenceData, today: date, ago: int) -> None:
    received = today - timedelta(days=ago)
    bands = [
        band
        for band in age_bands(today, reference.deadlines, reference.calendar)
        if (band.first is None or band.first <= received) and (band.last is None or received <= band.last)
    ]
    assert len(bands) == 1
    age = reference.calendar.working_days_between(received, today)
    assert bands[0].least <= age
    assert bands[0].most is None or age <= bands[0].most
