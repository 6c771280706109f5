"""The four tiles, side by side or two by two."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.report_figures import Report
from ui.reports.tiles import blank_tiles, tiles
from ui.theme.theme import Theme
from ui.widgets.tile import Tile


class TileGrid(QWidget):
    """`list_wanted` carries the filter of the tile that was pressed."""

    list_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._lists: dict[str, ListFilter] = {}
        self.tiles = {tile.key: Tile(theme, tile.name, tile.icon) for tile in blank_tiles()}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(12))
        for key, tile in self.tiles.items():
            tile.clicked.connect(partial(self._open, key))
        self.set_narrow(False)

    def show_report(self, report: Report) -> None:
        """Show its figures."""
        views = tiles(report)
        self._lists = {view.key: view.list_filter for view in views if view.list_filter is not None}
        for view in views:
            self.tiles[view.key].set_value(view.figure, view.remark, unit=view.unit)

    def set_narrow(self, narrow: bool) -> None:
        """Two by two where there is no room for four."""
        across = 2 if narrow else len(self.tiles)
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, at // across, at % across)

    def _open(self, key: str) -> None:
        if key in self._lists:
            self.list_wanted.emit(self._lists[key])
