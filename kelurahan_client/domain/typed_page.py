"""A page of a register book as it stands in the window: its lines as typed, valid or not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kelurahan_client.domain.page_reading import PAGE_FIELDS

MAX_LINES: Final = 500
"""Of one page; more is a file to be imported."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of the book as it was typed: a text for each of PAGE_FIELDS; `saved_as` the import it went into."""

    cells: tuple[str, ...] = ("",) * len(PAGE_FIELDS)
    saved_as: str = ""

    @property
    def filled(self) -> bool:
        """Whether anything stands there."""
        return any(text.strip() for text in self.cells)


@dataclass(frozen=True, slots=True)
class TypedPage:
    """A page as it stands in the window. `in_book` is how many lines the clerk counted in the book, 0 = not counted.

    `view` is how the scan is looked at (sheet, turn, ruler), for the window alone.
    """

    id: str
    book: str
    number: str
    lines: tuple[TypedLine, ...] = ()
    in_book: int = 0
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What the complaints of the page keep as their sheet: "Buku 2026 hal. 47"."""
        return f"{self.book} hal. {self.number}" if self.number else self.book

    @property
    def typed(self) -> int:
        """How many lines hold something."""
        return sum(line.filled for line in self.lines)
