"""Medians and means, against the standard library's."""

import statistics
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.statistics import decimal, spread, working_days


@given(st.lists(st.integers(-3, 400), min_size=1, max_size=60))
def test_median_and_mean_are_exact(values: list[int]) -> None:
    found = spread(Counter(values))
    assert found.count == len(values)
    assert found.median == statistics.median(Fraction(value) for value in values)
    assert found.mean == Fraction(sum(values), len(values))


def test_of_nothing_there_is_no_median() -> None:
    assert spread({}).median is spread({3: 0}).mean is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(4), "4"),
        (Fraction(3, 2), "1,5"),
        (Fraction(1135, 100), "11,4"),  # a half is rounded up, not to even
        (Fraction(1, 30), "0"),
        (Fraction(12045, 10), "1.204,5"),
        (Fraction(-3, 2), "-1,5"),
    ],
)
def test_how_figures_are_written(value: Fraction, text: str) -> None:
    assert decimal(value) == text


@given(st.lists(st.tuples(st.dates(date(2025, 12, 1), date(2026, 5, 1)), st.integers(-5, 200), st.integers(1, 3))))
def test_working_days_are_those_of_the_calendar(reference: ReferenceData, pairs: list[tuple[date, int, int]]) -> None:
    expected: Counter[int] = Counter()
    for start, days, often in pairs:
        end = max(start, start + timedelta(days=days))
        expected[reference.calendar.working_days_between(start, end)] += often
    found = working_days(
        [(start, start + timedelta(days=days), often) for start, days, often in pairs], reference.calendar
    )
    assert found == dict(expected)
