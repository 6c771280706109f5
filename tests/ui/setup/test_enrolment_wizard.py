"""The first start: the code is checked at a real centre, confirmed, and used up once."""

import json
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.config import Config
from kelurahan_client.services.desk import Desk, current_officer, find_identity
from kelurahan_client.services.network import network
from kelurahan_client.services.officers import everybody
from kelurahan_client.services.paper import Paper, PaperKind
from kelurahan_client.services.signing_in import vault
from sync.enrol_file import EnrolFile
from tests.desk_making import DeskAt, clock, config, desk_at, identity_of, reference
from tests.officers_at_work import CHEAP, OTHER_PIN, PIN
from tests.silent_server import SilentServer
from tests.together.certificates import Authority
from tools.central_process import Central
from ui.help.dialog import HelpDialog
from ui.settings.network_dialog import NetworkDialog
from ui.setup.page import SetupPage, SetupStep
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.widgets.editors import LineEdit

__all__ = ["clock", "config", "desk_at", "reference"]

OFFICE = "63.71.04.1003"


@pytest.fixture(scope="module")
def centre(central_factory: Callable[[str], Central]) -> Central:
    made = central_factory("sqlite")
    made.start()
    return made


@pytest.fixture
def blank(desk_at: DeskAt, config: Config) -> Desk:
    desk = replace(desk_at(config), pin_cost=CHEAP)
    desk.store.refuse_thread(threading.get_ident())
    return desk


class Wizard:
    """The wizard of a desk that nobody has enrolled yet."""

    def __init__(self, page: SetupPage, desk: Desk, qtbot: QtBot) -> None:
        self.page = page
        self.desk = desk
        self.qtbot = qtbot
        self.enrolled = 0
        page.enrolled.connect(self._count)

    def _count(self) -> None:
        self.enrolled += 1

    def go_on(self) -> None:
        self.page.go_on()
        self.qtbot.waitUntil(lambda: not self.page.enrolling.busy())

    def write(self, editor: object, text: str) -> None:
        assert isinstance(editor, LineEdit)
        editor.clear()
        QTest.keyClicks(editor, text)

    def first_officer(self, name: str, pin: str = PIN) -> None:
        self.write(self.page.officer.officer.editor, name)
        for edit in (self.page.officer.pin.first, self.page.officer.pin.second):
            edit.clear()
            QTest.keyClicks(edit, pin)

    def keep_code(self) -> None:
        self.page.recovery.sure.click()
        self.page.recovery.done_button.click()
        self.qtbot.waitUntil(lambda: self.enrolled > 0)

    def work(self, job: Callable[[], Any]) -> Any:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(job).result()


MakeWizard = Callable[[str], Wizard]


@pytest.fixture
def make_wizard(blank: Desk, theme: Theme, tasks: Tasks, qtbot: QtBot) -> MakeWizard:
    def make(server_url: str) -> Wizard:
        page = SetupPage(theme, tasks, blank, server_url)
        qtbot.addWidget(page)
        page.resize(1366, 696)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        return Wizard(page, blank, qtbot)

    return make


def ask(desk: Desk) -> tuple[object, str]:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: (find_identity(desk), current_officer(desk).name)).result()


def test_a_desk_is_enrolled_from_code_to_officer(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "A").lower())
    wizard.go_on()
    assert page.step() is SetupStep.OFFER
    assert page.offer.words()[0] == "Alalak Selatan"
    assert page.offer.words()[3] == "A"
    assert ask(wizard.desk)[0] is None
    wizard.go_on()
    assert page.step() is SetupStep.OFFICER
    wizard.first_officer("Norhasanah")
    wizard.go_on()
    assert page.step() is SetupStep.RECOVERY
    assert wizard.enrolled == 0
    code = page.recovery.words()
    assert wizard.work(lambda: vault(wizard.desk).unlock_with_code(code)).raw == wizard.desk.store.key.raw
    wizard.keep_code()
    assert wizard.enrolled == 1
    identity, officer = ask(wizard.desk)
    assert getattr(identity, "office", "") == OFFICE
    assert officer == "Norhasanah"
    assert not wizard.desk.store.config.key_file.exists()


def test_a_desk_of_before_names_its_first_officer_by_keyboard_alone(
    blank: Desk, theme: Theme, tasks: Tasks, qtbot: QtBot
) -> None:
    wizard = Wizard(SetupPage(theme, tasks, blank, identity=identity_of()), blank, qtbot)
    page = wizard.page
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    assert page.step() is SetupStep.OFFICER
    assert not page.go_back()
    assert not page.back_button.isVisible()
    for text in ("Norhasanah", PIN, OTHER_PIN):
        QTest.keyClicks(QApplication.focusWidget(), text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "tidak sama" in page.officer.pin.messages()[1]
    QTest.keyClicks(QApplication.focusWidget(), PIN)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step() is SetupStep.RECOVERY)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wizard.enrolled == 0
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.enrolled == 1)
    assert page.recovery.words() == ""
    assert [one.name for one in wizard.work(lambda: everybody(blank))] == ["Norhasanah"]


def test_a_pin_that_everybody_guesses_is_refused_where_it_is(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "F"))
    wizard.go_on()
    wizard.go_on()
    wizard.first_officer("Norhasanah", "123456")
    wizard.go_on()
    assert page.step() is SetupStep.OFFICER
    assert "mudah ditebak" in page.officer.pin.messages()[0]
    assert ask(wizard.desk)[0] is None


def test_the_code_is_printed_where_somebody_prints(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    papers: list[Paper] = []
    page.paper_wanted.connect(papers.append)
    page.offer_print()
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "G"))
    wizard.go_on()
    wizard.go_on()
    wizard.first_officer("Norhasanah")
    wizard.go_on()
    assert page.recovery.print_button.isVisible()
    page.recovery.print_button.click()
    wizard.qtbot.waitUntil(lambda: len(papers) == 1)
    assert papers[0].kind is PaperKind.RECOVERY
    page.recovery.copy_button.click()
    assert QGuiApplication.clipboard().text() == page.recovery.words()


def test_going_back_keeps_what_was_typed(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    code = centre.enrol_code(OFFICE, "B")
    wizard.write(page.code.code.editor, code)
    wizard.go_on()
    wizard.go_on()
    wizard.write(page.officer.officer.editor, "Norhasanah")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.step() is SetupStep.OFFER
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.step() is SetupStep.CODE
    assert page.code.answers() == (centre.url, code)
    assert not page.go_back()
    wizard.go_on()
    wizard.go_on()
    assert page.officer.name() == "Norhasanah"


def test_a_wrong_code_is_told_in_a_sentence_and_can_be_mended(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    wizard.write(page.code.code.editor, "SALAH-SALAH-1")
    wizard.go_on()
    assert page.step() is SetupStep.CODE
    assert page.banner.isVisible()
    assert page.banner.words().startswith("Ditolak server kota.")
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "C"))
    wizard.go_on()
    assert page.step() is SetupStep.OFFER
    assert page.banner.isHidden()


def test_without_a_network_it_says_so_and_nothing_is_written(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("http://127.0.0.1:1")
    wizard.write(wizard.page.code.code.editor, "ABCD-EFGH")
    wizard.go_on()
    assert wizard.page.banner.words().startswith("Jaringan terputus.")
    assert ask(wizard.desk)[0] is None


def test_an_address_without_encryption_is_refused(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("http://lapor.example")
    wizard.write(wizard.page.code.code.editor, "ABCD-EFGH")
    wizard.go_on()
    assert "https" in wizard.page.banner.words()


def test_empty_fields_are_asked_for_where_they_are(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("")
    page = wizard.page
    page.go_on()
    assert not page.enrolling.busy()
    assert "alamat server" in page.code.server.message()
    assert "kode pendaftaran" in page.code.code.message()
    assert page.code.server.editor.hasFocus()


def test_enter_goes_from_the_address_to_the_code(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("")
    page = wizard.page
    QTest.keyClicks(page.code.server.editor, "http://127.0.0.1:1")
    QTest.keyClick(page.code.server.editor, Qt.Key.Key_Return)
    assert page.code.code.editor.hasFocus()
    assert page.code.code.message() == page.code.code._help


def test_an_answer_that_is_no_longer_awaited_changes_nothing(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "D"))
    page.go_on()
    assert page.enrolling.busy()
    page.progress.cancel_button().click()
    assert not page.enrolling.busy()
    wizard.qtbot.waitUntil(page.enrolling._tasks.idle)
    assert page.step() is SetupStep.CODE
    assert page.banner.isHidden()
    wizard.go_on()
    assert page.step() is SetupStep.OFFER


def test_a_server_that_says_nothing_keeps_nobody_waiting(make_wizard: MakeWizard, centre: Central) -> None:
    server = SilentServer()
    wizard = make_wizard(f"http://{server.address}")
    page = wizard.page
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "E"))
    page.go_on()
    wizard.qtbot.waitUntil(server.reached.is_set)
    page.progress.cancel_button().click()
    wizard.qtbot.waitUntil(page.enrolling._tasks.idle)  # the worker is free, and the server still has not said a word
    assert server.hung_up.wait(10)
    server.close()
    wizard.write(page.code.server.editor, centre.url)
    wizard.go_on()
    assert page.step() is SetupStep.OFFER


def test_the_form_keeps_its_room_and_the_cloth_gives_way(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("")
    for width, words, band in ((1366, True, True), (800, False, True), (600, False, False)):
        wizard.page.resize(width, 696)
        assert (wizard.page.side._words.isVisible(), wizard.page.side._band.isVisible()) == (words, band)


def test_the_demo_is_offered_at_the_first_step_only(make_wizard: MakeWizard, centre: Central) -> None:
    wizard = make_wizard(centre.url)
    page = wizard.page
    assert page.others.demo.isHidden()
    page.others.offer(page.others.demo)
    assert page.others.demo.isVisible()
    page.others.demo.setFocus()
    with wizard.qtbot.waitSignal(page.demo_wanted):
        QTest.keyClick(page.others.demo, Qt.Key.Key_Return)
    wizard.write(page.code.code.editor, centre.enrol_code(OFFICE, "Z"))
    wizard.go_on()
    assert page.step() is SetupStep.OFFER
    assert page.others.demo.isHidden()
    page.go_back()
    assert page.others.demo.isVisible()


def test_f1_opens_the_chapter_of_the_first_start(make_wizard: MakeWizard) -> None:
    page = make_wizard("http://127.0.0.1:9").page
    QTest.keyClick(page.code.code.editor, Qt.Key.Key_F1)
    (dialog,) = page.findChildren(HelpDialog)
    assert dialog.isVisible()
    assert dialog.panel.chapter() == "mulai"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_proxy_can_be_set_before_the_desk_is_enrolled(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("http://127.0.0.1:9")
    page = wizard.page
    page.others.network.setFocus()
    QTest.keyClick(page.others.network, Qt.Key.Key_Return)
    (dialog,) = page.findChildren(NetworkDialog)
    wizard.qtbot.waitUntil(lambda: dialog.proxy.choice.value() == "system")
    dialog.proxy.choice.buttons()[2].click()
    QTest.keyClicks(dialog.proxy.address, "proxy.kota:8080")
    QTest.keyClick(dialog.proxy.address, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wizard.qtbot.waitUntil(lambda: dialog.said.text() == "Proxy disimpan.")
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(network, wizard.desk).result().proxy
    assert kept is not None
    assert kept.url == "http://proxy.kota:8080"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_first_step_fits_the_lowest_screen_with_the_sample_on_offer(make_wizard: MakeWizard) -> None:
    page = make_wizard("").page
    page.others.offer(page.others.demo)
    page.others.offer(page.others.restore)
    page.resize(1366, 696)
    QApplication.processEvents()
    assert page.others.demo.isVisible()
    assert page.others.restore.isVisible()
    assert page.others.restore.width() >= page.others.restore.sizeHint().width()
    assert page.room.verticalScrollBar().maximum() == 0
    assert page.room.horizontalScrollBar().maximum() == 0


def test_an_enrolment_file_fills_the_first_step_and_says_what_it_is(
    make_wizard: MakeWizard, centre: Central, tmp_path: Path
) -> None:
    file, authority = tmp_path / "loket.pendaftaran", Authority(tmp_path, "Kota-Banjarmasin").file
    ask = ("enrol-code", "--office", OFFICE, "--desk", "H", "--file", str(file), "--server", centre.url)
    said = json.loads(centre.cli(*ask, "--authority", str(authority)).stdout)
    wizard = make_wizard("")
    page = wizard.page
    page.code.files.choose = lambda _parent: file
    page.code.files.button.click()
    wizard.qtbot.waitUntil(lambda: page.code.files.file is not None)
    told = page.code.files.told.text()
    assert "Alalak Selatan, loket H" in told
    assert "Kota-Banjarmasin" in told
    assert said["fingerprint"] in told
    assert page.next_button.hasFocus()
    assert wizard.work(lambda: network(wizard.desk)).authority == ""  # nothing is used before somebody says so
    wizard.go_on()
    assert page.step() is SetupStep.OFFER
    assert wizard.work(lambda: network(wizard.desk)).authority.startswith("-----BEGIN CERTIFICATE")
    wizard.go_on()
    wizard.first_officer("Norhasanah")
    wizard.go_on()
    assert page.step() is SetupStep.RECOVERY


def drop(page: SetupPage, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # one version of Qt wants a QPoint, the next a QPointF
        enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
    QApplication.sendEvent(page.room.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page.room.viewport(), QDropEvent(QPointF(50, 50), copy, mime, left, none))


def test_a_file_is_dropped_and_forgotten_when_something_else_is_typed(
    make_wizard: MakeWizard, centre: Central, tmp_path: Path
) -> None:
    file = tmp_path / "loket.pendaftaran"
    centre.cli("enrol-code", "--office", OFFICE, "--desk", "I", "--file", str(file), "--server", centre.url)
    wizard = make_wizard("")
    page = wizard.page
    drop(page, file)
    wizard.qtbot.waitUntil(lambda: page.code.files.file is not None)
    assert page.code.answers()[0] == centre.url
    wizard.write(page.code.code.editor, "ABCD-EFGH-JKMN")
    assert page.code.files.file is None
    assert not page.code.files.told.isVisible()
    file.write_text("{}")
    drop(page, file)
    wizard.qtbot.waitUntil(page.banner.isVisible)
    assert "bukan berkas pendaftaran" in page.banner.words()
    assert page.code.answers()[1] == "ABCD-EFGH-JKMN"


def test_without_a_network_a_file_says_what_is_still_needed(make_wizard: MakeWizard) -> None:
    wizard = make_wizard("")
    page = wizard.page
    page.enrolling.file_read.emit(
        EnrolFile(
            server="http://127.0.0.1:1",
            code="ABCD-EFGH-JKMN",
            city="Banjarmasin",
            office=OFFICE,
            office_name="Alalak Selatan",
            district="Banjarmasin Utara",
            desk="J",
            expires_at="2026-08-06T02:32:00Z",
            server_signing_key="",
            server_sealing_key="",
        )
    )
    wizard.go_on()
    assert "Berkasnya terbaca. Untuk pendaftarannya sambungkan jaringan" in page.banner.words()
    assert page.step() is SetupStep.CODE
