"""The wizard from the file to the result, on a real store and with the real books."""

import json
import threading
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from kelurahan_client.errors import DiskFull
from kelurahan_client.services import importing
from kelurahan_client.services.book_files import open_book
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from tests.ui.paper_log.conftest import BOOKS, HEADER, Clerk, good_rows, write_book
from ui.paper_log.trial import View
from ui.paper_log.wizard import Step

GOOD_BOOKS = [
    "alalak_selatan_2024.xlsx",
    "belitung_selatan_2024.csv",
    "kuin_utara_2024.xlsx",
    "pekapuran_raya_2023.xls",
]
SPOILED = BOOKS / "rusak_contoh.xlsx"


@pytest.mark.parametrize("name", GOOD_BOOKS)
def test_a_book_goes_from_its_file_to_its_result(clerk: Clerk, name: str) -> None:
    expected = json.loads((BOOKS / f"{name}.expected.json").read_text(encoding="utf-8"))["rows"]
    wizard = clerk.page.wizard
    seen = []
    clerk.give(BOOKS / name)
    while wizard.step() < Step.RESULT:
        seen.append(wizard.step())
        clerk.press(wizard.forward_button)
    assert seen == [Step.SHEET, Step.COLUMNS, Step.TRIAL]
    assert len(clerk.rows()) == len(expected)
    assert wizard.result_step.title() == f"{len(expected)} pengaduan tercatat"
    assert wizard.result_step.figure("accepted") == str(len(expected))
    assert wizard.result_step.figure("rejected") == "0"
    clerk.press(wizard.forward_button)
    assert clerk.page.start.isVisible()
    assert clerk.page.start.model.batch(0).file_name == name
    assert clerk.page.start.model.batch(0).accepted == len(expected)


def test_nothing_is_written_before_the_import(clerk: Clerk) -> None:
    clerk.give(SPOILED)
    clerk.go_on(Step.TRIAL)
    assert clerk.rows() == []
    assert importing.history(clerk.desk) == []


def test_the_tiles_count_every_row_once_and_filter_the_table(clerk: Clerk) -> None:
    clerk.give(SPOILED)
    clerk.go_on(Step.TRIAL)
    step = clerk.page.wizard.trial_step
    figures = {view: int(tile.figure()) for view, tile in step.tiles.items()}
    assert figures == {View.READ: 41, View.READY: 32, View.WARNED: 2, View.REJECTED: 6, View.LEFT_OUT: 1}
    assert step.tiles[View.REJECTED].isChecked()  # what was refused is shown first
    for view, figure in figures.items():
        clerk.press(step.tiles[view])
        assert step.table.lines.rowCount() == figure
        assert [tile for tile in step.tiles.values() if tile.isChecked()] == [step.tiles[view]]
    clerk.press(step.tiles[View.REJECTED])
    cells = [step.table.lines.cell(0, column).text for column in range(step.table.lines.columnCount())]
    assert cells == [
        "5",
        "Tanggal",
        "31/02/2024",
        "Februari 2024 hanya sampai tanggal 29.",
        "Cocokkan: 29/2 atau 1/3?",
    ]
    assert clerk.page.wizard.forward_button.text() == "Impor 34 baris"


def test_refused_rows_are_saved_mended_and_imported_again(clerk: Clerk, tmp_path: Path) -> None:
    clerk.give(SPOILED)
    clerk.go_on(Step.RESULT)
    wizard = clerk.page.wizard
    assert wizard.result_step.table.lines.rowCount() == 6
    target = tmp_path / "ditolak.xlsx"
    clerk.files.append(target)
    clerk.press(wizard.result_step.save)
    assert clerk.said[-1] == "6 baris yang ditolak tersimpan di ditolak.xlsx."
    assert clerk.proposed[0].name == "rusak_contoh ditolak.xlsx"
    clerk.press(wizard.forward_button)

    grid = [[str(cell or "") for cell in row] for row in open_book(target).sheets[0].grid]
    at = {name: index for index, name in enumerate(grid[0])}
    grid[1][at["Tanggal"]] = "29/2/2024"
    grid[3][at["Isi Pengaduan"]] = "Selokan di depan masjid tersumbat."
    clerk.give(write_book(tmp_path / "diperbaiki.xlsx", Ditolak=grid))
    clerk.go_on(Step.TRIAL)
    tiles = wizard.trial_step.tiles
    assert (tiles[View.REJECTED].figure(), wizard.forward_button.text()) == ("4", "Impor 2 baris")
    clerk.go_on(Step.RESULT)
    assert len(clerk.rows()) == 36


def test_saving_refused_rows_where_it_cannot_be_written_is_told_and_may_be_tried_again(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.give(SPOILED)
    clerk.go_on(Step.TRIAL)
    clerk.files.append(tmp_path / "tidak ada" / "ditolak.xlsx")
    clerk.press(clerk.page.wizard.trial_step.save)
    assert clerk.page.wizard.banner.isVisible()
    assert "ditolak.xlsx tidak dapat ditulis" in clerk.page.wizard.banner.words()
    clerk.press(clerk.page.wizard.trial_step.save)  # changed their mind in the dialog
    assert clerk.said == []
    assert clerk.page.wizard.step() is Step.TRIAL


def test_the_same_book_twice_adds_nothing_and_says_so(clerk: Clerk) -> None:
    book = BOOKS / "kuin_utara_2024.xlsx"
    clerk.bring_in(book)
    clerk.give(book)
    clerk.go_on(Step.TRIAL)
    wizard = clerk.page.wizard
    assert wizard.trial_step.foreign.isVisible()  # the desk is of Alalak Selatan
    assert "tertulis Kelurahan Kuin Utara" in wizard.trial_step.foreign.words()
    assert wizard.trial_step.nothing_new.isVisible()
    assert "80 baris sudah ada di komputer ini" in wizard.trial_step.nothing_new.words()
    assert wizard.trial_step.tiles[View.LEFT_OUT].figure() == "89"
    assert wizard.trial_step.tiles[View.LEFT_OUT].accessibleDescription() == "80 sudah ada, 9 bukan isi"
    assert wizard.forward_button.text() == "Selesai"
    clerk.press(wizard.forward_button)
    assert clerk.page.start.isVisible()
    assert len(clerk.rows()) == 80
    assert len(importing.history(clerk.desk)) == 1


def test_a_row_that_repeats_another_of_the_book_names_it(clerk: Clerk, tmp_path: Path) -> None:
    rows = good_rows(3)
    clerk.give(write_book(tmp_path / "ganda.xlsx", Buku=[*rows, rows[2]]))
    clerk.go_on(Step.TRIAL)
    step = clerk.page.wizard.trial_step
    clerk.press(step.tiles[View.LEFT_OUT])
    assert step.table.lines.cell(0, 2).text == "Sama dengan baris 3 di buku ini."


def test_another_sheet_of_the_book_can_be_chosen(clerk: Clerk, tmp_path: Path) -> None:
    book = write_book(
        tmp_path / "dua.xlsx", Januari=good_rows(3), Catatan=[["bukan buku"]], Februari=[HEADER, *good_rows(9)[5:]]
    )
    clerk.give(book)
    step = clerk.page.wizard.sheet_step
    assert [step.sheets.choice(row).sheet.name for row in range(3)] == ["Januari", "Catatan", "Februari"]
    assert not step.sheets.flags(step.sheets.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    step.table.setFocus()
    clerk.key(Qt.Key.Key_Down)  # over the sheet without a header
    chosen = step.choice()
    assert chosen is not None
    assert chosen.sheet.name == "Februari"
    assert step.preview.rowCount() == 5
    clerk.key(Qt.Key.Key_Return)
    assert clerk.page.wizard.step() is Step.COLUMNS
    assert clerk.page.wizard.book() == "dua.xlsx · lembar “Februari”"
    clerk.go_on(Step.RESULT)
    assert len(clerk.rows()) == 5


def test_a_missing_column_must_be_named_before_the_trial(clerk: Clerk, tmp_path: Path) -> None:
    rows = good_rows(2)
    rows[0] = ["No", "Tanggal", "Nama", "Coret-coret"]
    rows[0].append("Alamat")
    clerk.give(write_book(tmp_path / "asing.xlsx", Buku=rows))
    clerk.go_on(Step.COLUMNS)
    wizard = clerk.page.wizard
    assert not wizard.forward_button.isEnabled()
    assert "Kolom Isi pengaduan belum ditunjuk." in wizard.column_step.remark.words()
    combo = wizard.column_step.combo("Coret-coret")
    assert clerk.focus() is combo
    combo.setCurrentIndex(combo.findText("Isi pengaduan"))
    combo.activated.emit(combo.currentIndex())
    assert not wizard.column_step.remark.isVisible()
    clerk.press(wizard.forward_button)
    assert wizard.trial_step.tiles[View.READY].figure() == "2"


def test_a_field_moves_to_the_column_that_it_was_given_to(clerk: Clerk) -> None:
    clerk.give(BOOKS / "kuin_utara_2024.xlsx")
    clerk.go_on(Step.COLUMNS)
    step = clerk.page.wizard.column_step
    combo = step.combo("KET")
    combo.setCurrentIndex(combo.findText("Tanggal"))
    combo.activated.emit(combo.currentIndex())
    assert step.combo("TGL").value() == ""
    assert step.mapping()["KET"] == "received_date"


def test_chosen_columns_stay_when_one_looks_back_and_are_remembered_for_the_next_book(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.give(BOOKS / "kuin_utara_2024.xlsx")
    clerk.go_on(Step.COLUMNS)
    wizard = clerk.page.wizard
    combo = wizard.column_step.combo("KET")
    combo.setCurrentIndex(combo.findText("Tidak diimpor"))
    combo.activated.emit(combo.currentIndex())
    clerk.press(wizard.forward_button)
    clerk.press(wizard.back_button)
    clerk.press(wizard.back_button)
    assert wizard.step() is Step.SHEET
    clerk.go_on(Step.COLUMNS)
    assert wizard.column_step.combo("KET").value() == ""
    clerk.go_on(Step.RESULT)
    clerk.press(wizard.forward_button)
    clerk.give(BOOKS / "kuin_utara_2024.xlsx")
    clerk.go_on(Step.COLUMNS)
    assert wizard.column_step.combo("KET").value() == ""
    assert wizard.column_step.note() == "seperti impor terakhir dengan judul kolom ini"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("tidak_ada.xlsx", None, "tidak ada"),
        ("kosong.xlsx", b"", "kosong"),
        ("rusak.xlsx", b"PK\x03\x04" + bytes(200), "rusak"),
        ("surat.pdf", b"%PDF-1.7 surat", "PDF"),
        ("asing.csv", b"Ini bukan buku.\nSama sekali bukan.\n", "Tidak ada lembar dengan judul kolom"),
    ],
)
def test_an_unreadable_file_is_told_with_the_way_out_and_another_can_be_chosen(
    clerk: Clerk, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    clerk.give(path)
    wizard = clerk.page.wizard
    assert wizard.step() is Step.FILE
    assert wizard.banner.isVisible()
    assert wizard.banner.words().startswith("Berkas tidak dapat dibaca.")
    assert sentence in wizard.banner.words()
    clerk.files.append(BOOKS / "kuin_utara_2024.xlsx")
    clerk.press(wizard.drop_area.button)
    assert wizard.step() is Step.SHEET
    assert not wizard.banner.isVisible()


class Gate:
    """A clock that stops the worker in the middle of an import until it is let go."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._calls = -1  # not armed
        self.reached = threading.Event()
        self.go = threading.Event()

    def arm(self, calls: int) -> None:
        self._calls = calls

    def __call__(self) -> datetime:
        if self._calls == 0:
            self.reached.set()
            assert self.go.wait(20)
        self._calls -= 1
        return self._clock()


@pytest.fixture
def gate(desk: Desk) -> Gate:
    return Gate(desk.clock)


@pytest.fixture
def slow_clerk(make_clerk: Callable[[Desk], Clerk], desk: Desk, gate: Gate, tmp_path: Path) -> Clerk:
    """A clerk whose import of 600 rows stands still in the middle."""
    clerk = make_clerk(replace(desk, clock=gate))
    clerk.give(write_book(tmp_path / "besar.xlsx", Buku=good_rows(600)))
    clerk.go_on(Step.TRIAL)
    gate.arm(100)
    clerk.qtbot.mouseClick(clerk.page.wizard.forward_button, Qt.MouseButton.LeftButton)
    clerk.qtbot.waitUntil(gate.reached.is_set, timeout=20_000)
    return clerk


def test_an_import_stopped_in_the_middle_writes_nothing(slow_clerk: Clerk, gate: Gate) -> None:
    wizard = slow_clerk.page.wizard
    assert wizard.step() is Step.IMPORT
    assert slow_clerk.page.flow.is_writing
    slow_clerk.qtbot.mouseClick(wizard.progress.cancel_button(), Qt.MouseButton.LeftButton)
    gate.go.set()
    slow_clerk.settle()
    assert wizard.step() is Step.TRIAL
    assert slow_clerk.said == ["Impor dihentikan; tidak ada baris yang ditulis."]
    assert not wizard.banner.isVisible()
    assert slow_clerk.rows() == []
    assert importing.history(slow_clerk.desk) == []
    slow_clerk.go_on(Step.RESULT)  # and it can be done after all
    assert len(slow_clerk.rows()) == 600


def test_while_rows_are_written_the_window_stays_open_and_esc_changes_nothing(slow_clerk: Clerk, gate: Gate) -> None:
    assert not slow_clerk.page.may_close()
    assert slow_clerk.said == ["Impor masih berjalan. Tunggu sampai selesai, atau tekan Batalkan."]
    assert slow_clerk.page.go_back()
    assert slow_clerk.page.wizard.step() is Step.IMPORT
    gate.go.set()
    slow_clerk.settle()
    assert slow_clerk.page.wizard.step() is Step.RESULT
    assert slow_clerk.page.may_close()


def test_progress_is_told_in_numbers(slow_clerk: Clerk, gate: Gate) -> None:
    progress = slow_clerk.page.wizard.progress
    slow_clerk.qtbot.waitUntil(lambda: progress.figures() != "", timeout=20_000)
    assert progress.figures() == "0 dari 600"
    gate.go.set()
    slow_clerk.settle()


def test_a_failure_while_writing_leads_back_to_the_trial_with_its_sentence(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise DiskFull("Disk penuh; perubahan terakhir belum tersimpan.", way_out="Kosongkan disk, lalu simpan lagi.")

    clerk.give(BOOKS / "kuin_utara_2024.xlsx")
    clerk.go_on(Step.TRIAL)
    monkeypatch.setattr(importing, "register_all", full)
    clerk.press(clerk.page.wizard.forward_button)
    assert clerk.page.wizard.step() is Step.TRIAL
    assert "Disk penuh" in clerk.page.wizard.banner.words()
    assert clerk.rows() == []


def test_a_wizard_left_half_way_is_still_there(clerk: Clerk) -> None:
    clerk.give(SPOILED)
    clerk.go_on(Step.TRIAL)
    clerk.page.hide()
    clerk.page.show()
    clerk.page.activate()
    clerk.settle()
    assert clerk.page.wizard.isVisible()
    assert clerk.page.wizard.step() is Step.TRIAL
    assert clerk.page.wizard.trial_step.tiles[View.REJECTED].figure() == "6"


def test_the_result_leads_to_its_complaints_in_the_list(clerk: Clerk) -> None:
    clerk.give(BOOKS / "kuin_utara_2024.xlsx")
    clerk.go_on(Step.RESULT)
    clerk.press(clerk.page.wizard.see_button)
    [(page, arguments)] = clerk.went
    assert page == "register"
    wanted = arguments["list_filter"]
    assert isinstance(wanted, ListFilter)
    assert len(clerk.rows(wanted)) == 80


def test_everything_goes_by_the_keyboard_alone(clerk: Clerk) -> None:
    page, wizard = clerk.page, clerk.page.wizard
    clerk.files.append(SPOILED)
    clerk.tab_to(page.start.drop_area.button)
    clerk.key(Qt.Key.Key_Space)
    assert clerk.focus() is wizard.sheet_step.table
    clerk.key(Qt.Key.Key_Return)
    assert clerk.focus() is wizard.forward_button
    clerk.key(Qt.Key.Key_Space)
    assert clerk.focus() is wizard.trial_step.tiles[View.REJECTED]
    clerk.tab_to(wizard.trial_step.table)
    clerk.tab_to(wizard.trial_step.save)
    clerk.tab_to(wizard.forward_button)
    clerk.key(Qt.Key.Key_Space)
    assert wizard.step() is Step.RESULT
    assert clerk.focus() is wizard.forward_button
    clerk.tab_to(wizard.undo_button)
    clerk.key(Qt.Key.Key_Space)
    assert clerk.focus() is wizard.result_step.undo_bar.no
    assert page.go_back()  # Esc takes the question away
    assert wizard.step() is Step.RESULT
    assert not wizard.result_step.undo_bar.isVisible()
    clerk.tab_to(wizard.forward_button)
    clerk.key(Qt.Key.Key_Space)
    assert clerk.focus() is page.start.type_button
    assert len(clerk.rows()) == 34


def test_esc_goes_one_step_back_and_out(clerk: Clerk) -> None:
    clerk.give(SPOILED)
    clerk.go_on(Step.TRIAL)
    seen = []
    while clerk.page.wizard.isVisible():
        seen.append(clerk.page.wizard.step())
        assert clerk.page.go_back()
        clerk.settle()
    assert seen == [Step.TRIAL, Step.COLUMNS, Step.SHEET, Step.FILE]
    assert not clerk.page.go_back()


def _drop(clerk: Clerk, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # one version of Qt wants a QPoint, the next a QPointF
        enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(clerk.page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(clerk.page, QDropEvent(QPointF(50, 50), copy, data, left, none))
        clerk.settle()
    return enter.isAccepted()


def test_a_dropped_book_is_opened_where_none_is_being_worked_on(clerk: Clerk, tmp_path: Path) -> None:
    assert not _drop(clerk, SPOILED, BOOKS / "kuin_utara_2024.xlsx")
    assert _drop(clerk, tmp_path / "tidak_ada.xlsx")
    assert clerk.page.wizard.banner.isVisible()
    assert _drop(clerk, SPOILED)
    assert clerk.page.wizard.step() is Step.SHEET
    assert not _drop(clerk, SPOILED)


def test_a_desk_that_is_not_enrolled_is_told_so_in_the_trial(
    make_clerk: Callable[[Desk], Clerk], desk_at: Callable[..., Desk], config: object
) -> None:
    clerk = make_clerk(desk_at(config))
    clerk.give(SPOILED)
    clerk.go_on(Step.COLUMNS)
    clerk.press(clerk.page.wizard.forward_button)
    assert clerk.page.wizard.step() is Step.COLUMNS
    assert "belum terdaftar" in clerk.page.wizard.banner.words()
