"""The columns of the list: two-line cells in a narrow table, own columns for number, day and agency in a wide one."""

from kelurahan_client.services.lists import ListRow, Sort
from ui.register.cells import Day, agency_cell, due_cell, status_cell, sync_cell, title_cell, tr
from ui.widgets.cell import Cell
from ui.wording import short_date


def columns(*, wide: bool) -> tuple[tuple[str, Sort | None], ...]:
    """The name of each column and what a press on it sorts by."""
    last: tuple[str, Sort | None] = ("", None)
    if not wide:
        return ((tr("Pengaduan"), Sort.RECEIVED), (tr("Status"), Sort.STATUS), (tr("Tenggat"), Sort.DUE), last)
    return (
        (tr("Nomor"), Sort.REFERENCE),
        (tr("Judul"), Sort.TITLE),
        (tr("Diterima"), Sort.RECEIVED),
        (tr("Status"), Sort.STATUS),
        (tr("SKPD"), Sort.AGENCY),
        (tr("Tenggat"), Sort.DUE),
        last,
    )


def cell(row: ListRow, column: int, day: Day, *, wide: bool) -> Cell:
    """One cell of a line."""
    return _wide_cell(row, column, day) if wide else _narrow_cell(row, column, day)


def _narrow_cell(row: ListRow, column: int, day: Day) -> Cell:
    if column == 0:
        return title_cell(row, day, two_lines=True)
    if column == 1:
        return status_cell(row, day, two_lines=True)
    return due_cell(row, day) if column == 2 else sync_cell(row)


def _wide_cell(row: ListRow, column: int, day: Day) -> Cell:
    if column == 0:
        return Cell(text=row.reference)
    if column == 1:
        return title_cell(row, day, two_lines=False)
    if column == 2:
        return Cell(text=short_date(row.received_date, day.today))
    if column == 3:
        return status_cell(row, day, two_lines=False)
    if column == 4:
        return agency_cell(row, day)
    return due_cell(row, day) if column == 5 else sync_cell(row)
