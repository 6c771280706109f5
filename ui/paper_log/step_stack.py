"""Views behind each other, of which only the one in front says how much room is needed."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class StepStack(QStackedWidget):
    """A stack that is as small as its front view may be; Qt's own takes the largest of all."""

    def __init__(self, *views: QWidget) -> None:
        super().__init__()
        for view in views:
            self.addWidget(view)
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """What the front view wants."""
        return self._front().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the front view needs."""
        return self._front().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """No: its views share out the height they get; a height that depends on hidden views would be wrong."""
        return False

    def _front(self) -> QWidget:
        return self.currentWidget() or self
