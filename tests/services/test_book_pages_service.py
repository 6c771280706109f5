"""A page of a register book on a real desk: kept, looked at, registered as one, taken back as one."""

from dataclasses import replace

import pytest

from kelurahan_client.domain.complaint import Channel
from kelurahan_client.domain.page_reading import PAGE_FIELDS, LineState
from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.domain.typed_page import TypedLine, TypedPage
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import book_pages, handling, importing, lists, page_looking
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import book_pages as rows
from kelurahan_client.store import outbox
from kelurahan_client.store.book_pages import PageRow
from tests.desk_making import DeskAt


def line(number: str = "", day: str = "3/8", name: str = "Siti", text: str = "Lampu padam.", **more: str) -> TypedLine:
    values = {"book_number": number, "received_date": day, "reporter_name": name, "statement": text} | more
    return TypedLine(tuple(values.get(field, "") for field in PAGE_FIELDS))


def page(*lines: TypedLine, book: str = "Buku 2026", number: str = "47") -> TypedPage:
    return TypedPage("page-1", book, number, lines)


FIVE = tuple(line(str(n), "31/7" if n < 3 else "3/8", f"Warga {n}", f"Titian nomor {n} goyang.") for n in range(1, 6))


def _complaints(desk: Desk) -> list[lists.Complaint]:
    return sorted(lists.full(desk, ListFilter()), key=lambda one: one.book_line or 0)


def test_a_page_becomes_complaints_with_its_page_and_lines(desk: Desk) -> None:
    saved = book_pages.register_page(desk, page(*FIVE))
    assert (saved.accepted, saved.duplicates, saved.whole) == (5, 0, True)
    made = _complaints(desk)
    assert [one.book_line for one in made] == [1, 2, 3, 4, 5]
    assert {one.book_sheet for one in made} == {"Buku 2026 hal. 47"}
    assert [one.book_number for one in made] == ["1", "2", "3", "4", "5"]
    assert [one.received_date.isoformat() for one in made] == ["2026-07-31"] * 2 + ["2026-08-03"] * 3
    assert {one.channel for one in made} == {Channel.REGISTER_BOOK}
    assert {one.recorded_at for one in made} == {desk.now()}
    assert {one.warnings[-2:] for one in made} == {tuple(NOT_ASKED.values())}
    with desk.store.read() as transaction:
        assert outbox.tail(transaction).n == 5
    assert book_pages.pages_in_work(desk) == []


def test_one_wrong_line_keeps_the_whole_page_out_and_loses_nothing(desk: Desk) -> None:
    spoiled = page(*FIVE[:2], line("3", "32/7"), *FIVE[3:])
    saved = book_pages.register_page(desk, spoiled)
    assert saved.import_id == ""
    assert saved.looked.wrong == [2]
    assert _complaints(desk) == []
    assert book_pages.open_page(desk, "page-1").page == spoiled


def test_wrong_lines_stay_on_the_page_where_the_clerk_says_so(desk: Desk) -> None:
    spoiled = page(*FIVE[:2], line("3", "32/7"), *FIVE[3:])
    saved = book_pages.register_page(desk, spoiled, leave_wrong=True)
    assert (saved.accepted, saved.whole) == (4, False)
    [left] = book_pages.pages_in_work(desk)
    assert [bool(one.saved_as) for one in left.page.lines] == [True, True, False, True, True]
    mended = replace(left.page, lines=(*left.page.lines[:2], line("3", "31/7"), *left.page.lines[3:]))
    again = book_pages.register_page(desk, mended)
    assert (again.accepted, again.duplicates, again.whole) == (1, 0, True)
    assert [one.book_line for one in _complaints(desk)] == [1, 2, 3, 4, 5]


def test_the_same_page_twice_adds_nothing(desk: Desk) -> None:
    book_pages.register_page(desk, page(*FIVE))
    other = replace(page(*FIVE), id="page-2", number="48")
    assert page_looking.look(desk, other).known == frozenset(range(5))
    saved = book_pages.register_page(desk, other)
    assert (saved.import_id, saved.accepted, saved.duplicates, saved.whole) == ("", 0, 5, True)
    assert len(_complaints(desk)) == 5


def test_a_saved_page_stands_among_the_imports(desk: Desk) -> None:
    book_pages.register_page(desk, page(*FIVE))
    [batch] = importing.history(desk)
    assert batch.file_name == "Buku 2026, halaman 47"
    assert (batch.read, batch.accepted) == (5, 5)


def test_a_line_written_twice_is_registered_once(desk: Desk) -> None:
    looked = page_looking.look(desk, page(FIVE[0], FIVE[0]))
    assert looked.twins == {1: 0}
    assert book_pages.register_page(desk, page(FIVE[0], FIVE[0])).accepted == 1


def test_a_page_is_taken_back_as_one_and_is_in_work_again(desk: Desk) -> None:
    saved = book_pages.register_page(desk, page(*FIVE))
    importing.undo(desk, saved.import_id)
    assert _complaints(desk) == []
    [back] = book_pages.pages_in_work(desk)
    assert back.page.lines == FIVE
    again = book_pages.register_page(desk, back.page)
    assert again.accepted == 5


def test_what_was_worked_on_stays_when_a_page_is_taken_back(desk: Desk) -> None:
    saved = book_pages.register_page(desk, page(*FIVE))
    handling.follow_up(desk, _complaints(desk)[0].id, "Sudah dilihat.")
    assert importing.undo(desk, saved.import_id).kept == 1
    [back] = book_pages.pages_in_work(desk)
    assert page_looking.look(desk, back.page).known == {0}
    assert book_pages.register_page(desk, back.page).accepted == 4


def test_the_year_of_the_book_is_the_year_of_its_dates(desk: Desk) -> None:
    book_pages.register_page(desk, page(line("1", "3/1"), line("2", "4/2", "Amat"), book="Buku 2024"))
    assert [one.received_date.isoformat() for one in _complaints(desk)] == ["2024-01-03", "2024-02-04"]


def test_a_page_without_its_number_is_not_saved(desk: Desk) -> None:
    with pytest.raises(InputError, match="Nomor halaman"):
        book_pages.register_page(desk, page(*FIVE, number=" "))


def test_what_was_kept_is_there_after_the_data_were_opened_again(desk: Desk, desk_at: DeskAt) -> None:
    half = TypedPage("p", "Buku 2026", "9", (line("1", "32/13", "\ud800 Siti"),), 14, {"sheet": 2})
    book_pages.keep(desk, half)
    desk.store.close()
    again = desk_at(desk.store.config)
    [found] = book_pages.pages_in_work(again)
    assert found.page == half
    assert book_pages.new_page(again).number == "10"


def test_a_discarded_page_can_be_brought_back(desk: Desk) -> None:
    book_pages.keep(desk, page(*FIVE))
    book_pages.discard(desk, "page-1")
    assert book_pages.pages_in_work(desk) == []
    book_pages.restore(desk, "page-1")
    assert len(book_pages.pages_in_work(desk)) == 1
    with pytest.raises(NotFound):
        book_pages.open_page(desk, "nobody")


def test_lines_say_what_they_are(desk: Desk) -> None:
    looked = page_looking.look(
        desk,
        page(
            FIVE[0],
            line("", "", "", "dan pagarnya juga."),
            TypedLine(),
            line("2", '"', "idem", "Sampah menumpuk."),
            line("3", "3/8", "Amat", "Jalan rusak.", reporter_phone="08135511"),
            TypedLine(("Jumlah", *[""] * 10)),
        ),
    )
    states = [one.state for one in looked.lines]
    assert states == [
        LineState.GOOD,
        LineState.JOINED,
        LineState.EMPTY,
        LineState.GOOD,
        LineState.WARNED,
        LineState.LEFT_OUT,
    ]
    assert looked.lines[1].remark == "Lanjutan baris 1."
    short = looked.lines[4].problem("reporter_phone")
    assert short is not None
    assert short.short == "kurang 2 angka"


def test_the_same_in_other_words_is_hinted_at_and_not_refused(desk: Desk) -> None:
    book_pages.register_page(desk, page(line("1", "3/8", "H. Burhanuddin", "Lapak menutup trotoar di muka SD.")))
    again = replace(
        page(
            line("7", "1/8", "h burhanuddin", "Trotoar muka SD tertutup lapak"),
            line("8", "1/8", "H. Burhanuddin", "Minta perbaikan lampu jalan"),
            number="48",
        ),
        id="page-2",
    )
    first, second = page_looking.look(desk, again).lines
    hint = first.problem("reporter_name")
    assert hint is not None
    assert hint.short == "mirip hal. 47"
    assert "Buku 2026 hal. 47" in hint.sentence
    assert second.state is LineState.GOOD
    assert book_pages.register_page(desk, again).accepted == 2


def test_another_page_with_this_number_is_told(desk: Desk) -> None:
    book_pages.register_page(desk, page(*FIVE))
    looked = page_looking.look(desk, replace(page(line("9", "3/8", "Lain")), id="page-2"))
    assert looked.earlier.startswith("Halaman 47 sudah disimpan: 3 ")
    assert page_looking.look(desk, page(*FIVE)).earlier == ""


def test_a_saved_page_is_not_opened_again_by_a_late_word(desk: Desk) -> None:
    book_pages.register_page(desk, page(*FIVE))
    book_pages.keep(desk, page(*FIVE))
    assert book_pages.pages_in_work(desk) == []


def test_a_page_that_was_kept_before_there_was_a_category_still_knows_what_was_saved(desk: Desk) -> None:
    page = book_pages.new_page(desk)
    width = len(PAGE_FIELDS) - 1
    cells = ["1", "3/8", "Siti", *[""] * (width - 3)]
    content = {"lines": [cells, [*cells, "import-1"]], "in_book": 2, "view": {}}
    row = PageRow(
        id=page.id,
        officer="Norhasanah",
        created_at=desk.now(),
        updated_at=desk.now(),
        book=page.book,
        number=page.number,
        content=content,
    )
    with desk.store.write() as transaction:
        rows.put(transaction, row)
    open_, saved = book_pages.open_page(desk, page.id).page.lines
    assert open_ == TypedLine((*cells, ""))
    assert saved == TypedLine((*cells, ""), "import-1")
    book_pages.keep(desk, book_pages.open_page(desk, page.id).page)
    assert book_pages.open_page(desk, page.id).page.lines == (open_, saved)
