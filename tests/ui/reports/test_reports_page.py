"""Laporan on a real desk, by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.national import Measure, NationalFigure, NationalTable, figure_body
from kelurahan_client.domain.spans import PeriodKind
from kelurahan_client.errors import DiskFull
from kelurahan_client.services import handling, lists, reports
from kelurahan_client.services.paper import Paper, PaperKind, PaperSize
from kelurahan_client.store import settings
from sync.protocol import RecordType
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.reports.figure_table import FigureTable
from ui.reports.page import ReportsPage


def page_of(
    window: DeskWindow, width: int = 1166, choose: Callable[[QWidget, Path], Path | None] = lambda _w, _p: None
) -> ReportsPage:
    page = ReportsPage(window.theme, window.tasks, window.desk, window.navigate, window.notify, choose_target=choose)
    window.show(page, width)
    page.activate()
    window.settle()
    return page


def fill(window: DeskWindow) -> None:
    """Three of this month and one of the last, one of them resolved, one referred and late."""

    def job() -> None:
        register(window.desk, agency="PUPR", category="DRAINASE", received_date=date(2026, 8, 1))
        done = register(window.desk, agency="DLH", category="SAMPAH")
        for step in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
            handling.transition(window.desk, done.id, step, "beres")
        register(window.desk, received_date=date(2026, 8, 2))
        register(window.desk, agency="PUPR", received_date=date(2026, 7, 1))

    window.work(job)


def words(table: FigureTable) -> list[list[str]]:
    model = table.figures
    return [[figure.cell.text for figure in model.line(row)] for row in range(model.rowCount())]


def opened(window: DeskWindow) -> list[int]:
    """How long each list is that was asked for, and forget them."""
    wanted = [arguments["list_filter"] for key, arguments in window.shown if key == "register"]
    window.shown.clear()
    return [len(window.work(lambda one=one: lists.keys(window.desk, one))) for one in wanted]


def test_every_figure_on_the_page_opens_a_list_as_long(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window)
    seen = 0
    for table in (page.body.agencies, *page.body.side.tables()[:3]):
        for row in range(table.figures.rowCount()):
            for column in range(1, table.figures.columnCount()):
                text = table.figures.line(row)[column].cell.text.strip("*")
                table.opened.emit(table.figures.index(row, column))
                found = opened(window)
                if column < 6 and text not in {"0", "–"}:
                    assert found == [int(text)], (table.accessibleName(), row, column)
                    seen += 1
                elif column < 6:
                    assert found == []
    assert seen > 20
    for key, count in (("incoming", 3), ("settled", 1), ("answer", 1), ("resolution", 1)):
        page.grid.tiles[key].click()
        assert opened(window) == [count], key


def test_the_tables_of_this_month(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window)
    assert words(page.body.agencies) == [
        ["DLH", "1*", "1", "0", "0", "0", "0", "0"],
        ["PUPR", "1*", "0", "0", "1", "0", "–", "–"],
        ["Belum didisposisi", "1*", "–", "–", "1", "0", "–", "–"],
        ["Jumlah", "3*", "1", "0", "2", "0", "0", "0"],
    ]
    assert [(row[0], row[2]) for row in words(page.body.side.categories)] == [
        ("Drainase/saluran tersumbat", "1*"),
        ("Sampah dan TPS", "1*"),
        ("Tanpa kategori", "1*"),
    ]
    assert words(page.body.side.flow)[0] == ["3 Agustus 2026", "1", "1"]
    assert page.head.remark.words() == "Bertanda *: termasuk 3 yang belum terkirim"
    assert "3 Agu: 1 masuk, 1 selesai" in page.body.chart.accessibleDescription()
    assert page.grid.tiles["incoming"].accessibleName() == "Masuk: 3* pengaduan"
    assert page.grid.tiles["incoming"].accessibleDescription() == "1–3 Juli 2026: 1"
    assert page.grid.tiles["resolution"].accessibleDescription() == "rata-rata 0; nasional belum ada"


def test_the_whole_way_by_keyboard(window: DeskWindow, qapp: QApplication) -> None:
    """Choose last month, walk to a figure, open its list; own dates; print."""
    fill(window)
    page = page_of(window)
    papers: list[Paper] = []
    page.paper_wanted.connect(papers.append)
    keys = window.qtbot.keyClick
    assert page.choices.period.hasFocus()
    keys(page.choices.period, Qt.Key.Key_Down)
    window.settle()
    assert page.choices.question().period.kind is PeriodKind.LAST_MONTH
    assert words(page.body.agencies)[0][:2] == ["PUPR", "1*"]
    for _ in range(40):
        if page.body.agencies.hasFocus():
            break
        keys(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert page.body.agencies.hasFocus()
    keys(page.body.agencies, Qt.Key.Key_Right)
    keys(page.body.agencies, Qt.Key.Key_Return)
    assert opened(window) == [1]
    for _ in range(10):
        keys(qapp.focusWidget(), Qt.Key.Key_Tab)
        if page.body.side.tabs.tabs()[0].hasFocus():
            break
    keys(qapp.focusWidget(), Qt.Key.Key_Right)
    assert page.body.side.tabs.current() == 1
    keys(qapp.focusWidget(), Qt.Key.Key_Tab)
    assert page.body.side.ages.hasFocus()
    keys(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [paper.kind for paper in papers] == [PaperKind.REPORT]


def test_dates_of_ones_own_are_typed_as_in_the_form(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window)
    page.choices.period.setFocus()
    window.qtbot.keyClick(page.choices.period, Qt.Key.Key_End)
    first, last = page.choices.first, page.choices.last
    assert first.hasFocus()
    window.qtbot.keyClicks(first, "1/7")
    window.qtbot.keyClick(first, Qt.Key.Key_Return)
    assert first.text() == "1/7/2026"
    last.setFocus()
    last.selectAll()
    window.qtbot.keyClicks(last, "2 agustus")
    window.qtbot.keyClick(last, Qt.Key.Key_Return)
    window.settle()
    span = page.choices.question().period.span
    assert (span.first, span.last) == (date(2026, 7, 1), date(2026, 8, 2))
    assert words(page.body.agencies)[-1][:2] == ["Jumlah", "3*"]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [("31/6/2026", "3/8/2026", "hanya sampai tanggal 30"), ("1/8/2026", "5/8/2026", "belum terjadi"),
     ("3/8/2026", "1/8/2026", "lebih dahulu"), ("besok", "3/8/2026", "Bukan tanggal")],
)  # fmt: skip
def test_a_wrong_date_is_named_and_the_report_before_stays(
    window: DeskWindow, first: str, last: str, says: str
) -> None:
    fill(window)
    page = page_of(window)
    page.choices.own_dates()
    window.settle()
    before = words(page.body.agencies)
    page.choices.first.setText(first)
    page.choices.last.setText(last)
    page.choices.last.editingFinished.emit()
    window.settle()
    assert says in page.choices.problem.text()
    assert words(page.body.agencies) == before
    assert (page.choices.first.text(), page.choices.last.text()) == (first, last)


def test_a_period_without_anything_says_what_to_do(window: DeskWindow) -> None:
    page = page_of(window)
    assert page.body.empty.isVisibleTo(page)
    assert words(page.body.agencies) == words(page.body.side.categories) == []
    assert page.grid.tiles["incoming"].figure() == "0"
    assert page.grid.tiles["answer"].accessibleDescription() == "belum ada yang dapat diukur"
    papers: list[Paper] = []
    page.paper_wanted.connect(papers.append)
    page.head.print.click()
    assert papers[0].images == {}


def test_the_choices_narrow_the_report(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window)
    page.choices.agency.set_value("PUPR")
    page.choices.agency.chosen.emit("PUPR")
    window.settle()
    assert [row[0] for row in words(page.body.agencies)] == ["PUPR", "Jumlah"]
    assert page.choices.desk.itemText(0) == "Kelurahan Alalak Selatan"
    assert page.choices.desk.itemText(1) == "Loket A saja"


def test_a_change_elsewhere_is_counted_at_once(window: DeskWindow) -> None:
    page = page_of(window)
    window.work(lambda: register(window.desk))
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert page.grid.tiles["incoming"].figure() == "1*"


def test_nothing_is_counted_behind_another_page(window: DeskWindow) -> None:
    page = page_of(window)
    window.rooms[-1].hide()
    window.work(lambda: register(window.desk))
    page.reload(frozenset({"complaint"}))
    window.settle()
    assert page.grid.tiles["incoming"].figure() == "0"
    window.rooms[-1].show()
    page.activate()
    window.settle()
    assert page.grid.tiles["incoming"].figure() == "1*"


def test_the_paper_has_the_chart_as_a_picture_and_names_nobody(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window)
    papers: list[Paper] = []
    page.paper_wanted.connect(papers.append)
    page.head.pdf.click()
    paper = papers[0]
    assert paper.size is PaperSize.A4
    assert paper.file_name == "laporan-1-3-agustus-2026.pdf"
    ((name, png),) = paper.images.items()
    assert f'src="{name}"' in paper.html
    image = QImage.fromData(png)
    assert image.width() == 1920
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 3)}
    assert "#0f766e" in colours  # a bar in the light colours
    for hidden in ("Siti Aminah", "081251234567", "Lampu jalan"):
        assert hidden not in paper.html


def test_the_spreadsheet_goes_where_the_person_says(window: DeskWindow, tmp_path: Path) -> None:
    fill(window)
    proposed: list[Path] = []

    def choose(_parent: QWidget, path: Path) -> Path:
        proposed.append(path)
        return tmp_path / "laporan.xlsx"

    page = page_of(window, choose=choose)
    page.head.xlsx.click()
    window.settle()
    assert proposed[0].name == "laporan-1-3-agustus-2026.xlsx"
    assert (tmp_path / "laporan.xlsx").stat().st_size > 5_000
    assert [text for text, _ in window.said] == ["Laporan tersimpan di laporan.xlsx."]


def test_a_place_that_cannot_be_written_is_told_and_the_report_stays(window: DeskWindow, tmp_path: Path) -> None:
    fill(window)
    page = page_of(window, choose=lambda _w, _p: tmp_path / "tidak ada" / "laporan.xlsx")
    page.head.xlsx.click()
    window.settle()
    assert page.banner.isVisibleTo(page)
    assert "tidak dapat ditulis" in page.banner.words()
    assert page.grid.tiles["incoming"].figure() == "3*"


def test_a_failure_is_told_above_what_was_counted_before(window: DeskWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(window)
    page = page_of(window)

    def fail(*_: object) -> None:
        raise DiskFull("Tidak ada ruang.", way_out="Kosongkan ruang.")

    with monkeypatch.context() as broken:
        broken.setattr(reports, "report", fail)
        page.reload(frozenset())
        window.settle()
    assert "Tidak ada ruang." in page.banner.words()
    assert page.grid.tiles["incoming"].figure() == "3*"
    page.reload(frozenset())
    window.settle()
    assert not page.banner.isVisibleTo(page)


def test_slow_counting_is_told(window: DeskWindow) -> None:
    page = page_of(window)
    assert not page.head.busy.isVisibleTo(page)
    page._ask()
    page.head.slow.timeout.emit()  # as after 200 ms
    assert page.head.busy.isVisibleTo(page)
    window.settle()
    assert not page.head.busy.isVisibleTo(page)


def test_a_national_figure_is_shown_with_its_date(window: DeskWindow) -> None:
    figure = NationalFigure(date(2025, 12, 1), Measure.RESOLUTION, Fraction(94, 10), "Contoh untuk uji")
    national = NationalTable([figure])
    window.desk = replace(window.desk, reference=replace(window.desk.reference, national=national))
    fill(window)
    page = page_of(window)
    assert page.grid.tiles["resolution"].accessibleDescription() == "rata-rata 0; nasional 9,4 (Des 2025)"
    assert words(page.body.side.times)[3] == ["Nasional", "belum ada", "9,4 (Des 2025)"]


def test_the_citys_figure_is_shown_as_soon_as_an_exchange_has_brought_it(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window)
    assert page.grid.tiles["resolution"].accessibleDescription() == "rata-rata 0; nasional belum ada"

    def job() -> None:
        body = figure_body(NationalFigure(date(2026, 1, 1), Measure.FIRST_ANSWER, Fraction(3), "Contoh kota"))
        with window.desk.store.write() as transaction:
            settings.put_reference(transaction, RecordType.NATIONAL_FIGURE, "one", body)

    window.work(job)
    page.reload(frozenset({RecordType.NATIONAL_FIGURE, "exchange"}))
    window.settle()
    assert words(page.body.side.times)[3] == ["Nasional", "3 (Jan 2026)", "belum ada"]


def test_one_column_where_there_is_no_room_for_two(window: DeskWindow) -> None:
    fill(window)
    page = page_of(window, width=700)
    QCoreApplication.processEvents()
    assert (
        page.body.side.mapTo(page, page.body.side.rect().topLeft()).y()
        > page.body.agencies.mapTo(page, page.body.agencies.rect().bottomLeft()).y()
    )
    assert page.head.remark.isHidden()


def test_before_the_first_answer_nothing_can_be_printed(window: DeskWindow) -> None:
    page = ReportsPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    assert not any(button.isEnabled() for button in (page.head.pdf, page.head.xlsx, page.head.print))
