"""Earlier imports: shown, and taken back."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kelurahan_client.services import handling, importing
from tests.ui.paper_log.conftest import BOOKS, Clerk
from ui.paper_log.wizard import Step

BOOK = BOOKS / "kuin_utara_2024.xlsx"


def test_an_empty_history_says_what_will_be_here(clerk: Clerk) -> None:
    assert clerk.page.start.model.rowCount() == 0
    assert not clerk.page.start.table.isVisible()


def test_an_import_is_taken_back_from_the_history(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.bring_in(BOOK)
    start = clerk.page.start
    [button] = start.undo_buttons()
    clerk.press(button)
    assert start.undo_bar.isVisible()
    assert "Batalkan impor kuin_utara_2024.xlsx? 80 pengaduan" in start.undo_bar.words()
    assert len(clerk.rows()) == 80  # it only asks
    with qtbot.waitSignal(clerk.page.changed):
        clerk.press(start.undo_bar.yes)
    assert clerk.said[-1] == "80 pengaduan ditarik kembali."
    assert clerk.rows() == []
    assert start.undo_buttons() == []
    assert start.model.cell(0, 5).text == "Dibatalkan 3 Agu"
    assert not start.undo_bar.isVisible()


def test_complaints_that_were_worked_on_stay_and_are_counted(clerk: Clerk) -> None:
    clerk.bring_in(BOOK)
    for row in clerk.rows()[:2]:
        handling.follow_up(clerk.desk, row.id, "Sudah dihubungi.")
    clerk.press(clerk.page.start.undo_buttons()[0])
    clerk.press(clerk.page.start.undo_bar.yes)
    assert clerk.said[-1] == "78 pengaduan ditarik kembali. 2 tetap ada karena sudah dikerjakan."
    assert len(clerk.rows()) == 2


def test_the_harmless_answer_changes_nothing(clerk: Clerk) -> None:
    clerk.bring_in(BOOK)
    clerk.press(clerk.page.start.undo_buttons()[0])
    clerk.press(clerk.page.start.undo_bar.no)
    assert not clerk.page.start.undo_bar.isVisible()
    assert len(clerk.rows()) == 80


def test_an_import_is_taken_back_from_its_result(clerk: Clerk) -> None:
    clerk.give(BOOK)
    clerk.go_on(Step.RESULT)
    clerk.press(clerk.page.wizard.undo_button)
    assert "80 pengaduan" in clerk.page.wizard.result_step.undo_bar.words()
    clerk.press(clerk.page.wizard.result_step.undo_bar.yes)
    assert clerk.page.start.isVisible()
    assert clerk.rows() == []


def test_an_import_that_was_taken_back_elsewhere_is_told(clerk: Clerk) -> None:
    clerk.bring_in(BOOK)
    clerk.press(clerk.page.start.undo_buttons()[0])
    importing.undo(clerk.desk, importing.history(clerk.desk)[0].id)
    clerk.press(clerk.page.start.undo_bar.yes)
    assert clerk.page.start.banner.isVisible()
    assert "sudah dibatalkan sebelumnya" in clerk.page.start.banner.words()
    assert clerk.page.start.undo_buttons() == []


def test_enter_on_a_row_asks_and_on_one_taken_back_does_not(clerk: Clerk) -> None:
    clerk.bring_in(BOOK)
    table = clerk.page.start.table
    table.setFocus()
    table.selectRow(0)
    clerk.key(Qt.Key.Key_Return)
    assert clerk.page.start.undo_bar.isVisible()
    clerk.press(clerk.page.start.undo_bar.yes)
    table.setFocus()
    table.selectRow(0)
    clerk.key(Qt.Key.Key_Return)
    assert not clerk.page.start.undo_bar.isVisible()


def test_two_counts_give_way_to_the_name_where_the_page_is_narrow(clerk: Clerk) -> None:
    table = clerk.page.start.table
    assert not table.isColumnHidden(3)
    clerk.page.resize(700, 640)
    clerk.settle()
    assert table.isColumnHidden(3)
    assert table.isColumnHidden(4)


def test_an_answer_that_comes_late_does_not_take_the_keyboard(clerk: Clerk) -> None:
    start = clerk.page.start
    clerk.page.activate()
    start.drop_area.button.setFocus()  # before the pages in work have been read
    clerk.settle()
    assert start.drop_area.button.hasFocus()
    clerk.page.activate()
    clerk.settle()
    assert start.type_button.hasFocus()
