"""*Kolom*: which columns the list has, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.register.columns import MORE, WIDE, spoken_name
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import TextLabel
from ui.widgets.tick_delegate import TickDelegate

_CODE = Qt.ItemDataRole.UserRole


class ColumnPanel(QFrame):
    """A popup below its button: Space shows or hides a column, Alt+Up and Alt+Down move it. `changed`: the codes.

    An empty list of codes brings the usual table back.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self._theme = theme
        self._row = theme.px(30)
        self.setAccessibleName(self.tr("Kolom daftar"))
        self.list = QListWidget()
        self._ticks = TickDelegate(theme)  # Qt does not own it
        self.list.setItemDelegate(self._ticks)
        self.list.setAccessibleName(self.tr("Kolom: Spasi memilih, Alt+panah memindahkan"))
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.up = KeyButton(theme, self.tr("Naik"), Icon.UP, dense=True)
        self.down = KeyButton(theme, self.tr("Turun"), Icon.DOWN, dense=True)
        self.usual = KeyButton(theme, self.tr("Susunan awal"), Icon.UNDO, kind=ButtonKind.QUIET, dense=True)
        self.up.clicked.connect(lambda: self.move_current(-1))
        self.down.clicked.connect(lambda: self.move_current(1))
        self.usual.clicked.connect(self._reset)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self.move_current(step))
        column = QVBoxLayout(self)
        pad = theme.px(8)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(pad)
        column.addWidget(self.list, 1)
        column.addWidget(
            TextLabel(self.tr("Lebar kolom diatur dengan menarik batas judulnya."), TextRole.CAPTION, Colour.TEXT_3)
        )
        row = QHBoxLayout()
        for button in (self.up, self.down, self.usual):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.resize(theme.px(340), theme.px(450))

    def open_at(self, corner: QPoint, shown: Sequence[str]) -> None:
        """Open with the top right corner at `corner` (global), for the columns that are shown now."""
        self._fill(shown)
        self.move(corner.x() - self.width(), corner.y())
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def codes(self) -> tuple[str, ...]:
        """The columns that are ticked, in their order."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return tuple(str(item.data(_CODE)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def move_current(self, step: int) -> None:
        """Move the marked column up or down."""
        at = self.list.currentRow()
        to = at + step
        if at >= 0 and 0 <= to < self.list.count():
            self.list.blockSignals(True)
            item = self.list.takeItem(at)
            self.list.insertItem(to, item)
            self.list.setCurrentRow(to)
            self.list.blockSignals(False)
            self._tell()

    def _fill(self, shown: Sequence[str]) -> None:
        palette = self.list.palette()  # a ticked box would be lost on the usual ground of a chosen line
        palette.setColor(QPalette.ColorRole.Highlight, self._theme.colour(Colour.ACCENT_SOFT))
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.colour(Colour.TEXT))
        self.list.setPalette(palette)
        self.list.blockSignals(True)
        self.list.clear()
        for code in (*shown, *(code for code in (*WIDE, *MORE) if code not in shown)):
            item = QListWidgetItem(spoken_name(code))
            item.setSizeHint(QSize(0, self._row))
            item.setData(_CODE, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _tell(self) -> None:
        if codes := self.codes():
            self.changed.emit(codes)

    def _reset(self) -> None:
        self._fill(WIDE)
        self.changed.emit(())
