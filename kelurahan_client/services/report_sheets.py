"""The report as a spreadsheet: a sheet for each table, numbers as numbers and days as days."""

from pathlib import Path
from typing import Any

import xlsxwriter

from kelurahan_client.domain.day_words import WITA
from kelurahan_client.services.report_figures import Report
from kelurahan_client.services.report_words import FLOW, Grid, Value, grids, notes, scope_words
from kelurahan_client.services.whole_file import write_whole

_FIRST_WIDTH = 44  # columns' width in characters
_WIDTH = 14
_DATE = "[$-421]d mmmm yyyy"  # in Indonesian, whatever the language of the spreadsheet
_MOMENT = "[$-421]d mmmm yyyy hh.mm"


def file_name(report: Report) -> str:
    """What the file is called unless somebody says otherwise."""
    name = report.span.name.replace(" ", "-").replace("\N{EN DASH}", "-").lower()
    return f"laporan-{name}.xlsx"


def write_sheets(report: Report, path: Path) -> None:
    """Write the report to `path`, whole or not at all; raises InputError or DiskFull."""
    write_whole(path, lambda temporary: _write(report, temporary))


def _write(report: Report, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 13}),
            "bold": book.add_format({"bold": True}),
            "count": book.add_format({"num_format": "#,##0"}),
            "starred": book.add_format({"num_format": '#,##0"*"'}),
            "share": book.add_format({"num_format": "#,##0.0"}),
            "date": book.add_format({"num_format": _DATE, "align": "left"}),
            "moment": book.add_format({"num_format": _MOMENT, "align": "left"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _cover(book, looks, report)
        for grid in grids(report):
            _sheet(book, looks, grid, report)


def _cover(book: Any, looks: dict[str, Any], report: Report) -> None:
    sheet = book.add_worksheet("Laporan")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
    office = report.office
    sheet.write_string(0, 0, "Laporan pengaduan masyarakat", looks["title"])
    place = f"Kelurahan {office.office_name}, Kecamatan {office.district}" if office is not None else ""
    for row, (name, text) in enumerate((("Kantor", place), ("Cakupan", scope_words(report))), start=2):
        sheet.write_string(row, 0, name, looks["bold"])
        sheet.write_string(row, 1, text)
    days = (("Mulai", report.span.first), ("Sampai", report.span.last))
    for row, (name, day) in enumerate(days, start=4):
        sheet.write_string(row, 0, name, looks["bold"])
        sheet.write_datetime(row, 1, day, looks["date"])
    sheet.write_string(6, 0, "Keadaan data (WITA)", looks["bold"])
    sheet.write_datetime(6, 1, report.made_at.astimezone(WITA).replace(tzinfo=None), looks["moment"])
    for row, note in enumerate(notes(report), start=8):
        sheet.write_string(row, 1, note, looks["wrap"])


def _sheet(book: Any, looks: dict[str, Any], grid: Grid, report: Report) -> None:
    sheet = book.add_worksheet(grid.title[:31])
    sheet.set_column(0, 0, _FIRST_WIDTH)
    sheet.set_column(1, len(grid.heads) + 1, _WIDTH)
    dated = grid.title == FLOW
    heads = ("Mulai", "Sampai", *grid.heads[1:]) if dated else grid.heads
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, looks["head"])
    sheet.freeze_panes(1, 1)
    for at, row in enumerate(grid.rows, start=1):
        count = looks["starred" if at - 1 in grid.starred else "count"]
        _line(sheet, looks, at, row, 1 if dated else 0, count)
        if dated and at <= len(report.flow):
            span = report.flow[at - 1].span
            sheet.write_datetime(at, 0, span.first, looks["date"])
            sheet.write_datetime(at, 1, span.last, looks["date"])


def _line(sheet: Any, looks: dict[str, Any], at: int, row: tuple[Value, ...], shift: int, second: Any) -> None:
    """One row; `second` is the look of its second value, and `shift` the columns that stand before it besides one."""
    for column, value in enumerate(row):
        place = column + shift if column else 0
        if isinstance(value, str):
            sheet.write_string(at, place, value)
        elif isinstance(value, int):
            sheet.write_number(at, place, value, second if column == 1 else looks["count"])
        elif value is not None:
            sheet.write_number(at, place, value, looks["share"])
