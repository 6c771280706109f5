"""Files of the list: all that is filtered in the order shown, nobody's identity without a reason, no formulas."""

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import Cancelled, InputError
from kelurahan_client.services import exporting, intake
from kelurahan_client.services.desk import Desk, set_officer
from kelurahan_client.services.export_report import MOST, report_paper
from kelurahan_client.services.exporting import Wish
from kelurahan_client.services.lists import ListFilter, Sort
from kelurahan_client.services.paper import PaperKind, PaperSize
from kelurahan_client.store import reveals
from tests.desk_making import register

NIK = "6371034508900001"


def sheet(path: Path) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def looks(desk: Desk, made: Complaint) -> list[tuple[str, str]]:
    with desk.store.read() as transaction:
        return [(actor, reason) for actor, _, reason in reveals.of_complaint(transaction, made.id)]


def test_a_workbook_has_what_is_filtered_in_the_order_shown_and_names_nobody(desk: Desk, tmp_path: Path) -> None:
    made = [register(desk, title=title, reporter_nik=NIK) for title in ("B", "C", "A")]
    register(desk, title="bukan", classification="aspirasi")
    target = tmp_path / "daftar.xlsx"
    wanted = ListFilter(classification=made[0].classification, sort=Sort.TITLE, descending=False)
    told: list[tuple[int, int]] = []
    assert exporting.write_workbook(desk, Wish(wanted=wanted), target, told.append) == 3
    assert [row["Judul"] for row in sheet(target)] == ["A", "B", "C"]
    assert sheet(target)[0]["Diterima"] == date(2026, 8, 3)
    assert told[-1] == (3, 3)
    words = str(CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python())
    assert not any(secret in words for secret in (NIK, "Siti", "0812"))
    assert looks(desk, made[0]) == []
    assert list(tmp_path.glob(".*.tmp")) == []


def test_identities_need_a_reason_that_is_written_down_and_a_nik_never_leaves(desk: Desk, tmp_path: Path) -> None:
    open_, hidden = register(desk, reporter_nik=NIK), register(desk, anonymous=True)
    set_officer(desk, "Rahmah")
    target = tmp_path / "daftar.xlsx"
    with pytest.raises(InputError, match="alasan"):
        exporting.write_workbook(desk, Wish(wanted=ListFilter(), reason="ok"), target)
    assert not target.exists()
    exporting.write_workbook(desk, Wish(wanted=ListFilter(), reason=" rapat  RT "), target)
    rows = {row["Nomor"]: row for row in sheet(target)}
    assert rows[open_.reference]["Nama pelapor"] == "Siti Aminah"
    assert rows[open_.reference]["Nomor HP"] == "081251234567"
    assert (rows[hidden.reference]["Nama pelapor"], rows[hidden.reference]["Nomor HP"]) == ("Anonim", "")
    assert NIK not in str(rows)
    assert looks(desk, open_) == [("Rahmah", "rapat RT")]
    assert looks(desk, hidden) == [("Rahmah", "rapat RT")]


def test_what_is_confidential_or_was_not_asked_stays_here(desk: Desk, tmp_path: Path) -> None:
    register(desk, title="Judul satu", statement="Isi yang gawat", location="Gang Gelap", confidential=True)
    target = tmp_path / "daftar.xlsx"
    exporting.write_workbook(desk, Wish(wanted=ListFilter(), reason="diminta Lurah"), target)
    (row,) = sheet(target)
    assert (row["Judul"], row["Isi"], row["Lokasi"]) == ("Rahasia", "Rahasia", "Rahasia")
    assert "Judul satu" not in report_paper(desk, Wish(wanted=ListFilter())).html


def test_what_nobody_was_asked_about_is_not_called_confidential(desk: Desk) -> None:
    intake.add_all(desk, [{"reporter_name": "Siti", "title": "Judul dua", "statement": "Banjir."}])
    paper = report_paper(desk, Wish(wanted=ListFilter())).html
    assert "<td>Belum ditanya</td>" in paper
    assert "Rahasia" not in paper
    assert "Judul dua" not in paper


@pytest.mark.parametrize("typed", ["=1+1", "+62", "-1", "@SUM(A1)", "{=A1}", "http://contoh.id", "\t=1"])
def test_what_somebody_wrote_is_never_a_formula_nor_a_link(desk: Desk, tmp_path: Path, typed: str) -> None:
    made = register(desk, title=typed + " lampu", statement=typed + " lampu padam sekali")
    target = tmp_path / "daftar.xlsx"
    exporting.write_workbook(desk, Wish(wanted=ListFilter()), target)
    assert sheet(target)[0]["Judul"] == made.title
    with zipfile.ZipFile(target) as archive:
        inside = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in inside
    assert b"hyperlink" not in inside


def test_cancelling_leaves_the_file_that_was_there(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    target = tmp_path / "daftar.xlsx"
    target.write_bytes(b"yang lama")
    with pytest.raises(Cancelled):
        exporting.write_workbook(desk, Wish(wanted=ListFilter()), target, cancelled=lambda: True)
    assert target.read_bytes() == b"yang lama"
    assert list(tmp_path.glob(".*.tmp")) == []


def test_a_place_that_cannot_be_written_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    with pytest.raises(InputError, match="tidak dapat ditulis"):
        exporting.write_workbook(desk, Wish(wanted=ListFilter()), tmp_path / "tidak-ada" / "daftar.xlsx")


def test_a_search_is_exported_whole(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        register(desk, title=f"Titian {number}")
    monkeypatch.setattr("kelurahan_client.store.listing.SEARCH_LIMIT", 3)
    target = tmp_path / "daftar.xlsx"
    assert exporting.write_workbook(desk, Wish(wanted=ListFilter(search="titian")), target) == 7


def test_a_report_is_a_document_of_the_list(desk: Desk) -> None:
    made = register(desk, title="Lampu <b> padam", location="Gang Mawar")
    paper = report_paper(desk, Wish(wanted=ListFilter(), described="Saringan: Terbuka"))
    assert (paper.kind, paper.size, paper.file_name) == (
        PaperKind.REPORT,
        PaperSize.A4,
        "Daftar pengaduan 2026-08-03.pdf",
    )
    assert "Lampu &lt;b&gt; padam" in paper.html
    assert made.reference.replace("-", "\u2011") in paper.html
    assert "Saringan: Terbuka" in paper.html
    assert "Siti" not in paper.html
    with_names = report_paper(desk, Wish(wanted=ListFilter(), reason="rapat RT"))
    assert "Siti Aminah" in with_names.html
    assert looks(desk, made) == [("Petugas", "rapat RT")]


def test_too_long_a_report_is_refused_before_anything_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = register(desk)
    register(desk)
    monkeypatch.setattr("kelurahan_client.services.export_report.MOST", 1)
    with pytest.raises(InputError, match="terlalu banyak untuk dicetak"):
        report_paper(desk, Wish(wanted=ListFilter(), reason="rapat RT"))
    assert looks(desk, made) == []
    assert MOST == 2_000
