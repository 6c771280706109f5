"""The head of a card whose body has several sides: their names, the present one underlined."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole


class _Tab(QAbstractButton):
    """One name; the arrow keys go to its neighbours."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(TextRole.LABEL, bold=True)).horizontalAdvance(self.text())
        return QSize(width + self._theme.px(20), self._theme.px(44))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        group = self.group()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or group is None:
            super().keyPressEvent(event)
            return
        tabs = group.buttons()
        following = tabs[(tabs.index(self) + step) % len(tabs)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        following.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        chosen = self.isChecked()
        if self.underMouse() and not chosen:
            painter.fillRect(self.rect().adjusted(0, 0, 0, -1), theme.colour(Colour.SURFACE_2))
        painter.setFont(theme.font(TextRole.LABEL, bold=True))
        painter.setPen(theme.colour(Colour.ACCENT_TEXT if chosen else Colour.TEXT_2))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if chosen:
            line = theme.px(2)
            painter.fillRect(QRectF(0, self.height() - line, self.width(), line), theme.colour(Colour.ACCENT))


class TabRow(QWidget):
    """`chosen` carries the place of the tab that a person picked. Tab comes to it once, arrows go on."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        row.setSpacing(0)
        for at, name in enumerate(names):
            tab = _Tab(theme, name)
            self._group.addButton(tab, at)
            row.addWidget(tab)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(self._click)

    def current(self) -> int:
        """The place of the tab in front."""
        return self._group.checkedId()

    def tabs(self) -> list[QAbstractButton]:
        """The tabs, first to last."""
        return self._group.buttons()

    def _click(self, at: int) -> None:
        self.setFocusProxy(self._group.button(at))
        self.chosen.emit(at)
