"""Pengaduan baru: typed, kept, mended, registered once."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.domain.complaint import Channel, Priority
from kelurahan_client.errors import DiskFull
from kelurahan_client.services import intake
from kelurahan_client.store import complaints
from tests.ui.intake.conftest import Counter
from ui.intake.form import FIELD_WORDS, FormState
from ui.intake.page import IntakePage
from ui.intake.panel import focus_parts
from ui.theme.theme import Mode, Theme
from ui.widgets.choices import SegmentedChoice
from ui.widgets.editors import Combo
from ui.widgets.nik_edit import NikEdit


def part(page: IntakePage, name: str) -> QWidget:
    return focus_parts(page.form.body.panel_of(name).fields[name].editor)[0]


def type_in(page: IntakePage, name: str, text: str) -> None:
    page.form.focus_field(name)
    QTest.keyClicks(part(page, name), text)


def choose(page: IntakePage, name: str, at: int) -> None:
    editor = page.form.body.panel_of(name).fields[name].editor
    assert isinstance(editor, SegmentedChoice)
    editor.buttons()[at].click()


def message(page: IntakePage, name: str) -> str:
    return page.form.body.panel_of(name).message(name)


def fill(page: IntakePage) -> None:
    choose(page, "anonymous", 0)
    choose(page, "confidential", 0)
    type_in(page, "reporter_name", "Siti Rahmah")
    type_in(page, "statement", "Lampu jalan padam di Gg. Karya Baru.")


def wait_for_draft(counter: Counter, page: IntakePage) -> None:
    """Until the last change is on the disk."""
    counter.qtbot.waitUntil(lambda: page.head.chip.text().startswith("Draf tersimpan"))
    counter.settle()


def test_what_is_typed_is_in_a_new_window_after_a_kill(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "reporter_name", "Siti")
    type_in(page, "event_date", "31/6")
    type_in(page, "statement", "Lampu mati")
    choose(page, "confidential", 1)
    wait_for_draft(counter, page)
    assert len(counter.drafts()) == 1
    assert page.head.chip.text() == "Draf tersimpan 10.32"

    again = counter.page()
    assert again.form.state() == FormState(
        reporter_name="Siti", event_date="31/6", statement="Lampu mati", confidential=True
    )
    assert again.head.chip.text() == "Draf dilanjutkan"
    assert "Juni" in message(again, "event_date")
    assert again.draft.keeper.draft_id == counter.drafts()[0].id


@pytest.mark.parametrize(("width", "height"), [(724, 516), (1066, 612)], ids=["1024 x 600", "1366 x 696"])
def test_at_150_per_cent_the_form_scrolls_and_the_foot_stays(counter: Counter, width: int, height: int) -> None:
    counter.theme = Theme(Mode.LIGHT, 150)
    page = counter.page(width, height)
    type_in(page, "statement", "Lampu mati")
    wait_for_draft(counter, page)
    assert page.minimumSizeHint().height() <= height, "else the whole page scrolls, and Simpan with it"
    middle = page.head.chip.mapTo(page, page.head.chip.rect().center())
    beside_the_title = middle.y() < page.head.menu.geometry().bottom()
    assert beside_the_title is (width > 1000)


def test_typing_on_keeps_one_draft(counter: Counter) -> None:
    page = counter.page()
    for word in ("Lampu ", "jalan ", "padam"):
        type_in(page, "statement", word)
        page.draft.keeper.flush()
    counter.settle()
    (draft,) = counter.drafts()
    assert draft.fields["statement"] == "Lampu jalan padam"


def test_whoever_types_without_a_pause_is_saved_too(counter: Counter) -> None:
    page = counter.page()

    def types_on() -> bool:
        type_in(page, "statement", "a")
        return bool(counter.drafts())

    counter.qtbot.waitUntil(types_on)


def test_several_drafts_are_offered_to_choose_from(counter: Counter) -> None:
    for title in ("Pertama", "Kedua"):
        counter.ask(lambda title=title: intake.save_draft(counter.desk, FormState(title=title).to_draft()))
    page = counter.page()
    assert page.form.state().is_empty()
    assert page.head.menu.text() == "Draf (2)"
    assert not page.head.menu.isHidden()
    entries = page.head.menu.entries()
    assert any(entry.startswith("Pertama") and "10.32" in entry for entry in entries)
    chosen = next(draft for draft in counter.drafts() if draft.fields["title"] == "Pertama")
    page.head.menu.picked.emit(chosen)
    assert page.form.state().title == "Pertama"


def test_a_draft_of_yesterday_is_registered_as_received_yesterday(counter: Counter) -> None:
    draft = FormState(anonymous=True, confidential=True, statement="Sampah menumpuk.").to_draft()
    counter.ask(lambda: intake.save_draft(counter.desk, draft))
    counter.desk.clock.move(days=1)  # type: ignore[attr-defined]  # the tests' own clock
    page = counter.page()
    assert not page.form.body.report.fields["received_date"].isHidden()
    page.save()
    counter.settle()
    assert counter.complaints()[0].received_date == date(2026, 8, 3)


def test_the_number_is_there_when_the_window_is_told_of_it(counter: Counter) -> None:
    page = counter.page()
    seen = []
    page.changed.connect(lambda: seen.append(page.result.reference()))
    page.changed.connect(lambda: page.reload(frozenset({"complaint"})))  # as the window does
    fill(page)
    page.save()
    counter.settle()
    assert seen == [counter.complaints()[0].reference]


def test_saving_registers_once_and_shows_the_number(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    wait_for_draft(counter, page)
    page.save()
    page.save()
    counter.settle()
    page.save()
    counter.settle()
    (complaint,) = counter.complaints()
    assert complaint.statement == "Lampu jalan padam di Gg. Karya Baru."
    assert page.result.reference() == complaint.reference
    assert page.result.isVisible()
    assert page.result.words() == "Verifikasi paling lambat Kamis, 6 Agustus. Belum terkirim ke pusat."
    assert counter.drafts() == []
    assert page.foot.isHidden()


def test_ctrl_s_saves_from_within_a_field(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    QTest.keyClick(part(page, "statement"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(part(page, "statement"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    counter.qtbot.waitUntil(page.result.isVisible)
    counter.settle()
    assert len(counter.complaints()) == 1


def test_the_next_complaint_begins_empty(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    page.save()
    counter.settle()
    page.result.next_button.click()
    assert page.form.isVisible()
    assert page.form.state().is_empty()
    assert page.draft.keeper.draft_id is None
    assert {message(page, name) for name in FIELD_WORDS if name != "category"} == {""}
    fill(page)
    page.save()
    counter.settle()
    page.activate()  # F2 again
    assert page.form.isVisible()
    assert len(counter.complaints()) == 2


def test_the_result_says_when_the_city_has_it(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    page.save()
    counter.settle()
    (made,) = counter.complaints()

    def signed() -> None:
        with counter.desk.store.write() as transaction:
            complaints.set_revisions(transaction, {made.id: (7, "")})

    counter.ask(signed)
    page.reload(frozenset({"exchange"}))
    counter.settle()
    assert page.result.words().endswith("Sudah diterima server kota.")


def test_the_result_leads_to_the_complaint_in_the_list(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    page.save()
    counter.settle()
    page.result.look_button.click()
    assert counter.shown == [("register", {"complaint_id": counter.complaints()[0].id})]


def test_open_questions_keep_it_from_being_saved_and_get_the_cursor(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "statement", "Lampu mati")
    type_in(page, "reporter_name", "Siti")
    choose(page, "anonymous", 0)
    assert page.foot.save_button.isEnabled()
    page.save()
    counter.settle()
    assert counter.complaints() == []
    assert message(page, "confidential") == "Belum dipilih. Tanyakan kepada pelapor."
    assert part(page, "confidential").hasFocus()
    assert page.foot.words() == "Satu isian belum dipilih: apakah isi boleh dibaca umum?"
    choose(page, "confidential", 0)
    page.save()
    counter.settle()
    assert len(counter.complaints()) == 1


def test_a_fault_is_told_when_the_field_is_left_not_while_it_is_typed(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "event_date", "31/6")
    page.form.look_through()
    assert message(page, "event_date") == ""
    page.form.focus_field("title")
    assert "Juni" in message(page, "event_date")


def test_a_date_is_written_out_when_it_is_left(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "event_date", "27/7")
    page.form.focus_field("title")
    assert page.form.state().event_date == "27 Juli 2026"


def test_a_doubtful_nik_warns_is_masked_and_does_not_block(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    type_in(page, "reporter_nik", "6371994508870003")
    page.form.focus_field("reporter_phone")
    editor = part(page, "reporter_nik")
    assert isinstance(editor, NikEdit)
    assert editor.text() == "637199••••••••03"
    assert "637199" in message(page, "reporter_nik")
    page.save()
    counter.settle()
    assert counter.complaints()[0].reporter_nik == "6371994508870003"
    assert "637199" in page.result.words()


def test_the_eye_shows_the_number_until_it_is_pressed_again(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "reporter_nik", "6371034508870003")
    page.form.focus_field("title")
    editor = part(page, "reporter_nik")
    assert isinstance(editor, NikEdit)
    (eye,) = editor.actions()
    eye.trigger()
    assert editor.text() == "6371034508870003"
    assert eye.text() == "Sembunyikan NIK"
    eye.trigger()
    assert editor.text() == "637103••••••••03"
    assert editor.value() == "6371034508870003"


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.IN_PERSON])
def test_whatever_nobody_brings_in_person_is_asked_for_the_day_it_came(counter: Counter, channel: Channel) -> None:
    page = counter.page()
    report = page.form.body.report
    report.set_value("channel", channel)
    report.edited.emit("channel")
    assert not report.fields["received_date"].isHidden()
    report.set_value("channel", Channel.IN_PERSON)
    report.edited.emit("channel")
    assert report.fields["received_date"].isHidden()


def test_urgent_and_in_another_kelurahan(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    report = page.form.body.report
    report.urgent.click()
    before = report.fields["location"].width()
    offices = report.fields["location_office"].editor
    assert isinstance(offices, Combo)
    assert offices.currentText() == "ini"
    type_in(page, "location_office", "Mantuil")
    counter.settle()
    assert report.fields["location"].width() < before
    wait_for_draft(counter, page)
    page = counter.page()  # after a power cut
    assert page.form.body.report.urgent.isChecked()
    assert page.form.body.report.value("location_office") == offices.value()
    page.save()
    counter.settle()
    (made,) = counter.complaints()
    there = counter.desk.reference.office(made.location_office)
    assert there is not None
    assert there.name == "Mantuil"
    assert made.priority is Priority.URGENT


def test_a_letter_is_asked_for_the_day_it_was_received(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    received = page.form.body.report.fields["received_date"]
    assert received.isHidden()
    page.form.body.report.set_value("channel", "surat")
    page.form.body.report.edited.emit("channel")
    assert not received.isHidden()
    type_in(page, "received_date", "30/7")
    page.save()
    counter.settle()
    assert counter.complaints()[0].received_date == date(2026, 7, 30)


def test_a_discarded_draft_comes_back(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "statement", "Jalan berlubang")
    page.foot.discard_button.click()  # before the draft was ever saved
    counter.settle()
    assert page.form.state().is_empty()
    assert counter.drafts() == []
    ((text, undo),) = counter.said
    assert text == "Draf dibuang."
    assert undo is not None
    undo()
    counter.settle()
    assert page.form.state().statement == "Jalan berlubang"
    assert len(counter.drafts()) == 1


def test_setting_a_form_aside_keeps_it(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "statement", "Jalan berlubang")
    page.form.focus_field("confidential")
    page.head.menu.fresh_requested.emit()
    counter.settle()
    assert page.form.state().is_empty()
    assert message(page, "confidential") == ""
    type_in(page, "statement", "Sampah")
    page.draft.keeper.flush()
    counter.settle()
    assert {draft.fields["statement"] for draft in counter.drafts()} == {"Jalan berlubang", "Sampah"}


def test_a_full_disk_keeps_the_form_and_says_so(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    full = DiskFull("Disk penuh; pengaduan belum tersimpan.", way_out="Kosongkan disk, lalu simpan lagi.")
    refused_once(counter, monkeypatch, full, "Kosongkan disk")


def test_a_message_leaves_the_button_in_sight(counter: Counter) -> None:
    page = counter.page()
    fill(page)
    page.save()
    counter.settle()
    page.draft.begin_anew()  # what is behind takes no room
    page.banner.show_error(DiskFull("Disk penuh; pengaduan belum tersimpan.", way_out="Kosongkan disk."))
    assert page.heightForWidth(1166) <= 640  # beyond that the whole page scrolls, its foot with it


def refused_once(counter: Counter, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str) -> None:
    """Saving fails, says why, leaves the form in use, and works when it is tried again."""
    page = counter.page()
    fill(page)
    wait_for_draft(counter, page)

    def refuse(*_args: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(intake, "register", refuse)
        page.save()
        counter.settle()
        assert words in page.banner.words()
        assert page.banner.isVisible()
        assert page.form.isVisible()
        assert page.form.isEnabled()
    page.save()
    counter.settle()
    assert len(counter.complaints()) == 1
    assert page.banner.isHidden()


def test_a_mistake_of_ours_does_not_lock_the_form(
    counter: Counter, crashes: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_once(counter, monkeypatch, ZeroDivisionError("1/0"), "kesalahan di dalam program")
    assert [type(error) for error in crashes] == [ZeroDivisionError]
    crashes.clear()


def test_a_draft_that_the_disk_refused_is_saved_later(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    page = counter.page()

    def full(*_args: object) -> None:
        raise DiskFull("Disk penuh.")

    with monkeypatch.context() as broken:
        broken.setattr(intake, "save_draft", full)
        type_in(page, "statement", "Lampu mati")
        page.draft.keeper.flush()
        counter.settle()
        assert page.head.chip.text() == "Draf belum tersimpan"
    page.draft.begin_anew()  # also when another citizen is served meanwhile
    counter.settle()
    assert [draft.fields["statement"] for draft in counter.drafts()] == ["Lampu mati"]


def test_closing_the_window_saves_what_waits(counter: Counter) -> None:
    page = counter.page()
    type_in(page, "statement", "Lampu mati")
    assert page.may_close()
    counter.settle()
    assert len(counter.drafts()) == 1


def test_a_whole_complaint_is_entered_without_a_mouse(counter: Counter) -> None:
    page = counter.page()

    def keys(*presses: Qt.Key | str) -> None:
        for press in presses:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(press, str):
                QTest.keyClicks(target, press)
            else:
                QTest.keyClick(target, press)

    tab, space, enter, right = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Right
    keys(space, tab, space, right)  # may be named; content: first Boleh, then by arrow Rahasia
    keys(tab, "Siti Rahmah", enter, "6371034508870003", enter, "081251144471", enter, "Gg. Karya Baru", enter, "12/3")
    keys(enter, space, tab, right, tab, tab, "27/7", enter, enter, "Lampu jalan padam", tab, "Muka langgar")
    counter.qtbot.waitUntil(lambda: bool(page.form.body.category.rows()))
    QTest.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    counter.qtbot.waitUntil(page.result.isVisible)
    counter.settle()
    (complaint,) = counter.complaints()
    assert (complaint.anonymous, complaint.confidential) == (False, True)
    assert complaint.reporter_name == "Siti Rahmah"
    assert complaint.reporter_nik == "6371034508870003"
    assert (complaint.reporter_address, complaint.rt, complaint.rw) == ("Gg. Karya Baru", "012", "003")
    assert complaint.priority is Priority.URGENT
    assert complaint.classification.value == "aspirasi"
    assert complaint.event_date == date(2026, 7, 27)
    assert (complaint.title, complaint.statement) == ("Lampu jalan padam", "Lampu jalan padam")
    assert complaint.location == "Muka langgar"
    assert complaint.category == "PJU"
    assert complaint.agency == "DISHUB"


def test_everything_that_takes_the_focus_has_a_name(counter: Counter) -> None:
    page = counter.page()
    page.form.fill(FormState(statement="Lampu jalan padam"))
    nameless = [
        child
        for child in page.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and not child.accessibleName()
    ]
    assert nameless == []


def test_tab_goes_through_the_whole_form_and_comes_round(counter: Counter) -> None:
    """No field keeps the cursor, and the attachments come after the place, before the hints."""
    page = counter.page()
    page.form.fill(FormState(statement="Lampu jalan padam"))
    page.form.focus_field("anonymous")
    seen: list[QWidget] = []
    for _ in range(60):
        target = QApplication.focusWidget()
        assert target is not None
        if target in seen:
            break
        seen.append(target)
        QTest.keyClick(target, Qt.Key.Key_Tab)
    body = page.form.body
    place = [part(page, "location"), part(page, "location_office")]
    order = [body.report.urgent, part(page, "statement"), *place, body.report.attachments.button, body.category.more]
    places = [seen.index(widget) for widget in order]
    assert places == sorted(places)
    assert page.foot.save_button in seen
    assert page.foot.discard_button in seen
