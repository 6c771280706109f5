"""The cells of a register book as a spreadsheet gives them, and the marks that clerks write into them."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, TypeAlias

from kelurahan_client.domain.text import Cleaned, clean_text

Cell: TypeAlias = str | int | float | bool | date | datetime | None
Grid: TypeAlias = Sequence[Sequence[Cell]]
"""Rows of cells, the first row of the sheet first; rows may have different lengths."""

_DITTO_SIGN: Final = re.compile(r"[-–—_.]*(?:[\"“”„″〃]{1,3}|[‘’'´`]{2}|,,|//)[-–—_.]*")
_DITTO_WORDS: Final = frozenset(
    "idem sda ditto sama samadenganatas samadengandiatas samadgnatas samadgndiatas sepertidiatas".split()
)
_EMPTY_MARK: Final = re.compile(r"[-–—_.…\s]*")
_NOT_LETTERS: Final = re.compile(r"[\W\d_]+")
_MAX_MARK: Final = 30  # characters; a longer cell is a text


def read_cell(cell: Cell) -> Cleaned:
    """The cell as the clerk sees it, and a sentence for each kind of invisible sign that was taken out.

    3.0 becomes "3", a date 03/08/2024; line ends inside a text stay.
    """
    if cell is None or cell == "":
        return Cleaned("")
    if isinstance(cell, str):
        # Nearly every cell is one printable line, for which the full cleaning would find nothing.
        return Cleaned(cell.strip()) if cell.isprintable() and cell.isascii() else clean_text(cell)
    if isinstance(cell, bool):
        return Cleaned("BENAR" if cell else "SALAH")
    if isinstance(cell, date):
        return Cleaned(f"{cell.day:02d}/{cell.month:02d}/{cell.year}")
    if isinstance(cell, float):
        return Cleaned(str(int(cell)) if cell.is_integer() else repr(cell))
    return Cleaned(str(cell))


def cell_text(cell: Cell) -> str:
    """The cell as the clerk sees it, as one line."""
    return " ".join(read_cell(cell).text.split())


def is_empty_mark(text: str) -> bool:
    """Whether the text stands for an empty cell: "", "-", "...", "--"."""
    return len(text) <= _MAX_MARK and _EMPTY_MARK.fullmatch(text) is not None


def is_ditto(text: str) -> bool:
    """Whether the text means "as in the row above": idem, s.d.a, sda, a quotation mark, -"-, two commas."""
    if not text or len(text) > _MAX_MARK:
        return False
    return _DITTO_SIGN.fullmatch("".join(text.split())) is not None or (
        _NOT_LETTERS.sub("", text.casefold()) in _DITTO_WORDS and not any(char.isdigit() for char in text)
    )


def column_letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
