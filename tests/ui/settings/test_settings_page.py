"""Pengaturan on a real desk: what is chosen is kept, and told."""

import base64
from collections.abc import Callable
from dataclasses import asdict
from datetime import time
from pathlib import Path
from typing import TypeVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kelurahan_client.config import Config
from kelurahan_client.domain.roles import Officer, Role
from kelurahan_client.errors import DiskFull
from kelurahan_client.services import attachments, backups, network, preferences, prints
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.paper import PaperKind, PaperSize
from kelurahan_client.services.preferences import ExchangeTimes
from kelurahan_client.store import attachments as rows
from kelurahan_client.store.engine import Store
from tests.desk_making import register
from tests.silent_server import SilentServer
from tests.ui.desk_window import DeskWindow
from tests.ui.printing.conftest import FakePrinters
from tools.central_process import Central
from ui.settings.about_section import AboutSection
from ui.settings.backup_section import BackupSection
from ui.settings.desk_section import DeskSection
from ui.settings.doctor_section import DoctorSection
from ui.settings.exchange_section import ExchangeSection
from ui.settings.look_section import LookSection
from ui.settings.network_section import NetworkSection
from ui.settings.officers_section import OfficersSection
from ui.settings.page import SettingsPage
from ui.settings.printer_section import PrinterSection
from ui.settings.section import Section
from ui.settings.sections import all_sections
from ui.widgets.field import FieldState
from ui.widgets.labels import TextLabel

S = TypeVar("S", bound=Section)


def settings(window: DeskWindow, section: str = "", width: int = 1166) -> SettingsPage:
    page = SettingsPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page, width)
    page.activate(section=section)
    window.settle()
    return page


def front(page: SettingsPage, kind: type[S]) -> S:
    section = page.section(page.current_section())
    assert isinstance(section, kind)
    return section


def words(window: DeskWindow) -> list[str]:
    return [text for text, _undo in window.said]


def press(widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(widget, key, modifier)


def test_arrows_walk_through_the_sections(window: DeskWindow) -> None:
    page = settings(window)
    assert page.current_section() == "desk"
    seen = [page.current_section()]
    for _ in all_sections(page):
        press(page.focusWidget(), Qt.Key.Key_Down)
        window.settle()
        seen.append(page.current_section())
    assert [key for key in seen if key != "officers"] == [
        "desk",
        "audit",
        "printer",
        "network",
        "exchange",
        "backup",
        "look",
        "doctor",
        "about",
        "desk",
    ]


def test_a_narrow_window_chooses_the_section_above(window: DeskWindow) -> None:
    page = settings(window, width=620)
    assert page.list.isHidden()
    assert page.combo.isVisibleTo(page)
    press(page.combo, Qt.Key.Key_Down)
    window.settle()
    assert page.current_section() == "officers"


def test_whoever_was_at_the_list_is_at_the_choice_when_the_window_grows_narrow(window: DeskWindow) -> None:
    page = settings(window)
    assert page.list.isAncestorOf(page.focusWidget())
    window.rooms[-1].resize(620, 640)
    window.settle()
    assert page.focusWidget() is page.combo
    window.rooms[-1].resize(1166, 640)
    window.settle()
    assert page.list.isAncestorOf(page.focusWidget())


def test_an_unknown_section_is_the_first(window: DeskWindow) -> None:
    assert settings(window, "tidak ada").current_section() == "desk"


def test_who_this_desk_is(window: DeskWindow, config: Config) -> None:
    section = front(settings(window, "desk"), DeskSection)
    assert section.facts.values() == ["Alalak Selatan", "Banjarmasin Utara", "A", "http://127.0.0.1:9"]
    assert section.place.values()[0] == str(config.data_dir)
    assert not section.demo.isVisibleTo(section)


def test_the_key_that_is_behind_a_pin_is_told_in_words(window: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "key_place", "pin+file")
    section = front(settings(window, "desk"), DeskSection)
    assert section.place.values()[1].startswith("terbuka dengan PIN petugas dan kunci komputer, yang disimpan dalam")


def test_a_desk_is_enrolled_again(window: DeskWindow, central_factory: Callable[[str], Central]) -> None:
    central = central_factory("sqlite")
    central.start()
    key = Ed25519PrivateKey.from_private_bytes(central.centre.identity.signing_key).public_key().public_bytes_raw()
    known = window.work(lambda: _identity_at(window, "http://127.0.0.1:9"))
    window.keep("identity", known | {"server_signing_key": base64.b64encode(key).decode()})
    section = front(settings(window, "desk"), DeskSection)
    card = section.again
    assert card.isVisibleTo(section)
    assert card.server.text() == "http://127.0.0.1:9"
    card.button.click()
    window.settle()
    assert "tidak lengkap" in card.banner.words()
    card.server.clear()
    QTest.keyClicks(card.server, central.url)
    QTest.keyClicks(card.code, central.enrol_code(known["office"], "C").lower())
    press(card.code, Qt.Key.Key_Return)
    window.settle()
    assert card.result.text() == "Terdaftar lagi: Kelurahan Alalak Selatan, loket C. Tekan F9 untuk mengirim."
    assert section.facts.values()[2:] == ["C", central.url]
    assert (card.code.text(), card.banner.isVisibleTo(card), card.button.isEnabled()) == ("", False, True)


def test_the_size_of_receipts(window: DeskWindow) -> None:
    section = front(settings(window, "printer"), PrinterSection)
    assert section.choice.value() == "A5"
    section.choice.buttons()[2].click()
    window.settle()
    assert window.work(lambda: prints.receipt_size(window.desk)) is PaperSize.ROLL_80
    assert words(window) == ["Tanda terima dicetak pada gulungan 80 mm."]


def test_the_printers_that_are_remembered(window: DeskWindow) -> None:
    receipt, report = (PaperKind.RECEIPT, PaperSize.A5), (PaperKind.REPORT, PaperSize.A4)
    roll = (PaperKind.RECEIPT, PaperSize.ROLL_80)

    def print_some() -> None:
        prints.keep_printer(window.desk, *receipt, "Kantor")
        prints.keep_printer(window.desk, *roll, "Struk lama")

    window.work(print_some)
    card = front(settings(window, "printer"), PrinterSection).printers
    card.printers = FakePrinters(["Kantor", "Lurah"])
    card.activate()
    window.settle()
    assert card.choices[receipt].currentText() == "Kantor"
    assert card.choices[roll].currentText() == "Struk lama (tidak terpasang)"
    assert card.choices[report].currentText() == "Dipilih ketika mencetak"
    assert card.state.text() == ""
    for place, row in ((report, 2), (receipt, 0)):
        card.choices[place].setCurrentIndex(row)
        card.choices[place].activated.emit(row)
        window.settle()
    assert window.work(lambda: prints.printers(window.desk)) == {roll: "Struk lama", report: "Lurah"}
    assert words(window) == ["Laporan, A4: Lurah.", "Tanda terima, A5: dipilih ketika mencetak."]
    card.printers = FakePrinters([])
    card.activate()
    window.settle()
    assert card.state.text() == "Komputer ini belum punya pencetak."


def test_times_of_the_exchange_by_keyboard(window: DeskWindow) -> None:
    page = settings(window, "exchange")
    told: list[bool] = []
    page.times_changed.connect(lambda: told.append(True))
    section = front(page, ExchangeSection)
    section.minutes.setFocus()
    press(section.minutes, Qt.Key.Key_Down)
    press(section.minutes, Qt.Key.Key_Tab)
    assert section.at.hasFocus()
    QTest.keyClicks(section.at, "15.30 8")
    press(section.at, Qt.Key.Key_S, ctrl=True)
    window.settle()
    kept = window.work(lambda: preferences.exchange_times(window.desk))
    assert kept == ExchangeTimes(10, (time(8), time(15, 30)))
    assert section.at.text() == "08.00, 15.30"
    assert told == [True]
    assert words(window) == ["Bertukar setiap 10 menit dan pada jam 08.00, 15.30."]


def test_only_by_hand(window: DeskWindow) -> None:
    section = front(settings(window, "exchange"), ExchangeSection)
    section.automatic.setChecked(False)
    assert not section.minutes.isEnabled()
    section.save()
    window.settle()
    assert window.work(lambda: preferences.exchange_times(window.desk)) == ExchangeTimes(0)
    assert words(window) == ["Hanya bertukar ketika F9 ditekan."]


def test_a_time_that_cannot_be_read_stays_and_is_explained(window: DeskWindow) -> None:
    section = front(settings(window, "exchange"), ExchangeSection)
    QTest.keyClicks(section.at, "jam delapan")
    press(section.at, Qt.Key.Key_Return)
    window.settle()
    assert section.at_field.state() is FieldState.ERROR
    assert "Tulis seperti 08.00" in section.at_field.message()
    assert section.at.text() == "jam delapan"
    assert words(window) == []


def test_a_proxy_with_a_password_that_is_never_shown(window: DeskWindow) -> None:
    page = settings(window, "network")
    proxy = front(page, NetworkSection).proxy
    assert not proxy.address.isVisibleTo(page)
    proxy.choice.buttons()[2].click()
    assert proxy.address.isVisibleTo(page)
    proxy.address.setFocus()
    for editor, text in ((proxy.address, "proxy.kota:8080"), (proxy.user, "loket a"), (proxy.password, "r@has/ia")):
        QTest.keyClicks(editor, text)
    press(proxy.password, Qt.Key.Key_Return)
    window.settle()
    kept = window.work(lambda: network.network(window.desk)).proxy
    assert kept is not None
    assert (kept.url, kept.user, kept.password) == ("http://proxy.kota:8080", "loket a", "r@has/ia")
    assert proxy.password.text() == ""
    assert proxy.password.placeholderText()

    QTest.keyClicks(proxy.password, "")
    proxy.save()
    window.settle()
    assert window.work(lambda: network.network(window.desk)).proxy == kept

    proxy.address.clear()
    QTest.keyClicks(proxy.address, "lain.kota:3128")
    proxy.save()
    window.settle()
    changed = window.work(lambda: network.network(window.desk)).proxy
    assert changed is not None
    assert changed.password == ""  # the password of one proxy is not shown to another


def test_no_proxy_and_the_systems(window: DeskWindow) -> None:
    proxy = front(settings(window, "network"), NetworkSection).proxy
    proxy.choice.buttons()[1].click()
    proxy.save_button.click()
    window.settle()
    assert window.work(lambda: network.network(window.desk)).direct
    proxy.choice.buttons()[0].click()
    proxy.save_button.click()
    window.settle()
    assert not window.work(lambda: network.network(window.desk)).direct


def test_a_proxy_that_cannot_be_read_stays_in_the_field(window: DeskWindow) -> None:
    proxy = front(settings(window, "network"), NetworkSection).proxy
    proxy.choice.buttons()[2].click()
    QTest.keyClicks(proxy.address, "proxy kota")
    proxy.save()
    window.settle()
    assert proxy.address_field.state() is FieldState.ERROR
    assert proxy.address.text() == "proxy kota"
    assert proxy.address.hasFocus()


def test_whoever_may_not_change_a_setting_reads_who_may(window: DeskWindow) -> None:
    window.desk.store.at_work = Officer("Udin", id="u", duty=Role.CLERK)
    page = settings(window, "network")
    section = front(page, NetworkSection)
    assert [card.isEnabled() for card in (section.proxy, section.certificate, section.probe)] == [False, False, True]
    told = [label.text() for label in section.findChildren(TextLabel) if label.isVisible()]
    assert told.count("Diatur oleh admin loket.") == 2
    section.save()  # Ctrl+S too
    window.settle()
    assert words(window) == []
    page.activate(section="backup")
    backup = front(page, BackupSection)
    assert (backup.make.isEnabled(), backup.restore.isEnabled()) == (True, False)
    window.desk.store.at_work = Officer("Norhasanah", id="n", duty=Role.ADMIN)
    page.officer_changed()
    assert section.proxy.isEnabled()
    assert backup.restore.isEnabled()


def test_what_is_refused_where_no_field_shows_is_said_all_the_same(
    window: DeskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_desk: Desk) -> None:
        raise DiskFull("Disk penuh.", way_out="Kosongkan disk.")

    proxy = front(settings(window, "network"), NetworkSection).proxy
    proxy.choice.buttons()[1].click()
    monkeypatch.setattr(network, "use_no_proxy", refuse)
    proxy.save_button.click()
    window.settle()
    assert words(window) == ["Disk penuh. Kosongkan disk."]


def test_a_file_that_is_no_certificate(window: DeskWindow, tmp_path: Path) -> None:
    card = front(settings(window, "network"), NetworkSection).certificate
    file = tmp_path / "sertifikat.pem"
    file.write_text("bukan")
    card.choose = lambda _parent: file
    card.install.click()
    window.settle()
    assert card.banner.isVisibleTo(card)
    assert "bukan sertifikat PEM" in card.banner.words()


def test_nobody_answers_the_trial(window: DeskWindow) -> None:
    probe = front(settings(window, "network"), NetworkSection).probe
    probe.button.click()
    assert not probe.button.isEnabled()
    window.settle()
    assert probe.banner.isVisibleTo(probe)
    assert "tidak terjangkau" in probe.banner.words()
    assert probe.button.isEnabled()


def test_a_trial_that_hangs_is_stopped(window: DeskWindow) -> None:
    server = SilentServer()
    window.keep("identity", window.work(lambda: _identity_at(window, f"http://{server.address}")))
    probe = front(settings(window, "network"), NetworkSection).probe
    probe.button.click()
    window.qtbot.waitUntil(server.reached.is_set)
    probe.progress.cancel_button().click()
    window.settle()
    window.qtbot.waitUntil(server.hung_up.is_set)
    server.close()
    assert probe.result.text() == "Uji sambungan dihentikan."


def test_a_backup_and_the_way_back(window: DeskWindow, tmp_path: Path) -> None:
    window.work(lambda: register(window.desk))
    page = settings(window, "backup")
    section = front(page, BackupSection)
    assert section.last.text() == "Belum pernah dibuat di komputer ini."
    section.choose = lambda *_asked: tmp_path / "usb"
    section.make.setFocus()
    section.make.click()
    assert section.progress.hasFocus()  # on Batalkan
    assert not page.may_close()
    assert "Batalkan" in section.result.text()
    window.settle()
    assert section.make.hasFocus()
    assert page.may_close()
    (folder,) = (tmp_path / "usb").iterdir()
    assert section.result.text().startswith(f"Cadangan tersimpan dan terbaca kembali: {folder.name}")
    assert "3 Agustus 2026, 10.32 WITA" in section.last.text()

    section.choose = lambda *_asked: folder
    section.restore.click()
    window.settle()
    assert window.work(lambda: backups.waiting(window.desk))
    assert section.waiting.isVisibleTo(section)
    section.keep.click()
    window.settle()
    assert not window.work(lambda: backups.waiting(window.desk))
    assert not section.waiting.isVisibleTo(section)
    assert words(window) == ["Data yang sekarang tetap dipakai."]


def test_a_folder_that_is_no_backup_is_said(window: DeskWindow, tmp_path: Path) -> None:
    section = front(settings(window, "backup"), BackupSection)
    section.choose = lambda *_asked: tmp_path
    section.restore.click()
    window.settle()
    assert section.banner.isVisibleTo(section)
    assert "tidak ada cadangan" in section.banner.words()
    section.choose = lambda *_asked: None
    section.make.click()
    window.settle()
    assert list(tmp_path.glob("Cadangan*")) == []


def test_files_that_the_city_has_too_leave_the_machine(window: DeskWindow) -> None:
    made = window.work(lambda: register(window.desk))
    item = window.work(lambda: attachments.attach_content(window.desk, made.id, "a.pdf", b"%PDF-1.4 %%EOF"))
    doctor = front(settings(window, "doctor"), DoctorSection)
    space = doctor.space
    assert not space.button.isEnabled()
    assert "Tidak ada lampiran yang dapat dilepas" in space.state.text()

    def arrived() -> None:
        with window.desk.store.write() as transaction:
            rows.receive(transaction, item, 2, "2026-08-03T03:00:00Z")

    window.work(arrived)
    space.activate()
    window.settle()
    assert space.state.text().startswith("1 lampiran (")
    space.button.setFocus()
    space.button.click()
    window.settle()
    assert words(window)[-1].startswith("1 lampiran dilepas")
    assert doctor.again.hasFocus()
    assert not space.button.isEnabled()
    assert not window.desk.store.blob_files.has(item.sha256, item.size)


def test_the_report_is_copied(window: DeskWindow) -> None:
    section = front(settings(window, "doctor"), DoctorSection)
    assert section.facts.values()[0] == "0"
    section.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Lapor Kelurahan ")
    assert words(window) == ["Laporan disalin. Tempelkan ke pesan untuk admin kota."]


def test_what_is_wrong_stands_first(window: DeskWindow) -> None:
    def break_it() -> None:
        with window.desk.store.write() as transaction:
            transaction.connection.exec_driver_sql("DELETE FROM meta WHERE name = 'identity'")

    window.work(break_it)
    section = front(settings(window, "doctor"), DoctorSection)
    assert "Loket belum terdaftar" in section.verdict.text()


def test_another_look_is_asked_for(window: DeskWindow) -> None:
    page = settings(window, "look")
    section = front(page, LookSection)
    modes: list[str] = []
    scales: list[int] = []
    page.mode_chosen.connect(modes.append)
    page.scale_chosen.connect(scales.append)
    languages: list[str] = []
    page.language_chosen.connect(languages.append)
    assert (section.mode.value(), section.scale.value()) == ("light", "100")
    section.mode.buttons()[2].click()
    section.scale.buttons()[4].click()
    assert (modes, scales) == (["dark"], [150])
    assert section.language.value() == "id"
    section.language.buttons()[1].click()
    assert languages == ["en"]
    section.activate()
    assert section.language.value() == "en", "what was chosen for the next start stays chosen"


def test_every_library_is_named_with_its_version(window: DeskWindow) -> None:
    section = front(settings(window, "about"), AboutSection)
    assert section.facts.values()[0] == "Lapor Kelurahan"
    assert not any(value.startswith("–") for value in section.libraries.values())


@pytest.mark.parametrize(
    "section", ["desk", "officers", "printer", "network", "exchange", "backup", "look", "doctor", "about"]
)
def test_every_section_may_be_left(window: DeskWindow, section: str) -> None:
    assert settings(window, section).may_close()


def _identity_at(window: DeskWindow, url: str) -> dict[str, object]:
    found = find_identity(window.desk)
    assert found is not None
    return asdict(found) | {"server_url": url}


def test_what_the_officers_panel_says_the_page_says(window: DeskWindow) -> None:
    page = settings(window, "officers")
    section = front(page, OfficersSection)
    papers: list[object] = []
    page.paper_wanted.connect(papers.append)
    with window.qtbot.waitSignal(page.officers_changed):
        section.panel.changed.emit()
    section.panel.paper_wanted.emit("kode")
    assert papers == ["kode"]
