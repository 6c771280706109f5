"""Five register books as offices keep them: every readable row right in every column, every spoiled one told why."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from kelurahan_client.domain.book_reading import BookReading, BookRow, RejectCode
from kelurahan_client.domain.book_rows import read_rows
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.services.book_files import best_sheet, open_book

FOLDER = Path(__file__).parent
TODAY = date(2026, 8, 3)
BOOKS = ["alalak_selatan_2024.xlsx", "belitung_selatan_2024.csv", "kuin_utara_2024.xlsx", "pekapuran_raya_2023.xls"]
CHANNELS = {"lisan": "tatap_muka", "telepon": "telepon", "surat": "surat", "": "buku_register"}
REJECTED = {"impossible_date", "future_date", "no_text", "shifted", "no_name", "no_date"}
AGENCIES = {
    "DLH": "DLH",
    "Dishub": "DISHUB",
    "Disdukcapil": "DISDUKCAPIL",
    "PUPR": "PUPR",
    "Satpol PP": "SATPOLPP",
    "Kominfotik": "DISKOMINFOTIK",
}


@dataclass(frozen=True)
class Read:
    """A book as read, with the sheet's name and what the file says it should be."""

    reading: BookReading
    sheet: str
    expected: list[dict[str, Any]]


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference(resources.path("reference"))


def read(name: str, reference: ReferenceData) -> Read:
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))
    sheet, layout = best_sheet(open_book(FOLDER / name))
    reading = read_rows(
        sheet.grid, layout, sheet=sheet.name, today=TODAY, reference=reference, office=expected["office"]
    )
    return Read(reading, sheet.name, expected["rows"])


def as_expected(row: dict[str, Any]) -> dict[str, object]:
    return {
        "book_number": str(row["no"]),
        "received_date": row["received"],
        "reporter_name": row["name"],
        "reporter_sex": row["sex"],
        "reporter_address": row["address"],
        "rt": row["rt"],
        "rw": row["rw"],
        "reporter_phone": row["phone"],
        "statement": row["text"],
        "channel": CHANNELS[row["channel"]],
        "agency_written": row["agency"],
        "note": row["note"],
    }


def as_read(row: BookRow, names: dict[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value := getattr(row.intake, name), date) else str(value)
        for name in names
    }


@pytest.mark.parametrize("name", BOOKS)
def test_every_row_of_a_sound_book_is_right_in_every_column(name: str, reference: ReferenceData) -> None:
    book = read(name, reference)
    wanted = [as_expected(row) for row in book.expected]
    assert [as_read(row, wanted[0]) for row in book.reading.rows] == wanted
    assert book.reading.rejected == ()
    assert [row.warnings for row in book.reading.rows] == [()] * len(wanted)


@pytest.mark.parametrize("name", BOOKS)
def test_the_place_in_the_book_and_the_open_choices_are_kept(name: str, reference: ReferenceData) -> None:
    book = read(name, reference)
    for row in book.reading.rows:
        assert row.intake.book_sheet == book.sheet
        assert row.intake.book_line == row.line
        assert (row.intake.anonymous, row.intake.confidential) == (None, None)
        assert row.intake.agency != ""
        assert row.intake.agency == AGENCIES.get(row.intake.agency_written, row.intake.agency)
    lines = [line for row in book.reading.rows for line in row.lines]
    assert lines == sorted(set(lines))


def test_the_two_line_rows_totals_blanks_and_the_signature_of_kuin_utara(reference: ReferenceData) -> None:
    reading = read("kuin_utara_2024.xlsx", reference).reading
    assert {row.intake.book_number: row.lines for row in reading.rows if len(row.lines) > 1} == {
        "21": (28, 29),
        "55": (66, 67),
        "69": (81, 82),
    }
    assert [(row.line, row.reason) for row in reading.skipped if row.reason != "Baris kosong."] == [
        (38, "Baris jumlah."),
        (96, "Baris jumlah."),
        (98, "Tanda tangan atau catatan kaki."),
    ]


def test_every_spoiled_row_is_rejected_or_warned_for_the_right_reason(reference: ReferenceData) -> None:
    book = read("rusak_contoh.xlsx", reference)
    problems = {str(row["no"]): row["problem"] for row in book.expected if "problem" in row}
    numbers = {row.line: row.cells[0] for row in book.reading.rejected}
    assert {numbers[row.line]: str(row.code) for row in book.reading.rejected} == {
        number: problem for number, problem in problems.items() if problem in REJECTED
    }
    wanted = {number: as_expected(row) for row in book.expected if (number := str(row["no"])) not in numbers.values()}
    # The book's own list leaves this telephone empty; its zero was lost in the spreadsheet and nothing else.
    wanted["28"]["reporter_phone"] = "081251234567"
    for row in book.reading.rows:
        assert as_read(row, wanted["1"]) == wanted[row.intake.book_number]
    warned = {row.intake.book_number: row.warnings for row in book.reading.rows if row.warnings}
    assert warned.keys() == {"24", "28"}
    assert "NIK" in warned["24"][0]
    assert "angka 0" in warned["28"][0]
    assert [row.line for row in book.reading.rows if row.intake.book_number == "20"] == [
        21,
        22,
    ]  # the repeat is no fault


def test_a_number_in_the_telephone_column_that_is_a_nik_moves_home(reference: ReferenceData) -> None:
    reading = read("rusak_contoh.xlsx", reference).reading
    [moved] = [row.intake for row in reading.rows if row.intake.book_number == "24"]
    assert (moved.reporter_nik, moved.reporter_phone) == ("6371045708900003", "")


def test_a_rejected_row_says_where_what_and_how_to_mend_it(reference: ReferenceData) -> None:
    reading = read("rusak_contoh.xlsx", reference).reading
    told = {row.code: (row.line, row.column, row.text, row.reason) for row in reading.rejected}
    assert told[RejectCode.IMPOSSIBLE_DATE] == (
        5,
        "Tanggal",
        "31/02/2024",
        "Februari 2024 hanya sampai tanggal 29.",
    )
    assert told[RejectCode.FUTURE_DATE] == (9, "Tanggal", "04/03/2062", "Tanggal belum terjadi.")
    assert told[RejectCode.SHIFTED][:3] == (17, "RT", "Gg. Mufakat No. 62")
    assert told[RejectCode.NO_DATE][:3] == (38, "Tanggal", "")
    assert all(row.remedy for row in reading.rejected)
