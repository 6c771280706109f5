"""The national averages that the city measures itself by: dated, with their source, and none where none is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any


class Measure(StrEnum):
    """What is measured, in working days from the day of receipt."""

    FIRST_ANSWER = "first_answer"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """The national mean that counts from a day on, until a later one."""

    effective_from: date
    measure: Measure
    working_days: Fraction
    source: str

    @property
    def says_something(self) -> bool:
        """Whether it is above zero and has a source."""
        return self.working_days > 0 and bool(self.source.strip())


class NationalTable:
    """The dated figures; it may be empty. Raises ValueError for a figure that is not above zero or has no source."""

    def __init__(self, rows: Iterable[NationalFigure] = ()) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.effective_from))
        if not all(row.says_something for row in self.rows):
            raise ValueError("a national figure has a source and is above zero")

    def figure(self, measure: Measure, day: date) -> NationalFigure | None:
        """The newest figure in force on `day`, None where nobody has entered one."""
        known = [row for row in self.rows if row.measure is measure and row.effective_from <= day]
        return known[-1] if known else None


def figure_body(figure: NationalFigure) -> dict[str, str]:
    """The figure as a record; the days are decimal text, so that 9.4 stays 9.4."""
    days = Decimal(figure.working_days.numerator) / Decimal(figure.working_days.denominator)
    return {
        "measure": figure.measure,
        "effective_from": figure.effective_from.isoformat(),
        "working_days": str(days),
        "source": figure.source,
    }


def figure_from(body: Mapping[str, Any]) -> NationalFigure | None:
    """The figure of a record; None for one that only a newer program can read."""
    try:
        figure = NationalFigure(
            effective_from=date.fromisoformat(body["effective_from"]),
            measure=Measure(body["measure"]),
            working_days=Fraction(body["working_days"]),
            source=str(body["source"]),
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return figure if figure.says_something else None
