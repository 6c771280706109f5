"""The program's mark as the windows' icon."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.theme.mark import paint_mark
from ui.theme.theme import Theme


def mark_icon(theme: Theme) -> QIcon:
    """The mark in the sizes that systems ask for."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, side, side), theme)
        painter.end()
        icon.addPixmap(pixmap)
    return icon
