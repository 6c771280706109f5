"""Where something may float over a page without lying on what a person works at."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_STEP = 12
_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)


def free_place(area: QWidget, floating: QWidget, size: QSize, room: QRect) -> QPoint:
    """The upper left corner for `size` within `area`, as low and as far left as can be; `room` is where it may be.

    Nothing that is typed in or pressed is covered if there is such a place; else nothing that is typed in; else not
    what has the keyboard.
    """
    focus, fields, buttons = _at_work(area), _seen(area, floating, _FIELDS), _seen(area, floating, (QAbstractButton,))
    corners = [
        QPoint(x, y)
        for y in range(room.bottom() + 1 - size.height(), room.top() - 1, -_STEP)
        for x in (room.left(), room.center().x() - size.width() // 2, room.right() + 1 - size.width())
    ]
    for kept_free in ([*focus, *fields, *buttons], [*focus, *fields], focus):
        for corner in corners:
            if not _covers(QRect(corner, size), kept_free):
                return corner
    return corners[0] if corners else room.topLeft()


def lies_on_work(area: QWidget, floating: QWidget) -> bool:
    """Whether `floating` covers a field or what has the keyboard."""
    return _covers(floating.geometry(), [*_at_work(area), *_seen(area, floating, _FIELDS)])


def _covers(place: QRect, others: list[QRect]) -> bool:
    return any(place.intersects(other) for other in others)


def _seen(area: QWidget, floating: QWidget, kinds: tuple[type[QWidget], ...]) -> list[QRect]:
    found = [widget for kind in kinds for widget in area.findChildren(kind)]
    return [rect for widget in found if not floating.isAncestorOf(widget) and (rect := _rect(area, widget))]


def _at_work(area: QWidget) -> list[QRect]:
    """What has the keyboard; of a list only the line that is chosen."""
    focus = QApplication.focusWidget()
    if focus is None or not area.isAncestorOf(focus):
        return []
    if isinstance(focus, QAbstractItemView):
        line = focus.visualRect(focus.currentIndex()) & focus.viewport().rect()
        return [QRect(focus.viewport().mapTo(area, line.topLeft()), line.size())] if line.isValid() else []
    rect = _rect(area, focus)
    return [rect] if rect else []


def _rect(area: QWidget, widget: QWidget) -> QRect | None:
    """What can be seen of it, in the area's coordinates."""
    if not widget.isVisible():
        return None
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(area, seen.topLeft()), seen.size()) if seen.isValid() else None
