"""The nearest due dates as a table that shows as many lines as fit."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent

from kelurahan_client.services.lists import ListRow
from ui.home.model import tr
from ui.register.cells import Day, due_cell, status_cell, title_cell, waiting_for
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.cell import Cell, cell_data
from ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex

_WIDE = 900  # design pixels from which the status has room
_WIDTHS = {False: (160, None, 108, 180), True: (168, None, 168, 130, 180)}


class Column(Enum):
    """What a column shows."""

    REFERENCE = "reference"
    TITLE = "title"
    STATUS = "status"
    WAITING = "waiting"
    DUE = "due"


_COLUMNS = {
    False: (Column.REFERENCE, Column.TITLE, Column.WAITING, Column.DUE),
    True: (Column.REFERENCE, Column.TITLE, Column.STATUS, Column.WAITING, Column.DUE),
}


class DueModel(QAbstractTableModel):
    """Lines with the most pressing first; `set_room` says how many are shown, and whether the status is."""

    def __init__(self, day: Day) -> None:
        super().__init__()
        self._day = day
        self._rows: tuple[ListRow, ...] = ()
        self._limit = 0
        self._wide = False

    def set_rows(self, rows: Sequence[ListRow], day: Day) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._day = day
        self.endResetModel()

    def set_room(self, limit: int, *, wide: bool) -> None:
        """How many lines fit, and whether the status has room."""
        if (limit, wide) != (self._limit, self._wide):
            self.beginResetModel()
            self._limit, self._wide = limit, wide
            self.endResetModel()

    def row(self, at: int) -> ListRow:
        """One line."""
        return self._rows[at]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """As many lines as there are and fit."""
        return 0 if parent.isValid() else min(len(self._rows), self._limit)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Four columns, five in a wide table."""
        return 0 if parent.isValid() else len(_COLUMNS[self._wide])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.REFERENCE: tr("Nomor"),
            Column.TITLE: tr("Judul"),
            Column.STATUS: tr("Status"),
            Column.WAITING: tr("Menunggu"),
            Column.DUE: tr("Tenggat"),
        }[_COLUMNS[self._wide][section]]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell."""
        return cell_data(self._cell(self._rows[index.row()], _COLUMNS[self._wide][index.column()]), role)

    def _cell(self, row: ListRow, column: Column) -> Cell:
        if column is Column.REFERENCE:
            return Cell(text=row.reference)
        if column is Column.TITLE:
            return title_cell(row, self._day, two_lines=False)
        if column is Column.STATUS:
            return status_cell(row, self._day, two_lines=False)
        if column is Column.WAITING:
            return Cell(text=waiting_for(row, self._day.reference))
        return due_cell(row, self._day)


class DueTable(Table):
    """Never scrolls: what does not fit is on the list behind *Lihat semua*."""

    def __init__(self, theme: Theme, name: str, model: DueModel) -> None:
        super().__init__(theme, name)
        self._px = theme.px
        self._due = model
        self._wide: bool | None = None
        self.setModel(model)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.px(SIZES.row_head + 1 + 3 * SIZES.row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many lines as fit now."""
        super().resizeEvent(event)
        wide = self.width() >= self._px(_WIDE)
        self._due.set_room(self.viewport().height() // self._px(SIZES.row), wide=wide)
        if wide != self._wide:
            self._wide = wide
            self.set_widths(*_WIDTHS[wide])
