"""Reading the rows of register books: what clerks write, what spreadsheets make of it, and what is given back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import overload

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from kelurahan_client.domain.book_cells import Cell, Grid
from kelurahan_client.domain.book_layout import Layout, find_layout, layout_with
from kelurahan_client.domain.book_reading import BookReading, RejectCode, RejectedRow
from kelurahan_client.domain.book_rows import read_rows
from kelurahan_client.domain.complaint import Channel, Classification, Intake
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.errors import InputError
from tests.desk_making import UNTIMED

TODAY = date(2026, 8, 3)
HEADER = ("No", "Tanggal", "Nama", "L/P", "Alamat", "RT", "RW", "No. HP", "Isi Pengaduan", "Media", "Dinas", "Ket")
GOOD: dict[str, Cell] = {
    "No": 1,
    "Tanggal": "3/6/2024",
    "Nama": "Siti Aisyah",
    "L/P": "P",
    "Alamat": "Jl. Veteran No. 3",
    "RT": "012",
    "RW": "003",
    "No. HP": "081251234567",
    "Isi Pengaduan": "Got mampet, air naik ke halaman.",
    "Media": "lisan",
    "Dinas": "PUPR",
    "Ket": "proses",
}


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference(resources.path("reference"))


@pytest.fixture
def book(reference: ReferenceData) -> "Reader":
    return Reader(reference)


class Reader:
    """Reads rows that are given as differences to a good one."""

    def __init__(self, reference: ReferenceData) -> None:
        self.reference = reference

    def grid(self, grid: Grid, layout: Layout | None = None) -> BookReading:
        layout = layout or find_layout(grid)
        assert layout is not None
        return read_rows(grid, layout, sheet="2024", today=TODAY, reference=self.reference, office="63.71.04.1003")

    def rows(self, *rows: Mapping[str, Cell] | Sequence[Cell]) -> BookReading:
        lines = [[{**GOOD, **row}[name] for name in HEADER] if isinstance(row, Mapping) else list(row) for row in rows]
        return self.grid([list(HEADER), *lines])

    def intake(self, **cells: Cell) -> Intake:
        reading = self.rows({name.replace("_", " "): cell for name, cell in cells.items()})
        assert reading.rejected == ()
        return reading.rows[0].intake

    def fault(self, *rows: dict[str, Cell]) -> RejectedRow:
        rejected = self.rows(*rows).rejected
        assert len(rejected) == 1
        return rejected[0]


def test_a_good_row_is_right_in_every_field(book: Reader) -> None:
    reading = book.rows({})
    assert reading.read == 1
    assert reading.rows[0].intake == Intake(
        channel=Channel.IN_PERSON,
        received_date=date(2024, 6, 3),
        reporter_name="Siti Aisyah",
        reporter_sex="P",
        reporter_phone="081251234567",
        reporter_address="Jl. Veteran No. 3",
        rt="012",
        rw="003",
        title=reading.rows[0].intake.title,
        statement="Got mampet, air naik ke halaman.",
        agency="PUPR",
        agency_written="PUPR",
        note="proses",
        book_number="1",
        book_sheet="2024",
        book_line=2,
    )


@pytest.mark.parametrize(
    "written",
    [
        "3/6/2024",
        "03-06-24",
        "3 Juni 2024",
        "Senin, 3 Juni 2024",
        date(2024, 6, 3),
        datetime.fromisoformat("2024-06-03T09:30"),
        45446,
        45446.75,
        "45446",
    ],
)
def test_dates_as_people_and_spreadsheets_write_them(book: Reader, written: Cell) -> None:
    assert book.rows({"Tanggal": written}).rows[0].intake.received_date == date(2024, 6, 3)


def test_a_date_without_a_year_belongs_to_the_year_of_the_row_above(book: Reader) -> None:
    reading = book.rows({"Tanggal": "28/12/2023"}, {"Tanggal": "29/12"}, {"Tanggal": "2/1"}, {"Tanggal": "3 Jan"})
    assert [row.intake.received_date for row in reading.rows] == [
        date(2023, 12, 28),
        date(2023, 12, 29),
        date(2024, 1, 2),
        date(2024, 1, 3),
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("31/6/2024", RejectCode.IMPOSSIBLE_DATE),
        ("4/3/2062", RejectCode.FUTURE_DATE),
        (date(2062, 3, 4), RejectCode.FUTURE_DATE),
        ("kemarin", RejectCode.UNREADABLE_DATE),
        ("3/8/1970", RejectCode.TOO_OLD_DATE),
        ("", RejectCode.NO_DATE),
        ("-", RejectCode.NO_DATE),
        (None, RejectCode.NO_DATE),
        (float("nan"), RejectCode.UNREADABLE_DATE),
        (float("inf"), RejectCode.UNREADABLE_DATE),
    ],
)
def test_a_date_that_cannot_be_read_is_given_back(book: Reader, written: Cell, code: RejectCode) -> None:
    fault = book.fault({"Tanggal": written})
    assert (fault.code, fault.column, fault.line) == (code, "Tanggal", 2)
    assert fault.reason
    assert fault.remedy


def test_the_reason_and_the_remedy_of_a_date_are_told_apart(book: Reader) -> None:
    fault = book.fault({"Tanggal": "31/6/2024"})
    assert (fault.reason, fault.remedy) == ("Juni hanya sampai tanggal 30.", "Cocokkan: 30/6 atau 1/7?")


@pytest.mark.parametrize("mark", ["idem", "s.d.a", '"', '-"-', ",,", "sda"])
def test_as_above_takes_what_stands_above_in_every_column(book: Reader, mark: str) -> None:
    ditto = dict.fromkeys(HEADER, mark) | {"No": 2}
    first, second, third = book.rows({}, ditto, ditto | {"No": 3}).rows
    assert replace(second.intake, book_number="1", book_line=2) == first.intake
    assert replace(third.intake, book_number="1", book_line=2) == first.intake


def test_as_above_looks_over_blank_lines_and_totals(book: Reader) -> None:
    reading = book.rows({}, [None] * 12, ["", "", "JUMLAH", "", "", "", "", "", 1], {"Tanggal": "idem"})
    assert [row.intake.received_date for row in reading.rows] == [date(2024, 6, 3)] * 2


@pytest.mark.parametrize("column", ["Tanggal", "Nama", "Alamat", "Dinas", "Ket"])
def test_as_above_with_nothing_above_is_given_back(book: Reader, column: str) -> None:
    fault = book.fault({column: "idem"})
    assert (fault.code, fault.column, fault.text) == (RejectCode.NOTHING_ABOVE, column, "idem")
    assert "tanpa baris di atasnya" in fault.reason


def test_as_above_under_an_empty_cell_is_given_back(book: Reader) -> None:
    fault = book.fault({"Dinas": ""}, {"Dinas": '"'})
    assert (fault.code, fault.line) == (RejectCode.NOTHING_ABOVE, 3)


def test_as_above_never_reaches_over_a_date_that_was_not_read(book: Reader) -> None:
    reading = book.rows({}, {"Tanggal": "31/6/2024"}, {"Tanggal": "idem"}, {"Tanggal": ""}, {"Tanggal": '"'})
    assert [row.code for row in reading.rejected] == [
        RejectCode.IMPOSSIBLE_DATE,
        RejectCode.NOTHING_ABOVE,
        RejectCode.NO_DATE,
        RejectCode.NOTHING_ABOVE,
    ]
    assert "baris 3" in reading.rejected[1].reason


def test_as_above_under_a_row_that_was_refused_for_another_reason(book: Reader) -> None:
    reading = book.rows({"Nama": "", "Dinas": "DLH"}, {"Tanggal": "idem", "Dinas": '"'})
    assert [row.code for row in reading.rejected] == [RejectCode.NO_NAME]
    assert (reading.rows[0].intake.received_date, reading.rows[0].intake.agency) == (date(2024, 6, 3), "DLH")


def test_as_above_under_a_shifted_row_is_given_back(book: Reader) -> None:
    reading = book.rows({"Alamat": "", "RT": "Gg. Mufakat No. 62", "RW": "029"}, {"Tanggal": "idem", "Dinas": '"'})
    assert [row.code for row in reading.rejected] == [RejectCode.SHIFTED, RejectCode.NOTHING_ABOVE]


def test_the_cells_of_a_rejected_row_stand_without_the_rows_above(book: Reader) -> None:
    reading = book.rows({}, {"No": 2.0, "Tanggal": "idem", "Nama": "", "Dinas": '"', "Ket": "-"})
    assert reading.rejected[0].cells == (
        "2", "03/06/2024", "", "P", "Jl. Veteran No. 3", "012", "003", "081251234567",
        "Got mampet, air naik ke halaman.", "lisan", "PUPR", "-",
    )  # fmt: skip


def test_a_row_without_a_name_is_not_taken_for_an_anonymous_one(book: Reader) -> None:
    fault = book.fault({"Nama": "-"})
    assert (fault.code, fault.column) == (RejectCode.NO_NAME, "Nama")


@pytest.mark.parametrize("name", ["Anonim", "ANONIM", "Hamba Allah", "tanpa nama"])
def test_a_written_anonim_is_anonymous_and_nothing_else_is(book: Reader, name: str) -> None:
    intake = book.intake(Nama=name)
    assert (intake.anonymous, intake.confidential, intake.reporter_name) == (True, None, "")
    assert book.intake(Nama="Siti").anonymous is None


def test_a_row_without_a_statement_is_given_back(book: Reader) -> None:
    fault = book.fault({"Isi Pengaduan": ""})
    assert (fault.code, fault.column, fault.text) == (RejectCode.NO_TEXT, "Isi Pengaduan", "")


@pytest.mark.parametrize(
    ("rt", "rw", "wanted"),
    [
        (12, 3, ("012", "003")),
        (33.0, "1", ("033", "001")),
        ("RT 5", "RW 2", ("005", "002")),
        ("12/3", "", ("012", "003")),
        ("-", "", ("", "")),
    ],
)
def test_rt_and_rw_in_two_columns(book: Reader, rt: Cell, rw: Cell, wanted: tuple[str, str]) -> None:
    intake = book.intake(RT=rt, RW=rw)
    assert (intake.rt, intake.rw) == wanted


def test_rt_and_rw_that_contradict_each_other_are_given_back(book: Reader) -> None:
    assert book.fault({"RT": "12/3", "RW": "4"}).code is RejectCode.UNREADABLE
    assert book.fault({"RT": "5", "RW": "RT 6"}).code is RejectCode.UNREADABLE
    assert book.fault({"RT": "1500"}).code is RejectCode.UNREADABLE


def joined(book: Reader, cell: Cell, address: str = "Gg. Rahmat No. 4") -> BookReading:
    return book.grid(
        [["Tgl", "Nama", "Alamat", "RT/RW", "Isi"], ["3/6/24", "Budi", address, cell, "Lampu jalan padam."]]
    )


def test_joined_rt_and_rw(book: Reader) -> None:
    for cell in ("24/4", "024/004", "RT 24 RW 4", "RT.24/RW.4"):
        [row] = joined(book, cell).rows
        assert (row.intake.rt, row.intake.rw) == ("024", "004")


def test_joined_rt_and_rw_that_a_spreadsheet_took_for_a_date_are_given_back(book: Reader) -> None:
    [fault] = joined(book, date(2024, 4, 24)).rejected
    assert fault.code is RejectCode.UNREADABLE
    assert "menjadi tanggal" in fault.reason


def test_rt_and_rw_inside_the_address(book: Reader) -> None:
    [row] = joined(book, "", "Gg. Sepakat No. 107 RT.012/RW.002").rows
    assert (row.intake.reporter_address, row.intake.rt, row.intake.rw) == ("Gg. Sepakat No. 107", "012", "002")
    [same] = joined(book, "12/2", "Gg. Sepakat No. 107 RT.012/RW.002").rows
    assert (same.intake.reporter_address, same.warnings) == ("Gg. Sepakat No. 107", ())
    [other] = joined(book, "13/2", "Gg. Sepakat No. 107 RT.012/RW.002").rows
    assert (other.intake.rt, other.intake.reporter_address) == ("013", "Gg. Sepakat No. 107 RT.012/RW.002")
    assert "berbeda" in other.warnings[0]


def test_a_column_of_numbers_gets_its_zeros_back_silently(book: Reader) -> None:
    reading = book.rows({"No. HP": 8964062904.0}, {"No. HP": ""}, {"No. HP": 85360603277}, {"No. HP": "8964062905"})
    assert [row.intake.reporter_phone for row in reading.rows] == ["08964062904", "", "085360603277", "08964062905"]
    assert all(row.warnings == () for row in reading.rows)


def test_a_single_number_among_texts_gets_its_zero_back_with_a_warning(book: Reader) -> None:
    reading = book.rows({"No. HP": 81251234567.0}, {})
    assert [row.intake.reporter_phone for row in reading.rows] == ["081251234567"] * 2
    assert "angka 0" in reading.rows[0].warnings[0]
    assert reading.rows[1].warnings == ()


def test_a_nik_in_the_telephone_column_moves_with_a_warning(book: Reader) -> None:
    intake = book.rows({"No. HP": "6371045708900003"}).rows[0].intake
    assert (intake.reporter_nik, intake.reporter_phone) == ("6371045708900003", "")
    assert "NIK" in intake.warnings[0]


def test_a_nik_that_a_spreadsheet_rounded_is_not_kept(book: Reader) -> None:
    intake = book.rows({"No. HP": 6371045708900000.0}).rows[0].intake
    assert (intake.reporter_nik, intake.reporter_phone) == ("", "")
    assert "dibulatkan" in intake.warnings[0]
    assert "6371045708900000" not in "".join(intake.warnings)


def test_the_channel_of_the_book_of_a_word_and_of_an_unknown_word(book: Reader) -> None:
    assert book.intake(Media="WA").channel is Channel.PHONE
    assert book.intake(Media="").channel is Channel.REGISTER_BOOK
    assert joined(book, "").rows[0].intake.channel is Channel.REGISTER_BOOK
    strange = book.intake(Media="merpati")
    assert strange.channel is Channel.OTHER
    assert "merpati" in strange.warnings[0]


def test_an_agency_that_nobody_knows_stays_as_written_with_a_warning(book: Reader) -> None:
    intake = book.intake(Dinas="Dinas Antariksa")
    assert (intake.agency, intake.agency_written) == ("", "Dinas Antariksa")
    assert "Antariksa" in intake.warnings[0]


def test_the_kecamatan_is_that_of_the_office(book: Reader) -> None:
    assert book.intake(Dinas="Kecamatan").agency == book.reference.resolve_agency("KEC", "63.71.04.1003") != ""


def test_a_suggestion_stays_a_complaint_unless_a_column_says_otherwise(book: Reader) -> None:
    assert (
        book.rows({"Isi Pengaduan": "Usul pengadaan bak sampah."}).rows[0].intake.classification
        is Classification.COMPLAINT
    )
    grid: list[list[Cell]] = [["Tgl", "Nama", "Jenis Pengaduan", "Isi"]]
    grid += [["3/6/24", "Budi", word, "Lampu jalan padam."] for word in ("Aspirasi", "", "entah")]
    rows = book.grid(grid).rows
    assert [row.intake.classification for row in rows] == [
        Classification.ASPIRATION,
        Classification.COMPLAINT,
        Classification.COMPLAINT,
    ]
    assert [bool(row.warnings) for row in rows] == [False, False, True]


def test_several_columns_of_notes_join_and_other_columns_are_read(book: Reader) -> None:
    grid: list[list[Cell]] = [
        ["Tgl", "Nama", "NIK", "Lokasi", "Tanggal Kejadian", "Isi", "Tindak lanjut", "Ket", "Paraf"],
        ["3/6/24", "Budi", "6371045708900003", "Pasar Lama", "1/6", "Lampu padam.", "disurvei", "selesai", "x"],
        ["3/6/24", "Budi", "", "idem", '"', "Lampu padam.", "", "selesai", "x"],
    ]
    first, second = (row.intake for row in book.grid(grid).rows)
    assert (first.note, first.location, first.event_date) == ("disurvei; selesai", "Pasar Lama", date(2024, 6, 1))
    assert (second.note, second.location, second.event_date) == ("selesai", "Pasar Lama", date(2024, 6, 1))


def test_an_event_date_that_cannot_be_read_is_given_back(book: Reader) -> None:
    grid: list[list[Cell]] = [["Tgl", "Nama", "Tgl Kejadian", "Isi"], ["3/6/24", "Budi", "31/6/24", "Lampu padam."]]
    [fault] = book.grid(grid).rejected
    assert (fault.code, fault.column) == (RejectCode.IMPOSSIBLE_DATE, "Tgl Kejadian")


def line(**cells: Cell) -> list[Cell]:
    """A sheet row with nothing but the given cells."""
    return [{name.replace("_", " "): cell for name, cell in cells.items()}.get(name) for name in HEADER]


def test_a_continuation_line_is_appended_and_remembered(book: Reader) -> None:
    reading = book.rows(
        {"Ket": ""},
        line(Isi_Pengaduan="Warga minta dihubungi sore.", Ket="sudah disurvei"),
        line(Isi_Pengaduan="Terima kasih.", Dinas='"'),
        {},
    )
    assert [row.lines for row in reading.rows] == [(2, 3, 4), (5,)]
    intake = reading.rows[0].intake
    assert intake.statement == "Got mampet, air naik ke halaman. Warga minta dihubungi sore. Terima kasih."
    assert (intake.note, intake.agency_written) == ("sudah disurvei", "PUPR")


def test_a_continuation_may_bring_what_the_first_line_lacks(book: Reader) -> None:
    second: dict[str, Cell] = {**dict.fromkeys(HEADER), "Alamat": "No. 3", "No. HP": "082200001111"}
    [row] = book.rows({"No. HP": "-", "Alamat": "Jl. Veteran"}, second).rows
    assert (row.intake.reporter_address, row.intake.reporter_phone) == ("Jl. Veteran No. 3", "082200001111")


def test_a_continuation_of_a_row_without_a_statement_gives_it_one(book: Reader) -> None:
    [row] = book.rows({"Isi Pengaduan": ""}, line(Isi_Pengaduan="Got mampet.")).rows
    assert (row.intake.statement, row.lines) == ("Got mampet.", (2, 3))


def test_a_continuation_belongs_to_a_rejected_row_too(book: Reader) -> None:
    reading = book.rows({"Tanggal": "31/6/2024"}, line(Isi_Pengaduan="Lanjutan."))
    assert (reading.read, reading.rejected[0].lines) == (1, (2, 3))
    assert "Got mampet, air naik ke halaman. Lanjutan." in reading.rejected[0].cells


def test_a_text_without_a_line_to_continue_is_given_back(book: Reader) -> None:
    for between in ([None] * 12, list(HEADER)):
        reading = book.rows({}, between, line(Isi_Pengaduan="Warga minta dihubungi sore."))
        assert [(row.line, row.code) for row in reading.rejected] == [(4, RejectCode.UNREADABLE)]
        assert len(reading.rows) == 1


def test_a_second_line_that_contradicts_the_first_is_given_back(book: Reader) -> None:
    reading = book.rows({}, {**dict.fromkeys(HEADER), "No. HP": "082200001111", "Isi Pengaduan": "Lain lagi."})
    assert [row.line for row in reading.rejected] == [3]
    assert reading.rows[0].lines == (2,)


def test_lines_that_are_no_entries_are_skipped_with_a_reason(book: Reader) -> None:
    reading = book.rows(
        [str(number) for number in range(1, 13)],
        {},
        ["BUKU REGISTER BULAN JULI 2024"],
        [],
        HEADER,
        {},
        line(Nama="JUMLAH", Isi_Pengaduan=2),
        ["Sub total bulan Juli", "", "", "", "", "", "", "", 2],
        [7],
        ["", "10/7/2024", "NIHIL"],
        line(Nama="Mengetahui,", Dinas="Banjarmasin, 31 Juli 2024"),
        line(Nama="Lurah"),
        line(Nama="H. SYAHRANI"),
        line(Nama="NIP. 19670101 199003 1 001"),
        [],
        [],
    )
    assert [(row.line, row.reason) for row in reading.skipped] == [
        (2, "Nomor kolom."),
        (4, "Judul halaman."),
        (5, "Baris kosong."),
        (6, "Judul kolom yang diulang."),
        (8, "Baris jumlah."),
        (9, "Baris jumlah."),
        (10, "Hanya nomor, tanpa isi."),
        (11, "Nihil: tidak ada pengaduan."),
        (12, "Tanda tangan atau catatan kaki."),
        (13, "Tanda tangan atau catatan kaki."),
        (14, "Tanda tangan atau catatan kaki."),
        (15, "Tanda tangan atau catatan kaki."),
    ]
    assert [row.line for row in reading.rows] == [3, 7]
    assert reading.rejected == ()


def test_a_statement_about_an_amount_is_no_total(book: Reader) -> None:
    reading = book.rows(
        {}, line(Isi_Pengaduan="Jumlah sampah makin banyak tiap hari."), {"Isi Pengaduan": "Total gelap."}
    )
    assert [row.lines for row in reading.rows] == [(2, 3), (4,)]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Alamat": "", "RT": "Gg. Mufakat No. 62", "RW": "029", "No. HP": "002"}, "RT"),
        ({"Nama": "", "L/P": "Rahmat"}, "L/P"),
        ({"L/P": "Jl. Veteran No. 3", "Alamat": "012"}, "L/P"),
        ({"Nama": "Jl. Veteran No. 3"}, "Nama"),
        ({"Nama": "081251234567"}, "Nama"),
        ({"No": date(2024, 6, 3), "Tanggal": "Siti"}, "No"),
        ({"No. HP": "", "Isi Pengaduan": "081251234567"}, "Isi Pengaduan"),
        ({"Isi Pengaduan": "lisan", "Media": "PUPR"}, "Isi Pengaduan"),
        ({"Isi Pengaduan": "", "Media": "Titian kayu lapuk, anak sekolah lewat tiap pagi."}, "Media"),
        ({"No. HP": "Titian kayu lapuk, anak sekolah lewat tiap pagi."}, "No. HP"),
    ],
)
def test_a_shifted_row_is_given_back_and_never_put_right(book: Reader, cells: dict[str, Cell], column: str) -> None:
    fault = book.fault(cells)
    assert (fault.code, fault.column) == (RejectCode.SHIFTED, column)


def test_writing_beside_the_table_is_warned_of(book: Reader) -> None:
    reading = book.rows([*(GOOD[name] for name in HEADER), "", "cek lagi"])
    assert reading.rows[0].warnings == ("Tulisan di luar tabel, kolom N, tidak diimpor.",)


def test_hidden_signs_are_taken_out_with_a_warning(book: Reader) -> None:
    intake = book.rows({"Nama": "Siti \u202eAisyah", "Isi Pengaduan": "Got\x00 mampet\u200f."}).rows[0].intake
    assert (intake.reporter_name, intake.statement) == ("Siti Aisyah", "Got mampet.")
    assert len(intake.warnings) == 2


@pytest.mark.parametrize("column", ["Isi Pengaduan", "Nama", "Tanggal", "Alamat", "RT", "No. HP", "Dinas", "Ket", "No"])
def test_a_cell_of_a_megabyte_is_given_back_and_shown_short(book: Reader, column: str) -> None:
    fault = book.fault({column: "a 1" * 350_000})
    assert (fault.code, fault.column) == (RejectCode.TOO_LONG, column)
    assert len(fault.text) <= 80


def test_rows_below_a_cell_that_was_too_long_do_not_repeat_it(book: Reader) -> None:
    reading = book.rows({"Ket": "x" * 6000}, {"Ket": "idem"}, {"Tanggal": "idem"})
    assert [row.code for row in reading.rejected] == [RejectCode.TOO_LONG, RejectCode.NOTHING_ABOVE]


def test_what_the_rules_for_complaints_refuse_is_given_back(book: Reader) -> None:
    grid: list[list[Cell]] = [["Tgl", "Nama", "Tgl Kejadian", "Isi"], ["3/6/24", "Budi", "4/6/24", "Lampu padam."]]
    [fault] = book.grid(grid).rejected
    assert (fault.code, fault.column) == (RejectCode.NOT_ACCEPTED, "Tgl Kejadian")


def test_a_layout_without_a_needed_column_is_refused(book: Reader) -> None:
    grid: list[list[Cell]] = [["No", "Tanggal", "Nama"], [1, "3/6/24", "Budi"]]
    with pytest.raises(InputError, match="Isi pengaduan"):
        book.grid(grid)


def test_a_mapping_reads_a_book_with_strange_headings(book: Reader) -> None:
    grid: list[list[Cell]] = [["Kapan", "Siapa", "Apa"], ["3/6/24", "Budi", "Lampu jalan padam."]]
    layout = layout_with(grid, {"Kapan": "received_date", "Siapa": "reporter_name", "Apa": "statement"})
    assert book.grid(grid, layout).rows[0].intake.statement == "Lampu jalan padam."


class CountedRow(Sequence[Cell]):
    """A row of a sheet that counts how often it is looked at."""

    looks = 0

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Cell]: ...
    def __getitem__(self, index: int | slice) -> Cell | Sequence[Cell]:
        type(self).looks += 1
        return self._cells[index]

    def __iter__(self) -> Iterator[Cell]:
        type(self).looks += 1
        return iter(self._cells)


def test_a_book_of_ten_thousand_rows_is_looked_at_once(book: Reader) -> None:
    CountedRow.looks = 0
    rows = [
        CountedRow([*(GOOD | {"No": number, "Tanggal": "idem" if number % 5 else "3/6/2024"}).values()])
        for number in range(10_000)
    ]
    reading = book.grid([list(HEADER), *rows])
    assert (reading.read, len(reading.rows)) == (10_000, 10_000)
    assert CountedRow.looks <= 10_000 + 200  # each row once, the first ones also for the header


WORDS = [
    "idem",
    '"',
    "-",
    "JUMLAH",
    "3/6/2024",
    "31/2/24",
    "Siti",
    "Jl. Veteran RT 3",
    "12/3",
    "lisan",
    "Mengetahui",
    "NIHIL",
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from([*WORDS, *HEADER]),
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


@settings(deadline=None, suppress_health_check=UNTIMED)
@given(rows=st.lists(st.lists(CELLS, max_size=14), max_size=10))
def test_whatever_the_cells_every_line_is_accounted_for(book: Reader, rows: list[list[Cell]]) -> None:
    grid: list[list[Cell]] = [list(HEADER), *rows]
    layout = find_layout(grid)
    assert layout is not None
    reading = book.grid(grid, layout)
    assert reading.read == len(reading.rows) + len(reading.rejected)
    told = [line for row in reading.rows for line in row.lines]
    told += [line for refused in reading.rejected for line in refused.lines]
    told += [skipped.line for skipped in reading.skipped]
    assert len(told) == len(set(told))
    below = range(layout.first_data_row + 1, len(grid) + 1)
    assert set(told) <= set(below)
    assert not any(_seen(cell) for line in set(below) - set(told) for cell in grid[line - 1])
    for row in reading.rows:
        assert row.intake.statement
        assert date(2000, 1, 1) <= row.intake.received_date <= TODAY
        assert row.intake.reporter_name or row.intake.anonymous
    assert all(row.reason and row.remedy for row in reading.rejected)


def _seen(cell: Cell) -> bool:
    """Whether a cell shows anything but dashes, dots and signs that nobody sees."""
    return any(char.isprintable() and char not in " -–—_.…" for char in str(cell if cell is not None else ""))
