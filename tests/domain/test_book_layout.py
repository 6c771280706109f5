"""Finding the header of a register book by its words."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kelurahan_client.domain.book_cells import Cell, is_ditto, is_empty_mark
from kelurahan_client.domain.book_headings import FIELD_LABELS, REASON_HEADING, REMEDY_HEADING, field_for
from kelurahan_client.domain.book_layout import Layout, find_layout, layout_with
from kelurahan_client.errors import InputError

PLAIN = ["No.", "Tanggal", "Nama", "Alamat", "Isi Pengaduan"]
ROW: list[Cell] = [1, "3/8/2024", "Siti", "Jl. Veteran No. 3", "Got mampet di depan rumah."]


def found(*rows: Sequence[Cell]) -> Layout:
    layout = find_layout(rows)
    assert layout is not None
    return layout


def fields(layout: Layout) -> dict[str, str | None]:
    return {column.heading: column.field for column in layout.columns}


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("book_number", "No|No.|NO|Nomor|No Urut|No. Reg|Nomor Register|No. Agenda"),
        (
            "received_date",
            "Tanggal|TGL|Tgl.|Tgl Terima|Tanggal diterima|Hari/Tanggal|Tgl. Masuk|Tanggal Pengaduan|Tgl (hh/bb/tttt)",
        ),
        ("event_date", "Tanggal Kejadian|Tgl. kejadian|Waktu Kejadian"),
        ("reporter_name", "Nama|NAMA PELAPOR|Pelapor|Nama Lengkap|Nama Pengadu|Nama Lengkap Pelapor"),
        ("reporter_sex", "L/P|JK|J.K.|Jenis Kelamin|P/L|Kelamin"),
        ("reporter_nik", "NIK|No. KTP|Nomor NIK|NIK/KTP"),
        ("reporter_address", "Alamat|Alamat lengkap|ALAMAT PELAPOR|Alamat Rumah|Domisili"),
        ("rt_rw", "RT/RW|RT / RW|RT.RW|Rt/Rw"),
        ("rt", "RT|R.T."),
        ("rw", "RW"),
        ("reporter_phone", "No. HP|HP|Telp|No Telp.|No. Telp/HP|WA|No. WA|Nomor HP/WA|Telepon|Kontak|No. HP Pelapor"),
        (
            "statement",
            "Isi|Uraian|Isi Pengaduan|Pengaduan|Keluhan|Laporan|Isi Laporan|Uraian Pengaduan/Keluhan|Masalah",
        ),
        ("channel", "Media|Kanal|Cara Lapor|Media Pengaduan|Cara Penyampaian|Sumber Laporan|Melalui"),
        (
            "agency_written",
            "Diteruskan|Diteruskan kepada|Disposisi|Disposisi ke|Dinas|Dinas Terkait|SKPD|OPD|Instansi|Tujuan",
        ),
        ("note", "Ket|Ket.|Keterangan|Tindak Lanjut|Catatan|Keterangan/Tindak lanjut|Hasil Tindak Lanjut|Status"),
        ("location", "Lokasi|Lokasi Kejadian|Tempat Kejadian"),
        ("classification", "Klasifikasi|Jenis Pengaduan"),
        ("title", "Judul|Judul Laporan"),
        (
            None,
            "Paraf|Tanda Tangan|TTD Petugas|Nama Petugas|Umur|Tanggal Selesai|Nama Terlapor|Alasan ditolak",
        ),
    ],
)
def test_headings_as_offices_word_them(field: str | None, headings: str) -> None:
    assert {heading: field_for(heading) for heading in headings.split("|")} == dict.fromkeys(headings.split("|"), field)


def test_a_plain_header_on_the_first_row() -> None:
    layout = found(PLAIN, ROW)
    assert (layout.header_row, layout.first_data_row, layout.missing) == (0, 1, ())
    assert [column.field for column in layout.columns] == [
        "book_number",
        "received_date",
        "reporter_name",
        "reporter_address",
        "statement",
    ]


def test_titles_above_and_empty_columns_on_the_left() -> None:
    layout = found(
        ["", "PEMERINTAH KOTA BANJARMASIN"],
        ["", "BUKU REGISTER PENGADUAN MASYARAKAT"],
        [],
        ["", *PLAIN, None],
        ["", *ROW],
    )
    assert (layout.header_row, layout.first_data_row) == (3, 4)
    assert layout.header_cells == ("", *PLAIN)


def test_a_header_of_two_rows_with_a_group() -> None:
    layout = found(
        ["NO", "TGL", "IDENTITAS PELAPOR", "", "", "", "ISI PENGADUAN", "KET"],
        ["", "", "NAMA", "ALAMAT", "RT/RW", "HP", "", ""],
        [1, "6/6/2024", "Budi", "Jl. Belitung", "24/4", "-", "Jalan berlubang.", ""],
    )
    assert (layout.header_row, layout.first_data_row) == (0, 2)
    assert fields(layout) == {
        "NO": "book_number",
        "TGL": "received_date",
        "NAMA": "reporter_name",
        "ALAMAT": "reporter_address",
        "RT/RW": "rt_rw",
        "HP": "reporter_phone",
        "ISI PENGADUAN": "statement",
        "KET": "note",
    }


def test_groups_that_change_what_a_heading_means() -> None:
    layout = found(
        ["NO", "TANGGAL", "", "TERLAPOR", "", "PELAPOR", "", "ISI PENGADUAN"],
        ["", "TERIMA", "KEJADIAN", "NAMA", "ALAMAT", "NAMA", "ALAMAT", ""],
    )
    assert [column.field for column in layout.columns] == [
        "book_number",
        "received_date",
        "event_date",
        None,
        None,
        "reporter_name",
        "reporter_address",
        "statement",
    ]
    again = found(layout.header_cells, ROW)  # the headings as shown, in one row, mean the same
    assert [column.field for column in again.columns] == [column.field for column in layout.columns]
    assert again.signature == layout.signature


def test_the_first_data_row_is_not_taken_for_the_second_row_of_the_header() -> None:
    layout = found(["Tanggal", "Nama", "Isi", "Dinas"], ["idem", "Ketua RT", "Laporan", "Dinas"])
    assert layout.first_data_row == 1


def test_perihal_is_the_title_beside_a_statement_and_the_statement_alone() -> None:
    assert fields(found(["Tanggal", "Nama", "Perihal", "Isi"]))["Perihal"] == "title"
    assert fields(found(["Tanggal", "Nama", "Perihal", "Alamat"]))["Perihal"] == "statement"


def test_two_columns_for_one_field_the_left_counts_but_notes_join() -> None:
    layout = found(["Tanggal", "Nama", "Nama", "Isi", "Keterangan", "Tindak lanjut"])
    assert [column.field for column in layout.columns] == [
        "received_date",
        "reporter_name",
        None,
        "statement",
        "note",
        "note",
    ]
    assert layout.columns[2].heading == "Nama (2)"


def test_no_header_no_layout() -> None:
    assert find_layout([]) is None
    assert find_layout([[], [None, ""]]) is None
    assert find_layout([["Daftar hadir"], ["a", "b", "c"]]) is None
    assert find_layout([ROW, ROW]) is None


def test_missing_columns_are_named_so_that_a_person_can_point_at_them() -> None:
    layout = found(["No", "Tanggal", "Nama", "Unek-unek warga"])
    assert layout.missing == ("statement",)
    mended = layout_with([["No", "Tanggal", "Nama", "Unek-unek warga"]], {"unek unek WARGA": "statement"})
    assert mended.missing == ()
    assert mended.signature == layout.signature


def test_a_mapping_overrules_the_words_and_leaves_columns_out() -> None:
    grid = [["No", "Tanggal", "Nama", "Isi", "Keterangan"]]
    layout = layout_with(grid, {"Keterangan": "statement", "No": ""})
    assert fields(layout) == {
        "No": None,
        "Tanggal": "received_date",
        "Nama": "reporter_name",
        "Isi": None,
        "Keterangan": "statement",
    }


def test_a_mapping_finds_a_header_whose_words_are_all_strange() -> None:
    grid: list[list[Cell]] = [["Buku kami"], ["Kapan", "Siapa", "Apa katanya"], ["3/8/2024", "Siti", "Got mampet."]]
    assert find_layout(grid) is None
    layout = layout_with(grid, {"Kapan": "received_date", "Siapa": "reporter_name", "Apa katanya": "statement"})
    assert (layout.header_row, layout.first_data_row, layout.missing) == (1, 2, ())


@pytest.mark.parametrize(
    ("mapping", "word"),
    [
        ({"Nama": "name"}, "name"),
        ({"Kolom lain": "note"}, "Kolom lain"),
        ({"Nama": "statement", "Tanggal": "statement"}, "statement"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_in_a_sentence(mapping: dict[str, str], word: str) -> None:
    with pytest.raises(InputError) as refused:
        layout_with([["Tanggal", "Nama", "Isi"]], mapping)
    assert word in refused.value.message
    assert refused.value.way_out


def test_a_mapping_for_a_sheet_without_any_header_is_refused() -> None:
    with pytest.raises(InputError, match="tidak ditemukan"):
        layout_with([["apa", "saja"]], {"Nama": "reporter_name"})


def test_the_columns_of_a_rejected_file_are_no_part_of_the_layout() -> None:
    book = found(PLAIN, ROW)
    file = found([*PLAIN, REASON_HEADING, REMEDY_HEADING], [*ROW, "Baris 4: ...", "Tulis ..."])
    assert file == book


def test_the_signature_tells_layouts_apart_and_ignores_marks_and_case() -> None:
    assert found(PLAIN).signature == found(["NO", "TANGGAL", "nama", "Alamat:", "isi pengaduan"]).signature
    assert found(PLAIN).signature != found([*PLAIN, "Ket"]).signature
    assert found(PLAIN).signature == found(["Judul"], PLAIN, ROW).signature


@pytest.mark.parametrize(
    "mark", ["idem", "Idem.", "s.d.a", "sda", "S.D.A.", '"', "''", "”", ",,", '-"-', '- " -', "-,,-", "-idem-", "//"]
)
def test_marks_for_as_above(mark: str) -> None:
    assert is_ditto(mark)


@pytest.mark.parametrize(
    "text", ["", "-", "--", "…", "sama saja", "ide", "12", "Dinas SDA", "sda 2", '"x"', "x" * 10_000]
)
def test_texts_that_are_no_marks_for_as_above(text: str) -> None:
    assert not is_ditto(text)


def test_a_dash_is_an_empty_cell_and_a_word_is_not() -> None:
    assert [is_empty_mark(text) for text in ("", "-", " -- ", "…", "a", "0")] == [True, True, True, True, False, False]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from([*FIELD_LABELS.values(), "IDENTITAS PELAPOR", "TGL", "Ket"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_any_grid_has_a_consistent_layout_or_none(grid: list[list[Cell]]) -> None:
    layout = find_layout(grid)
    if layout is None:
        return
    held = [column.field for column in layout.columns if column.field not in (None, "note")]
    assert len(held) == len(set(held))
    assert set(held) <= FIELD_LABELS.keys()
    assert layout.header_row < layout.first_data_row <= layout.header_row + 2
    keys = [column.heading.casefold() for column in layout.columns]
    assert len(keys) == len(set(keys))
    assert layout_with(grid, {}) == layout
    assert layout_with(grid, {column.heading: column.field or "" for column in layout.columns}) == layout
