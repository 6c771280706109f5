"""What the reading of a register book gives: complaints to be, and every other line with its reason."""

from dataclasses import dataclass
from enum import StrEnum

from kelurahan_client.domain.book_entries import SkippedRow
from kelurahan_client.domain.complaint import Intake


class RejectCode(StrEnum):
    """Why an entry of a book cannot become a complaint."""

    NO_DATE = "no_date"
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_DATE = "future_date"
    TOO_OLD_DATE = "too_old_date"
    UNREADABLE_DATE = "unreadable_date"
    NO_NAME = "no_name"
    NO_TEXT = "no_text"
    NOTHING_ABOVE = "nothing_above"  # "as above" under nothing that could be read
    SHIFTED = "shifted"  # cells stand in a neighbour's column
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    NOT_ACCEPTED = "not_accepted"  # readable, but the rules for complaints refuse it


@dataclass(frozen=True, slots=True)
class BookRow:
    """One entry that can be imported; `lines` are all the sheet rows, from 1, that it was written on."""

    lines: tuple[int, ...]
    intake: Intake
    warnings: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The sheet row, from 1, on which the entry begins."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One entry that cannot be imported: which cell, what is wrong, how to mend it.

    `column` is the heading of the cell at fault ("" when it is the whole row), `text` what the cell holds, cut to a
    length that fits a table. `cells` is the whole row as written, at its places, except that marks for "as above" are
    replaced by what they stand for and dates written out, since a file of rejected rows lacks the rows above.
    """

    lines: tuple[int, ...]
    column: str
    text: str
    reason: str
    remedy: str
    code: RejectCode
    cells: tuple[str, ...]

    @property
    def line(self) -> int:
        """The sheet row, from 1, on which the entry begins."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class BookReading:
    """A whole sheet: every written line is in exactly one of the three."""

    rows: tuple[BookRow, ...]
    rejected: tuple[RejectedRow, ...]
    skipped: tuple[SkippedRow, ...]

    @property
    def read(self) -> int:
        """How many entries the book has: accepted and rejected."""
        return len(self.rows) + len(self.rejected)
