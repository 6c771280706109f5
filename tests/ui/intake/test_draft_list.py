"""The list of drafts: everybody's, resumed, taken over with the name kept, thrown away and brought back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kelurahan_client.services import intake
from kelurahan_client.services.desk import set_officer
from kelurahan_client.store import drafts
from kelurahan_client.store.drafts import Draft
from tests.ui.intake.conftest import Counter
from tests.ui.intake.test_intake_page import type_in
from ui.intake.form import FormState


@pytest.fixture
def hers(counter: Counter) -> Draft:
    """A draft of a colleague; somebody else sits at the desk now."""

    def make() -> Draft:
        set_officer(counter.desk, "Rahmah")
        draft = intake.save_draft(counter.desk, FormState(title="Air pasang", reporter_name="H. Idham").to_draft())
        set_officer(counter.desk, "Norhasanah")
        return draft

    return counter.ask(make)


def test_a_colleagues_draft_is_listed_and_not_opened_by_itself(counter: Counter, hers: Draft) -> None:
    page = counter.page()
    assert page.form.state().is_empty()
    assert page.head.menu.text() == "Draf (1)"
    assert page.head.menu.entries() == ["Air pasang  ·  Rahmah · 10.32"]
    page.head.menu.click()
    (line,) = page.head.menu.list.lines()
    assert line.go_on.text() == "Ambil alih"
    assert line.go_on.hasFocus()
    QTest.keyClick(line.go_on, Qt.Key.Key_Return)
    counter.settle()
    assert page.head.menu.list.isHidden()
    assert page.form.state().title == "Air pasang"
    assert page.head.chip.text() == "Draf Rahmah diambil alih"
    (draft,) = counter.drafts()
    assert (draft.officer, draft.begun_by) == ("Norhasanah", "Rahmah")
    type_in(page, "statement", "Sampai ke rumah.")
    page.draft.keeper.flush()
    counter.settle()
    assert counter.drafts()[0].begun_by == "Rahmah"
    page.draft.begin_anew()
    counter.settle()
    assert page.head.menu.entries() == ["Air pasang  ·  Norhasanah · 10.32 · dimulai Rahmah"]
    assert page.head.menu.list.lines()[0].go_on.text() == "Lanjutkan"


def test_a_draft_of_the_list_is_thrown_away_and_comes_back(counter: Counter, hers: Draft) -> None:
    page = counter.page()
    page.head.menu.click()
    QTest.keyClick(page.head.menu.list.lines()[0].bin, Qt.Key.Key_Return)
    counter.settle()
    assert counter.drafts() == []
    assert page.head.menu.isHidden()
    ((text, undo),) = counter.said
    assert text == "Draf “Air pasang” dibuang."
    assert undo is not None
    undo()
    counter.settle()
    assert [draft.id for draft in counter.drafts()] == [hers.id]
    assert page.head.menu.entries()


def test_one_that_is_gone_meanwhile_is_told(counter: Counter, hers: Draft) -> None:
    page = counter.page()

    def gone() -> None:
        with counter.desk.store.write() as transaction:
            drafts.remove(transaction, hers.id)

    counter.ask(gone)
    page.head.menu.taken_over.emit(hers)
    counter.settle()
    assert "sudah tidak ada" in page.banner.words()
    assert page.form.isEnabled()


def test_the_present_form_is_set_aside_from_the_list_by_key(counter: Counter, hers: Draft) -> None:
    page = counter.page()
    type_in(page, "statement", "Sampah")
    counter.qtbot.waitUntil(lambda: page.head.chip.text().startswith("Draf tersimpan"))
    counter.settle()
    page.head.menu.click()
    shelf = page.head.menu.list
    assert [line.draft.id for line in shelf.lines()] == [hers.id]
    QTest.keyClick(shelf._fresh, Qt.Key.Key_Return)
    counter.settle()
    assert page.form.state().is_empty()
    assert len(counter.drafts()) == 2
