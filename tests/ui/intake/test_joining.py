"""Tambah sebagai pelapor: one complaint, two reporters, and a way back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.services import handling, joining, lists
from tests.desk_making import register
from tests.ui.intake.conftest import Counter
from tests.ui.intake.test_intake_hints import write
from tests.ui.intake.test_intake_page import choose, message, part, type_in
from ui.intake.page import IntakePage
from ui.widgets.buttons import KeyButton


def lamp(counter: Counter, **changes: object) -> Complaint:
    return counter.ask(
        lambda: register(
            counter.desk, **{"title": "Lampu jalan padam di Gg. Karya Baru", "location": "Gg. Karya Baru", **changes}
        )
    )


def join_button(page: IntakePage) -> KeyButton:
    return next(button for button in page.form.body.similar.buttons() if button.text() == "Tambah sebagai pelapor")


def ask_the_person(page: IntakePage) -> None:
    choose(page, "anonymous", 0)
    choose(page, "confidential", 0)
    type_in(page, "reporter_name", "Rusdiansyah")


def test_the_person_becomes_a_further_reporter(counter: Counter) -> None:
    same = lamp(counter)
    page = counter.page()
    ask_the_person(page)
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    join_button(page).click()
    counter.settle()
    assert page.joined.isVisible()
    assert page.joined.reference() == same.reference
    assert "pelapor ke-2" in page.joined.words()
    assert page.foot.isHidden()
    assert len(counter.complaints()) == 1
    assert counter.drafts() == []
    assert counter.ask(lambda: joining.reporters(counter.desk, same.id))[0].name == "Rusdiansyah"
    story = counter.ask(lambda: lists.detail(counter.desk, same.id)).timeline
    assert "gelap" in story[0].text
    assert "Rusdiansyah" not in story[0].text
    page.joined.look_button.click()
    assert counter.shown == [("register", {"complaint_id": same.id})]
    page.activate()  # F2
    counter.settle()
    assert page.form.isVisible()
    assert page.form.state().is_empty()


def test_the_likely_duplicates_come_by_tab_before_the_foot(counter: Counter) -> None:
    lamp(counter)
    page = counter.page()
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    look, join = page.form.body.similar.buttons()
    target = page.form.body.category.rows()[-1]
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_Tab)
    assert look.hasFocus()
    QTest.keyClick(look, Qt.Key.Key_Tab)
    assert join.hasFocus()
    QTest.keyClick(join, Qt.Key.Key_Return)
    assert part(page, "anonymous").hasFocus()


def test_what_was_not_asked_yet_gets_the_cursor(counter: Counter) -> None:
    same = lamp(counter)
    page = counter.page()
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    join_button(page).click()
    counter.settle()
    assert page.form.isVisible()
    assert part(page, "anonymous").hasFocus()
    assert message(page, "confidential") == "Belum dipilih. Tanyakan kepada pelapor."
    assert counter.ask(lambda: joining.reporters(counter.desk, same.id)) == []


def test_it_is_undone_and_the_form_is_back(counter: Counter) -> None:
    same = lamp(counter)
    page = counter.page()
    ask_the_person(page)
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    join_button(page).click()
    counter.settle()
    QTest.keyClick(page.joined.undo_button, Qt.Key.Key_Return)
    counter.settle()
    assert page.form.isVisible()
    assert page.form.state().reporter_name == "Rusdiansyah"
    assert counter.ask(lambda: joining.reporters(counter.desk, same.id)) == []
    page.save()
    counter.settle()
    assert len(counter.complaints()) == 2


def test_nobody_is_added_to_what_is_closed(counter: Counter) -> None:
    same = lamp(counter)
    counter.ask(lambda: handling.transition(counter.desk, same.id, Status.ARCHIVED, "Ganda."))
    page = counter.page()
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    assert [button.text() for button in page.form.body.similar.buttons()] == ["Lihat"]


def test_one_that_was_closed_meanwhile_keeps_the_form(counter: Counter) -> None:
    same = lamp(counter)
    page = counter.page()
    ask_the_person(page)
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    counter.ask(lambda: handling.transition(counter.desk, same.id, Status.ARCHIVED, "Ganda."))
    join_button(page).click()
    counter.settle()
    assert "pengaduan baru" in page.banner.words()
    assert page.form.isEnabled()
    assert page.form.state().reporter_name == "Rusdiansyah"


def test_a_confidential_title_stays_hidden_in_the_end_too(counter: Counter) -> None:
    lamp(counter, confidential=True)
    page = counter.page()
    ask_the_person(page)
    write(counter, page, "Lampu padam di gang karya baru, gelap")
    join_button(page).click()
    counter.settle()
    assert page.joined._subject.isHidden()


def test_the_place_in_its_own_field_finds_the_same(counter: Counter) -> None:
    lamp(counter)
    page = counter.page()
    write(counter, page, "Lampu mati, gelap")
    page.form.focus_field("location")
    with counter.qtbot.waitSignal(page.form._hints.paused):
        QTest.keyClicks(part(page, "location"), "gg karya baru")
    counter.settle()
    assert page.form.body.similar.titles() == ["Lampu jalan padam di Gg. Karya Baru"]
