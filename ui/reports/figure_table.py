"""A table of figures in which every cell can be walked to, and opens its list."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.reports.figures import Line
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.cell import cell_data
from ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT_ROLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT_ROLE = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FigureModel(QAbstractTableModel):
    """Lines of figures; `left` names the columns whose words begin at the left."""

    def __init__(self, heads: Sequence[str], left: frozenset[int]) -> None:
        super().__init__()
        self._heads = list(heads)
        self._left = left
        self._lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """One of them."""
        return self._lines[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell."""
        return cell_data(self._lines[index.row()][index.column()].cell, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The column's name."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT_ROLE if section in self._left else _RIGHT_ROLE
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None


class FigureTable(Table):
    """`list_wanted` carries the `ListFilter` of the figure that a person opened."""

    list_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        heads: Sequence[str],
        widths: Sequence[int | None],
        left: frozenset[int],
        *,
        row: int = SIZES.row,
        headed: bool = True,
    ) -> None:
        super().__init__(theme, name)
        self._theme = theme
        self.figures = FigureModel(heads, left)
        self.setModel(self.figures)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # the ring alone says where one stands
        self.set_widths(*widths)
        self.verticalHeader().setMinimumSectionSize(theme.px(row))
        self.verticalHeader().setDefaultSectionSize(theme.px(row))
        self.horizontalHeader().setVisible(headed)
        self.opened.connect(self._open)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other figures; the cell that was walked to stays, if there still is one."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.figures.set_lines(lines)
        if lines and at.isValid():
            self.setCurrentIndex(self.figures.index(min(row, len(lines) - 1), column))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so where there is nothing."""
        super().paintEvent(event)
        if not self.figures.rowCount():
            painter = QPainter(self.viewport())
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.colour(Colour.TEXT_3))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Belum ada"))

    def _open(self, index: Index) -> None:
        wanted = self.figures.line(index.row())[index.column()].list_filter
        if wanted is not None:
            self.list_wanted.emit(wanted)
