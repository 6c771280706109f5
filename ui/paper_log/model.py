"""The tables of the page as item models: earlier imports, sheets, a sheet's first rows, and the lines of a dry run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kelurahan_client.domain.book_cells import cell_text
from kelurahan_client.domain.book_layout import Layout
from kelurahan_client.services.book_files import Sheet
from kelurahan_client.store.imports import ImportBatch
from ui.figures import number
from ui.language import said
from ui.paper_log.trial import Kind, Line, View
from ui.theme.icons import Icon
from ui.theme.tokens import Tone
from ui.widgets.cell import Cell, CellLook, cell_data
from ui.wording import WITA, clock, long_date, moment, short_date

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PREVIEW_ROWS = 12
_GLYPHS = {Kind.WARNED: (Icon.WARNING, Tone.AMBER), Kind.REJECTED: (Icon.ERROR, Tone.RED)}


class CellModel(QAbstractTableModel):
    """Rows of cells under names of columns; a subclass says both."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[str, ...] = ()
        self._right: frozenset[int] = frozenset()

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """As many as there are names."""
        return len(self._columns)

    def cell(self, row: int, column: int) -> Cell:
        """What one place shows."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell in all its roles."""
        return cell_data(self.cell(index.row(), index.column()), role) if index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of a column; figures stand at the right."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def batch_name(batch: ImportBatch) -> str:
    """What was imported: a file as it is called, or a page that was typed here, in the window's language."""
    return batch.file_name if batch.sheet else said(batch.file_name)


class HistoryModel(CellModel):
    """The earlier imports, newest first."""

    UNDO_COLUMN = 5

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[ImportBatch, ...] = ()
        self._today = date.min
        self._columns = (
            self.tr("Berkas"),
            self.tr("Waktu dan petugas"),
            self.tr("Diimpor"),
            self.tr("Sudah ada"),
            self.tr("Ditolak"),
            "",
        )
        self._right = frozenset({2, 3, 4})

    def show(self, batches: Sequence[ImportBatch], today: date) -> None:
        """Show these imports."""
        self.beginResetModel()
        self._batches, self._today = tuple(batches), today
        self.endResetModel()

    def batch(self, row: int) -> ImportBatch:
        """The import of a row."""
        return self._batches[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row an import."""
        return 0 if parent.isValid() else len(self._batches)

    def cell(self, row: int, column: int) -> Cell:
        """One place; the last column is empty where the import can still be taken back: a button lies there."""
        batch = self._batches[row]
        undone = batch.undone_at is not None
        if column == 0:
            sheet = self.tr("lembar “{name}”").format(name=batch.sheet) if batch.sheet else ""
            return Cell(text=batch_name(batch), second=sheet, look=CellLook.TWO_LINES, quiet=undone)
        if column == 1:
            day, time = long_date(batch.at.astimezone(WITA).date()), clock(batch.at)
            second = self.tr("{time} WITA · {name}").format(time=time, name=batch.actor)
            return Cell(text=day, second=second, look=CellLook.TWO_LINES, quiet=undone)
        if column < self.UNDO_COLUMN:
            count = (batch.accepted, batch.duplicates, batch.rejected)[column - 2]
            return Cell(text=number(count), right=True, quiet=undone or not count)
        if batch.undone_at is None:
            return Cell()
        day = short_date(batch.undone_at.astimezone(WITA).date(), self._today)
        return Cell(
            text=self.tr("Dibatalkan {day}").format(day=day),
            look=CellLook.CHIP,
            icon=Icon.UNDO,
            tooltip=moment(batch.undone_at),
        )


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet of the book, and its layout where it has a header."""

    sheet: Sheet
    layout: Layout | None


class SheetModel(CellModel):
    """The sheets of a book; those without a header cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[SheetChoice, ...] = ()
        self._columns = (
            self.tr("Lembar"),
            self.tr("Judul kolom"),
            self.tr("Kolom dikenali"),
            self.tr("Baris di bawahnya"),
        )
        self._right = frozenset({3})

    def show(self, choices: Sequence[SheetChoice]) -> None:
        """Show these sheets."""
        self.beginResetModel()
        self._choices = tuple(choices)
        self.endResetModel()

    def choice(self, row: int) -> SheetChoice:
        """The sheet of a row."""
        return self._choices[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row a sheet."""
        return 0 if parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A sheet without a header is shown and cannot be chosen."""
        if index.isValid() and self._choices[index.row()].layout is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def cell(self, row: int, column: int) -> Cell:
        """One place."""
        sheet, layout = self._choices[row].sheet, self._choices[row].layout
        if column == 0:
            return Cell(text=sheet.name or self.tr("Isi berkas"), icon=Icon.TABLE, quiet=layout is None)
        if layout is None:
            return Cell(text=self.tr("tidak ditemukan") if column == 1 else "", quiet=True)
        if column == 1:
            return Cell(text=self._header_rows(layout))
        if column == 2:
            text = self.tr("{known} dari {all}")
            return Cell(text=text.format(known=layout.fields, all=len(layout.columns)))
        return Cell(text=number(max(len(sheet.grid) - layout.first_data_row, 0)), right=True)

    def _header_rows(self, layout: Layout) -> str:
        if layout.first_data_row - layout.header_row > 1:
            return self.tr("baris {first} dan {last}").format(first=layout.header_row + 1, last=layout.first_data_row)
        return self.tr("baris {row}").format(row=layout.header_row + 1)


class PreviewModel(CellModel):
    """The first rows below a header, so that a person sees whether it is the right sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[str]] = []
        self._right = frozenset({0})

    def show(self, choice: SheetChoice | None) -> None:
        """Show the beginning of a sheet, or nothing."""
        self.beginResetModel()
        self._columns, self._rows = (), []
        if choice is not None and choice.layout is not None:
            layout, grid = choice.layout, choice.sheet.grid
            self._columns = (self.tr("Baris"), *(column.heading for column in layout.columns))
            for at in range(layout.first_data_row, min(layout.first_data_row + PREVIEW_ROWS, len(grid))):
                cells = [cell_text(grid[at][c.index]) if c.index < len(grid[at]) else "" for c in layout.columns]
                self._rows.append([str(at + 1), *cells])
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """A few."""
        return 0 if parent.isValid() else len(self._rows)

    def cell(self, row: int, column: int) -> Cell:
        """One place."""
        return Cell(text=self._rows[row][column], right=column == 0, quiet=column == 0)


class TrialModel(CellModel):
    """The lines of a dry run; each tile has its own columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._makers: tuple[Callable[[Line], Cell], ...] = ()
        self._right = frozenset({0})

    def show(self, lines: Sequence[Line], view: View) -> None:
        """Show these lines in the columns of `view`."""
        self.beginResetModel()
        named = self._named(view)
        self._columns = tuple(name for name, _maker in named)
        self._makers = tuple(maker for _name, maker in named)
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        return self._lines[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row a line."""
        return 0 if parent.isValid() else len(self._lines)

    def cell(self, row: int, column: int) -> Cell:
        """One place."""
        return self._makers[column](self._lines[row])

    def _named(self, view: View) -> tuple[tuple[str, Callable[[Line], Cell]], ...]:
        at = (self.tr("Baris"), lambda line: Cell(text=str(line.number), right=True))
        name = (self.tr("Nama"), lambda line: Cell(text=line.name, quiet=not line.name))
        text = (self.tr("Isi pengaduan"), lambda line: Cell(text=line.text))
        problem = (self.tr("Masalah"), self._problem)
        remedy = (self.tr("Cara memperbaiki"), lambda line: Cell(text=said(line.remedy), quiet=True))
        if view is View.REJECTED:
            return at, (self.tr("Kolom"), self._column), (self.tr("Isi sel"), self._written), problem, remedy
        if view is View.WARNED:
            return at, name, text, problem, remedy
        if view is View.READY:
            agency = (self.tr("Diteruskan kepada"), lambda line: Cell(text=line.agency))
            return at, (self.tr("Tanggal"), self._day), name, text, agency
        if view is View.LEFT_OUT:
            return at, (self.tr("Isi baris"), self._line_text), (self.tr("Alasan"), self._problem)
        return at, name, text, (self.tr("Hasil uji coba"), self._problem)

    def _day(self, line: Line) -> Cell:
        return Cell(text=f"{line.day:%d/%m/%Y}" if line.day else "")

    def _column(self, line: Line) -> Cell:
        return Cell(text=line.column or self.tr("seluruh baris"), quiet=not line.column)

    def _written(self, line: Line) -> Cell:
        if not line.column:
            return Cell()
        return Cell(text=line.cell or self.tr("(kosong)"), look=CellLook.MARKED, tone=Tone.RED)

    def _line_text(self, line: Line) -> Cell:
        text = " · ".join(filter(None, (line.name, line.text)))
        return Cell(text=text or self.tr("(kosong)"), quiet=not text)

    def _problem(self, line: Line) -> Cell:
        if line.kind is Kind.READY:
            return Cell(text=self.tr("Siap diimpor."), icon=Icon.CHECK)
        if line.kind is Kind.DUPLICATE:
            twin = self.tr("Sama dengan baris {row} di buku ini.").format(row=line.twin)
            return Cell(text=twin if line.twin else self.tr("Sudah ada di komputer ini."), icon=Icon.SKIPPED)
        icon, tone = _GLYPHS.get(line.kind, (Icon.SKIPPED, None))
        return Cell(text=said(line.problem), icon=icon, icon_tone=tone)
