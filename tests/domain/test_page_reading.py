"""Each line of a typed page as a complaint to be, or the cell in its way with the mends that one key makes."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from kelurahan_client.domain.page_likeness import NEAR, spans
from kelurahan_client.domain.page_mends import MOST, mends_for
from kelurahan_client.domain.page_reading import PAGE_FIELDS, LineReading, LineState, labels, read_page
from kelurahan_client.domain.page_warnings import place_of
from kelurahan_client.domain.reference import load_reference

TODAY = date(2026, 8, 3)
REFERENCE = load_reference(resources.path("reference"))


def typed(**cells: str) -> tuple[str, ...]:
    values = {"received_date": "3/8", "reporter_name": "Siti", "statement": "Lampu padam."} | cells
    return tuple(values.get(field, "") for field in PAGE_FIELDS)


def read(*lines: tuple[str, ...], year: int | None = 2026) -> tuple[LineReading, ...]:
    return read_page(lines, sheet="s", year=year, today=TODAY, reference=REFERENCE, office="63.71.04.1003")


def test_a_day_that_is_not_in_the_calendar_is_mended_from_its_neighbours() -> None:
    lines = read(typed(received_date="31/7"), typed(received_date="32/7"), typed(received_date="3/8"))
    [problem] = lines[1].problems
    assert (problem.field, problem.short, problem.wrong) == ("received_date", "tidak ada", True)
    assert problem.sentence == "32/7 tidak ada di kalender."
    assert problem.remedy == "Baris di atasnya 31 Juli, di bawahnya 3 Agustus."
    assert problem.mends == ("31/7", "3/8")


@pytest.mark.parametrize(
    ("cell", "field", "short"),
    [
        ({"reporter_name": ""}, "reporter_name", "kosong"),
        ({"statement": ""}, "statement", "kosong"),
        ({"received_date": ""}, "received_date", "kosong"),
        ({"received_date": "4/8"}, "received_date", "belum terjadi"),
        ({"received_date": "besok"}, "received_date", "bukan tanggal"),
        ({"rt_rw": "1234/5"}, "rt_rw", "tidak terbaca"),
        ({"reporter_sex": "X", "reporter_name": "Siti"}, "reporter_sex", "periksa lagi"),
        ({"reporter_address": "idem"}, "reporter_address", "di atas kosong"),
    ],
)
def test_the_problem_stands_in_its_cell(cell: dict[str, str], field: str, short: str) -> None:
    [line] = read(typed(book_number="1", **cell))
    assert line.state is LineState.WRONG
    [problem] = line.problems
    assert (problem.field, problem.short) == (field, short)
    assert problem.unfilled == (short == "kosong")


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ({"reporter_phone": "08135511"}, "reporter_phone"),
        ({"reporter_name": "Anonim"}, "reporter_name"),
        ({"statement": "Pak Rahmadi menutup jalan."}, "statement"),
        ({"agency_written": "Dinas Ruang Angkasa"}, "agency_written"),
        ({"channel": "merpati"}, "channel"),
        ({"received_date": "Rabu, 3/8/2026"}, "received_date"),
        ({"reporter_address": "Gg. Damai RT 1 RW 2", "rt_rw": "3/4"}, "rt_rw"),
    ],
)
def test_a_warning_stands_in_its_cell_and_keeps_nothing_out(cell: dict[str, str], field: str) -> None:
    [line] = read(typed(**cell))
    assert line.state is LineState.WARNED
    assert line.intake is not None
    assert field in {problem.field for problem in line.problems}
    assert not any(problem.wrong for problem in line.problems)


def test_joined_rt_rw_and_idem_are_understood_as_in_an_import() -> None:
    lines = read(typed(rt_rw="12/3", reporter_address="Gg. Damai"), typed(received_date='"', reporter_address="idem"))
    intake = lines[1].intake
    assert lines[0].intake is not None
    assert intake is not None
    assert (lines[0].intake.rt, lines[0].intake.rw) == ("012", "003")
    assert (intake.received_date, intake.reporter_address, intake.book_line) == (TODAY, "Gg. Damai", 2)


def test_what_no_rule_knows_is_shown_with_the_statement() -> None:
    assert place_of("Sesuatu yang baru.") == ("statement", "perlu dilihat", "Sesuatu yang baru.")


@pytest.mark.parametrize("words", ["Lampu jalan (PJU) padam", "lampu ja", "PJU", "LAMPU_JALAN", "pad lamp"])
def test_a_category_is_typed_by_the_words_of_its_name_and_brings_its_agency(words: str) -> None:
    [line] = read(typed(category=words))
    assert line.intake is not None
    assert REFERENCE.category_name(line.intake.category) == "Lampu jalan (PJU) padam"
    assert line.intake.agency == "DISHUB"
    assert (line.hint is None) == (words == "Lampu jalan (PJU) padam")
    assert line.hint is None or line.hint.sentence == "Lampu jalan (PJU) padam."
    [given] = read(typed(category=words, agency_written="PUPR"))
    assert given.intake is not None
    assert given.intake.agency == "PUPR"


def test_an_empty_category_stays_so_and_the_statement_suggests_some() -> None:
    [line] = read(typed(statement="Lampu jalan padam, jalan berlubang."))
    assert line.state is LineState.GOOD
    assert line.intake is not None
    assert line.intake.category == ""
    assert line.hint is not None
    assert line.hint.mends == ("Lampu jalan (PJU) padam", "Jalan rusak/berlubang")


@pytest.mark.parametrize(("words", "mend"), [("jalan", "Jalan rusak/berlubang"), ("got", "Drainase/saluran tersumbat")])
def test_words_that_are_not_one_category_stand_in_the_way_with_what_they_may_mean(words: str, mend: str) -> None:
    [line] = read(typed(category=words))
    [problem] = line.problems
    assert (problem.field, problem.short, problem.wrong) == ("category", "pilih satu", True)
    assert mend in problem.mends
    assert all(REFERENCE.find_category(name) for name in problem.mends)


def test_every_column_has_a_name() -> None:
    assert tuple(labels()) == PAGE_FIELDS


@given(st.sampled_from(PAGE_FIELDS), st.text(max_size=20), st.none() | st.dates(date(2000, 1, 1), TODAY))
def test_mends_are_few_and_never_raise(field: str, text: str, above: date | None) -> None:
    assert len(mends_for(field, text, above=above, below=None, today=TODAY)) <= MOST


@given(st.lists(st.lists(st.text(max_size=12), min_size=len(PAGE_FIELDS), max_size=len(PAGE_FIELDS)), max_size=6))
def test_every_line_gets_exactly_one_reading(lines: list[list[str]]) -> None:
    found = read(*map(tuple, lines))
    assert len(found) == len(lines)
    assert all((line.intake is not None) == (line.state in {LineState.GOOD, LineState.WARNED}) for line in found)


@given(st.lists(st.dates(date(2000, 1, 1), TODAY), max_size=12))
def test_every_day_lies_in_one_span_and_far_days_fetch_nothing_between(days: list[date]) -> None:
    found = spans(days)
    assert all(any(first <= day - NEAR and day + NEAR <= last for first, last in found) for day in days)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert sum((last - first).days for first, last in found) <= len(days) * 2 * NEAR.days
