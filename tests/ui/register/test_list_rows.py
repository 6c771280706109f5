"""The model of the list: keys of everything, lines only where somebody looks. No window."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

import resources
from kelurahan_client.domain.complaint import Channel, Priority, Status, SyncState
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services.lists import ListRow, Sort
from ui.register.cells import Day
from ui.register.columns import cell, look_of
from ui.register.rows import RowsModel
from ui.theme.theme import Mode, Theme
from ui.theme.tokens import Tone
from ui.widgets.cell import CELL_ROLE, Cell
from ui.widgets.cell_delegate import CellDelegate
from ui.widgets.keyed_rows import AHEAD, KEPT

DAY = Day.of(date(2026, 8, 3), load_reference(resources.path("reference")))


def line(key: int, sync: SyncState = SyncState.PENDING) -> ListRow:
    return ListRow(
        key=key,
        id=f"id-{key}",
        reference="0403A-26-00412-X",
        title=f"Judul {key}",
        received_date=date(2026, 7, 10),
        status=Status.REFERRED,
        agency="PUPR",
        category="",
        channel=Channel.IN_PERSON,
        due_date=date(2026, 8, 4),
        priority=Priority.NORMAL,
        confidential=False,
        sync_state=sync,
    )


class Asked:
    """Notes what the model asks for; answers when told to."""

    def __init__(self) -> None:
        self.requests: list[list[int]] = []
        self.model = RowsModel(DAY, self.load)

    def load(self, keys: Sequence[int]) -> None:
        self.requests.append(list(keys))

    def answer(self) -> None:
        keys = self.requests[-1]
        self.model.put(keys, [line(key) for key in keys])

    def cell(self, row: int, column: int = 0) -> Cell:
        cell = self.model.data(self.model.index(row, column), CELL_ROLE)
        assert isinstance(cell, Cell)
        return cell


def test_a_hundred_thousand_lines_ask_for_what_is_in_view_only() -> None:
    asked = Asked()
    asked.model.set_keys(array("q", range(100_000)))
    assert asked.model.rowCount() == 100_000
    assert asked.requests == []
    asked.model.show_rows(70_000, 70_011)
    assert asked.requests == [list(range(70_000 - AHEAD, 70_012 + AHEAD))]
    assert asked.cell(70_000).text == "…"
    asked.answer()
    assert asked.cell(70_000).text == "Judul 70000"
    asked.model.show_rows(70_000, 70_011)
    assert len(asked.requests) == 1


def test_while_an_answer_is_awaited_the_same_view_does_not_ask_again() -> None:
    asked = Asked()
    asked.model.set_keys(array("q", range(1000)))
    asked.model.show_rows(0, 10)
    asked.model.show_rows(0, 10)
    assert len(asked.requests) == 1
    asked.model.show_rows(500, 510)
    assert len(asked.requests) == 2
    asked.model.show_rows(0, 10)
    assert asked.requests[2] == asked.requests[0]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 99_980), min_size=1, max_size=120))
def test_memory_stays_bounded_wherever_one_scrolls(places: list[int]) -> None:
    asked = Asked()
    asked.model.set_keys(array("q", range(100_000)))
    for first in places:
        before = len(asked.requests)
        asked.model.show_rows(first, first + 15)
        if len(asked.requests) > before:
            asked.answer()
        assert asked.cell(first).text == f"Judul {first}"
    known = sum(asked.model.row(at) is not None for at in range(100_000))
    assert known <= KEPT


def test_a_refresh_shows_the_old_lines_until_the_new_ones_come() -> None:
    asked = Asked()
    asked.model.set_keys(array("q", [3, 2, 1]))
    asked.model.show_rows(0, 2)
    asked.answer()
    assert not asked.model.set_keys(array("q", [3, 2, 1]))
    assert asked.requests[-1] == [3, 2, 1]
    assert asked.cell(0).text == "Judul 3"
    assert asked.model.set_keys(array("q", [4, 3, 2, 1]))
    asked.model.show_rows(0, 3)
    assert asked.requests[-1] == [4, 3, 2, 1]
    assert asked.cell(0).text == "…"
    assert asked.cell(1).text == "Judul 3"


def test_lines_in_another_order_are_asked_for_again_though_as_many_are_in_view() -> None:
    asked = Asked()
    asked.model.set_keys(array("q", [1, 2, 3]))
    asked.model.show_rows(0, 2)
    asked.answer()
    asked.model.set_keys(array("q", [2, 3, 1]))  # a step has moved one; the table shows rows 0 to 2 as before
    assert sorted(asked.requests[-1]) == [1, 2, 3]
    assert len(asked.requests) == 2


def test_a_line_that_is_gone_stays_empty_and_is_not_asked_for_ever() -> None:
    asked = Asked()
    asked.model.set_keys(array("q", [2, 1]))
    asked.model.show_rows(0, 1)
    asked.model.put([2, 1], [line(1)])
    assert asked.model.row(0) is None
    assert asked.cell(1).text == "Judul 1"


def test_places(qtbot: QtBot) -> None:
    asked = Asked()
    asked.model.set_keys(array("q", [30, 20, 10]))
    asked.model.show_rows(0, 2)
    asked.answer()
    assert asked.model.place_of(20) == 1
    assert asked.model.place_of(complaint_id="id-10") == 2
    assert asked.model.place_of(99) == -1
    assert asked.model.place_of(complaint_id="id-99") == -1
    assert asked.model.place_of() == -1


@pytest.mark.parametrize("wide", [False, True])
def test_columns(wide: bool) -> None:
    asked = Asked()
    asked.model.set_wide(wide)
    asked.model.set_keys(array("q", [1]))
    asked.model.show_rows(0, 0)
    asked.model.put([1], [line(1, SyncState.ACKNOWLEDGED)])
    names = [asked.model.headerData(at, Qt.Orientation.Horizontal) for at in range(asked.model.columnCount())]
    assert names[-2:] == ["Tenggat", ""]
    assert asked.model.sort_of(asked.model.column_of(Sort.DUE)) is Sort.DUE
    assert asked.model.sort_of(len(names) - 1) is Sort.SYNC
    last = asked.cell(0, len(names) - 1)
    assert (last.tone, last.spoken()) == (Tone.GREEN, "Diterima server")
    if wide:
        assert [asked.cell(0, at).text for at in range(5)] == [
            "0403A-26-00412-X", "Judul 1", "10 Jul", "Didisposisi", "PUPR",
        ]  # fmt: skip
    else:
        assert asked.cell(0).second == "0403A-26-00412-X · diterima 10 Jul"
        assert asked.cell(0, 1).second == "ke PUPR"
    assert asked.cell(0, len(names) - 2).text == "Besok"


@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("code", ["status_lines", "status", "due"])
def test_every_status_and_delay_is_read_whole(qtbot: QtBot, code: str, scale: int) -> None:
    theme = Theme(Mode.LIGHT, scale)
    view = QTableView()
    qtbot.addWidget(view)
    model = QStandardItemModel(len(Status), 1)
    years_ago = date(2023, 11, 2)
    for row, status in enumerate(Status):
        model.setData(
            model.index(row, 0), cell(replace(line(row), status=status, due_date=years_ago), code, DAY), CELL_ROLE
        )
    delegate = CellDelegate(theme, view)
    needed = {
        status: delegate.sizeHint(QStyleOptionViewItem(), model.index(row, 0)).width()
        for row, status in enumerate(Status)
    }
    assert {status: width for status, width in needed.items() if width > theme.px(look_of(code).width or 0)} == {}
