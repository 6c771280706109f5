"""Ticks in lists are seen by their form, not by their colour alone."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPolygon
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.tick_delegate import TickDelegate


def places(image: QImage, area: QRect, colour: QColor) -> list[QPoint]:
    points = (QPoint(x, y) for x in range(area.left(), area.right() + 1) for y in range(area.top(), area.bottom() + 1))
    return [point for point in points if image.pixelColor(point) == colour]


def test_a_ticked_line_has_a_tick_in_its_box(theme: Theme, qtbot: QtBot) -> None:
    ticks = TickDelegate(theme)
    view = QListWidget()
    qtbot.addWidget(view)
    view.setItemDelegate(ticks)
    for state in (Qt.CheckState.Checked, Qt.CheckState.Unchecked):
        item = QListWidgetItem("", view)  # no words: what is painted is the box
        item.setCheckState(state)
    view.show()
    image = view.grab().toImage()
    ticked, plain = (view.visualItemRect(view.item(row)) for row in (0, 1))
    ground = places(image, ticked, theme.colour(Colour.ACCENT))
    box = QPolygon(ground).boundingRect().adjusted(3, 3, -3, -3)
    assert (
        len(places(image, box, theme.colour(Colour.ACCENT))) < box.width() * box.height() * 0.9
    )  # the rest is the tick
    assert not places(image, plain, theme.colour(Colour.ACCENT))
