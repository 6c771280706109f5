"""The locked window: what is half typed stays, nothing reaches it, and whoever signs in stands behind what follows."""

import time

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from kelurahan_client.services import intake, lists, officers
from kelurahan_client.services.desk import current_officer
from kelurahan_client.store import settings
from tests.desk_making import register
from tests.officers_at_work import OTHER_PIN, PIN
from tests.ui.sign_in.conftest import AtWork
from ui.intake.page import IntakePage

CTRL = Qt.KeyboardModifier.ControlModifier


def type_pin(at_work: AtWork, pin: str) -> None:
    """As a person would: into whatever has the cursor."""
    QTest.keyClicks(QApplication.focusWidget(), pin)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at_work.settle()


def half_typed(at_work: AtWork) -> IntakePage:
    at_work.session.window.show_page("intake")
    at_work.settle()
    page = at_work.session.window.pages.page("intake")
    assert isinstance(page, IntakePage)
    page.form.focus_field("statement")
    QTest.keyClicks(QApplication.focusWidget(), "Lampu padam di muka")
    return page


def test_ctrl_l_locks_and_the_pin_opens_by_keyboard_alone(at_work: AtWork) -> None:
    window = at_work.session.window
    assert window.top_bar.lock_button.isVisible()
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    assert at_work.locked()
    assert at_work.page.pin_view.pin.hasFocus()
    assert at_work.page.pin_view.pin.accessibleName() == "PIN Norhasanah"
    type_pin(at_work, OTHER_PIN)
    assert at_work.locked()
    assert "Masih 4 kali" in at_work.page.pin_view.message()
    assert at_work.page.pin_view.pin.text() == ""
    type_pin(at_work, PIN)
    assert not at_work.locked()
    assert window.pages.current() == "home"


def test_ctrl_l_locks_in_the_middle_of_a_form_too(at_work: AtWork) -> None:
    half_typed(at_work)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_L, CTRL)
    assert at_work.locked()


def test_what_is_half_typed_is_kept_and_the_cursor_comes_back(at_work: AtWork) -> None:
    page = half_typed(at_work)
    editor = QApplication.focusWidget()
    at_work.session.lock.lock()
    at_work.settle()
    drafts = at_work.work(lambda: intake.open_drafts(at_work.desk))
    assert [draft.fields["statement"] for draft in drafts] == ["Lampu padam di muka"]
    assert at_work.page.pin_view.cards.people()[0].note == "1 draf"
    type_pin(at_work, PIN)
    assert at_work.session.window.pages.current() == "intake"
    assert page.form.state().statement == "Lampu padam di muka"
    assert QApplication.focusWidget() is editor
    QTest.keyClicks(editor, " langgar")
    at_work.qtbot.waitUntil(
        lambda: (
            [draft.fields["statement"] for draft in at_work.work(lambda: intake.open_drafts(at_work.desk))]
            == ["Lampu padam di muka langgar"]
        )
    )


def test_another_officer_takes_over_and_the_draft_stays_the_firsts(at_work: AtWork) -> None:
    page = half_typed(at_work)
    at_work.session.lock.lock()
    at_work.settle()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert at_work.page.pin_view.pin.accessibleName() == "PIN Muhammad Yusuf"
    type_pin(at_work, OTHER_PIN)
    assert not at_work.locked()
    assert at_work.session.window.top_bar.words()[2:] == ("Muhammad Yusuf", "Petugas loket")
    assert at_work.work(lambda: current_officer(at_work.desk)).name == "Muhammad Yusuf"
    assert page.form.state().is_empty()
    (draft,) = at_work.work(lambda: intake.open_drafts(at_work.desk))
    assert (draft.officer, draft.fields["statement"]) == ("Norhasanah", "Lampu padam di muka")


def test_no_key_reaches_what_is_covered(at_work: AtWork) -> None:
    window = at_work.session.window
    at_work.session.lock.lock()
    for key, modifier in (
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_2, CTRL),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(window, key, modifier)
    at_work.settle()
    assert at_work.locked()
    assert window.pages.current() == "home"
    assert not at_work.session.work.exchanging.is_sending
    assert QApplication.activeModalWidget() is None
    assert not window.rail.isVisible()
    type_pin(at_work, PIN)
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    at_work.settle()
    assert window.pages.current() == "intake"


def test_the_exchange_goes_on_below(at_work: AtWork) -> None:
    at_work.work(lambda: register(at_work.desk))
    at_work.session.exchange()
    at_work.session.lock.lock()
    at_work.qtbot.waitUntil(lambda: not at_work.session.work.exchanging.is_sending)
    at_work.settle()
    assert at_work.locked()
    assert at_work.work(lambda: lists.state(at_work.desk)).last_failure is not None  # it tried, and nobody answered


def test_menus_are_closed(at_work: AtWork) -> None:
    menu = QMenu(at_work.session.window)
    menu.addAction("satu")
    menu.popup(at_work.session.window.mapToGlobal(at_work.session.window.rect().center()))
    at_work.session.lock.lock()
    assert not menu.isVisible()


def test_windows_beside_it_are_closed(at_work: AtWork) -> None:
    preview = QDialog(at_work.session.window)
    preview.show()
    at_work.session.lock.lock()
    assert not preview.isVisible()
    assert at_work.session.window.isVisible()


def test_ctrl_l_locks_above_an_open_preview_too(at_work: AtWork) -> None:
    preview = QDialog(at_work.session.window)
    preview.open()
    at_work.qtbot.waitExposed(preview)
    handle = preview.windowHandle()
    at_work.session.lock.idle._watch(handle)
    QTest.keyClick(handle, Qt.Key.Key_L, CTRL)
    at_work.settle()
    assert at_work.locked()
    assert not preview.isVisible()


def test_other_minutes_hold_at_once(at_work: AtWork) -> None:
    at_work.work(lambda: officers.set_lock_minutes(at_work.desk, 2))
    at_work.session.work.attendance.refresh()
    at_work.settle()
    assert at_work.session.lock.idle._timer.interval() == 120_000


def test_locking_twice_is_once(at_work: AtWork) -> None:
    at_work.session.lock.lock()
    page = at_work.page
    at_work.session.lock.lock()
    assert at_work.page is page


def test_quiet_minutes_lock(at_work: AtWork) -> None:
    idle = at_work.session.lock.idle
    assert idle._seconds == 600
    idle._timer.timeout.emit()
    assert at_work.locked()
    type_pin(at_work, PIN)
    assert idle._timer.isActive()


def touch(at_work: AtWork) -> bool:
    point = QPointF(5, 5)
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, point, point, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, none)
    return at_work.session.lock.idle.eventFilter(at_work.session.window, event)


def test_a_touch_begins_the_count_anew_unless_the_pc_slept(at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    assert not touch(at_work)
    monkeypatch.setattr("ui.sign_in.idle.time.time", lambda: now + 500)
    assert not touch(at_work)
    monkeypatch.setattr("ui.sign_in.idle.time.time", lambda: now + 900)
    assert not touch(at_work)
    assert not at_work.locked()
    monkeypatch.setattr("ui.sign_in.idle.time.time", lambda: now + 900 + 601)
    assert touch(at_work)
    assert at_work.locked()


def test_the_window_that_has_the_keyboard_is_listened_to(at_work: AtWork) -> None:
    handle = at_work.session.window.windowHandle()
    at_work.session.lock.idle._watch(handle)
    before = at_work.session.lock.idle._touched
    at_work.session.lock.idle._touched = before - 100
    QTest.mouseMove(handle)
    QTest.mouseMove(handle, handle.geometry().center())
    at_work.qtbot.waitUntil(lambda: at_work.session.lock.idle._touched > before - 100)


def test_after_five_wrong_pins_one_waits_and_others_need_not(at_work: AtWork) -> None:
    at_work.session.lock.lock()
    for _ in range(5):
        type_pin(at_work, OTHER_PIN)
    view = at_work.page.pin_view
    assert "Tunggu" in view.message()
    assert not view.enter_button.isEnabled()
    type_pin(at_work, PIN)
    assert at_work.locked()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert view.enter_button.isEnabled()
    type_pin(at_work, OTHER_PIN)
    assert not at_work.locked()


def test_recovery_by_keyboard_shows_the_next_code_until_it_is_kept(at_work: AtWork) -> None:
    at_work.session.lock.lock()
    page = at_work.page
    QTest.keyClick(page.pin_view.pin, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.pin_view.forgot_button
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.recovery.asked.editor.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), at_work.guarded.code)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "481516")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    type_pin(at_work, "481516")
    code = page.code_view.words()
    assert code
    assert code != at_work.guarded.code
    assert at_work.locked()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert at_work.locked()  # nobody has said yet that it was kept
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    at_work.settle()
    assert not at_work.locked()
    at_work.session.lock.lock()
    type_pin(at_work, "481516")
    assert not at_work.locked()


def test_a_mistyped_code_is_told_in_its_group_and_esc_goes_back(at_work: AtWork) -> None:
    at_work.session.lock.lock()
    page = at_work.page
    page.pin_view.forgot_button.click()
    QTest.keyClicks(page.recovery.asked.editor, "00000-" + at_work.guarded.code[6:])
    page.recovery.asked.go()
    assert "Kelompok ke-1" in page.recovery.asked.code.message()
    QTest.keyClick(page.recovery.asked.editor, Qt.Key.Key_Escape)
    assert page.pin_view.pin.hasFocus()
    assert page.recovery.asked.editor.text() == ""


def test_an_unseen_code_is_made_anew_for_the_admin(at_work: AtWork) -> None:
    at_work.keep(settings.RECOVERY_SEEN, False)  # nobody has said that the first one was kept
    at_work.session.lock.lock()
    type_pin(at_work, PIN)
    assert at_work.locked()
    assert at_work.page.code_view.words() not in ("", at_work.guarded.code)


def test_a_renamed_officer_is_shown_so_at_the_next_lock(at_work: AtWork) -> None:
    admin = at_work.work(lambda: at_work.guarded.admin)
    at_work.work(lambda: officers.rename(at_work.desk, admin, "Hj. Norhasanah"))
    at_work.session.lock.lock()
    assert at_work.page.pin_view.cards.people()[0].name == "Hj. Norhasanah"


def test_closing_a_locked_window_is_refused_with_a_reason(at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work.session.lock.lock()
    with monkeypatch.context() as patched:
        patched.setattr(at_work.session.window.pages, "unwilling", lambda: "home")
        assert not at_work.session.window.close()
    assert "Belum dapat ditutup" in at_work.page.banner.words()


ROOMS = ("home", "intake", "register", "paper_log", "conflicts", "day_close", "reports", "settings")


@pytest.mark.parametrize("room", ROOMS)
def test_the_lock_key_works_on_every_page(at_work: AtWork, room: str) -> None:
    at_work.session.window.show_page(room)
    at_work.settle()
    QTest.keyClick(QApplication.focusWidget() or at_work.session.window, Qt.Key.Key_L, CTRL)
    assert at_work.locked()
    type_pin(at_work, PIN)
    assert not at_work.locked()


@pytest.mark.parametrize("room", ROOMS)
def test_no_key_of_the_window_means_something_else_on_a_page(at_work: AtWork, room: str) -> None:
    window = at_work.session.window
    window.show_page(room)
    at_work.settle()
    keys = [(one.key().toString(), one.parent()) for one in window.findChildren(QShortcut)]
    of_window = {key for key, owner in keys if owner is window}
    of_page = {key for key, owner in keys if owner is not window and owner.isVisible()}
    assert "Ctrl+L" in of_window
    assert of_window & of_page == set()
