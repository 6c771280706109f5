"""A workbook of one long sheet: XlsxWriter makes it with nothing in it, and the lines are poured in as they come.

Line by line XlsxWriter takes two thirds of the time of a whole export. What a cell of text or of a day looks like in
the file is little and never changes; formats, widths, the filter and the book around them stay with the library.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kelurahan_client.errors import InputError

MOST_LINES: Final = 1_048_575  # of a sheet, below the heading
_MOST_BYTES: Final = 2_000_000_000  # of the sheet within the file; beyond two gibibytes not every program opens it
_MAX_CELL: Final = 32_000  # characters; XLSX holds 32,767 in a cell and would lose a longer one whole
_SHEET: Final = "xl/worksheets/sheet1.xml"
_TOGETHER: Final = 200  # lines
_SHORT: Final = 40  # characters; as short as that are the words that come again and again
_REMEMBERED: Final = 4096  # of these
_DAY_NOUGHT: Final = date(1899, 12, 30)
_ODD = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")


class Look(StrEnum):
    """How the cells of a column are shown: as text, as text that wraps, as a day."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the sheet: its heading, its width in characters, its look."""

    heading: str
    width: int
    look: Look


def write_sheet(
    path: Path, places: Sequence[Place], lines: Iterable[Sequence[str | date | None]], count: int, about: str = ""
) -> None:
    """Write `count` lines, a value for each place; "" and None leave a cell empty. Memory does not grow with them.

    A day is a day and everything else text, so that nothing anybody wrote is ever a formula. Raises InputError where it
    does not fit in a sheet, OSError where it cannot be written.
    """
    if count > MOST_LINES:
        raise _too_much()
    frame = _frame(places, count, about)
    with zipfile.ZipFile(frame) as empty, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for item in empty.infolist():
            if item.filename != _SHEET:
                book.writestr(item.filename, empty.read(item))
                continue
            before, cells, after = _opened(empty.read(item).decode(), max(count, 1) + 1)
            with book.open(_SHEET, "w") as sheet:
                sheet.write(before.encode())
                _pour(sheet, [(xl_col_to_name(at), style) for at, style in enumerate(cells)], lines)
                sheet.write(after.encode())


def _frame(places: Sequence[Place], count: int, about: str) -> BytesIO:
    """The workbook with its heading and, where the last line belongs, an empty one that has the style of each place."""
    made = BytesIO()
    last = max(count, 1)
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": "Daftar pengaduan", "comments": about[:250]})
        sheet = book.add_worksheet("Pengaduan")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        looks = _looks(book)
        for at, place in enumerate(places):
            sheet.set_column(at, at, place.width)
            sheet.write_string(0, at, place.heading, head)
            sheet.write_blank(last, at, None, looks[place.look])
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(places) - 1)
    return made


def _looks(book: Any) -> Mapping[Look, Any]:
    return {
        Look.TEXT: book.add_format({"num_format": "@", "valign": "top"}),
        Look.LONG: book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        Look.DAY: book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
    }


def _opened(sheet: str, row: int) -> tuple[str, list[str], str]:
    """What stands before and after the empty line of the frame, and the styles of its cells."""
    start = sheet.index(f'<row r="{row}"')
    end = sheet.index("</row>", start) + len("</row>")
    return sheet[:start], re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', sheet[start:end]), sheet[end:]


def _pour(sheet: IO[bytes], columns: Sequence[tuple[str, str]], lines: Iterable[Sequence[str | date | None]]) -> None:
    inside = lru_cache(_REMEMBERED)(_inside)
    waiting: list[str] = []
    written = 0
    for row, line in enumerate(lines, start=2):
        waiting.append(f'<row r="{row}">')
        for (name, style), value in zip(columns, line, strict=True):
            if not value:
                continue
            if isinstance(value, date):
                waiting.append(f'<c r="{name}{row}" s="{style}"><v>{(value - _DAY_NOUGHT).days}</v></c>')
            else:
                said = inside(value) if len(value) <= _SHORT else _inside(value)
                waiting.append(f'<c r="{name}{row}" s="{style}" t="inlineStr"><is>{said}</is></c>')
        waiting.append("</row>")
        if row % _TOGETHER == 0:
            written += sheet.write("".join(waiting).encode())
            waiting.clear()
            if written > _MOST_BYTES:
                raise _too_much()
    sheet.write("".join(waiting).encode())


def _inside(value: str) -> str:
    """A text as a cell holds it."""
    text = value if len(value) <= _MAX_CELL else f"{value[: _MAX_CELL - 1]}…"
    keeps = ' xml:space="preserve"' if text[0] <= " " or text[-1] <= " " else ""
    if _ODD.search(text):
        text = escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text), quote=False)
    return f"<t{keeps}>{text}</t>"


def _too_much() -> InputError:
    return InputError("Terlalu banyak untuk satu lembar kerja.", way_out="Persempit saringannya, misalnya per tahun.")
