"""A page of the book from its first key to its complaints, by keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.domain.typed_page import TypedLine, TypedPage
from kelurahan_client.services import book_pages, importing
from kelurahan_client.services.desk import Desk
from tests.ui.book_page.conftest import Typist

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
DATE, NAME, STATEMENT = (PAGE_FIELDS.index(f) for f in ("received_date", "reporter_name", "statement"))


def row(number: int, day: str = "3/8", text: str = "Titian goyang.") -> list[str]:
    return [str(number), day, f"Warga {number}", "P", "Gg. Rahmat", "4/1", "", f"{text} {number}"]


def test_five_lines_by_keyboard_from_opening_to_saved(typist: Typist) -> None:
    typist.key(Qt.Key.Key_Return)  # "Ketik halaman baru" has the keyboard
    typist.settle()
    typist.cells("1", "31/7", "Hj. Noorjanah", "P", "Gg. Rahmat", "4/1", "081251234567", "Titian goyang di RT 4")
    typist.key(Qt.Key.Key_Return)  # back to where the row of Tabs began, one line down
    for at in range(2, 6):
        typist.key(Qt.Key.Key_D, CTRL)
        typist.key(Qt.Key.Key_Tab)
        typist.cells("3/8", f"Warga {at}", "L", '"' if at > 2 else "Gg. Damai", "12/3", "", f"Lampu {at} padam")
        typist.key(Qt.Key.Key_Return)
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    made = typist.complaints()
    assert [one.book_number for one in made] == ["1", "2", "3", "4", "5"]
    assert [one.book_line for one in made] == [1, 2, 3, 4, 5]
    assert {one.book_sheet for one in made} == {"Buku 2026 hal. 1"}
    assert [one.reporter_address for one in made][2:] == ["Gg. Damai"] * 3
    assert (made[4].rt, made[4].rw) == ("012", "003")
    assert typist.said[-1][0] == "Halaman 1: 5 pengaduan tersimpan."
    assert typist.page.work.title.number.text() == "2"  # the next page waits


def test_a_category_is_typed_or_taken_from_what_the_statement_suggests(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    work, category = typist.page.work, PAGE_FIELDS.index("category")
    typist.cells(*row(1, text="Lampu jalan padam."), "", "", "")
    typist.rest()
    assert work.grid.place() == (0, category)
    assert work.problem.words().endswith("Usulan dari isi pengaduan.")
    typist.key(Qt.Key.Key_1, ALT)
    typist.rest()
    assert typist.texts(0)[category] == "Lampu jalan (PJU) padam"
    typist.key(Qt.Key.Key_Tab)
    typist.cells(*row(2, text="Air got meluap."), "", "", "")
    typist.type("jal")
    typist.rest()  # while the cell is open
    assert work.model.marks.problem(1, category) is not None
    typist.key(Qt.Key.Key_2, ALT)
    typist.rest()
    taken = typist.texts(1)[category]
    assert taken in {one.name for one in typist.desk.reference.categories.values()}
    typist.key(Qt.Key.Key_Tab)
    typist.cells(*row(3), "", "", "", "jemb")
    typist.cells(*row(4))
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    names = [typist.desk.reference.category_name(one.category) for one in typist.complaints()]
    assert names == ["Lampu jalan (PJU) padam", taken, "Jembatan/titian rusak", ""]


def test_who_leaves_right_after_saving_is_not_fetched_back(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.cells(*row(1))
    typist.page.typing.changed.connect(typist.page.typing.leave)  # before the next page has been asked for
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    assert len(typist.complaints()) == 1
    assert typist.page.start.isVisible()
    assert not typist.page.work.isVisible()


def test_enter_and_the_arrows_move_as_in_a_spreadsheet(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    grid = typist.page.work.grid
    grid.go_to(0, DATE)
    typist.cells("3/8", "Siti")
    typist.key(Qt.Key.Key_Return)
    assert grid.place() == (1, DATE)
    typist.type("4")
    typist.key(Qt.Key.Key_Down)
    assert grid.place() == (2, DATE)
    assert typist.texts(1)[DATE] == "4"
    typist.key(Qt.Key.Key_Backtab)
    assert grid.place() == (2, DATE - 1)
    typist.key(Qt.Key.Key_F2)
    typist.type("7")
    typist.key(Qt.Key.Key_Escape)
    assert typist.texts(2)[DATE - 1] == ""
    grid.go_to(0, len(PAGE_FIELDS) - 1)
    typist.key(Qt.Key.Key_Tab)
    assert grid.place() == (1, 0)


def test_typing_over_a_cell_replaces_it_and_f2_goes_on_in_it(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    grid = typist.page.work.grid
    grid.go_to(0, NAME)
    typist.cells("Siti")
    grid.go_to(0, NAME)
    typist.cells("Amat")
    assert typist.texts(0)[NAME] == "Amat"
    grid.go_to(0, NAME)
    typist.key(Qt.Key.Key_F2)
    typist.editor().end(False)
    typist.cells(" Jr")
    assert typist.texts(0)[NAME] == "Amat Jr"


def test_every_edit_can_be_undone_and_done_again(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("1\t3/8\tSiti\n2\t3/8\tAmat\n")
    typist.page.work.grid.selectRow(0)
    typist.key(Qt.Key.Key_Delete)
    assert typist.texts(0)[NAME] == ""
    typist.key(Qt.Key.Key_Z, CTRL)
    assert typist.texts(0)[NAME] == "Siti"
    typist.key(Qt.Key.Key_Y, CTRL)
    assert typist.texts(0)[NAME] == ""
    typist.key(Qt.Key.Key_Z, CTRL)
    typist.key(Qt.Key.Key_Z, CTRL)
    assert typist.page.work.model.lines() == ()


def test_lines_are_put_between_and_taken_off(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("1\n2\n")
    grid = typist.page.work.grid
    grid.go_to(1, 0)
    typist.key(Qt.Key.Key_I, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [typist.texts(at)[0] for at in range(3)] == ["1", "", "2"]
    typist.key(Qt.Key.Key_Delete, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [typist.texts(at)[0] for at in range(2)] == ["1", "2"]


def test_thirty_rows_are_pasted_from_a_spreadsheet(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    rows = [row(n) for n in range(1, 31)]
    rows[1][4] = '"'  # as above
    rows[2][7] = '"Sampah ""besar""\ndi muka SD"'
    typist.paste("".join("\t".join(cells) + "\r\n" for cells in rows))
    assert typist.texts(2)[STATEMENT] == 'Sampah "besar"\ndi muka SD'
    assert typist.texts(29)[0] == "30"
    typist.rest()
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    made = typist.complaints()
    assert len(made) == 30
    assert made[1].reporter_address == "Gg. Rahmat"
    assert made[2].statement == 'Sampah "besar"\ndi muka SD'


def test_what_was_copied_is_pasted_again(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste('1\t"\tSiti\n2\t3/8\t"A\nB"\n')
    grid = typist.page.work.grid
    grid.selectAll()
    typist.key(Qt.Key.Key_C, CTRL)
    grid.go_to(2, 0)
    typist.key(Qt.Key.Key_V, CTRL)
    assert (typist.texts(2), typist.texts(3)) == (typist.texts(0), typist.texts(1))


def test_wrong_lines_keep_the_page_and_the_clerk_is_brought_to_the_first(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    rows = [row(1, "31/7"), row(2, "32/7"), row(3)]
    typist.paste("\n".join("\t".join(cells) for cells in rows))
    typist.rest()
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    work = typist.page.work
    assert typist.complaints() == []
    assert "1 baris salah" in work.wrong_bar.words()
    assert work.grid.place() == (1, DATE)
    assert "32/7 tidak ada di kalender" in work.problem.words()
    assert [button.text() for button in work.problem.buttons] == ["Jadikan 31/7", "Jadikan 3/8"]
    typist.key(Qt.Key.Key_2, ALT)  # the mend
    assert typist.texts(1)[DATE] == "3/8"
    typist.rest()
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    assert len(typist.complaints()) == 3


def test_the_good_lines_are_saved_and_the_wrong_ones_stay_where_the_clerk_says_so(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    rows = [row(1, "31/7"), row(2, "32/7"), row(3)]
    typist.paste("\n".join("\t".join(cells) for cells in rows))
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    typist.key(Qt.Key.Key_S, ALT)
    typist.settle()
    work = typist.page.work
    assert [one.book_line for one in typist.complaints()] == [1, 3]
    assert work.grid.place() == (1, DATE)
    work.grid.go_to(0, NAME)
    typist.type("x")
    assert typist.texts(0)[NAME] == "Warga 1"  # it is a complaint, and no longer edited here


def test_a_saved_page_is_taken_back_and_typed_on(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("\t".join(row(1)))
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    text, undo = typist.said[-1]
    assert text == "Halaman 1: 1 pengaduan tersimpan."
    assert undo is not None
    undo()
    typist.settle()
    assert typist.complaints() == []
    assert typist.texts(0)[NAME] == "Warga 1"


def test_the_same_page_twice_is_told_and_adds_nothing(typist: Typist) -> None:
    for _time in range(2):
        typist.page.typing.new()
        typist.settle()
        typist.paste("\t".join(row(1)))
        typist.rest()
        if _time:
            assert "Sudah ada" in typist.page.work.model.marks.of_line(0).text
        typist.key(Qt.Key.Key_S, CTRL)
        typist.settle()
    assert len(typist.complaints()) == 1
    assert "tidak ada yang baru" in typist.said[-1][0]


def test_a_telephone_is_masked_when_its_cell_is_left(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    work = typist.page.work
    phone = PAGE_FIELDS.index("reporter_phone")
    work.grid.go_to(0, phone)
    typist.cells("081251234567")
    assert work.model.index(0, phone).data() == "0812••••4567"
    work.grid.go_to(0, phone)
    typist.key(Qt.Key.Key_F2)
    assert typist.editor().text() == "081251234567"


def test_what_is_not_yet_filled_in_the_line_being_typed_is_no_problem(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    work = typist.page.work
    typist.cells("1", "3/8")
    typist.rest()
    assert work.model.marks.problem(0, NAME) is None
    work.grid.go_to(1, 0)
    found = work.model.marks.problem(0, NAME)
    assert found is not None
    assert found.short == "kosong"


@pytest.mark.parametrize("leaves", ["closed", "half a cell"])
def test_what_was_typed_is_there_in_another_window(
    typist: Typist, make_typist: Callable[[Desk], Typist], leaves: str
) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.cells("1", "3/8")
    typist.type("Siti Rah")  # the cell is still open
    if leaves == "closed":
        typist.key(Qt.Key.Key_Tab)
    typist.rest()
    other = make_typist(typist.desk)
    assert other.page.start.pages.model.rowCount() == 1
    other.key(Qt.Key.Key_Return)
    other.settle()
    assert other.texts(0)[:3] == ["1", "3/8", "Siti Rah"]


def test_a_page_is_put_aside_and_brought_back(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("1\t3/8\tSiti")
    typist.rest()
    assert typist.page.go_back()
    typist.settle()
    assert typist.focus() is typist.page.start.pages.table
    typist.key(Qt.Key.Key_Delete)
    typist.settle()
    assert not typist.page.start.pages.isVisible()
    undo = typist.said[-1][1]
    assert undo is not None
    undo()
    typist.settle()
    assert typist.page.start.pages.isVisible()


def test_a_page_without_a_number_asks_for_it(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("\t".join(row(1)))
    typist.page.work.title.number.clear()
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    assert "Nomor halaman" in typist.page.work.banner.words()
    assert typist.focus() is typist.page.work.title.number


def test_a_saved_page_is_in_the_list_of_imports(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("\t".join(row(1)))
    typist.key(Qt.Key.Key_S, CTRL)
    typist.settle()
    [batch] = typist.work(lambda: importing.history(typist.desk))
    assert batch.file_name == "Buku 2026, halaman 1"
    assert typist.work(lambda: book_pages.pages_in_work(typist.desk)) == []


def test_a_line_that_comes_from_elsewhere_meanwhile_is_told(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("\t".join(row(1)))
    typist.rest()
    line = TypedLine((*row(1), *[""] * (len(PAGE_FIELDS) - len(row(1)))))
    typist.work(lambda: book_pages.register_page(typist.desk, TypedPage("other", "Buku 2026", "30", (line,))))
    typist.page.reload(frozenset({"complaint"}))
    typist.settle()
    assert "Sudah ada" in typist.page.work.model.marks.of_line(0).text
    assert "Dilewati 1" in typist.page.work.counts.words()


def test_a_question_mark_is_typed_and_no_key_of_the_window(typist: Typist) -> None:
    typist.page.typing.new()
    typist.settle()
    pressed: list[bool] = []
    QShortcut(QKeySequence("?"), typist.page).activated.connect(lambda: pressed.append(True))
    typist.cells("?")
    assert typist.texts(0)[0] == "?"
    assert pressed == []
