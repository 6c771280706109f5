"""The rail at the left: the mark, the pages with their keys, and how much waits on each."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.figures import number
from ui.frame.page import PageSpec, Section
from ui.theme.icons import Icon
from ui.theme.mark import paint_mark
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.pressing import enter_presses


class RailButton(QAbstractButton):
    """One page: icon, word, its key at the right, or a badge with the number that waits."""

    def __init__(self, theme: Theme, title: str, icon: Icon, key: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._key = key
        self._badge = 0
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_badge(0)

    def set_badge(self, count: int) -> None:
        """Show how much waits; 0 shows nothing."""
        self._badge = count
        waiting = self.tr("{title}, {n} menunggu").format(title=self.text(), n=number(count))
        self.setAccessibleName(waiting if count else self.text())
        self.setAccessibleDescription(self._key)
        self.update()

    def badge(self) -> int:
        """The number shown."""
        return self._badge

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(self._theme.px(SIZES.rail - 16), self._theme.px(SIZES.rail_item))

    def minimumSizeHint(self) -> QSize:
        """Lower in a low window, so that all pages stay in sight."""
        return QSize(0, self._theme.px(SIZES.hit))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the page, like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon, word, key or badge."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Colour.RAIL_ACTIVE if chosen else Colour.RAIL_HOVER))
            radius = theme.px(SIZES.radius_field)
            painter.drawRoundedRect(self.rect(), radius, radius)
        words = Colour.ON_RAIL_ACTIVE if chosen else Colour.RAIL_TEXT
        icon = QRectF(theme.px(12), 0, theme.px(SIZES.icon), self.height())
        theme.paint_icon(painter, icon, self._icon, words)
        end = self._paint_end(painter, Colour.ON_RAIL_ACTIVE if chosen else Colour.RAIL_TEXT_2)
        painter.setFont(theme.font(TextRole.BODY, bold=chosen))
        painter.setPen(theme.colour(words))
        left = theme.px(42)
        room = QRectF(left, 0, self.width() - left - end, self.height())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_end(self, painter: QPainter, key_colour: Colour) -> int:
        """Paint badge or key; returns the width it took."""
        theme = self._theme
        edge = theme.px(7)
        if self._badge:
            text = number(self._badge)
            font = theme.font(TextRole.CAPTION, bold=True)
            height = theme.px(20)
            width = max(QFontMetrics(font).horizontalAdvance(text) + theme.px(12), theme.px(24))
            box = QRectF(self.width() - edge - width, (self.height() - height) / 2, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(Colour.RAIL_BADGE))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setFont(font)
            painter.setPen(theme.colour(Colour.ON_RAIL_BADGE))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            return width + edge
        width = QFontMetrics(theme.font(TextRole.CAPTION)).horizontalAdvance(self._key) + edge
        name = QFontMetrics(theme.font(TextRole.BODY, bold=True)).horizontalAdvance(self.text())
        if theme.px(42) + name + width > self.width():  # the name before its key, which the sheet of keys has too
            return edge
        painter.setFont(theme.font(TextRole.CAPTION))
        painter.setPen(theme.colour(key_colour))
        room = QRectF(0, 0, self.width() - edge, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key)
        return width


class _Mark(QWidget):
    """The mark and the program's name."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self.setAccessibleName(name)
        self.setFixedHeight(theme.px(SIZES.top_bar))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        side = theme.px(28)
        paint_mark(painter, QRectF(theme.px(8), (self.height() - side) / 2, side, side), theme)
        painter.setFont(theme.font(TextRole.BODY, bold=True))
        painter.setPen(theme.colour(Colour.ON_RAIL_ACTIVE))
        room = QRectF(theme.px(46), 0, self.width() - theme.px(46), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._name)


class Rail(QFrame):
    """The pages; `picked` carries the key of the page that was pressed."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setProperty("surface", "rail")
        self.setFixedWidth(theme.px(SIZES.rail))
        self.setAccessibleName(self.tr("Halaman"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(12))
        column.setSpacing(theme.px(4))
        column.addWidget(_Mark(theme, name))
        column.addSpacing(-theme.px(4))
        for section in Section:
            members = [page for page in pages if page.section is section]
            if section is Section.SETTINGS:
                column.addStretch(1)
            elif members and self._buttons:
                line = QFrame()
                line.setProperty("line", "rail")
                column.addSpacing(theme.px(8))
                column.addWidget(line)
                column.addSpacing(theme.px(8))
            for page in members:
                column.addWidget(self._add(theme, page))

    def choose(self, key: str) -> None:
        """Mark a page as the present one."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> RailButton:
        """The button of a page."""
        return self._buttons[key]

    def _add(self, theme: Theme, page: PageSpec) -> RailButton:
        button = RailButton(theme, page.title, page.icon, page.shortcut)
        button.clicked.connect(lambda: self.picked.emit(page.key))
        self._group.addButton(button)
        self._buttons[page.key] = button
        return button
