"""Five tiles in a line, or in two lines where the page is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.tile import Tile


class TileRow(QWidget):
    """Tiles of one width. No name is ever cut: what does not fit beside the others goes into the next line."""

    def __init__(self, theme: Theme, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self._gap = theme.px(SIZES.gap_wide)
        self._tiles = list(tiles)
        self._columns = len(self._tiles)
        for tile in self._tiles:
            tile.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Two tiles side by side, in as many lines as there are now."""
        return QSize(self._least() * 2 + self._gap, self._height())

    def sizeHint(self) -> QSize:
        """All tiles side by side."""
        count = len(self._tiles)
        return QSize(self._least() * count + self._gap * (count - 1), self._height())

    def event(self, event: QEvent) -> bool:
        """Lay out anew when a tile needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Break the line where it has become too narrow."""
        self._place()

    def _least(self) -> int:
        return max(tile.sizeHint().width() for tile in self._tiles)

    def _height(self) -> int:
        lines = -(-len(self._tiles) // self._columns)
        return lines * self._tiles[0].sizeHint().height() + (lines - 1) * self._gap

    def _place(self) -> None:
        count = len(self._tiles)
        fitting = (self.width() + self._gap) // (self._least() + self._gap)
        columns = self._columns = count if fitting >= count else min(max(fitting, 1), 3)
        height = self._tiles[0].sizeHint().height()
        for at, tile in enumerate(self._tiles):
            row, column = divmod(at, columns)
            left = (self.width() + self._gap) * column // columns
            right = (self.width() + self._gap) * (column + 1) // columns - self._gap
            tile.setGeometry(QRect(left, row * (height + self._gap), right - left, height))
        if self.height() != self._height():
            self.setFixedHeight(self._height())
