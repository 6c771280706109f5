"""The row of tiles in pages of any width."""

import pytest
from pytestqt.qtbot import QtBot

from ui.paper_log.tile_row import TileRow
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.tile import Tile


@pytest.mark.parametrize(("width", "in_a_line"), [(1118, 5), (776, 3), (470, 2)])
def test_tiles_break_into_lines_instead_of_being_cut(theme: Theme, qtbot: QtBot, width: int, in_a_line: int) -> None:
    tiles = [
        Tile(theme, name, Icon.TABLE, compact=True) for name in ("Baris dibaca", "Siap", "Perlu", "Ditolak", "Lewat")
    ]
    row = TileRow(theme, tiles)
    qtbot.addWidget(row)
    row.show()
    row.resize(theme.px(width), 100)
    areas = [tile.geometry() for tile in tiles]
    assert len({area.top() for area in areas}) == -(-5 // in_a_line)
    assert [area.top() for area in areas].count(areas[0].top()) == in_a_line
    for at, area in enumerate(areas):
        assert area.width() >= tiles[at].minimumSizeHint().width()
        assert row.rect().contains(area)
        assert not any(area.intersects(other) for other in areas[:at])
