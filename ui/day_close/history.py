"""The closed days, the newest first: who closed them, what was left over, and their recaps again."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from kelurahan_client.services.day_close import ClosedDay
from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, Tone
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.cell import Cell, CellLook, cell_data
from ui.widgets.labels import ElidedLabel
from ui.widgets.notices import EmptyState
from ui.widgets.table import Table
from ui.wording import WITA, clock, day_date, short_date

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NUMBERS = (2, 3)


class HistoryModel(QAbstractTableModel):
    """One line a closing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.closings: Sequence[ClosedDay] = ()
        self._today = date.min
        self._heads = (self.tr("Hari"), self.tr("Ditutup"), self.tr("Diketik"), self.tr("Sisa"), self.tr("Catatan"))

    def show(self, closings: Sequence[ClosedDay], today: date) -> None:
        """Show these."""
        self.beginResetModel()
        self.closings, self._today = closings, today
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        """The closings."""
        return len(self.closings)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        """Five."""
        return len(self._heads)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell."""
        if not index.isValid():
            return None
        return cell_data(self._cell(self.closings[index.row()], index.column()), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns; numbers stand at the right."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _NUMBERS:
            return _RIGHT
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _cell(self, closing: ClosedDay, column: int) -> Cell:
        gone = closing.reopened_at is not None
        if column == 0:
            return Cell(text=day_date(closing.day), bold=not gone, quiet=gone)
        if column == 1:
            day = closing.closed_at.astimezone(WITA).date()
            when = clock(closing.closed_at)
            when = when if day == closing.day else f"{short_date(day, self._today)}, {when}"
            return Cell(text=when, second=closing.officer, look=CellLook.TWO_LINES, quiet=gone)
        if column in _NUMBERS:
            value = closing.typed if column == 2 else closing.left_over
            return Cell(text=number(value), right=True, quiet=gone)
        if gone:
            return Cell(text=self.tr("dibuka kembali: {why}").format(why=closing.reopen_reason), quiet=True)
        if closing.left_over:
            return Cell(text=self.tr("dengan sisa"), icon=Icon.HOURGLASS, tone=Tone.AMBER)
        return Cell(text=self.tr("cocok"), icon=Icon.EQUALS)


class HistoryCard(Card):
    """`recap_asked` carries the id of a closing whose recap is wanted; `closed`: back to the day."""

    recap_asked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Hari yang ditutup"), padding=0)
        self.table = Table(theme, self.tr("Hari yang sudah ditutup"))
        self.model = HistoryModel(self.table)
        self.table.setModel(self.model)
        self.table.set_widths(210, 120, 76, 60, None)
        self.table.setMinimumHeight(theme.px(SIZES.row_head + 3 * SIZES.row))
        self.table.opened.connect(lambda _index: self._ask())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.empty = EmptyState(
            theme,
            Icon.DAY_CLOSE,
            self.tr("Belum ada hari yang ditutup"),
            self.tr("Setiap hari yang ditutup tercatat di sini dengan rekapnya."),
        )
        self._chosen = ElidedLabel("", colour=Colour.TEXT_2)
        self.recap = KeyButton(theme, self.tr("Lihat rekap"), Icon.PRINT, dense=True)
        self.recap.clicked.connect(self._ask)
        self.back = KeyButton(theme, self.tr("Kembali"), Icon.LEFT, key="Esc", dense=True)
        self.back.clicked.connect(self.closed)
        self.add_to_head(self.recap)
        self.add_to_head(self.back)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(4))
        foot.addWidget(self._chosen, 1)
        self.body.addLayout(foot)

    def show_history(self, closings: Sequence[ClosedDay], today: date) -> None:
        """Show the closings; the newest is chosen."""
        self.model.show(closings, today)
        self.table.setVisible(bool(closings))
        self.empty.setVisible(not closings)
        if closings:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus()
        else:
            self.back.setFocus()
        self._follow()

    def _follow(self) -> None:
        closing = self._current()
        self.recap.setEnabled(closing is not None)
        self._chosen.setText(
            "" if closing is None else self.tr("Enter membuka rekap {day}").format(day=day_date(closing.day))
        )

    def _current(self) -> ClosedDay | None:
        row = self.table.currentIndex().row()
        return self.model.closings[row] if 0 <= row < len(self.model.closings) else None

    def _ask(self) -> None:
        closing = self._current()
        if closing is not None:
            self.recap_asked.emit(closing.id)
