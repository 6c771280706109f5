"""The list of sections at the left of the page; in a narrow window a choice above them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.pressing import enter_presses

WIDTH = 224


class _Entry(QAbstractButton):
    """One section: icon and word."""

    def __init__(self, theme: Theme, title: str, icon: Icon) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + self._theme.px(42 + 14), self._theme.px(SIZES.rail_item))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        group = self.group()
        if step is not None and group is not None:
            entries = group.buttons()
            following = entries[(entries.index(self) + step) % len(entries)]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.click()
        elif not enter_presses(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Colour.ACCENT_SOFT if chosen else Colour.SURFACE_3))
            radius = theme.px(SIZES.radius_field)
            painter.drawRoundedRect(self.rect(), radius, radius)
        words = Colour.ACCENT_TEXT if chosen else Colour.TEXT
        icon = QRectF(theme.px(12), 0, theme.px(SIZES.icon), self.height())
        theme.paint_icon(painter, icon, self._icon, words if chosen else Colour.TEXT_2)
        painter.setFont(theme.font(TextRole.BODY, bold=chosen))
        painter.setPen(theme.colour(words))
        room = QRectF(theme.px(42), 0, self.width() - theme.px(42), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class SectionList(QWidget):
    """`picked` carries the key of the section; Tab comes to it once, arrows move."""

    picked = Signal(str)

    def __init__(self, theme: Theme, sections: Sequence[tuple[str, str, Icon]]) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName(self.tr("Bagian pengaturan"))
        self._group = QButtonGroup(self)
        self._entries: dict[str, _Entry] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        for key, title, icon in sections:
            entry = _Entry(theme, title, icon)
            entry.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            self._group.addButton(entry)
            self._entries[key] = entry
            column.addWidget(entry)
        column.addStretch(1)

    def choose(self, key: str) -> None:
        """Mark a section as the present one, which is where Tab comes to."""
        entry = self._entries[key]
        entry.setChecked(True)
        self.setFocusProxy(entry)

    def entry(self, key: str) -> QAbstractButton:
        """The button of a section."""
        return self._entries[key]
