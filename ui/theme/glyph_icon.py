"""Icons as Qt's own actions and buttons want them, drawn from the icon font."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour


def glyph_icon(theme: Theme, icon: Icon, colour: Colour) -> QIcon:
    """An icon that follows the mode by itself; greyed when disabled."""
    return QIcon(_GlyphEngine(theme, icon, colour))


class _GlyphEngine(QIconEngine):
    """Draws a glyph when asked, so that the colour is always today's."""

    def __init__(self, theme: Theme, icon: Icon, colour: Colour) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._colour = colour

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._theme, self._icon, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002  # Qt asks for it
        colour = Colour.TEXT_DISABLED if mode is QIcon.Mode.Disabled else self._colour
        size = min(rect.width(), rect.height())
        self._theme.paint_glyph(painter, QRectF(rect), self._icon, self._theme.colour(colour), size)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap
