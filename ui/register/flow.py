"""A row of widgets that goes on in the next line where there is no room."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Widgets side by side at their size hints, wrapped like words; hidden ones take no room."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._spacing = spacing
        self._items: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Take one more widget, at the end."""
        widget.setParent(self)
        widget.installEventFilter(self)
        self._items.append(widget)
        self._renew()

    def clear(self) -> None:
        """Take all of them away."""
        for item in self._items:
            item.hide()
            item.deleteLater()
        self._items = []
        self._renew()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """As high as it is at the present width."""
        return QSize(self.minimumSizeHint().width(), self._arrange(max(self.width(), 1), move=False))

    def minimumSizeHint(self) -> QSize:
        """The widest and the highest of them."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.sizeHint())
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One of them was shown, hidden, or says something longer."""
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._renew()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """One of them wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._renew()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [item for item in self._items if not item.isHidden()]

    def _renew(self) -> None:
        self.updateGeometry()
        self._arrange(self.width(), move=True)

    def _arrange(self, width: int, *, move: bool) -> int:
        x = y = line = 0
        for item in self._shown():
            hint = item.sizeHint()
            size = QSize(min(hint.width(), width), hint.height())
            if x and x + size.width() > width:
                x, y, line = 0, y + line + self._spacing, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._spacing
            line = max(line, size.height())
        return y + line
