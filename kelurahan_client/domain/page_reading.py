"""A page of a register book while it is typed: each line as a complaint to be, or the cell that stands in its way.

The rules are those of an import (`book_rows`); here they are told cell by cell, with the mends that one key can make.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from kelurahan_client.domain.book_headings import FIELD_LABELS, RT_RW
from kelurahan_client.domain.book_layout import Column, Layout
from kelurahan_client.domain.book_reading import BookReading, BookRow, RejectCode, RejectedRow
from kelurahan_client.domain.book_rows import read_rows
from kelurahan_client.domain.complaint import Intake
from kelurahan_client.domain.day_words import MONTHS
from kelurahan_client.domain.page_categories import Suggesting
from kelurahan_client.domain.page_mends import mends_for
from kelurahan_client.domain.page_warnings import place_of
from kelurahan_client.domain.reference import ReferenceData

PAGE_FIELDS: Final = (
    "book_number",
    "received_date",
    "reporter_name",
    "reporter_sex",
    "reporter_address",
    RT_RW,
    "reporter_phone",
    "statement",
    "channel",
    "agency_written",
    "note",
    "category",
)
"""The columns of a typed page, in the order of the book; the category, which no book has, stands behind them."""

_LABELS: Final = {**FIELD_LABELS, "category": "Kategori"}
_FIELD_OF_LABEL: Final = {_LABELS[name]: name for name in PAGE_FIELDS}
_SHOWN_IN: Final = {
    FIELD_LABELS["rt"]: RT_RW,
    FIELD_LABELS["rw"]: RT_RW,
    FIELD_LABELS["reporter_nik"]: "reporter_phone",
}
_SHORT: Final = {
    RejectCode.NO_DATE: "kosong",
    RejectCode.NO_NAME: "kosong",
    RejectCode.NO_TEXT: "kosong",
    RejectCode.IMPOSSIBLE_DATE: "tidak ada",
    RejectCode.FUTURE_DATE: "belum terjadi",
    RejectCode.TOO_OLD_DATE: "terlalu lama",
    RejectCode.UNREADABLE_DATE: "bukan tanggal",
    RejectCode.NOTHING_ABOVE: "di atas kosong",
    RejectCode.SHIFTED: "salah kolom?",
    RejectCode.TOO_LONG: "terlalu panjang",
    RejectCode.UNREADABLE: "tidak terbaca",
    RejectCode.NOT_ACCEPTED: "periksa lagi",
}
_CATEGORY: Final = PAGE_FIELDS.index("category")
_EMPTY: Final = frozenset({RejectCode.NO_DATE, RejectCode.NO_NAME, RejectCode.NO_TEXT})


class LineState(StrEnum):
    """What a line of the page is."""

    EMPTY = "empty"
    GOOD = "good"
    WARNED = "warned"
    WRONG = "wrong"
    JOINED = "joined"  # it continues the line above
    LEFT_OUT = "left_out"  # a total, a title, a lone number


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong or odd in one cell: in two words for the cell, in sentences for the foot, with one-key mends.

    `unfilled` = it is only that nothing stands there yet.
    """

    field: str
    short: str
    sentence: str
    remedy: str = ""
    wrong: bool = False
    unfilled: bool = False
    mends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineReading:
    """One line of the page; `intake` where it can become a complaint, `remark` where a line is joined or left out.

    `hint` is what can be said of its category where nothing is wrong with it: what the words mean, or what they might.
    """

    state: LineState
    problems: tuple[CellProblem, ...] = ()
    intake: Intake | None = None
    remark: str = ""
    hint: CellProblem | None = None

    def problem(self, field: str) -> CellProblem | None:
        """What is said of a cell, the worst first."""
        return next((one for one in self.problems if one.field == field), None)


def read_page(
    lines: Sequence[Sequence[str]],
    *,
    sheet: str,
    year: int | None,
    today: date,
    reference: ReferenceData,
    office: str,
) -> tuple[LineReading, ...]:
    """Read the lines of a page, each a text for every one of PAGE_FIELDS; as many readings come back.

    `sheet` goes into `book_sheet`, the line's place from 1 into `book_line`. In a book of `year` a date without a year
    is of that year.
    """
    columns = tuple(Column(at, _LABELS[name], name) for at, name in enumerate(PAGE_FIELDS))
    layout = Layout(len(lines), 0, columns, "")  # the header is printed in the book, no line of the page
    near = date(year, 7, 1) if year is not None else None  # from its middle every day is nearest in its own year
    reading = read_rows(lines, layout, sheet=sheet, today=today, reference=reference, office=office, near=near)
    found = _by_line(reading, len(lines))
    days = [_day(found.get(at)) for at in range(len(lines))]
    around = [_Around(days, at, today) for at in range(len(lines))]
    suggesting = Suggesting(reference, office)
    return tuple(_line(found.get(at), lines[at], around[at], suggesting) for at in range(len(lines)))


_Found = BookRow | RejectedRow | str


def _by_line(reading: BookReading, count: int) -> dict[int, _Found]:
    """What was found on each line, from 0; a text where the line is none of its own."""
    found: dict[int, _Found] = {}
    entries: list[BookRow | RejectedRow] = [*reading.rows, *reading.rejected]
    for entry in entries:
        found[entry.line - 1] = entry
        found |= {line - 1: f"Lanjutan baris {entry.line}." for line in entry.lines[1:]}
    for skipped in reading.skipped:
        if skipped.reason != "Baris kosong." and skipped.line <= count:
            found[skipped.line - 1] = skipped.reason
    return found


def _day(found: _Found | None) -> date | None:
    return found.intake.received_date if isinstance(found, BookRow) else None


@dataclass(frozen=True, slots=True)
class _Around:
    """The readable dates next to a line."""

    days: Sequence[date | None]
    at: int
    today: date

    @property
    def above(self) -> date | None:
        return next((day for day in reversed(self.days[: self.at]) if day is not None), None)

    @property
    def below(self) -> date | None:
        return next((day for day in self.days[self.at + 1 :] if day is not None), None)

    def sentence(self) -> str:
        """Where the line lies in time."""
        above, below = self.above, self.below
        before = f"{above.day} {MONTHS[above.month - 1]}" if above is not None else ""
        after = f"{below.day} {MONTHS[below.month - 1]}" if below is not None else ""
        if before and after:
            return f"Baris di atasnya {before}, di bawahnya {after}."
        if before:
            return f"Baris di atasnya {before}."
        return f"Baris di bawahnya {after}." if after else ""


def _line(found: _Found | None, texts: Sequence[str], around: _Around, suggesting: Suggesting) -> LineReading:
    if found is None:
        return LineReading(LineState.EMPTY)
    if isinstance(found, str):
        joined = found.startswith("Lanjutan")
        return LineReading(LineState.JOINED if joined else LineState.LEFT_OUT, remark=found)
    if isinstance(found, RejectedRow):
        return LineReading(LineState.WRONG, (_wrong(found, texts, around, suggesting),))
    problems = tuple(CellProblem(*place_of(warning)) for warning in found.warnings)
    intake = replace(found.intake, warnings=found.warnings)
    hint = _hint(intake, texts[_CATEGORY], suggesting)
    return LineReading(LineState.WARNED if problems else LineState.GOOD, problems, intake, hint=hint)


def _hint(intake: Intake, written: str, suggesting: Suggesting) -> CellProblem | None:
    """What the typed words mean; where there are none, the categories that the statement points to, never put in."""
    if intake.category:
        name = suggesting.name(intake.category)
        return None if name == written.strip() else CellProblem("category", "", f"{name}.")
    names = suggesting.names(intake.statement)
    return CellProblem("category", "", "Usulan dari isi pengaduan.", mends=names) if names else None


def _wrong(row: RejectedRow, texts: Sequence[str], around: _Around, suggesting: Suggesting) -> CellProblem:
    field = _FIELD_OF_LABEL.get(row.column) or _SHOWN_IN.get(row.column, "received_date")
    text = texts[PAGE_FIELDS.index(field)]
    remedy = row.remedy
    if field == "received_date" and row.code not in _EMPTY:
        remedy = around.sentence() or remedy
    if field == "category":
        mends = suggesting.names(text, texts[PAGE_FIELDS.index("statement")])
    else:
        mends = mends_for(field, text, above=around.above, below=around.below, today=around.today)
    return CellProblem(
        field,
        "pilih satu" if field == "category" else _SHORT[row.code],
        row.reason,
        remedy,
        wrong=True,
        unfilled=row.code in _EMPTY,
        mends=mends,
    )


def labels() -> Mapping[str, str]:
    """The names of the columns."""
    return {name: _LABELS[name] for name in PAGE_FIELDS}
