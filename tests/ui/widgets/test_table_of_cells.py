"""The table: cells, rows in view, keys, tooltips."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from ui.theme.icons import Icon
from ui.theme.theme import Mode, Theme
from ui.theme.tokens import Tone
from ui.widgets.cell import CELL_ROLE, Cell, CellLook, cell_data
from ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
ROWS = 100_000


class Rows(QAbstractTableModel):
    """The same few cells again and again; remembers which rows were asked for."""

    def __init__(self, cells: Sequence[Cell], count: int = ROWS) -> None:
        super().__init__()
        self._cells = cells
        self._count = count
        self.asked: set[int] = set()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own signature
        return len(self._cells)

    def data(self, index: Index, role: int = 0) -> object:
        if role == CELL_ROLE:
            self.asked.add(index.row())
        return cell_data(self._cells[index.column()], role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802  # Qt's name
        return f"Kolom {section}" if role == Qt.ItemDataRole.DisplayRole else None


CELLS = [
    Cell(text="Titian Gg. Rahmat patah, dua papan hilang sejak banjir", second="0403A-26-00412-X",
         look=CellLook.TWO_LINES),
    Cell(text="Terlambat 2 hari", look=CellLook.CHIP, icon=Icon.WARNING, tone=Tone.RED),
    Cell(text="Ditandatangani server", look=CellLook.GLYPH, icon=Icon.SIGNED, tone=Tone.GREEN),
    Cell(text="idem", look=CellLook.MARKED, tone=Tone.RED),
    Cell(text="12", right=True, bold=True),
    Cell(text="Didisposisi", icon=Icon.REFERRED, quiet=True, ground=Tone.AMBER),
]  # fmt: skip


@pytest.fixture
def table(theme: Theme, qtbot: QtBot) -> Table:
    table = Table(theme, "Pengaduan", rounded=True)
    table.setModel(Rows(CELLS))
    table.set_widths(200, 160, 48, None, 60, 120)
    qtbot.addWidget(table)
    table.resize(800, 436)
    table.show()
    return table


def test_cell_answers_the_roles_that_views_ask_for() -> None:
    two, _, glyph, *_ = CELLS
    assert cell_data(two, CELL_ROLE) is two
    assert cell_data(two, Qt.ItemDataRole.DisplayRole) == two.text
    assert cell_data(two, Qt.ItemDataRole.AccessibleTextRole) == f"{two.text}, {two.second}"
    assert cell_data(two, Qt.ItemDataRole.ToolTipRole) is None
    assert cell_data(glyph, Qt.ItemDataRole.ToolTipRole) == "Ditandatangani server"
    assert cell_data(two, Qt.ItemDataRole.DecorationRole) is None


def test_a_hundred_thousand_rows_ask_only_for_those_in_view(table: Table, qtbot: QtBot) -> None:
    model = table.model()
    assert isinstance(model, Rows)
    table.grab()
    assert table.visible_rows() == (0, 9)
    assert max(model.asked) < 15
    with qtbot.waitSignal(table.rows_shown) as shown:
        table.scrollToBottom()
    assert shown.args[1] == ROWS - 1
    model.asked.clear()
    table.grab()
    assert min(model.asked) > ROWS - 15


def test_rows_are_of_the_designs_height(table: Table, theme: Theme) -> None:
    assert table.rowHeight(0) == table.rowHeight(ROWS - 1) == theme.px(40)
    assert not table.showGrid()


def test_arrows_choose_and_enter_opens(table: Table, qtbot: QtBot) -> None:
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0].row() == 1


def test_tab_leaves_the_table(table: Table) -> None:
    assert not table.tabKeyNavigation()


def test_hovered_row_is_painted_otherwise(table: Table, qtbot: QtBot) -> None:
    before = table.grab().toImage()
    table.entered.emit(table.model().index(3, 0))
    assert table.grab().toImage() != before


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_every_look_is_painted(theme: Theme, qtbot: QtBot, mode: Mode) -> None:
    worn = Theme(mode, 100)
    images = []
    for cell in (Cell(), *CELLS):
        table = Table(worn, "Satu")
        table.setModel(Rows([cell], 1))
        table.set_widths(None)
        qtbot.addWidget(table)
        table.resize(260, 80)
        table.show()
        images.append(table.grab().toImage())
    assert all(image != images[0] for image in images[1:])


def test_sorted_column_shows_an_arrow(table: Table) -> None:
    before = table.horizontalHeader().grab().toImage()
    table.set_sortable(1, Qt.SortOrder.DescendingOrder)
    assert table.horizontalHeader().grab().toImage() != before


def test_cut_text_is_told_in_full(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _pos, text, *_: told.append(text))
    delegate = table.itemDelegate()

    def ask(column: int, width: int) -> None:
        option = QStyleOptionViewItem()
        option.rect = table.visualRect(table.model().index(0, column))
        option.rect.setWidth(width)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
        delegate.helpEvent(event, table, option, table.model().index(0, column))

    ask(0, 120)
    assert told == [f"{CELLS[0].text}\n{CELLS[0].second}"]
    ask(0, 900)
    ask(1, 900)
    assert len(told) == 1
