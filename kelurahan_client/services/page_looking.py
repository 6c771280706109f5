"""What would become of each line of a typed page: read by the rules of an import, compared with what is here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kelurahan_client.domain.complaint import Intake
from kelurahan_client.domain.day_words import format_date, local_date
from kelurahan_client.domain.page_likeness import by_name, likeness, spans
from kelurahan_client.domain.page_reading import LineReading, LineState, read_page
from kelurahan_client.domain.typed_page import TypedPage
from kelurahan_client.services.desk import Desk, identity
from kelurahan_client.services.importing import fingerprint
from kelurahan_client.store import book_pages as rows
from kelurahan_client.store import complaints
from kelurahan_client.store.engine import Transaction

_YEAR: Final = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What would become of each line of a page. `known`: lines whose complaint is here already."""

    lines: tuple[LineReading, ...]
    known: frozenset[int]
    twins: Mapping[int, int]  # a line that says the same as an earlier one of this page
    saved: frozenset[int] = frozenset()
    earlier: str = ""  # a sentence where another page has this number in this book

    def count(self, *states: LineState) -> int:
        """How many lines are in one of these states."""
        return sum(line.state in states for line in self.lines)

    @property
    def wrong(self) -> list[int]:
        """The lines that stand in the way, from 0."""
        return [at for at, line in enumerate(self.lines) if line.state is LineState.WRONG and at not in self.saved]

    def new(self) -> list[tuple[int, Intake]]:
        """The lines that would become complaints now."""
        seen = self.known | self.twins.keys() | self.saved
        return [(at, line.intake) for at, line in enumerate(self.lines) if line.intake is not None and at not in seen]


def look(desk: Desk, page: TypedPage) -> LookedAt:
    """Read every line by the rules of an import, and compare with what is here. Writes nothing."""
    with desk.store.read() as transaction:
        return look_within(desk, transaction, page)


def look_within(desk: Desk, transaction: Transaction, page: TypedPage) -> LookedAt:
    """The same, in a transaction that the caller holds."""
    written = _YEAR.search(page.book)
    readings = read_page(
        [line.cells for line in page.lines],
        sheet=page.label,
        year=int(written[1]) if written else None,
        today=desk.today(),
        reference=desk.reference,
        office=identity(transaction).office,
    )
    saved = frozenset(at for at, line in enumerate(page.lines) if line.saved_as)
    marks = {at: fingerprint(line.intake) for at, line in enumerate(readings) if line.intake is not None}
    here = complaints.known_fingerprints(transaction, marks.values())
    first: dict[str, int] = {}
    twins: dict[int, int] = {}
    for at, mark in marks.items():
        if first.setdefault(mark, at) != at:
            twins[at] = first[mark]
    known = frozenset(at for at, mark in marks.items() if mark in here and at not in saved)
    told = _with_likeness(transaction, readings, saved | known | twins.keys())
    return LookedAt(told, known, twins, saved, _earlier(transaction, page))


def _with_likeness(
    transaction: Transaction, readings: Sequence[LineReading], settled: frozenset[int]
) -> tuple[LineReading, ...]:
    """The readings, with a hint where another complaint tells the same in other words."""
    days = [line.intake.received_date for line in readings if line.intake is not None]
    others = by_name(told for first, last in spans(days) for told in rows.told_between(transaction, first, last))
    made = []
    for at, line in enumerate(readings):
        like = likeness(line.intake, others) if line.intake is not None and at not in settled else None
        hint = () if like is None else (like,)
        made.append(replace(line, state=LineState.WARNED, problems=(*hint, *line.problems)) if hint else line)
    return tuple(made)


def _earlier(transaction: Transaction, page: TypedPage) -> str:
    """A sentence where this page of the book is here already."""
    others = rows.of_number(transaction, page.book, page.number) if page.number else []
    other = next((row for row in others if row.id != page.id), None)
    if other is None:
        return ""
    done = "disimpan" if other.saved_at is not None else "sedang diketik"
    day = format_date(local_date(other.saved_at or other.updated_at))
    return f"Halaman {page.number} sudah {done}: {day}, {other.officer}."
