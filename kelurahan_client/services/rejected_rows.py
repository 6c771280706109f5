"""The file of rejected rows: the columns of the book, then reason and remedy, to be mended and imported again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from kelurahan_client.domain.book_headings import REASON_HEADING, REMEDY_HEADING
from kelurahan_client.domain.book_reading import RejectedRow
from kelurahan_client.services.book_csv import FORMULA_SIGNS
from kelurahan_client.services.whole_file import write_whole

_MAX_CELL: Final = 32_000  # characters; XLSX holds 32,767 in a cell and would lose a longer one whole
_WIDTH: Final = 22  # columns' width in characters
_WIDE: Final = 48


def write_rejected(path: Path, header: Sequence[str], rejected: Sequence[RejectedRow]) -> None:
    """Write the rejected rows as XLSX, or as CSV when the name ends with .csv; the file appears whole or not at all.

    `header` are the headings at their places (`Layout.header_cells`). The file has the layout of the book, so that
    after mending it is imported like the book itself. Raises InputError when it cannot be written, DiskFull when there
    is no room.
    """
    table = _table(header, rejected)
    if path.suffix.lower() == ".csv":
        write_whole(path, lambda temporary: _write_csv(temporary, table))
    else:
        write_whole(path, lambda temporary: _write_xlsx(temporary, table, len(table[0]) - 2))


def _table(header: Sequence[str], rejected: Sequence[RejectedRow]) -> list[list[str]]:
    width = max((len(row.cells) for row in rejected), default=0)
    width = max(width, len(header))
    table = [[*header, *[""] * (width - len(header)), REASON_HEADING, REMEDY_HEADING]]
    for row in rejected:
        where = f", kolom {row.column}" if row.column else ""
        reason = f"Baris {row.line}{where}: {row.reason}"
        table.append([*(_fitting(cell) for cell in row.cells), *[""] * (width - len(row.cells)), reason, row.remedy])
    return table


def _fitting(cell: str) -> str:
    return cell if len(cell) <= _MAX_CELL else f"{cell[: _MAX_CELL - 1]}…"


def _write_csv(path: Path, table: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerows([_harmless(cell) for cell in row] for row in table)


def _harmless(cell: str) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula; reading a CSV takes it off again."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _write_xlsx(path: Path, table: Sequence[Sequence[str]], wide_from: int) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Ditolak")
        # As text, so that a date typed while mending stays as typed, whatever the language of the spreadsheet.
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": "@", "bold": True})
        sheet.set_column(0, wide_from - 1, _WIDTH, plain)
        sheet.set_column(wide_from, wide_from + 1, _WIDE, plain)
        sheet.freeze_panes(1, 0)
        for row_number, row in enumerate(table):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(row_number, column, cell, plain if row_number else bold)
