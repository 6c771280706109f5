"""CSV register books: encoding, separator and quotation marks are found out, since nobody writes them down."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kelurahan_client.domain.book_cells import Cell
from kelurahan_client.domain.book_layout import find_layout
from kelurahan_client.errors import UnreadableFile

SEPARATORS: Final = (";", ",", "\t", "|")
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; written with an apostrophe before it."""

_SAMPLE: Final = 65_536  # characters in which the separator is looked for
_MAX_CELL: Final = 16 * 1024 * 1024  # characters; longer cells are refused row by row later on
_HINT: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


def csv_grid(data: bytes, name: str) -> list[list[Cell]]:
    """The cells of a CSV file as texts; raises UnreadableFile when it is no text or its quotation marks do not fit."""
    text = _decoded(data, name)
    if len(_CONTROLS.findall(text[:_SAMPLE])) * 20 > min(len(text), _SAMPLE):
        raise _no_table(name)
    hint = _HINT.match(text)
    separator = hint[1] if hint else _separator(text[:_SAMPLE])
    rows = _rows(text, separator, name)
    if hint:
        rows[0] = []
    return [[_plain(cell) for cell in row] for row in rows]


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_table(name)


def _no_table(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Berkas {name} bukan lembar kerja.", way_out="Pilih berkas XLSX, XLS, ODS, atau CSV dari buku register."
    )


def _separator(sample: str) -> str:
    """The sign that makes the best table: the most known headings, then the most columns."""

    def worth(separator: str) -> tuple[int, int]:
        with _long_cells():
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
        layout = find_layout(rows)
        widths = sorted(len(row) for row in rows)
        return (layout.fields if layout else 0, widths[len(widths) // 2] if widths else 0)

    return max(SEPARATORS, key=worth)


def _rows(text: str, separator: str, name: str) -> list[list[str]]:
    """Parse; a lone quotation mark, the sign for "as above", must not swallow the rows that follow it."""
    rows = _parsed(text, separator)
    if rows is None:
        sign = re.escape(separator)
        lone = re.compile(rf'(?:(?<=[\r\n{sign}])|^)[ ]*"[ ]*(?=[\r\n{sign}]|$)')
        rows = _parsed(lone.sub('""""', text), separator)
    if rows is None:
        raise UnreadableFile(
            f"Tanda kutip di berkas {name} tidak berpasangan, sehingga batas baris tidak jelas.",
            way_out="Buka di Excel atau LibreOffice, simpan sebagai XLSX, lalu impor berkas itu.",
        )
    return rows


def _parsed(text: str, separator: str) -> list[list[str]] | None:
    """All rows, or None when quotation marks are not closed or a cell holds whole rows."""
    rows = []
    try:
        with _long_cells():
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
                if any(_swallowed(cell, separator) for cell in row):
                    return None
                rows.append(row)
    except csv.Error:
        return None
    return rows


def _swallowed(cell: str, separator: str) -> bool:
    """Whether a cell of several lines is what stood between two lone quotation marks, or holds the cells of a row."""
    lines = cell.splitlines() if "\n" in cell or "\r" in cell else []
    if len(lines) < 2:
        return False
    between = lines[0] == "" or lines[0].startswith(separator)
    return (between and lines[-1].endswith(separator)) or any(line.count(separator) >= 3 for line in lines)


def _plain(cell: str) -> str:
    """Without the apostrophe that kept a spreadsheet from taking the cell for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell


@contextmanager
def _long_cells() -> Iterator[None]:
    """The csv module's limit of 128 KB for a cell, lifted while we read: a long text is refused by row, not by file."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)
