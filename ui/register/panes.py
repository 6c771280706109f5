"""The list beside the complaint, or in a narrow window one in front of the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import SIZES

LIST_LEAST = 560  # design pixels
_TWO_PANES = 980  # from this width on they stand side by side
_USUAL = (1102, 416, 0.26)  # of that much room the complaint takes so much, and this part of what is more
_MOST = 600


class Panes(QSplitter):
    """`arranged`: whether the complaint stands alone in front, and there is a way back to the list."""

    arranged = Signal(bool)

    def __init__(self, theme: Theme, left: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._left = left
        self._right = right
        self._reading = False
        self._split_by_person = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(theme.px(16))
        self.addWidget(left)
        self.addWidget(right)
        left.setMinimumWidth(theme.px(LIST_LEAST))
        right.setMinimumWidth(theme.px(SIZES.detail_min))
        self.splitterMoved.connect(self._moved)

    def read(self) -> None:
        """Where there is room for one only, the complaint comes in front."""
        self._reading = True
        self._arrange()

    def back(self) -> bool:
        """The list comes in front again; False where it was there already."""
        hidden = self._left.isHidden()
        self._reading = False
        self._arrange()
        return hidden

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two panes, or one at a time."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._theme.px
        both = self.width() >= px(_TWO_PANES)
        self._left.setVisible(both or not self._reading)
        self._right.setVisible(both or self._reading)
        if both and not self._split_by_person:
            room = self.width() - self.handleWidth()
            usual, width, share = _USUAL
            wanted = px(width) + share * (room - px(usual))
            detail = round(min(px(_MOST), max(px(SIZES.detail_min), wanted)))
            self.setSizes([room - detail, detail])
        self.arranged.emit(not both and self._reading)

    def _moved(self, _position: int, _handle: int) -> None:
        self._split_by_person = True
