"""The page's item models and its counting, without a window."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kelurahan_client.domain.book_layout import find_layout
from kelurahan_client.services import importing
from kelurahan_client.services.book_files import Sheet
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.imports import ImportBatch
from tests.ui.paper_log.conftest import BOOKS, good_rows
from ui.paper_log.files import book_dialog, target_dialog
from ui.paper_log.model import CellModel, HistoryModel, PreviewModel, SheetChoice, SheetModel, TrialModel
from ui.paper_log.trial import Kind, Line, Trial, View, make_trial
from ui.paper_log.work import time_left
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.cell import CellLook


@pytest.fixture(params=["rusak_contoh.xlsx", "kuin_utara_2024.xlsx", "belitung_selatan_2024.csv"])
def trial(request: pytest.FixtureRequest, desk: Desk) -> Trial:
    opened = importing.inspect(desk, BOOKS / request.param)
    return make_trial(importing.plan(desk, opened), opened.sheet.grid)


def _texts(model: CellModel, row: int) -> list[str]:
    return [str(model.data(model.index(row, column))) for column in range(model.columnCount())]


def _head(model: CellModel) -> list[str]:
    return [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())]


def _batch(**changes: object) -> ImportBatch:
    values: dict[str, object] = {
        "id": "i",
        "file_name": "buku.xlsx",
        "sheet": "2024",
        "actor": "Norhasanah",
        "at": datetime(2026, 8, 3, 2, 32, tzinfo=UTC),
        "read": 1300,
        "accepted": 1284,
        "duplicates": 9,
        "rejected": 7,
    }
    return ImportBatch(**(values | changes))  # type: ignore[arg-type]


def test_every_row_is_in_exactly_one_tile(trial: Trial) -> None:
    parts = (View.READY, View.WARNED, View.REJECTED, View.LEFT_OUT)
    assert trial.count(View.READ) == sum(trial.count(view) for view in parts)
    assert sorted(line.number for view in parts for line in trial.of(view)) == [line.number for line in trial.lines]
    assert trial.importable == trial.count(View.READY) + trial.count(View.WARNED)
    for view in View:
        assert len({line.number for line in trial.of(view)}) == trial.count(view)


def test_the_lines_follow_the_book(trial: Trial) -> None:
    numbers = [line.number for line in trial.lines]
    assert numbers == sorted(numbers)
    assert trial.span == (numbers[0], numbers[-1])


def test_the_trial_model_is_a_sound_model_in_every_view(qapp: QApplication, trial: Trial) -> None:
    model = TrialModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for view in View:
        model.show(trial.of(view), view)
        assert model.rowCount() == len(trial.of(view))
        assert _head(model)[0] == "Baris"
        assert all(len(_texts(model, row)) == model.columnCount() for row in range(model.rowCount()))
    del tester


def test_a_refused_line_shows_cell_reason_and_remedy() -> None:
    model = TrialModel()
    line = Line(
        kind=Kind.REJECTED, number=23, column="Tanggal", cell="31/6/2024", problem="Juni salah.", remedy="30/6?"
    )
    model.show(
        [line, Line(kind=Kind.REJECTED, number=58, column="Nama"), Line(kind=Kind.REJECTED, number=9)], View.REJECTED
    )
    assert _head(model) == ["Baris", "Kolom", "Isi sel", "Masalah", "Cara memperbaiki"]
    assert _texts(model, 0) == ["23", "Tanggal", "31/6/2024", "Juni salah.", "30/6?"]
    assert model.cell(0, 2).look is CellLook.MARKED
    assert (model.cell(0, 3).icon, model.cell(0, 3).icon_tone, model.cell(0, 3).tone) == (
        Icon.ERROR,
        Tone.RED,
        Tone.NEUTRAL,
    )
    assert model.cell(1, 2).text == "(kosong)"
    assert (model.cell(2, 1).text, model.cell(2, 2).text) == ("seluruh baris", "")


def test_what_is_left_out_says_why() -> None:
    model = TrialModel()
    lines = [
        Line(kind=Kind.DUPLICATE, number=4, name="Siti", text="Lampu padam."),
        Line(kind=Kind.DUPLICATE, number=5, name="Siti", text="Lampu padam.", twin=4),
        Line(kind=Kind.SKIPPED, number=6, problem="Baris kosong."),
    ]
    model.show(lines, View.LEFT_OUT)
    assert [_texts(model, row)[1:] for row in range(3)] == [
        ["Siti · Lampu padam.", "Sudah ada di komputer ini."],
        ["Siti · Lampu padam.", "Sama dengan baris 4 di buku ini."],
        ["(kosong)", "Baris kosong."],
    ]


def test_the_history_shows_counts_time_and_officer() -> None:
    model = HistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    undone = _batch(undone_at=datetime(2025, 12, 31, 17, 0, tzinfo=UTC))
    model.show([_batch(), undone], date(2026, 8, 3))
    assert _texts(model, 0) == ["buku.xlsx", "3 Agustus 2026", "1.284", "9", "7", ""]
    assert model.cell(0, 0).second == "lembar “2024”"
    assert model.cell(0, 1).second == "10.32 WITA · Norhasanah"
    assert model.cell(1, 5).text == "Dibatalkan 1 Jan"
    assert model.cell(1, 0).quiet


def test_figures_stand_at_the_right() -> None:
    model = HistoryModel()
    sides = [
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) is not None
        for column in range(model.columnCount())
    ]
    assert sides == [False, False, True, True, True, False]


def test_sheets_say_where_their_header_stands() -> None:
    grid = [["BUKU REGISTER"], [], *good_rows(3)]
    model = SheetModel()
    model.show([SheetChoice(Sheet("2024", grid), find_layout(grid)), SheetChoice(Sheet("", [["x"]]), None)])
    assert _texts(model, 0) == ["2024", "baris 3", "4 dari 4", "3"]
    assert _texts(model, 1) == ["Isi berkas", "tidak ditemukan", "", ""]
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1, 0)) == Qt.ItemFlag.NoItemFlags


def test_the_preview_is_short_and_bears_rows_of_any_length() -> None:
    grid = [*good_rows(40)[:20], ["20"]]
    model = PreviewModel()
    model.show(SheetChoice(Sheet("2024", grid), find_layout(grid)))
    assert model.rowCount() == 12
    assert _texts(model, 0) == ["2", "1", "3/8/2026", "Warga 1", "Lampu jalan nomor 1 padam sejak kemarin."]
    short = [grid[0], ["20"]]
    model.show(SheetChoice(Sheet("2024", short), find_layout(short)))
    assert _texts(model, 0) == ["2", "20", "", "", ""]
    model.show(None)
    assert (model.rowCount(), model.columnCount()) == (0, 0)


@given(st.integers(0, 10**7), st.integers(-5, 10**6), st.integers(0, 10**6))
def test_a_time_left_is_told_only_when_it_can_be_known(elapsed: int, done: int, total: int) -> None:
    told = time_left(elapsed, done, total)
    assert bool(told) == (elapsed >= 1000 and 0 < done < total)


def test_the_time_left_is_in_proportion() -> None:
    assert time_left(10_000, 100, 160) == "kira-kira 6 detik lagi"
    assert time_left(60_000, 1_000, 6_000) == "kira-kira 5 menit lagi"


def test_the_dialogs_speak_indonesian(theme: Theme, qtbot: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    parent = QWidget()
    book = book_dialog(parent)
    assert (book.windowTitle(), book.labelText(QFileDialog.DialogLabel.Accept)) == ("Pilih buku register", "Buka")
    assert all(kind in book.nameFilters()[0] for kind in ("*.xlsx", "*.xls", "*.ods", "*.csv"))
    proposed = tmp_path_factory.mktemp("t") / "buku ditolak.xlsx"
    target = target_dialog(parent, proposed)
    assert target.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert target.labelText(QFileDialog.DialogLabel.Reject) == "Batal"
    assert target.selectedFiles() == [str(proposed)]
    parent.deleteLater()
