"""The row of tiles in pages of any width."""

import pytest
from pytestqt.qtbot import QtBot

from ui.paper_log.tile_row import TileRow
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.tile import Tile


@pytest.mark.parametrize(("room_for", "in_a_line"), [(5, 5), (4, 3), (3, 3), (2, 2), (1, 1)])
def test_tiles_break_into_lines_instead_of_being_cut(theme: Theme, qtbot: QtBot, room_for: int, in_a_line: int) -> None:
    tiles = [
        Tile(theme, name, Icon.TABLE, compact=True) for name in ("Baris dibaca", "Siap", "Perlu", "Ditolak", "Lewat")
    ]
    row = TileRow(theme, tiles)
    qtbot.addWidget(row)
    row.show()
    widest = max(tile.sizeHint().width() for tile in tiles)  # which the system's font decides
    row.resize(room_for * widest + (room_for - 1) * theme.px(SIZES.gap_wide), 100)
    areas = [tile.geometry() for tile in tiles]
    assert len({area.top() for area in areas}) == -(-5 // in_a_line)
    assert [area.top() for area in areas].count(areas[0].top()) == in_a_line
    for at, area in enumerate(areas):
        assert area.width() >= tiles[at].minimumSizeHint().width()
        assert row.rect().contains(area)
        assert not any(area.intersects(other) for other in areas[:at])
