"""Correcting a complaint in the pane: what nobody was asked is seen and answered, and every field has its editor."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kelurahan_client.domain.complaint import Classification, Complaint, Priority
from kelurahan_client.domain.fields import EDITABLE
from kelurahan_client.services import half_written, handling
from kelurahan_client.services.half_written import Kind, Place
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.register.edit_form import EditForm
from ui.register.field_editors import Tick, put_value
from ui.register.page import RegisterPage
from ui.widgets.chips import Chip
from ui.widgets.choices import SegmentedChoice
from ui.widgets.field import FieldState
from ui.widgets.nik_edit import NikEdit


def opened(window: DeskWindow, page: RegisterPage, **changes: object) -> Complaint:
    made = window.work(lambda: register(window.desk, **changes))
    page.activate(complaint_id=made.id)
    window.settle()
    return made


def chips(page: RegisterPage) -> list[str]:
    found = page.detail.view.head.findChildren(Chip)
    return [chip.text() for chip in found if chip.isVisibleTo(page)]


def test_what_nobody_asked_stands_at_the_complaint_until_it_is_answered(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, anonymous=None, confidential=None)
    full = page.detail.view.facts.text_in_full
    assert "Belum ditanya: nama / isi" in chips(page)
    assert "Perhatikan: Belum ditanyakan apakah isinya rahasia." in full()
    window.work(lambda: handling.edit(window.desk, made.id, {"confidential": True}))
    page.detail.reload()
    window.settle()
    assert "Belum ditanya: nama" in chips(page)
    assert "Rahasia" in chips(page)
    assert "apakah isinya rahasia" not in full()
    assert "apakah pelapor ingin anonim" in full()


def test_the_list_of_those_whom_nobody_asked_is_a_filter(window: DeskWindow, page: RegisterPage) -> None:
    opened(window, page)
    made = opened(window, page, anonymous=None)
    bar = page.list.bar
    actions = (action for menu in bar.findChildren(QMenu) for action in menu.actions())
    next(action for action in actions if action.text() == "Belum ditanya").trigger()
    window.settle()
    assert page.list.model.rowCount() == 1
    assert bar.values()["unasked"] == "Belum ditanya"
    assert page.detail.open_id() == made.id


def form_of(page: RegisterPage) -> EditForm:
    page.detail.view.head.edit.click()
    return page.detail.form


def answers(form: EditForm, name: str) -> list[str]:
    """The answers that are offered to a question."""
    choice = form.editor(name)
    assert isinstance(choice, SegmentedChoice)
    return [button.text() for button in choice.buttons() if not button.isHidden()]


def write(window: DeskWindow, form: EditForm, name: str, words: str) -> None:
    """Type into a field, and leave it."""
    editor = form.editor(name)
    editor.setFocus()
    window.qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.qtbot.keyClicks(editor, words)
    window.qtbot.keyClick(editor, Qt.Key.Key_Tab)


def change(form: EditForm, **values: str) -> None:
    """As a person chooses."""
    for name, value in values.items():
        put_value(form.editor(name), value)
    form.fields.changed.emit()


def stored(window: DeskWindow, made: Complaint) -> Complaint:
    return window.work(lambda: handling.find(window.desk, made.id))


def save(window: DeskWindow, form: EditForm) -> None:
    form.save.click()
    window.settle()


def test_whatever_may_be_corrected_has_an_editor_and_is_reached_by_tab(window: DeskWindow, page: RegisterPage) -> None:
    opened(window, page, anonymous=None)
    form = form_of(page)
    assert set(form.fields.editors) == set(EDITABLE)
    assert all(editor.accessibleName() for editor in form.fields.editors.values())
    window.qtbot.waitUntil(form.editor("title").hasFocus)
    passed: list[str] = []
    names = {id(editor): name for name, editor in form.fields.editors.items()}
    for _ in range(3 * len(EDITABLE)):
        at: QWidget | None = QApplication.focusWidget()
        while at is not None and id(at) not in names:
            at = at.parentWidget()
        if at is None:
            break
        passed += [names[id(at)]] if names[id(at)] not in passed else []
        window.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert passed == list(form.fields.editors)[1:]  # the tick before the title is reached backwards


def test_both_questions_are_answered_by_keyboard_and_are_open_again_when_taken_back(
    window: DeskWindow, page: RegisterPage
) -> None:
    made = opened(window, page, anonymous=None, confidential=None)
    form = form_of(page)
    assert form.field("anonymous").label() == "Nama boleh diketahui SKPD?"
    assert answers(form, "confidential") == ["Boleh", "Rahasia", "Belum ditanya"]
    choice = form.editor("confidential")
    assert isinstance(choice, SegmentedChoice)
    assert choice.value() == ""
    choice.setFocus()
    window.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert form.changes() == {"confidential": "ya"}
    change(form, anonymous="tidak")
    save(window, form)
    assert (stored(window, made).anonymous, stored(window, made).confidential) == (False, True)
    assert not [chip for chip in chips(page) if chip.startswith("Belum ditanya")]
    assert answers(form_of(page), "confidential") == ["Boleh", "Rahasia"]
    window.qtbot.keyClick(choice.buttons()[1], Qt.Key.Key_Right)  # past the answer that is not there
    assert choice.value() == "tidak"
    page.go_back()
    _text, undo = next(one for one in reversed(window.said) if one[0] == "Perubahan tersimpan.")
    assert undo is not None
    undo()
    window.settle()
    assert (stored(window, made).anonymous, stored(window, made).confidential) == (None, None)
    assert "Belum ditanya: nama / isi" in chips(page)


def test_every_other_field_is_corrected_as_it_is_typed_in_a_new_complaint(
    window: DeskWindow, page: RegisterPage
) -> None:
    made = opened(window, page, reporter_nik="6371034508900001")
    form = form_of(page)
    nik = form.editor("reporter_nik")
    assert isinstance(nik, NikEdit)
    assert "(tetap)" in nik.placeholderText()
    assert form.fields.value("reporter_nik") == ""
    write(window, form, "event_date", "27/7")
    assert form.fields.value("event_date") == "27 Juli 2026"
    write(window, form, "reporter_nik", "6371994508900001")
    assert "637199" in form.field("reporter_nik").message()
    for name in ("priority", "resident"):
        tick = form.editor(name)
        assert isinstance(tick, Tick)
        tick.click()
    change(form, classification="permintaan_informasi", location_office="63.71.04.1004", reporter_sex="P")
    save(window, form)
    now = stored(window, made)
    assert now.event_date == date(2026, 7, 27)
    assert (now.reporter_nik, now.reporter_sex, now.resident) == ("6371994508900001", "P", False)
    assert (now.classification, now.priority) == (Classification.INFORMATION, Priority.URGENT)
    assert now.location_office == "63.71.04.1004"
    assert "Mendesak" in chips(page)
    office = window.desk.reference.office("63.71.04.1004")
    assert office is not None
    assert f"Lokasi di Kelurahan {office.name}." in page.detail.view.facts.text_in_full()
    assert "Pelapor bukan warga kota." in page.detail.view.facts.text_in_full()
    form = form_of(page)
    assert form.changes() == {}
    write(window, form, "event_date", "-")
    write(window, form, "event_date", " ")
    save(window, form)
    assert stored(window, made).event_date is None


def test_a_date_that_is_none_is_refused_beside_it(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page)
    form = form_of(page)
    write(window, form, "event_date", "31/6")
    assert form.field("event_date").state() is FieldState.ERROR
    assert "Juni" in form.field("event_date").message()
    save(window, form)
    assert form.isVisibleTo(page)
    assert form.editor("event_date").hasFocus()
    assert "Juni" in form.field("event_date").message()
    write(window, form, "event_date", "4/8/2026")  # tomorrow
    save(window, form)
    assert "belum" in form.field("event_date").message()
    write(window, form, "event_date", "3/8")
    assert form.field("event_date").message() == ""
    save(window, form)
    assert stored(window, made).event_date == date(2026, 8, 3)


def test_half_of_an_answer_waits_and_says_what_was_answered_elsewhere(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, confidential=None, anonymous=None)
    form = form_of(page)
    change(form, confidential="tidak", priority="mendesak", event_date="3/", reporter_nik="6371")
    page.detail.shelf.flush()
    window.settle()
    kept = window.work(lambda: half_written.of(window.desk, Place(Kind.EDIT, made.id)))
    assert kept is not None
    assert kept.content["changes"]["confidential"] == "tidak"
    window.work(lambda: handling.edit(window.desk, made.id, {"confidential": True, "anonymous": True}))
    page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    page.activate(complaint_id=made.id)
    window.settle()
    page.detail.view.waiting.lines[0].go_on.click()
    form = page.detail.form
    assert form.changes() == {
        "priority": "mendesak", "event_date": "3/", "confidential": "tidak", "reporter_nik": "6371"
    }  # fmt: skip
    assert "“ya”" in form.field("confidential").message()
    assert answers(form, "anonymous") == ["Boleh", "Anonim"]
    assert form.fields.value("anonymous") == "ya"


def test_an_answer_given_meanwhile_is_not_written_over(window: DeskWindow, page: RegisterPage) -> None:
    made = opened(window, page, confidential=None)
    form = form_of(page)
    change(form, confidential="tidak")
    window.work(lambda: handling.edit(window.desk, made.id, {"confidential": True}))
    save(window, form)
    assert stored(window, made).confidential is True
    assert form.isVisibleTo(page)
    assert "“ya”" in form.field("confidential").message()


@pytest.mark.parametrize("name", ["event_date", "reporter_nik"])
@pytest.mark.parametrize("kept", [True, False], ids=["saved", "thrown away"])
def test_what_is_written_out_when_the_form_closes_is_no_draft(
    window: DeskWindow, page: RegisterPage, name: str, kept: bool
) -> None:
    opened(window, page)
    page.detail.view.head.edit.click()
    form = page.detail.form
    editor = form.editor(name)
    editor.setFocus()
    window.qtbot.waitUntil(editor.hasFocus)
    window.qtbot.keyClicks(editor, {"event_date": "1/8", "reporter_nik": "6371052511820003"}[name])
    (form.save if kept else form.cancel).click()
    window.settle()
    assert not form.isVisibleTo(page)
    assert window.work(lambda: half_written.waiting(window.desk)) == []
