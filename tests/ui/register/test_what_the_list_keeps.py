"""Filters under a name, chosen columns and widths: there again when the page is made anew."""

from datetime import date

from PySide6.QtCore import Qt

from kelurahan_client.domain.complaint import Channel
from kelurahan_client.services import list_memory, saved_filters
from kelurahan_client.services.lists import ListFilter, Sort
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.register.columns import NARROW, WIDE
from ui.register.page import RegisterPage


def again(window: DeskWindow) -> RegisterPage:
    """The page as tomorrow's window makes it."""
    page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    page.activate()
    window.settle()
    return page


def saved_names(page: RegisterPage) -> list[str]:
    words = [action.text() for action in page.list.bar.saved.actions()]
    return words[: words.index("")]


def test_a_filter_is_kept_under_a_name_by_keyboard_and_shown_again(window: DeskWindow, page: RegisterPage) -> None:
    window.work(lambda: [register(window.desk, title=title) for title in ("Titian patah", "Lampu padam")])
    page.activate(list_filter=ListFilter(channel=Channel.IN_PERSON, search="titian"))
    window.settle()
    page.list.bar.saved.naming.emit()
    box = page.list.asks.naming.box
    assert box.hasFocus()
    window.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not page.list.asks.naming.isHidden()
    window.qtbot.keyClicks(box, "Titian di loket")
    window.qtbot.keyClick(box, Qt.Key.Key_Return)
    window.settle()
    assert page.list.asks.naming.isHidden()
    assert window.said[-1][0] == "Saringan “Titian di loket” tersimpan."
    page = again(window)
    assert saved_names(page) == ["Titian di loket"]
    page.list.bar.saved.actions()[0].trigger()
    window.settle()
    assert page.box.text() == "titian"
    assert page.list.bar.values() == {"channel": "Tatap muka"}
    assert page.list.model.rowCount() == 1


def test_a_removed_filter_can_be_brought_back(window: DeskWindow, page: RegisterPage) -> None:
    window.work(lambda: saved_filters.save_filter(window.desk, "Titian", ListFilter(search="titian")))
    page.activate()
    window.settle()
    page.list.bar.saved.remove_menu.actions()[0].trigger()
    window.settle()
    assert saved_names(page) == ["Belum ada saringan tersimpan"]
    text, undo = window.said[-1]
    assert text == "Saringan “Titian” dihapus."
    assert undo is not None
    undo()
    window.settle()
    assert saved_names(page) == ["Titian"]


def test_esc_leaves_the_naming_and_all_filters_go_at_once(window: DeskWindow, page: RegisterPage) -> None:
    page.activate(list_filter=ListFilter(channel=Channel.LETTER, due_before=date(2026, 8, 3)))
    window.settle()
    assert page.list.bar.clear_all.isVisibleTo(page)
    page.list.asks.naming.ask()
    assert page.go_back()
    assert page.list.asks.naming.isHidden()
    page.list.bar.clear_all.click()
    window.settle()
    assert page.list.bar.values() == {}
    assert page.list.bar.clear_all.isHidden()


def test_chosen_columns_are_shown_sorted_by_and_kept(window: DeskWindow, page: RegisterPage) -> None:
    window.work(lambda: [register(window.desk, title="A", location=place) for place in ("Gang B", "Gang A")])
    page.activate()
    window.settle()
    assert page.list.model.codes() == NARROW
    page.choose.click()
    panel = page.columns
    assert panel.codes() == WIDE
    panel.list.setCurrentRow(0)
    panel.move_current(1)
    item = panel.list.item(panel.list.count() - 1)
    assert item.text() == "Lokasi"
    item.setCheckState(Qt.CheckState.Checked)
    panel.hide()
    window.settle()
    chosen = ("title", "reference", *WIDE[2:], "location")
    assert page.list.model.codes() == chosen
    page.list.table.horizontalHeader().setSortIndicator(chosen.index("location"), Qt.SortOrder.AscendingOrder)
    window.settle()
    assert page.list.bar.filter().sort is Sort.LOCATION
    rows = [page.list.model.row(at) for at in range(2)]
    assert [row.location for row in rows if row] == ["Gang A", "Gang B"]
    assert again(window).list.model.codes() == chosen


def test_a_width_and_a_dragged_order_are_kept(window: DeskWindow, page: RegisterPage) -> None:
    page.activate()
    window.settle()
    page.list.columns.choose(("reference", "title", "due", "sync"))
    header = page.list.table.horizontalHeader()
    header.resizeSection(2, 210)
    header.moveSection(0, 1)
    window.qtbot.waitUntil(lambda: page.list.model.codes()[0] == "title")
    window.settle()
    kept = window.work(lambda: list_memory.columns(window.desk))
    assert kept.codes == ("title", "reference", "due", "sync")
    assert kept.widths["due"] == 210
    page = again(window)
    assert page.list.table.columnWidth(2) == 210
    page.list.columns.choose(())
    window.settle()
    assert page.list.model.codes() == NARROW
    assert window.work(lambda: list_memory.columns(window.desk)).widths == {}


def test_a_narrow_table_with_many_columns_scrolls_and_keeps_the_title_readable(
    window: DeskWindow, page: RegisterPage
) -> None:
    page.activate()
    window.settle()
    page.list.columns.choose(("reference", "title", "category", "channel", "classification", "location", "due"))
    assert page.list.table.columnWidth(1) >= 180
    assert page.list.table.horizontalScrollBar().maximum() >= 0


def test_days_of_receipt_are_typed(window: DeskWindow, page: RegisterPage) -> None:
    for day in (1, 9, 20):
        window.work(lambda day=day: register(window.desk, title=f"Hari {day}", received_date=date(2026, 7, day)))
    page.activate(list_filter=ListFilter(sort=Sort.TITLE))
    window.settle()
    page.list.bar.period_asked.emit()
    row = page.list.asks.period
    assert row.first.hasFocus()
    window.qtbot.keyClick(row.first, Qt.Key.Key_Return)
    assert row.wrong.isVisibleTo(page)
    window.qtbot.keyClicks(row.first, "5/7")
    window.qtbot.keyClicks(row.last, "3 Juli")
    window.qtbot.keyClick(row.last, Qt.Key.Key_Return)
    assert "lebih dahulu" in row.wrong.text()
    row.last.clear()
    window.qtbot.keyClicks(row.last, "31 Juni")
    window.qtbot.keyClick(row.last, Qt.Key.Key_Return)
    assert row.wrong.isVisibleTo(page)
    row.last.clear()
    window.qtbot.keyClicks(row.last, "15 Juli")
    window.qtbot.keyClick(row.last, Qt.Key.Key_Return)
    window.settle()
    assert row.isHidden()
    assert page.list.bar.values() == {"period": "5 Jul–15 Jul"}
    assert [found.title for found in [page.list.model.row(0)] if found] == ["Hari 9"]
    assert page.list.model.rowCount() == 1
    page.list.bar.period_asked.emit()
    assert row.first.text() == "5 Jul"
    assert page.go_back()
    assert row.isHidden()
