"""Medians and means, exact to the last; and how they are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kelurahan_client.domain.deadlines import WorkCalendar


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `count` values the median and the mean; None where there is no value."""

    count: int = 0
    median: Fraction | None = None
    mean: Fraction | None = None


def spread(values: Mapping[int, int]) -> Spread:
    """Median and mean of whole numbers, given as value -> how often; of an even number of values the middle two's."""
    count = sum(values.values())
    if not count:
        return Spread()
    ranked = sorted(values.items())
    middle = Fraction(_at(ranked, (count - 1) // 2) + _at(ranked, count // 2), 2)
    return Spread(count, middle, Fraction(sum(value * often for value, often in ranked), count))


def _at(ranked: Iterable[tuple[int, int]], place: int) -> int:
    for value, often in ranked:
        if place < often:
            return value
        place -= often
    raise ValueError("there are not so many values")


def decimal(value: Fraction) -> str:
    """With one digit behind the comma where it is not zero, halves rounded up: 4; 1,5; 11,4; 1.204,5."""
    tenths = int(value * 10 + Fraction(1, 2)) if value >= 0 else -int(-value * 10 + Fraction(1, 2))
    whole, tenth = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{tenth}" if tenth else "")


def working_days(pairs: Iterable[tuple[date, date, int]], calendar: WorkCalendar) -> dict[int, int]:
    """How often each number of working days lies between the days of (from, to, how often), for `spread`.

    A day that lies before its beginning (a clock was wrong) counts as the same day.
    """
    known = [(start, max(start, end), often) for start, end, often in pairs]
    if not known:
        return {}
    numbers = _day_numbers(min(start for start, _, _ in known), max(end for _, end, _ in known), calendar)
    found: dict[int, int] = {}
    for start, end, often in known:
        days = numbers[end] - numbers[start]
        found[days] = found.get(days, 0) + often
    return found


def _day_numbers(first: date, last: date, calendar: WorkCalendar) -> dict[date, int]:
    """Every day with the number of working days from `first` to it: many differences cost one walk."""
    found: dict[date, int] = {}
    count = 0
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        count += calendar.is_working_day(day)
        found[day] = count
    return found
