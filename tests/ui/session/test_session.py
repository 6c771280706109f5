"""The frame with its real pages over a real store: what a page asks of the window must fit what the window offers."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.services import intake, lists
from kelurahan_client.store import imports, settings
from kelurahan_client.store.imports import Conflict
from sync.engine import Outcome
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.home.page import HomePage
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.session import Session
from ui.theme.theme import Theme
from ui.widgets.connection import Link


def test_every_page_opens_and_is_reached_by_its_key(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    window = session.window
    assert window.pages.current() == "home"
    for key, page in (
        (Qt.Key.Key_F2, "intake"),
        (Qt.Key.Key_F3, "register"),
        (Qt.Key.Key_F4, "paper_log"),
        (Qt.Key.Key_Escape, "register"),
    ):
        QTest.keyClick(window, key)
        helper.settle()
        assert window.pages.current() == page


def test_a_discarded_draft_comes_back_by_the_line_at_the_bottom(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    session.window.show_page("intake")
    helper.settle()
    page = session.window.pages.page("intake")
    assert isinstance(page, IntakePage)
    page.form.focus_field("reporter_name")
    QTest.keyClicks(QApplication.focusWidget(), "Siti Rahmah")
    helper.qtbot.waitUntil(lambda: len(helper.work(lambda: intake.open_drafts(helper.desk))) == 1)
    page.foot.discard_button.click()
    helper.settle()
    assert helper.work(lambda: intake.open_drafts(helper.desk)) == []
    assert session.window.telling.snack.isVisible()
    session.window.telling.snack.action().click()
    helper.settle()
    assert page.form.state().reporter_name == "Siti Rahmah"


def test_a_saved_complaint_is_counted_by_the_chip_at_once(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    session.window.show_page("intake")
    helper.settle()
    page = session.window.pages.page("intake")
    assert isinstance(page, IntakePage)
    page.form.fill(
        FormState(anonymous=False, confidential=False, reporter_name="Siti Rahmah", statement="Lampu jalan padam.")
    )
    page.save()
    helper.settle()
    assert page.result.isVisible()
    assert session.window.chip.state().unsent == 1


def test_without_a_network_the_chip_says_so_and_nothing_is_lost(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    helper.work(lambda: register(helper.desk))
    QTest.keyClick(session.window, Qt.Key.Key_F9)
    helper.settle()
    assert session.window.chip.state().link is Link.OFFLINE
    assert session.window.chip.state().unsent == 1
    assert helper.work(lambda: lists.state(helper.desk)).unsent == 1
    assert session.window.telling.snack.isVisible()


def test_the_frame_takes_no_input_before_the_data_are_open(qtbot: QtBot, theme: Theme) -> None:
    session = Session(theme)
    qtbot.addWidget(session.window)
    session.window.show()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F9):
        QTest.keyClick(session.window, key)
    assert not session.at_work
    assert session.window.pages.current() == ""


def test_a_busy_centre_is_left_alone_until_the_time_it_named(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    began = helper.desk.now()

    def failed(not_before: timedelta) -> dict[str, str]:
        times = {"at": utc_text(began), "since": utc_text(began), "not_before": utc_text(began + not_before)}
        return times | {"kind": "Busy", "code": "LK-3141", "title": "", "message": "", "way_out": ""}

    def keep(failure: dict[str, str]) -> None:
        with helper.desk.store.write() as transaction:
            settings.put(transaction, settings.LAST_FAILURE, failure)

    for not_before, goes in ((timedelta(hours=1), False), (timedelta(0), True)):
        helper.work(partial(keep, failed(not_before)))
        session.work.standing.refresh()
        helper.settle()
        session.work.exchanging.pacing.due.emit()
        assert (session.work.exchanging.is_sending) is goes
    helper.qtbot.waitUntil(lambda: not session.work.exchanging.is_sending)


def test_a_conflict_is_counted_in_the_rail_and_decided_by_keyboard(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    window = session.window

    def arrives() -> None:
        made = register(helper.desk, title="Di sana")
        sides = [{"id": "s1", "value": "Di sana", "desk": "B"}, {"id": "s2", "value": "Di sini", "desk": "A"}]
        body = {"complaint": made.id, "field": "title", "base": "Semula", "sides": sides, "state": "open"}
        with helper.desk.store.write() as transaction:
            imports.put_conflict(transaction, Conflict("c1", made.id, "title", body, open=True, rev=1))

    helper.work(arrives)
    session.records_changed()
    helper.settle()
    assert window.rail.button("conflicts").badge() == 1
    assert window.rail.button("conflicts").accessibleName() == "Konflik, 1 menunggu"
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    helper.settle()
    assert window.pages.current() == "conflicts"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    helper.settle()
    assert window.rail.button("conflicts").badge() == 0
    assert window.telling.snack.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    helper.settle()
    assert window.rail.button("conflicts").badge() == 1


def test_a_file_that_waits_is_said_everywhere_and_tried_again(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    helper.leave_files(helper.work(lambda: register(helper.desk)))
    session.records_changed()
    helper.settle()
    assert session.window.chip.state().text() == "1 lampiran belum terkirim"
    home = session.window.pages.page("home")
    assert isinstance(home, HomePage)
    tile = home.tiles["unsent"]
    assert (tile.figure(), tile.accessibleDescription()) == ("1", "lampiran, aman di sini")
    assert home.exchange_card.sentences()[-1] == (
        "1 lampiran (9 B) belum terkirim, aman di komputer ini; dikirim lagi sendiri."
    )
    assert home.exchange_card.code.text() == "LK-3001"
    home.tiles["unsent"].click()
    assert session.work.standing.outbox.isVisible()
    session.work.standing.outbox.close()
    session.work.exchanging.pacing.due.emit()
    assert session.work.exchanging.is_sending
    helper.settle()


def test_what_f9_came_to_names_files_and_the_number_to_copy(at_work: tuple[Session, DeskWindow]) -> None:
    session, helper = at_work
    exchanging, snack = session.work.exchanging, session.window.telling.snack
    QTest.keyClick(session.window, Qt.Key.Key_F9)
    helper.settle()
    assert snack.code().isVisible()
    snack.code().click()
    assert QApplication.clipboard().text() == snack.code().text() != ""
    usual = exchanging.pacing.minutes()
    exchanging._exchanged(Outcome(sent=3, blobs_sent=1, blobs_waiting=2, blobs_code="LK-3001"))
    assert snack.text() == "3 ditandatangani server kota, 1 lampiran terkirim, 2 lampiran belum terkirim."
    assert (snack.code().text(), snack.code().isVisible()) == ("LK-3001", True)
    assert exchanging.pacing.minutes() > usual
    exchanging._exchanged(Outcome())
    assert (snack.text(), snack.code().isVisible()) == ("Semua sudah sama dengan server kota.", False)
