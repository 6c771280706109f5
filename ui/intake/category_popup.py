"""Lainnya…: all categories in a list that can be searched."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kelurahan_client.domain.text import fold_words
from ui.intake.category_rows import CategoryChoice
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.editors import LineEdit
from ui.widgets.labels import TextLabel


class CategoryPopup(QFrame):
    """A popup below a button; `chosen` carries the code. Typing filters by name or agency, Enter takes, Esc closes."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[CategoryChoice], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._choices = list(choices)
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("Semua kategori"))
        self.search = LineEdit(theme, self.tr("Cari kategori atau SKPD"), icon=Icon.SEARCH)
        self.search.setAccessibleName(self.tr("Cari kategori"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Semua kategori"))
        self._nothing = TextLabel(self.tr("Tidak ada kategori yang cocok. Coba satu kata saja."), colour=Colour.TEXT_2)
        column = QVBoxLayout(self)
        pad = theme.px(8)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(pad)
        column.addWidget(self.search)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.search.textEdited.connect(self._filter)
        self.search.returnPressed.connect(self._take)
        self.search.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.list.itemClicked.connect(lambda _item: self._take())
        self.resize(theme.px(360), theme.px(360))
        self._filter("")

    def open_at(self, corner: QPoint) -> None:
        """Open with the top right corner at `corner` (global)."""
        self.search.clear()
        self._filter("")
        self.move(corner.x() - self.width(), corner.y())
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search box move in the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        wanted = fold_words(text)
        self.list.clear()
        for choice in self._choices:
            hay = " ".join(fold_words(f"{choice.name} {choice.agency}"))
            if all(word in hay for word in wanted):
                item = QListWidgetItem(f"{choice.name}  ·  {choice.agency}" if choice.agency else choice.name)
                item.setData(Qt.ItemDataRole.UserRole, choice.code)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self._nothing.setVisible(self.list.count() == 0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.hide()
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
