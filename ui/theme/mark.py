"""The program's mark: three waves on teal."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.theme.theme import Theme
from ui.theme.tokens import Colour


def paint_mark(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Paint the mark into the square `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(Colour.RAIL_ACTIVE))
    side = area.width()
    painter.drawRoundedRect(area, side * 0.2, side * 0.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.colour(Colour.ON_RAIL_ACTIVE), max(side * 0.058, 1.0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    width = side * 0.5
    left = area.left() + (side - width) / 2
    for row in (0.35, 0.5, 0.65):
        painter.drawPath(_wave(QPointF(left, area.top() + side * row), width, side * 0.085))
    painter.restore()


def _wave(start: QPointF, width: float, height: float) -> QPainterPath:
    """A line of two half waves."""
    path = QPainterPath(start)
    half = width / 2
    for at in range(2):
        x = start.x() + half * at
        rise = -height if at == 0 else height
        path.cubicTo(x + half * 0.36, start.y() + rise, x + half * 0.64, start.y() + rise, x + half, start.y())
    return path
