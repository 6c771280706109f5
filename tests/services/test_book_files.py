"""Opening register books of every kind, and refusing what is none in a sentence."""

import csv
import errno
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt  # type: ignore[import-untyped]  # it has no types
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from kelurahan_client.domain.book_cells import Cell, Grid
from kelurahan_client.domain.book_headings import REASON_HEADING, REMEDY_HEADING
from kelurahan_client.domain.book_layout import Layout, layout_with
from kelurahan_client.domain.book_reading import BookReading, RejectCode
from kelurahan_client.domain.book_rows import read_rows
from kelurahan_client.domain.reference import ReferenceData, load_reference
from kelurahan_client.errors import DiskFull, InputError, UnreadableFile
from kelurahan_client.services import book_files, book_guard
from kelurahan_client.services.book_csv import csv_grid
from kelurahan_client.services.book_files import best_sheet, load_mapping, open_book, sheets_with_layout, write_rejected
from tests.desk_making import UNTIMED

BOOKS = Path(__file__).parents[1] / "paper_logs"
HEADER = ["No", "Tanggal", "Nama", "Alamat", "RT/RW", "HP", "Isi Pengaduan", "Dinas", "Ket"]
ROW: list[Cell] = [1, "3/6/2024", "Siti", "Jl. Veteran No. 3", "12/3", "081251234567", "Got mampet.", "PUPR", "proses"]
TEXTS = [str(cell) for cell in ROW]


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference(resources.path("reference"))


@pytest.fixture
def read(reference: ReferenceData) -> Callable[[Grid, Layout], BookReading]:
    def reader(grid: Grid, layout: Layout) -> BookReading:
        return read_rows(
            grid, layout, sheet="2024", today=date(2026, 8, 3), reference=reference, office="63.71.04.1003"
        )

    return reader


def xlsx(path: Path, rows: Iterable[Sequence[Cell]], merged: Iterable[tuple[int, int, int, int, str]] = ()) -> Path:
    with xlsxwriter.Workbook(path, {"nan_inf_to_errors": True}) as book:
        sheet = book.add_worksheet("2024")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
        for area in merged:
            sheet.merge_range(*area)
    return path


def xls(path: Path, rows: Iterable[Sequence[Cell]]) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("2024")
    day = xlwt.XFStyle()
    day.num_format_str = "dd/mm/yyyy"
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
    book.save(str(path))
    return path


ODS_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
ODS_FILLER = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def ods_cell(cell: Cell) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell}"'
        return f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'


def ods(path: Path, rows: Iterable[Sequence[Cell]], extra: str = ODS_FILLER, encryption: str = "") -> Path:
    lines = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", ODS_KIND)
        packed.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{ODS_KIND}"/><manifest:file-entry manifest:full-path="content.xml" '
            f'manifest:media-type="text/xml">{encryption}</manifest:file-entry></manifest:manifest>',
        )
        packed.writestr(
            "content.xml",
            f"<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>"
            f'<table:table table:name="2024">{lines}{extra}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def refused(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as error:
        open_book(path)
    assert error.value.message.endswith(".")
    assert error.value.way_out.endswith(".")
    return error.value


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_the_same_book_in_three_kinds_of_workbook(
    tmp_path: Path, make: Callable[..., Path], read: Callable[[Grid, Layout], BookReading]
) -> None:
    rows: list[Sequence[Cell]] = [
        ["KELURAHAN ALALAK SELATAN"],
        [],
        HEADER,
        ROW,
        [2, date(2024, 6, 4), *ROW[2:5], 8964062904.0, *ROW[6:]],
    ]
    sheet, layout = best_sheet(open_book(make(tmp_path / "buku.dat", rows)))
    assert (sheet.name, layout.header_row) == ("2024", 2)
    reading = read(sheet.grid, layout)
    first, second = (row.intake for row in reading.rows)
    assert (first.book_line, first.received_date, first.reporter_phone) == (4, date(2024, 6, 3), "081251234567")
    assert (second.book_line, second.received_date, second.reporter_phone) == (5, date(2024, 6, 4), "08964062904")
    assert (second.book_number, second.rt, second.rw) == ("2", "012", "003")


def test_the_kind_is_told_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    for name in ("a.csv", "a.txt", "a.xls", "a"):
        assert best_sheet(open_book(xlsx(tmp_path / name, [HEADER, ROW])))[0].name == "2024"
    assert best_sheet(open_book(written(tmp_path / "b.xlsx", ";".join(HEADER))))[0].name == ""


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_of_every_make(tmp_path: Path, separator: str, encoding: str, line_end: str) -> None:
    rows: list[list[str]] = [HEADER, [*TEXTS[:2], "Siti “Nur” é", *TEXTS[3:8], f'"a{separator} b"']]
    text = line_end.join(separator.join(row) for row in rows) + line_end
    [sheet] = open_book(written(tmp_path / "buku.csv", text.encode(encoding))).sheets
    assert sheet.grid == [HEADER, [*TEXTS[:2], "Siti “Nur” é", *TEXTS[3:8], f"a{separator} b"]]


def test_a_separator_that_the_file_names_itself_keeps_the_line_numbers(tmp_path: Path) -> None:
    [sheet] = open_book(written(tmp_path / "a.csv", "sep=|\r\nNo|Tanggal|Nama\r\n")).sheets
    assert sheet.grid == [[], ["No", "Tanggal", "Nama"]]


def test_commas_in_the_texts_do_not_win_over_the_separator(tmp_path: Path) -> None:
    text = "Tanggal;Nama;Isi\n" + "3/6/24;Siti, A;Got, parit, selokan, jalan, dan jembatan\n" * 20
    [sheet] = open_book(written(tmp_path / "a.csv", text)).sheets
    assert len(sheet.grid[0]) == 3


def test_a_quotation_mark_for_as_above_swallows_no_rows(tmp_path: Path) -> None:
    text = 'No;Tanggal;Nama;Isi\r\n1;3/6/24;Budi;a\r\n2;";Siti;b\r\n3;";Rina;c\r\n4;4/6/24;Wati;d\r\n'
    [sheet] = open_book(written(tmp_path / "a.csv", text)).sheets
    assert [row[:2] for row in sheet.grid[1:]] == [["1", "3/6/24"], ["2", '"'], ["3", '"'], ["4", "4/6/24"]]
    odd = open_book(written(tmp_path / "a.csv", text.replace('3;"', "3;idem"))).sheets[0]
    assert [row[:2] for row in odd.grid[1:]] == [["1", "3/6/24"], ["2", '"'], ["3", "idem"], ["4", "4/6/24"]]


def test_a_quoted_cell_of_several_lines_stays_one_cell(tmp_path: Path) -> None:
    [sheet] = open_book(written(tmp_path / "a.csv", 'Tanggal;Nama;Isi\r\n3/6/24;Siti;"satu; dua\r\ntiga"\r\n')).sheets
    assert sheet.grid[1] == ["3/6/24", "Siti", "satu; dua\r\ntiga"]


def test_quotation_marks_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    assert "kutip" in refused(written(tmp_path / "a.csv", 'No;Nama\n1;"Siti" binti Ali\n')).message


def test_a_null_byte_in_a_csv_is_taken_out_with_a_warning(
    tmp_path: Path, read: Callable[[Grid, Layout], BookReading]
) -> None:
    sheet, layout = best_sheet(open_book(written(tmp_path / "a.csv", "Tanggal;Nama;Isi\n3/6/24;Si\0ti;Got mampet.\n")))
    [row] = read(sheet.grid, layout).rows
    assert row.intake.reporter_name == "Siti"
    assert row.warnings


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_of_a_megabyte_is_one_rejected_row(
    tmp_path: Path, kind: str, read: Callable[[Grid, Layout], BookReading]
) -> None:
    huge = "a b" * 350_000
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        written(path, f"Tanggal;Nama;Isi\n3/6/24;Siti;{huge}\n3/6/24;Budi;Got mampet.\n")
    else:
        xlsx(path, [["Tanggal", "Nama", "Isi"], ["3/6/24", "Siti", "HUGE"], ["3/6/24", "Budi", "Got mampet."]])
        replace_part(path, "xl/sharedStrings.xml", b"HUGE", huge.encode())
    sheet, layout = best_sheet(open_book(path))
    reading = read(sheet.grid, layout)
    assert [row.code for row in reading.rejected] == [RejectCode.TOO_LONG]
    assert len(reading.rows) == 1
    write_rejected(tmp_path / "ditolak.xlsx", layout.header_cells, reading.rejected)
    kept = open_book(tmp_path / "ditolak.xlsx").sheets[0].grid[1][2]
    assert str(kept).startswith("a b")
    assert 30_000 < len(str(kept)) < 32_767


def replace_part(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)


def test_a_date_merged_over_the_rows_of_a_day_belongs_to_all_of_them(
    tmp_path: Path, read: Callable[[Grid, Layout], BookReading]
) -> None:
    rows: list[Sequence[Cell]] = [HEADER, ROW, [2, "", *ROW[2:]], [3, "", *ROW[2:]]]
    path = xlsx(tmp_path / "a.xlsx", rows, [(1, 1, 3, 1, "3/6/2024")])
    sheet, layout = best_sheet(open_book(path))
    assert [row.intake.received_date for row in read(sheet.grid, layout).rows] == [date(2024, 6, 3)] * 3


def test_an_entry_merged_over_two_rows_is_one_entry(
    tmp_path: Path, read: Callable[[Grid, Layout], BookReading]
) -> None:
    second: list[Cell] = ["", "", "", "", "", "", "Sudah tiga hari.", "", ""]
    tall = [(1, column, 2, column, str(ROW[column])) for column in (0, 1, 2, 3, 4, 5, 7, 8)]
    sheet, layout = best_sheet(open_book(xlsx(tmp_path / "a.xlsx", [HEADER, ROW, second], tall)))
    [row] = read(sheet.grid, layout).rows
    assert (row.lines, row.intake.statement) == ((2, 3), "Got mampet. Sudah tiga hari.")


def test_a_header_merged_over_two_rows_and_groups_of_columns(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        [[], ["", "", "", "", "", ""], ["", "", "NAMA", "ALAMAT"], [1, "3/6/24", "Siti", "Jl. Veteran", "Got.", "x"]],
        [
            (0, 0, 0, 5, "BUKU REGISTER"),
            (1, 0, 2, 0, "NO"),
            (1, 1, 2, 1, "TGL"),
            (1, 2, 1, 3, "IDENTITAS PELAPOR"),
            (1, 4, 2, 4, "ISI PENGADUAN"),
            (1, 5, 2, 5, "KET"),
        ],
    )
    _sheet, layout = best_sheet(open_book(path))
    assert (layout.header_row, layout.first_data_row) == (1, 3)
    assert layout.header_cells == ("NO", "TGL", "NAMA", "ALAMAT", "ISI PENGADUAN", "KET")


def test_the_sheet_with_the_register_is_found_among_others(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Sampul").write(0, 0, "BUKU REGISTER")
        book.add_worksheet("Pegawai").write_row(0, 0, ["No", "Nama", "NIK", "Alamat", "HP", "Ket", "L/P"])
        for month in ("Januari", "Februari"):
            book.add_worksheet(month).write_row(0, 0, ["Tanggal", "Nama", "Isi"])
    opened = open_book(tmp_path / "a.xlsx")
    assert [sheet.name for sheet in opened.sheets] == ["Sampul", "Pegawai", "Januari", "Februari"]
    assert best_sheet(opened)[0].name == "Januari"
    assert [sheet.name for sheet, layout in sheets_with_layout(opened) if not layout.missing] == ["Januari", "Februari"]


def test_a_book_without_a_header_is_refused_with_the_columns_it_needs(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as error:
        best_sheet(open_book(xlsx(tmp_path / "a.xlsx", [["Daftar hadir"], ["a", "b"]])))
    assert all(name in error.value.way_out for name in ("Tanggal", "Nama", "Isi pengaduan"))


def test_a_workbook_without_cells_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        best_sheet(open_book(xlsx(tmp_path / "a.xlsx", [])))


def test_files_that_are_not_there_or_empty_or_folders(tmp_path: Path) -> None:
    assert "tidak ada" in refused(tmp_path / "tidak.xlsx").message
    assert "folder" in refused(tmp_path).message
    assert "kosong" in refused(written(tmp_path / "a.xlsx", b"")).message
    assert "kosong" in refused(written(tmp_path / "a.csv", b"\xef\xbb\xbf\r\n \0")).message
    assert "tidak dapat dibaca" in refused(tmp_path / "a\0.csv").message


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_files, "MAX_BYTES", 1024 * 1024)
    path = written(tmp_path / "a.csv", b"No;Nama\n" * 200_000)
    assert "1 MB" in refused(path).message


@pytest.mark.parametrize(
    ("head", "word"), [(b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "gambar"), (b"\n<html><table>", "halaman web")]
)
def test_other_kinds_of_files_are_named(tmp_path: Path, head: bytes, word: str) -> None:
    assert word in refused(written(tmp_path / "buku.xls", head + b" isi")).message


def test_a_program_or_random_bytes_are_no_table(tmp_path: Path) -> None:
    assert "bukan lembar kerja" in refused(written(tmp_path / "a.csv", bytes(range(256)) * 40)).message
    assert "bukan lembar kerja" in refused(written(tmp_path / "a.csv", b"\x7fELF\x02\x01\x01" + bytes(200))).message


@pytest.mark.parametrize("name", ["rusak_contoh.xlsx", "pekapuran_raya_2023.xls"])
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.7, 0.98])
def test_a_workbook_that_was_not_copied_to_its_end_is_refused(tmp_path: Path, name: str, kept: float) -> None:
    data = (BOOKS / name).read_bytes()
    assert "rusak" in refused(written(tmp_path / name, data[: int(len(data) * kept)])).message


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("foto.jpg", b"x")
    assert "rusak atau bukan lembar kerja" in refused(tmp_path / "a.xlsx").message


@pytest.mark.parametrize("name", ["rusak_contoh.xlsx", "pekapuran_raya_2023.xls"])
@settings(deadline=None, suppress_health_check=UNTIMED)
@given(changes=st.dictionaries(st.integers(8, 8939), st.integers(0, 255), min_size=1, max_size=4))
def test_wrong_bytes_are_read_or_refused_but_never_end_the_program(
    tmp_path: Path, name: str, changes: dict[int, int]
) -> None:
    data = bytearray((BOOKS / name).read_bytes())
    for place, value in changes.items():
        data[place] = value
    with suppress(UnreadableFile):
        assert open_book(written(tmp_path / name, bytes(data))).sheets is not None


def test_locked_workbooks_ask_for_a_copy_without_password(tmp_path: Path) -> None:
    locked_xls = bytearray(xls(tmp_path / "a.xls", [HEADER]).read_bytes())
    place = locked_xls.index(b"\xe1\x00\x02\x00")  # the interface header becomes the record of a password
    locked_xls[place : place + 2] = b"\x2f\x00"
    assert "kata sandi" in refused(written(tmp_path / "a.xls", bytes(locked_xls))).message

    name = "EncryptedPackage".encode("utf-16-le")
    sealed = (
        (BOOKS / "pekapuran_raya_2023.xls").read_bytes().replace("Workbook".encode("utf-16-le").ljust(32, b"\0"), name)
    )
    assert "kata sandi" in refused(written(tmp_path / "b.xlsx", sealed)).message

    seal = '<manifest:encryption-data manifest:checksum="x"/>'
    assert "kata sandi" in refused(ods(tmp_path / "c.ods", [HEADER], encryption=seal)).message


def test_a_stray_cell_in_the_far_corner_is_refused_before_it_takes_all_memory(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1_048_575, 16_383, "x")
    assert "terlalu besar" in refused(tmp_path / "a.xlsx").message
    far = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row><table:table-row>'
    far += '<table:table-cell table:number-columns-repeated="16383"/>' + ods_cell("x") + "</table:table-row>"
    assert "terlalu besar" in refused(ods(tmp_path / "a.ods", [HEADER], far)).message
    wide = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" '
    )
    wide += 'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    assert "terlalu besar" in refused(ods(tmp_path / "b.ods", [HEADER], wide)).message


@pytest.mark.parametrize(
    ("record", "offset", "value"),
    [
        (struct.pack("<HHHH", 0x00FD, 10, 0, 0), 4, b"\xff\xff\xff\xff"),  # a cell in row and column 65,535
        (struct.pack("<HH", 0x0200, 14), 8, b"\xff\xff\xff\xff"),  # a sheet of four thousand million rows
        (struct.pack("<HH", 0x0200, 14), 4, b"\xff\xff\xff\xff"),  # a sheet that begins behind its end
        (struct.pack("<H", 0x0085), 4, b"\x07\x00\x00\x00"),  # a sheet that begins in the middle of a record
        (struct.pack("<H", 0x00FC), 8, b"\xff\xff\xff\x7f"),  # two thousand million texts
    ],
)
def test_an_xls_with_impossible_numbers_is_refused_before_it_takes_all_memory(
    tmp_path: Path, record: bytes, offset: int, value: bytes
) -> None:
    data = bytearray(xls(tmp_path / "a.xls", [HEADER]).read_bytes())
    place = data.index(record, 512) + offset
    data[place : place + 4] = value
    refused(written(tmp_path / "a.xls", bytes(data)))


def test_rows_that_are_only_formatted_do_not_count(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert len(open_book(tmp_path / "a.xlsx").sheets[0].grid) == 1
    assert len(open_book(ods(tmp_path / "a.ods", [HEADER])).sheets[0].grid) == 1


def test_a_packed_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_guard, "MAX_UNPACKED", 1_000_000)
    path = xlsx(tmp_path / "a.xlsx", [HEADER, ["x"]])
    replace_part(path, "xl/sharedStrings.xml", b"Tanggal", b"T" * 2_000_000)
    assert path.stat().st_size < 20_000
    assert "terlalu besar" in refused(path).message


def mapping_file(tmp_path: Path, content: object) -> Path:
    return written(tmp_path / "peta.json", content if isinstance(content, str) else json.dumps(content))


def test_a_mapping_file_is_read(tmp_path: Path) -> None:
    wanted = {"Apa katanya": "statement", "Siapa": "reporter_name", "Kapan": "received_date", "Umur": ""}
    path = mapping_file(tmp_path, wanted)
    assert load_mapping(path) == wanted
    sheet = open_book(xlsx(tmp_path / "a.xlsx", [["Kapan", "Siapa", "Umur", "Apa katanya"]])).sheets[0]
    assert layout_with(sheet.grid, load_mapping(path)).missing == ()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '[["a", "b"]]', '"x"', {"a": 1}, {"a": {"b": "c"}}, '{"a": "note", "a": "title"}', "[" * 100_000],
)
def test_a_mapping_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, content: object) -> None:
    with pytest.raises(UnreadableFile) as error:
        load_mapping(mapping_file(tmp_path, content))
    assert "peta.json" in error.value.message
    assert error.value.way_out


def test_a_mapping_file_that_is_missing_or_huge_or_binary(tmp_path: Path) -> None:
    for path in (
        tmp_path / "tidak.json",
        written(tmp_path / "b.json", b"\xff\xfe\0"),
        written(tmp_path / "c.json", b" " * 2**21),
    ):
        with pytest.raises(UnreadableFile):
            load_mapping(path)


SPOILED: list[Sequence[Cell]] = [
    ["KELURAHAN ALALAK SELATAN"],
    ["NO", "TGL", "IDENTITAS PELAPOR", "", "", "", "ISI PENGADUAN", "DISPOSISI", "KET"],
    ["", "", "NAMA", "ALAMAT", "RT/RW", "HP", "", "", ""],
    ROW,
    [2, "31/6/2024", *ROW[2:]],
    [3, "4/6/2024", "", *ROW[3:6], "=1+1 itu dua", "DLH", "-"],
    [4, "idem", "Rina", *ROW[3:7], '"', "+62"],
    ["", "", "", "", "", "", "Baris kedua.", "", ""],
    [5, "5/6", "", '"', *ROW[4:7], '"', "@rt"],
]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_rejected_rows_are_mended_and_imported_again(
    tmp_path: Path, kind: str, read: Callable[[Grid, Layout], BookReading]
) -> None:
    sheet, layout = best_sheet(open_book(xlsx(tmp_path / "buku.xlsx", SPOILED)))
    first = read(sheet.grid, layout)
    assert [row.line for row in first.rejected] == [5, 6, 9]
    file = tmp_path / f"ditolak.{kind}"
    write_rejected(file, layout.header_cells, first.rejected)

    again, again_layout = best_sheet(open_book(file))
    assert again_layout.signature == layout.signature
    assert [column.field for column in again_layout.columns] == [column.field for column in layout.columns]
    assert again.grid[0] == [*layout.header_cells, REASON_HEADING, REMEDY_HEADING]
    assert "Baris 5, kolom TGL: Juni hanya sampai tanggal 30." in str(again.grid[1][9])
    assert [row.code for row in read(again.grid, again_layout).rejected] == [row.code for row in first.rejected]

    grid = [list(row) for row in again.grid]
    grid[1][1] = "30/6/2024"
    grid[2][2] = "Hamidah"
    grid[3][2] = "Anonim"
    mended = tmp_path / "diperbaiki.xlsx"
    second = read(open_book(xlsx(mended, grid)).sheets[0].grid, again_layout)
    assert second.rejected == ()
    intakes = {row.intake.book_number: row.intake for row in second.rows}
    assert intakes["2"].received_date == date(2024, 6, 30)
    assert (intakes["3"].statement, intakes["3"].agency) == ("=1+1 itu dua", "DLH")
    # "as above" and the year of the row above were true in the book and stay true without the rows above.
    assert (intakes["5"].received_date, intakes["5"].agency, intakes["5"].note) == (date(2024, 6, 5), "DLH", "@rt")
    assert intakes["5"].reporter_address == "Jl. Veteran No. 3"


def test_a_csv_of_rejected_rows_holds_no_formula(tmp_path: Path, read: Callable[[Grid, Layout], BookReading]) -> None:
    dangerous = ["=cmd|' /C calc'!A1", "+1", "-1", "@SUM(1)", "\t=1"]
    rows = [["Tanggal", "Nama", "Isi", "Ket"], *(["31/6/24", "Siti", text, text] for text in dangerous)]
    sheet, layout = best_sheet(open_book(xlsx(tmp_path / "a.xlsx", rows)))
    file = tmp_path / "ditolak.csv"
    reading = read(sheet.grid, layout)
    write_rejected(file, layout.header_cells, reading.rejected)
    cells = [cell.strip('"') for line in file.read_text(encoding="utf-8-sig").splitlines() for cell in line.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert [row[2] for row in csv_grid(file.read_bytes(), "x")[1:]] == [row.cells[2] for row in reading.rejected]


def test_rejected_rows_in_xlsx_are_texts_and_never_formulas(
    tmp_path: Path, read: Callable[[Grid, Layout], BookReading]
) -> None:
    rows = [["Tanggal", "Nama", "Isi", "HP"], ["31/6/24", "Siti", "=1+1", "081251234567"]]
    grid = [[str(cell) for cell in row] for row in rows]
    _sheet, layout = best_sheet(open_book(xlsx(tmp_path / "a.xlsx", rows)))
    write_rejected(tmp_path / "b.xlsx", layout.header_cells, read(grid, layout).rejected)
    with zipfile.ZipFile(tmp_path / "b.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert open_book(tmp_path / "b.xlsx").sheets[0].grid[1][:4] == ["31/6/24", "Siti", "=1+1", "081251234567"]


@dataclass
class Full:
    """A disk that is full when the file is to be put in its place."""

    code: int

    def __call__(self, *_arguments: Any) -> Path:
        raise OSError(self.code, "no")


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = written(tmp_path / "ditolak.xlsx", b"yang lama")
    for code, kind in ((errno.ENOSPC, DiskFull), (errno.EACCES, InputError)):
        monkeypatch.setattr(Path, "replace", Full(code))
        with pytest.raises(kind):
            write_rejected(old, ["Tanggal"], [])
        monkeypatch.undo()
        assert old.read_bytes() == b"yang lama"
        assert list(tmp_path.iterdir()) == [old]


def test_a_folder_that_is_missing_or_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak" / "a.xlsx", tmp_path):
        with pytest.raises(InputError) as error:
            write_rejected(path, ["Tanggal"], [])
        assert error.value.way_out


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_grid_or_refused(data: bytes) -> None:
    try:
        grid = csv_grid(data, "a.csv")
    except UnreadableFile:
        return
    assert all(isinstance(cell, str) for row in grid for cell in row)


@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_a_spreadsheet_writes_as_csv_is_read_back(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["No", "Tanggal", "Nama", "Isi"])
    writer.writerows(rows)
    plain = [
        [cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t") else cell for cell in row]
        for row in rows
    ]
    assert csv_grid(stream.getvalue().encode("utf-8-sig"), "a.csv")[1:] == plain
