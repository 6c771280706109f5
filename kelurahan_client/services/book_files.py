"""Register books as offices keep them in files: XLSX, XLS, ODS and CSV become plain grids of cells.

What a file is is told by its first bytes, never by the ending of its name.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kelurahan_client.domain.book_cells import Cell, Grid
from kelurahan_client.domain.book_headings import FIELD_LABELS, REQUIRED_FIELDS
from kelurahan_client.domain.book_layout import Layout, find_layout
from kelurahan_client.errors import UnreadableFile
from kelurahan_client.services import book_guard
from kelurahan_client.services.book_csv import csv_grid
from kelurahan_client.services.rejected_rows import write_rejected
from kelurahan_client.services.xls_guard import check_xls

__all__ = ["Book", "Sheet", "best_sheet", "load_mapping", "open_book", "sheets_with_layout", "write_rejected"]

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_MAPPING_BYTES: Final = 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar"),
    (b"\xff\xd8\xff", "gambar"),
    (b"GIF8", "gambar"),
    (b"{\\rtf", "dokumen"),
    (b"<", "halaman web"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name ("" in a CSV) and its cells, the first row of the sheet first."""

    name: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of one file, the visible ones first."""

    sheets: tuple[Sheet, ...]


def open_book(path: Path) -> Book:
    """Read a register book.

    Raises UnreadableFile when the file is missing, a folder, empty, too large, damaged, locked, or no table at all.
    """
    data = _read_bytes(path, MAX_BYTES)
    name = path.name
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile(f"Berkas {name} kosong.", way_out="Pilih berkas yang berisi buku register.")
    if data.startswith(_ZIP):
        book_guard.check_packed(data, name)
        return _workbook(data, name)
    if data.startswith(_OLE):
        check_xls(data, name)
        return _workbook(data, name)
    for signature, kind in _OTHER_KINDS:
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[: len(signature)] == signature:
            raise UnreadableFile(
                f"Berkas {name} berisi {kind}, bukan lembar kerja.",
                way_out="Buka di Excel atau LibreOffice, simpan sebagai XLSX, lalu coba lagi.",
            )
    return Book((Sheet("", csv_grid(data, name)),))


def _read_bytes(path: Path, limit: int) -> bytes:
    """The whole file; raises UnreadableFile when it is missing, a folder, larger than `limit` bytes, or unreadable."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path.name} adalah folder, bukan berkas.", way_out="Pilih satu berkas di dalamnya.")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise UnreadableFile(f"Berkas {path} tidak ada.", way_out="Periksa nama dan foldernya.") from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise UnreadableFile(
            f"Berkas {path.name} tidak dapat dibaca.",
            way_out="Tutup program lain yang memakainya, atau salin dulu ke komputer ini.",
        ) from error
    if len(data) > limit:
        raise UnreadableFile(
            f"Berkas {path.name} lebih besar dari {limit // (1024 * 1024)} MB.",
            way_out="Buang gambar di dalamnya atau pisahkan per tahun, lalu coba lagi.",
        )
    return data


def sheets_with_layout(book: Book) -> tuple[tuple[Sheet, Layout], ...]:
    """The sheets that have a header, in the order of the book; for a book with a sheet for each month."""
    found = ((sheet, find_layout(sheet.grid)) for sheet in book.sheets)
    return tuple((sheet, layout) for sheet, layout in found if layout is not None)


def best_sheet(book: Book) -> tuple[Sheet, Layout]:
    """The sheet whose header names the most fields; of equal ones the first.

    Raises UnreadableFile when no sheet has a header.
    """
    candidates = sheets_with_layout(book)
    if not candidates:
        needed = ", ".join(FIELD_LABELS[name] for name in REQUIRED_FIELDS)
        raise UnreadableFile(
            "Tidak ada lembar dengan judul kolom buku register.",
            way_out=f"Beri satu baris judul dengan sedikitnya kolom {needed}, lalu coba lagi.",
        )
    return max(candidates, key=lambda pair: (-len(pair[1].missing), pair[1].fields))


def load_mapping(path: Path) -> dict[str, str]:
    """Read a mapping file: one JSON object, the heading as in the book -> the field that its column holds.

    `{"Aduan warga kami": "statement", "Petugas": ""}`: fields are the keys of FIELD_LABELS, "" leaves a column out;
    what is not named keeps the meaning of its words. Raises UnreadableFile; whether headings and fields exist is told
    by `layout_with`.
    """
    data = _read_bytes(path, MAX_MAPPING_BYTES)
    form = 'Tulis seperti {"Isi laporan": "statement", "Tgl": "received_date"}.'
    try:
        pairs = json.loads(data.decode("utf-8-sig"), object_pairs_hook=list)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableFile(f"Berkas pemetaan {path.name} bukan JSON yang benar.", way_out=form) from error
    if not data.decode("utf-8-sig").lstrip().startswith("{"):
        raise UnreadableFile(f"Berkas pemetaan {path.name} harus berisi satu objek JSON.", way_out=form)
    mapping: dict[str, str] = {}
    for heading, field in pairs:
        if not isinstance(field, str):
            raise UnreadableFile(f"Kolom “{heading}” di {path.name} tidak berisi nama isian.", way_out=form)
        if heading in mapping:
            raise UnreadableFile(
                f"Kolom “{heading}” tertulis dua kali di {path.name}.", way_out="Pilih satu, hapus yang lain."
            )
        mapping[heading] = field
    return mapping


def _workbook(data: bytes, name: str) -> Book:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            wanted = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            wanted.sort(key=lambda meta: meta.visible != SheetVisibleEnum.Visible)
            return Book(tuple(_sheet(workbook.get_sheet_by_name(meta.name), name) for meta in wanted))
    except PasswordError as error:
        raise book_guard.locked(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise book_guard.damaged(name) from error
    except BaseException as error:
        # The reader is written in Rust; a panic there is no Exception, and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise book_guard.damaged(name) from error
        raise


def _sheet(sheet: CalamineSheet, name: str) -> Sheet:
    if sheet.start is None or sheet.end is None:
        return Sheet(sheet.name, ())
    book_guard.check_size(sheet.end[0] + 1, sheet.end[1] + 1, name)
    grid = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _share_merged(grid, sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, grid)


def _cell(cell: float | str | bool | date | datetime | time | timedelta) -> Cell:
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _share_merged(grid: list[list[Cell]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give the rows that share one tall cell its value: a date that is merged over the rows of one day.

    A row that shares more cells than it has of its own is the second line of the entry above and keeps its gaps.
    """
    shared: dict[int, list[tuple[int, Cell]]] = {}
    for (top, left), (bottom, _right) in ranges:
        if top >= len(grid) or left >= len(grid[top]) or grid[top][left] in ("", None):
            continue
        for row in range(top + 1, min(bottom + 1, len(grid))):
            shared.setdefault(row, []).append((left, grid[top][left]))
    for row, cells in shared.items():
        if sum(cell not in ("", None) for cell in grid[row]) > len(cells):
            for column, value in cells:
                grid[row][column] = value
