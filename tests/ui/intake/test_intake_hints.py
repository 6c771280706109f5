"""The hints beside the form: categories with their reasons, and complaints that look the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.desk_making import register
from tests.ui.intake.conftest import Counter
from ui.intake.body import Arrangement
from ui.intake.category_popup import CategoryPopup
from ui.intake.form import FormState
from ui.intake.page import IntakePage
from ui.intake.panel import focus_parts
from ui.theme.style import apply_theme
from ui.theme.theme import Mode, Theme


def write(counter: Counter, page: IntakePage, text: str) -> None:
    """Type a statement and wait for its hints."""
    page.form.focus_field("statement")
    editor = focus_parts(page.form.body.report.fields["statement"].editor)[0]
    hints = page.form._hints
    QTest.keyClicks(editor, text)
    counter.qtbot.waitUntil(lambda: not hints._timer.isActive())
    counter.settle()


def test_three_categories_are_offered_with_their_reasons_and_none_is_chosen(counter: Counter) -> None:
    page = counter.page()
    write(counter, page, "Lampu jalan padam, kadap banar. Jalan berlubang dekat tiang listrik.")
    rows = page.form.body.category.rows()
    assert [row.choice.code for row in rows] == ["PJU", "JALAN_RUSAK", "LISTRIK"]
    assert rows[0].choice.agency == "Dishub"
    assert "lampu jalan" in rows[0].choice.because
    assert [row.choice.key for row in rows] == ["Alt+1", "Alt+2", "Alt+3"]
    assert page.form.state().category == ""


def test_a_suggestion_is_taken_and_given_back_by_key(counter: Counter) -> None:
    page = counter.page()
    write(counter, page, "Lampu jalan padam. Jalan berlubang.")
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.form.state().category == "JALAN_RUSAK"
    assert [row.isChecked() for row in page.form.body.category.rows()[:2]] == [False, True]
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.form.state().category == ""


def test_a_category_from_the_list_stays_beside_the_suggestions(counter: Counter) -> None:
    page = counter.page()
    write(counter, page, "Lampu jalan padam")
    card = page.form.body.category
    card.more.click()
    (popup,) = card.findChildren(CategoryPopup)
    assert popup.list.count() == len(counter.desk.reference.categories)
    QTest.keyClicks(popup.search, "titian")
    assert popup.list.count() == 1
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert popup.isHidden()
    assert page.form.state().category == "JEMBATAN"
    assert [row.choice.code for row in card.rows()] == ["PJU", "JEMBATAN"]
    assert card.rows()[-1].isChecked()
    page.draft.keeper.flush()
    counter.settle()
    assert counter.drafts()[0].fields["category"] == "JEMBATAN"


def test_the_list_says_when_nothing_fits(counter: Counter) -> None:
    page = counter.page()
    page.form.body.category.more.click()
    (popup,) = page.form.body.category.findChildren(CategoryPopup)
    QTest.keyClicks(popup.search, "zzz")
    assert popup.list.isHidden()
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert popup.isVisible()
    assert page.form.state().category == ""
    popup.hide()


def test_complaints_that_look_the_same_are_shown_and_lead_to_the_list(counter: Counter) -> None:
    same = counter.ask(lambda: register(counter.desk, title="Lampu jalan padam di Gg. Karya Baru RT 12"))
    counter.ask(lambda: register(counter.desk, title="Sampah menumpuk di pasar", statement="Sampah di pasar."))
    page = counter.page()
    write(counter, page, "Lampu jalan padam di gang karya baru RT 12 sejak minggu lalu")
    assert page.form.body.similar.titles() == ["Lampu jalan padam di Gg. Karya Baru RT 12"]
    page.form.body.similar.buttons()[0].click()
    assert counter.shown == [("register", {"complaint_id": same.id})]


def test_a_confidential_title_is_not_shown_over_the_counter(counter: Counter) -> None:
    counter.ask(lambda: register(counter.desk, title="Lampu jalan padam Karya Baru", confidential=True))
    page = counter.page()
    write(counter, page, "Lampu jalan padam Karya Baru")
    words = [label.text() for label in page.form.body.similar.findChildren(type(page.form.body.similar._hint))]
    assert any("Rahasia" in text for text in words)
    assert not any("padam" in text for text in words)


def test_a_hint_at_privacy_comes_while_one_types(counter: Counter) -> None:
    page = counter.page()
    write(counter, page, "Pak Rahmadi membakar sampah")
    assert page.form.body.report.message("statement") == "Menyebut Pak Rahmadi. Pertimbangkan Rahasia."


def test_the_empty_title_shows_what_it_will_be(counter: Counter) -> None:
    page = counter.page()
    write(counter, page, "Sampah menumpuk di TPS. Bau sekali.")
    title = page.form.body.report.fields["title"].editor
    assert title.property("placeholderText") == "Sampah menumpuk di TPS"


@pytest.mark.parametrize(
    ("width", "wanted"),
    [(824, Arrangement.WITHIN), (1079, Arrangement.WITHIN), (1080, Arrangement.BESIDE), (1720, Arrangement.SPREAD)],
)
def test_the_hints_stand_where_there_is_room(counter: Counter, width: int, wanted: Arrangement) -> None:
    page = counter.page(width)
    body = page.form.body
    assert body.arrangement() is wanted
    inside = body.report.isAncestorOf(body.category)
    assert inside is (wanted is Arrangement.WITHIN)
    assert page.form.receipt.isVisible() is (wanted is Arrangement.SPREAD)
    assert body.width() <= page.form.viewport().width()


def test_the_receipt_stands_beside_the_form_of_a_wide_window_and_follows_it(counter: Counter) -> None:
    page = counter.page(1720)
    before = page.form.receipt.picture().copy()
    write(counter, page, "Lampu jalan padam sudah seminggu")
    counter.qtbot.waitUntil(lambda: not page.form.receipt.picture().isNull())
    counter.qtbot.waitUntil(lambda: page.form.receipt.picture() != before)
    with_text = page.form.receipt.picture().copy()
    page.form.fill(FormState(anonymous=False, confidential=False, statement="Lampu jalan padam", reporter_name="Siti"))
    counter.qtbot.waitUntil(lambda: page.form.receipt.picture() != with_text)


def test_an_emergency_in_the_text_raises_the_alarm_and_is_over_with_the_text(counter: Counter) -> None:
    page = counter.page()
    usual = page.head.emergency.words()
    assert usual.startswith("Darurat? Hubungi 112.")
    write(counter, page, "Ada kebakaran di Gg. Karya Baru!")
    assert "Tertulis kebakaran: masih terjadi?" in page.head.emergency.words()
    assert page.head.emergency.accessibleName() == page.head.emergency.words()
    page.draft.begin_anew()
    assert page.head.emergency.words() == usual


def test_who_wants_to_stay_unknown_is_warned_of_the_own_name(counter: Counter) -> None:
    page = counter.page()
    page.form.fill(FormState(anonymous=True, confidential=True, reporter_name="Siti Rahmah"))
    write(counter, page, "Saya Rahmah melapor lampu padam")
    assert "tertulis Rahmah" in page.form.body.report.message("statement")


def test_the_reporters_address_as_the_place_gives_an_anonymous_person_away(counter: Counter) -> None:
    page = counter.page()
    page.form.fill(
        FormState(
            anonymous=True, confidential=False, reporter_name="Siti", reporter_address="Gg. Damai 12", statement="Bau",
            location="gg damai 12",
        )
    )  # fmt: skip
    assert "alamat pelapor" in page.form.body.report.message("location")


def test_large_type_fits_a_narrow_window_and_scrolls_only_down(counter: Counter, qapp: QApplication) -> None:
    large = Theme(Mode.LIGHT, 150, parent=qapp)
    normal = counter.theme
    try:
        apply_theme(qapp, large)
        counter.theme = large
        page = counter.page(724, 516)  # what the rail and the top bar leave of 1024 × 600
        page.form.fill(FormState(statement="Lampu jalan padam di Gg. Karya Baru", reporter_name="Siti"))
        counter.settle()
        assert page.minimumSizeHint().width() <= 724
        assert page.form.body.width() <= page.form.viewport().width()
        assert page.form.verticalScrollBar().maximum() > 0
        page.form.focus_field("location")
        editor = page.form.body.report.fields["location"].editor
        corner = editor.mapTo(page.form.viewport(), editor.rect().bottomLeft())
        assert 0 <= corner.y() <= page.form.viewport().height()
    finally:
        apply_theme(qapp, normal)
