"""The program starts at Masuk where there are officers, and asks an older desk for its first one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client import app as composition
from kelurahan_client.config import Config
from kelurahan_client.services import signing_in
from kelurahan_client.services.desk import Desk
from kelurahan_client.window import FrontDoor
from tests.desk_making import DeskAt
from tests.officers_at_work import CHEAP, OTHER_PIN, PIN, Guarded
from tests.root_log import root_log_as_before
from ui.sign_in.page import SignInPage
from ui.start import Start
from ui.theme.theme import Theme
from ui.window_memory import WindowFile


@pytest.fixture
def start(qapp: QApplication, theme: Theme, enrolled_config: Config) -> Iterator[Start]:
    made = Start(qapp, theme, WindowFile(enrolled_config.window_file), FrontDoor(enrolled_config))
    with root_log_as_before():
        yield made
    made.tasks.close()
    if made._desk is not None:
        made._desk.store.close()
    for window in qapp.topLevelWidgets():
        window.close()
        window.deleteLater()


def masuk(start: Start) -> SignInPage:
    assert start.session is not None
    page = start.session.window.findChild(SignInPage)
    assert page is not None
    return page


def test_nothing_is_open_until_somebody_signs_in(qtbot: QtBot, guarded: Guarded, start: Start) -> None:
    signing_in.code_was_kept(guarded.desk)
    guarded.desk.store.close()
    assert start.ask_for_pin()
    session = start.session
    assert session is not None
    with qtbot.waitActive(session.window):
        session.window.activateWindow()
    page = masuk(start)
    assert page.pin_view.cards.people()[0].name == "Norhasanah"
    assert page.side._place.text() == "Kelurahan Alalak Selatan"
    assert not session.window.rail.isVisible()
    for pin, opens in ((OTHER_PIN, False), (PIN, True)):
        QTest.keyClicks(QApplication.focusWidget(), pin)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(start.tasks.idle)
        assert (start._desk is not None) is opens
    qtbot.waitUntil(lambda: session.at_work and start.tasks.idle())
    assert session.window.rail.isVisible()
    assert session.window.current_page() == "home"
    assert session.window.top_bar.words()[2:] == ("Norhasanah", "Admin loket")
    assert session.lock is not None


def test_a_second_start_says_so_before_a_pin_is_typed(qtbot: QtBot, guarded: Guarded, start: Start) -> None:
    assert start.ask_for_pin()  # while the first window has the data of `guarded` open
    page = masuk(start)
    qtbot.waitUntil(page.banner.isVisible)
    assert "sedang dipakai oleh Lapor Kelurahan yang lain" in page.banner.words()
    assert guarded.desk.store.check() == []


def test_the_recovery_code_opens_the_program(qtbot: QtBot, guarded: Guarded, start: Start) -> None:
    code, admin = guarded.code, guarded.admin
    guarded.desk.store.close()
    assert start.ask_for_pin()
    page = masuk(start)
    page.recovery_given.emit(code, admin, "481516")
    qtbot.waitUntil(lambda: page.code_view.words() != "")
    assert start.session is not None
    assert not start.session.at_work
    page.code_view.sure.click()
    page.code_view.done_button.click()
    qtbot.waitUntil(lambda: start.session is not None and start.session.at_work and start.tasks.idle())


def test_a_machine_that_lost_its_part_says_what_to_do(qtbot: QtBot, guarded: Guarded, start: Start) -> None:
    guarded.desk.store.close()
    guarded.config.machine_file.unlink()
    assert start.ask_for_pin()
    page = masuk(start)
    QTest.keyClicks(page.pin_view.pin, PIN)
    page.pin_view.attempt()
    qtbot.waitUntil(lambda: page.pin_view.message() != "")
    assert "pakai kode pemulihan" in page.pin_view.message()


def test_a_desk_without_officers_is_asked_for_the_first(
    qtbot: QtBot, start: Start, desk_at: DeskAt, enrolled_config: Config
) -> None:
    def opened() -> Desk:
        return replace(desk_at(enrolled_config), pin_cost=CHEAP)

    assert not start.ask_for_pin()
    start.open(opened)
    qtbot.waitUntil(lambda: start._setup is not None)
    setup = start._setup
    assert setup is not None
    with qtbot.waitActive(setup):
        setup.activateWindow()
    QTest.keyClicks(setup.officer.officer.editor, "Norhasanah")
    for edit in (setup.officer.pin.first, setup.officer.pin.second):
        QTest.keyClicks(edit, PIN)
    setup.go_on()
    qtbot.waitUntil(lambda: setup.recovery.words() != "")
    setup.recovery.sure.click()
    setup.recovery.done_button.click()
    qtbot.waitUntil(lambda: start.session is not None and start.session.at_work and start.tasks.idle())
    assert start.session is not None
    assert start.session.lock is not None


def test_a_damaged_officers_file_is_told(
    qtbot: QtBot, start: Start, enrolled_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled_config.officers_file.write_text("{")
    said: list[str] = []
    monkeypatch.setattr(start, "cannot_open", lambda error: said.append(str(error)))
    assert start.ask_for_pin()
    qtbot.waitUntil(lambda: said != [])
    assert "officers.json" in said[0]


def test_the_demo_is_not_asked(
    qtbot: QtBot, qapp: QApplication, theme: Theme, enrolled_config: Config, desk_at: DeskAt
) -> None:
    made = Start(qapp, theme, WindowFile(enrolled_config.window_file))
    assert not made.ask_for_pin()
    made.show_frame()
    made.open(lambda: desk_at(enrolled_config))
    qtbot.waitUntil(lambda: made.session is not None and made.session.at_work and made.tasks.idle())
    assert made.session is not None
    assert made.session.lock is None
    made.session.window.close()
    made.tasks.close()
    made.session.window.deleteLater()


def test_the_composition_root_signs_in_with_the_real_cost(guarded: Guarded) -> None:
    config, admin = guarded.config, guarded.admin
    guarded.desk.store.close()
    with ThreadPoolExecutor(1) as pool:
        desk, entered = pool.submit(composition.sign_in, config, admin, PIN).result()
    assert entered.officer.name == "Norhasanah"
    assert desk.store.at_work is entered.officer
    desk.store.close()
