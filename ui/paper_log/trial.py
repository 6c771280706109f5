"""What a dry run shows, line by line: plain values made in the worker, so that the window only has to paint them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kelurahan_client.domain.book_cells import Grid, cell_text
from kelurahan_client.domain.book_layout import Layout
from kelurahan_client.domain.book_reading import BookRow, RejectedRow
from kelurahan_client.domain.book_values import first_sentence
from kelurahan_client.services.importing import Plan, fingerprint

_SHOWN = 200  # characters of a text; more never fits a table


class Kind(Enum):
    """What would become of a line."""

    READY = "ready"
    WARNED = "warned"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"  # already a complaint on this machine, or the same as a line above
    SKIPPED = "skipped"  # blank, a total, a title: no entry


class View(Enum):
    """Which lines the table shows; one for each tile."""

    READ = "read"
    READY = "ready"
    WARNED = "warned"
    REJECTED = "rejected"
    LEFT_OUT = "left-out"


_KINDS = {
    View.READ: frozenset(Kind),
    View.READY: frozenset({Kind.READY}),
    View.WARNED: frozenset({Kind.WARNED}),
    View.REJECTED: frozenset({Kind.REJECTED}),
    View.LEFT_OUT: frozenset({Kind.DUPLICATE, Kind.SKIPPED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the table. `twin` is the line of the same book that a duplicate repeats, 0 for one from before."""

    kind: Kind
    number: int  # sheet row, from 1
    day: date | None = None
    name: str = ""
    text: str = ""
    agency: str = ""
    column: str = ""
    cell: str = ""
    problem: str = ""
    remedy: str = ""
    twin: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """A plan with its lines in the order of the book; a row with two warnings has two lines but counts once."""

    plan: Plan
    lines: tuple[Line, ...]

    def of(self, view: View) -> tuple[Line, ...]:
        """The lines of one tile."""
        kinds = _KINDS[view]
        return tuple(line for line in self.lines if line.kind in kinds)

    def count(self, view: View) -> int:
        """How many rows of the book a tile stands for."""
        counts = self._counts()
        return sum(counts[kind] for kind in _KINDS[view])

    @property
    def duplicates(self) -> int:
        """Rows that are here already."""
        return len(self.plan.duplicates)

    @property
    def importable(self) -> int:
        """Rows that an import would write."""
        return len(self.plan.new)

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last row of the sheet that was read; (0, 0) for an empty one."""
        numbers = [line.number for line in self.lines]
        return (min(numbers), max(numbers)) if numbers else (0, 0)

    def first_view(self) -> View:
        """What a person should see first: what was refused, else what is doubtful, else what would be written."""
        for view in (View.REJECTED, View.WARNED, View.READY):
            if self.count(view):
                return view
        return View.LEFT_OUT if self.lines else View.READ

    def _counts(self) -> "Counter[Kind]":
        warned = len(self.plan.warned)
        return Counter(
            {
                Kind.READY: len(self.plan.new) - warned,
                Kind.WARNED: warned,
                Kind.REJECTED: len(self.plan.rejected),
                Kind.DUPLICATE: len(self.plan.duplicates),
                Kind.SKIPPED: len(self.plan.skipped),
            }
        )


def make_trial(plan: Plan, grid: Grid) -> Trial:
    """The lines of a plan; `grid` is the sheet that it was made of."""
    lines: list[Line] = []
    for row in plan.new:
        lines += _warned(row) if row.warnings else [_entry(row, Kind.READY)]
    first_seen = {mark: row.line for row, mark in zip(plan.new, plan.fingerprints, strict=True)}
    lines += [_entry(row, Kind.DUPLICATE, twin=first_seen.get(fingerprint(row.intake), 0)) for row in plan.duplicates]
    lines += rejected_lines(plan.rejected, plan.layout)
    for skipped in plan.skipped:
        words = " ".join(filter(None, map(cell_text, grid[skipped.line - 1])))[:_SHOWN]
        lines.append(Line(kind=Kind.SKIPPED, number=skipped.line, text=words, problem=skipped.reason))
    return Trial(plan, tuple(sorted(lines, key=lambda line: line.number)))


def rejected_lines(rows: Sequence[RejectedRow], layout: Layout) -> list[Line]:
    """The refused rows as lines."""
    return [
        Line(
            kind=Kind.REJECTED,
            number=row.line,
            name=_cell_of(row, layout, "reporter_name"),
            text=_cell_of(row, layout, "statement"),
            column=row.column,
            cell=row.text,
            problem=row.reason,
            remedy=row.remedy,
        )
        for row in rows
    ]


def _cell_of(row: RejectedRow, layout: Layout, field: str) -> str:
    for column in layout.columns:
        if column.field == field and column.index < len(row.cells):
            return row.cells[column.index][:_SHOWN]
    return ""


def _warned(row: BookRow) -> list[Line]:
    return [_entry(row, Kind.WARNED, *first_sentence(warning)) for warning in row.warnings]


def _entry(row: BookRow, kind: Kind, problem: str = "", remedy: str = "", twin: int = 0) -> Line:
    intake = row.intake
    return Line(
        kind=kind,
        number=row.line,
        day=intake.received_date,
        name=intake.reporter_name,
        text=intake.statement[:_SHOWN],
        agency=intake.agency_written,
        problem=problem,
        remedy=remedy,
        twin=twin,
    )
