"""The band of sasirangan cloth beside the first screens: gigi haruan at both edges, bayam raja between them."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Colour

BAND_WIDTH = 168
_TOOTH = 40  # pixels from one tooth of the gigi haruan to the next
_DEPTH = 20
_WAVE = 80  # one whole wave of the bayam raja


class SasiranganBand(QWidget):
    """An ornament; it says nothing to a screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedWidth(theme.px(BAND_WIDTH))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cloth, its teeth and its stem, from the top to wherever the window ends."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour(Colour.RAIL_HOVER))
        painter.fillRect(0, 0, theme.px(1), self.height(), theme.colour(Colour.RAIL_ACTIVE))
        for step, colour in enumerate((Colour.RAIL_TEXT, Colour.ACCENT_LINE, Colour.RAIL_ACTIVE)):
            offset = theme.px(8) * step
            pen = QPen(theme.colour(colour), theme.px(2))
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawPath(self._teeth(theme.px(24) - offset, 1))
            painter.drawPath(self._teeth(self.width() - theme.px(28) + offset, -1))
        self._paint_stem(painter, theme.colour(Colour.AMBER_LINE))

    def _teeth(self, x: float, to: int) -> QPainterPath:
        """A zigzag down the band whose points look to the middle; `to` is 1 from the left edge, -1 from the right."""
        half, depth = self._theme.px(_TOOTH) / 2, self._theme.px(_DEPTH) * to
        path = QPainterPath(QPointF(x, -half))
        y, out = 0.0, True
        while y <= self.height() + half:
            path.lineTo(x + depth if out else x, y)
            y, out = y + half, not out
        return path

    def _paint_stem(self, painter: QPainter, colour: QColor) -> None:
        """A wave, and a bud in each of its bays."""
        middle, half = self.width() / 2, self._theme.px(_WAVE) / 2
        swing, bud = self._theme.px(22), self._theme.px(3.5)
        path = QPainterPath(QPointF(middle, -half))
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        y, side = -half, 1
        while y <= self.height():
            crest = middle + swing * side
            path.cubicTo(crest, y + half * 0.36, crest, y + half * 0.64, middle, y + half)
            x = middle - self._theme.px(10) * side
            painter.drawEllipse(QRectF(x - bud, y + half / 2 - bud, 2 * bud, 2 * bud))
            y, side = y + half, -side
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, self._theme.px(2.5)))
        painter.drawPath(path)
