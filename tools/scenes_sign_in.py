"""Masuk, the recovery code, the first officer, and the officers to manage: drawn by `tools.screens`."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kelurahan_client.domain.entry_errors import MustWait, WrongPin
from kelurahan_client.domain.pin import PinCost
from kelurahan_client.domain.roles import Role
from kelurahan_client.services import intake, officers, signing_in
from kelurahan_client.services.desk import Desk, find_identity
from tools.camera import SIZE, Camera, new_desk
from ui.session import Session
from ui.setup.page import SetupPage
from ui.sign_in.officer_form import Work
from ui.sign_in.officers_panel import OfficersPanel
from ui.sign_in.page import SignInPage
from ui.theme.icons import Icon

_CHEAP = PinCost(8, 1, 1)
_PIN = "271948"
_PEOPLE = (
    ("Ahmad Rifani, S.Sos", Role.VERIFIER),
    ("Muhammad Yusuf", Role.CLERK),
    ("H. Syahrani, S.AP", Role.HEAD),
)


def sign_in(camera: Camera) -> None:
    """The locked window in all its states."""
    desk, code = _guarded(camera, "sign-in", _PEOPLE)
    session = camera.session(desk)
    camera.settle()
    page = _lock(session)
    page.set_notes([("Norhasanah", "1 draf")])
    camera.shoot("masuk-kosong", session.window)
    QTest.keyClicks(page.pin_view.pin, "27")
    error = "PIN belum cocok. Masih 3 kali, lalu harus menunggu 30 detik."
    page.show_refused(WrongPin(error, tries_left=3))
    QTest.keyClicks(page.pin_view.pin, "27")
    camera.shoot("masuk", session.window)
    page.show_refused(MustWait("", seconds=300))
    camera.shoot("masuk-menunggu", session.window)
    page.pin_view.forgot_button.click()
    camera.shoot("masuk-lupa-pin-kosong", session.window)
    page.recovery.asked.editor.setText("ABCDE-12345-ABCDE-12345-ABCDE-12345")
    QTest.keyClicks(page.recovery.asked.pin.first, "123456")
    page.recovery.asked.go()
    camera.shoot("masuk-lupa-pin", session.window)
    page.offer_print(lambda _code: None)
    page.show_code(code)
    camera.shoot("masuk-kode-pemulihan", session.window)
    camera.end(session, desk)


def sign_in_many(camera: Camera) -> None:
    """More names than there is room for, one of them long; then at work again."""
    people = (
        *_PEOPLE,
        ("Drs. H. Muhammad Rahmadi Ariffin Noor Kurniawan, M.Si., M.Kom.", Role.CLERK),
        ("Ani", Role.CLERK),
    )
    desk, _code = _guarded(camera, "sign-in-many", people)
    session = camera.session(desk)
    camera.settle()
    page = _lock(session)
    QTest.keyClick(page, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_Down)
    page.set_notes([(people[3][0], "12 draf")])
    camera.shoot("masuk-banyak", session.window)
    page.pin_view.cards.choose(officers_id(desk))
    QTest.keyClicks(page.pin_view.pin, _PIN)
    QTest.keyClick(page.pin_view.pin, Qt.Key.Key_Return)
    camera.shoot("masuk-selesai", session.window)
    camera.end(session, desk)


def officers_panel(camera: Camera) -> None:
    """The officers as the settings show them: an admin's, with a form, and a clerk's."""
    desk, _code = _guarded(camera, "officers-panel", _PEOPLE)
    panel = OfficersPanel(camera.theme, camera.tasks, desk, lambda _text, _undo=None, _icon=Icon.RESOLVED: None)
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(*[camera.theme.px(24)] * 4)
    column.addWidget(panel)
    room.resize(camera.theme.px(768), camera.theme.px(700))
    room.show()
    panel.activate()
    camera.shoot("petugas", room)
    panel.add_button.click()
    panel.form.submit()
    camera.shoot("petugas-tambah", room)
    panel.rows.asked.emit(Work.RETIRE, officers.everybody(desk)[2].id)
    camera.shoot("petugas-berhenti", room)
    panel.form.dismiss()
    signing_in.sign_in(desk, officers.everybody(desk)[2].id, _PIN)
    panel.activate()
    camera.settle()
    panel.own_button.click()
    camera.shoot("petugas-pin-sendiri", room)
    room.close()
    desk.store.close()


def first_officer(camera: Camera) -> None:
    """A desk that was enrolled before there were officers."""
    desk = replace(new_desk(camera.folder("first-officer")), pin_cost=_CHEAP)
    page = SetupPage(camera.theme, camera.tasks, desk, identity=find_identity(desk))
    page.resize(*SIZE)
    page.show()
    camera.shoot("petugas-pertama-kosong", page)
    page.go_on()
    camera.shoot("petugas-pertama-kurang", page)
    QTest.keyClicks(page.officer.officer.editor, "Norhasanah")
    for edit in (page.officer.pin.first, page.officer.pin.second):
        QTest.keyClicks(edit, _PIN)
    camera.shoot("petugas-pertama", page)
    page.go_on()
    camera.shoot("petugas-pertama-kode", page)
    page.close()
    desk.store.close()


def _guarded(camera: Camera, name: str, people: tuple[tuple[str, Role], ...]) -> tuple[Desk, str]:
    desk = replace(camera.desk(name), pin_cost=_CHEAP)
    code = signing_in.create_first(desk, "Norhasanah", _PIN)
    signing_in.code_was_kept(desk)
    for person, role in people:
        officers.add(desk, person, role, _PIN)
    intake.save_draft(desk, {"statement": "Lampu"}, None)
    return desk, code


def officers_id(desk: Desk) -> str:
    """The first officer's id."""
    return officers.everybody(desk)[0].id


def _lock(session: Session) -> SignInPage:
    if session.lock is None:
        raise TypeError("no officers")
    session.lock.lock()
    page = session.lock.page
    if page is None:
        raise TypeError("not locked")
    return page
