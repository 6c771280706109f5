"""Lines poured into a workbook: what was given is what is read, and memory and the file have their bounds."""

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kelurahan_client.errors import InputError
from kelurahan_client.services import long_sheet
from kelurahan_client.services.long_sheet import Look, Place, write_sheet
from tests.desk_making import FEW

PLACES = [Place("Nomor", 12, Look.TEXT), Place("Isi", 60, Look.LONG), Place("Diterima", 12, Look.DAY)]


def read(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@FEW
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=60),
            st.one_of(st.just(""), st.sampled_from(["=1+1", "<b>&amp;", " depan", "baris\nbaru ", '"kutip"', "@x"])),
            st.one_of(st.none(), st.dates(date(1901, 1, 1), date(2200, 1, 1))),
        ),
        max_size=5,
    )
)
def test_what_was_given_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, ...]]) -> None:
    path = tmp_path_factory.mktemp("sheet") / "daftar.xlsx"
    write_sheet(path, PLACES, lines, len(lines))
    found = read(path)
    assert found[0] == ["Nomor", "Isi", "Diterima"]
    assert [tuple(row) for row in found[1:]] == [(one, two, three or "") for one, two, three in lines]


def test_more_lines_than_are_written_together(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", PLACES, ([f"{n}", "", date(2026, 8, 3)] for n in range(1001)), 1001, "Semua")
    assert [row[0] for row in read(tmp_path / "a.xlsx")[1:]] == [f"{n}" for n in range(1001)]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert b"Semua" in book.read("docProps/core.xml")
    assert '<dimension ref="A1:C1002"/>' in sheet
    assert '<autoFilter ref="A1:C1002"/>' in sheet


def test_what_xml_cannot_hold_and_what_a_cell_cannot(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.xlsx", PLACES, [["a\x01 _x0041_ \x0bz", "panjang " * 5_000, None]], 1)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    texts = re.findall("<is><t>(.*?)</t></is>", sheet, re.DOTALL)
    assert texts[0] == "a_x0001_ _x005F_x0041_ _x000B_z"
    assert (len(texts[1]), texts[1][-1]) == (32_000, "…")


def test_what_is_too_much_for_a_sheet_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="Terlalu banyak"):
        write_sheet(tmp_path / "a.xlsx", PLACES, [], long_sheet.MOST_LINES + 1)
    monkeypatch.setattr(long_sheet, "_MOST_BYTES", 100)
    with pytest.raises(InputError, match="Terlalu banyak"):
        write_sheet(tmp_path / "a.xlsx", PLACES, (["1", "x", None] for _ in range(500)), 500)
