"""The national averages that the city measures itself by: dated, with their source, and none where none is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


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


class NationalTable:
    """The dated figures; it may be empty. Raises ValueError for a figure below zero or without a source."""

    def __init__(self, rows: Iterable[NationalFigure] = ()) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.effective_from))
        if any(row.working_days < 0 or not row.source.strip() for row in self.rows):
            raise ValueError("a national figure has a source and is not below zero")

    def figure(self, measure: Measure, day: date) -> NationalFigure | None:
        """The newest figure in force on `day`, None where nobody has entered one."""
        known = [row for row in self.rows if row.measure is measure and row.effective_from <= day]
        return known[-1] if known else None
