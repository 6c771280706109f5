"""The officers' list in the settings: by an admin all of it, by others only the own PIN."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from kelurahan_client.domain.roles import Role
from kelurahan_client.services import officers, signing_in
from kelurahan_client.services.paper import Paper
from tests.officers_at_work import OTHER_PIN, PIN
from tests.ui.sign_in.conftest import AtWork
from ui.sign_in.officer_form import Work
from ui.sign_in.officers_panel import OfficersPanel

MakePanel = Callable[[], OfficersPanel]


@pytest.fixture
def make_panel(at_work: AtWork) -> MakePanel:
    def make() -> OfficersPanel:
        panel = OfficersPanel(at_work.theme, at_work.tasks, at_work.desk, at_work.notify)
        at_work.notify = lambda text, undo=None: at_work.said.append((text, undo))  # type: ignore[method-assign]
        panel._notify = at_work.notify
        at_work.show(panel, 720, 800)
        panel.activate()
        at_work.settle()
        return panel

    return make


def names(at_work: AtWork) -> list[tuple[str, Role]]:
    return [(one.name, one.role) for one in at_work.work(lambda: officers.everybody(at_work.desk))]


def press(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_an_admin_adds_somebody_by_keyboard(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.add_button.setFocus()
    QTest.keyClick(panel.add_button, Qt.Key.Key_Return)
    assert panel.form.editor.hasFocus()
    QTest.keyClicks(panel.form.editor, "Ahmad Rifani, S.Sos")
    QTest.keyClick(panel.form.editor, Qt.Key.Key_Tab)
    assert panel.form.combo.hasFocus()
    QTest.keyClick(panel.form.combo, Qt.Key.Key_Down)
    assert "disposisi" in panel.form.role.message()
    QTest.keyClick(panel.form.combo, Qt.Key.Key_Tab)
    press("481516")
    press("481516")
    at_work.settle()
    assert ("Ahmad Rifani, S.Sos", Role.VERIFIER) in names(at_work)
    assert panel.form.isHidden()
    assert at_work.said[-1][0] == "Petugas ditambahkan."
    ahmad = at_work.work(lambda: officers.everybody(at_work.desk))[-1].id
    at_work.work(lambda: signing_in.sign_in(at_work.desk, ahmad, "481516"))


def test_what_will_not_do_is_told_where_it_is(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.add_button.click()
    panel.form.submit()
    assert "Tulis nama" in panel.form.name.message()
    panel.form.editor.setText("muhammad yusuf")
    for edit in (panel.form.pin.first, panel.form.pin.second):
        QTest.keyClicks(edit, "481516")
    panel.form.submit()
    at_work.settle()
    assert "Sudah ada petugas" in panel.form.name.message()
    assert panel.form.pin.pin() == "481516"
    QTest.keyClick(panel.form.editor, Qt.Key.Key_Escape)
    assert panel.form.isHidden()
    assert panel.form.pin.pin() == ""


def test_name_role_pin_and_end(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    yusuf = at_work.work(lambda: officers.everybody(at_work.desk))[1].id
    panel.rows.asked.emit(Work.CHANGE, yusuf)
    panel.form.editor.setText("M. Yusuf, S.AP")
    panel.form.combo.set_value(Role.HEAD.value)
    panel.form.submit()
    at_work.settle()
    assert names(at_work)[1] == ("M. Yusuf, S.AP", Role.HEAD)
    panel.rows.asked.emit(Work.NEW_PIN, yusuf)
    press("481516")
    press("481516")
    at_work.settle()
    assert at_work.said[-1][0] == "PIN diganti."
    at_work.work(lambda: signing_in.vault(at_work.desk).unlock(yusuf, "481516"))
    panel.rows.asked.emit(Work.RETIRE, yusuf)
    assert panel.form.cancel.hasFocus()  # Enter does not end somebody's work by accident
    panel.form.confirm.click()
    at_work.settle()
    assert [name for name, _role in names(at_work)] == ["Norhasanah"]


def test_the_last_admin_stays_one(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.rows.asked.emit(Work.CHANGE, panel._me())
    panel.form.combo.set_value(Role.CLERK.value)
    panel.form.submit()
    at_work.settle()
    assert "paling sedikit satu admin loket" in panel.banner.words()
    assert names(at_work)[0][1] is Role.ADMIN


def test_the_own_pin(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.own_button.click()
    assert panel.form.old.hasFocus()
    press(OTHER_PIN)
    press("481516")
    press("481516")
    at_work.settle()
    assert "PIN belum cocok" in panel.form._old_field.message()
    QTest.keyClicks(panel.form.old, PIN)
    panel.form.submit()
    at_work.settle()
    assert panel.form.isHidden()
    at_work.work(lambda: signing_in.sign_in(at_work.desk, panel._me(), "481516"))


def test_a_new_recovery_code_is_shown_printed_and_kept(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    papers: list[Paper] = []
    panel.paper_wanted.connect(papers.append)
    panel.offer_print()
    panel.code_button.click()
    at_work.settle()
    code = panel.code_view.words()
    assert at_work.work(lambda: signing_in.vault(at_work.desk).unlock_with_code(code)).raw
    panel.code_view.print_button.click()
    at_work.settle()
    assert code.split("-")[0] in papers[0].html
    panel.code_view.sure.click()
    panel.code_view.done_button.click()
    at_work.settle()
    assert panel.code_view.isHidden()
    assert panel.add_button.isVisible()


def test_a_clerk_changes_only_the_own_pin(at_work: AtWork, make_panel: MakePanel) -> None:
    yusuf = at_work.work(lambda: officers.everybody(at_work.desk))[1].id
    at_work.work(lambda: signing_in.sign_in(at_work.desk, yusuf, OTHER_PIN))
    panel = make_panel()
    assert not panel.add_button.isVisible()
    assert not panel.code_button.isVisible()
    assert panel.own_button.isVisible()
    assert not panel.minutes.isEnabled()
    assert panel.rows.findChildren(QToolButton) == []
    assert "admin loket" in panel._remark.text()


def test_the_minutes_of_the_lock(at_work: AtWork, make_panel: MakePanel) -> None:
    panel = make_panel()
    heard: list[bool] = []
    panel.changed.connect(lambda: heard.append(True))
    panel.minutes.set_value("5")
    panel.minutes.chosen.emit("5")
    at_work.settle()
    assert at_work.work(lambda: officers.lock_minutes(at_work.desk)) == 5
    assert heard == [True]
