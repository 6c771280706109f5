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
        return self.currentWidget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the front view needs."""
        view = self.currentWidget()
        least = view.minimumSizeHint()
        return QSize(least.width(), max(least.height(), view.minimumHeight()))

    def hasHeightForWidth(self) -> bool:
        """Whether the front view breaks lines."""
        return self.currentWidget().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """How high the front view is with these lines."""
        return self.currentWidget().heightForWidth(width)
