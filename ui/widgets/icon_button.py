"""The small button that is only an icon."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.pressing import enter_presses


class IconButton(QToolButton):
    """A small square button; `name` is its tooltip and what a screen reader says."""

    def __init__(
        self, theme: Theme, icon: Icon, name: str, *, key: str = "", colour: Colour = Colour.TEXT_2, size: int = 20
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._colour = colour
        self._size = size
        self.setFixedSize(theme.px(SIZES.hit), theme.px(SIZES.hit))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground as the style sheet says, and the icon in today's colour."""
        super().paintEvent(event)
        colour = self._colour if self.isEnabled() else Colour.TEXT_DISABLED
        self._theme.paint_icon(QPainter(self), self.rect(), self._icon, colour, self._size)
