"""The scan beside the grid: PDF and photos, several sheets, turned, measured by the ruler, kept with the page."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from kelurahan_client.services.desk import Desk
from tests.desk_making import files_of
from tests.ui.book_page.conftest import Typist
from ui.book_page.ruler import Ruler
from ui.book_page.scan_views import ScanScene, SheetView
from ui.theme.theme import Mode, Theme

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def photo(path: Path, width: int = 600, height: int = 800) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#f4ecd8"))
    assert image.save(str(path))
    return path


def pdf(path: Path, sheets: int) -> Path:
    document = pypdfium2.PdfDocument.new()
    for _sheet in range(sheets):
        document.new_page(595, 842)
    document.save(path)
    document.close()
    return path


@pytest.fixture
def scanned(typist: Typist, tmp_path: Path) -> Typist:
    """A page whose scan is a PDF of three sheets."""
    typist.page.typing.new()
    typist.settle()
    typist.page.work.take_scans([pdf(tmp_path / "buku.pdf", 3)])
    typist.settle()
    return typist


def test_a_pdf_is_shown_sheet_by_sheet(scanned: Typist) -> None:
    scan = scanned.page.work.scan
    assert scan.isVisible()
    assert scan.sheets() == (0, 3)
    box = scan.scene.sceneRect()
    assert box.height() / box.width() == pytest.approx(842 / 595, rel=0.01)
    scanned.key(Qt.Key.Key_PageDown, CTRL)
    scanned.settle()
    assert scan.sheets() == (1, 3)
    assert scan.bar.sheet_words() == "2/3"
    scanned.key(Qt.Key.Key_PageUp, CTRL)
    scanned.settle()
    assert scan.sheets() == (0, 3)


def test_several_photos_are_sheets_too(typist: Typist, tmp_path: Path) -> None:
    typist.page.typing.new()
    typist.settle()
    work = typist.page.work
    work.take_scans([photo(tmp_path / "a.png"), photo(tmp_path / "b.jpg", 800, 600)])
    typist.settle()
    assert work.scan.sheets() == (0, 2)
    work.scan.go(1)
    typist.settle()
    assert work.scan.scene.sceneRect().width() == 800


def test_the_scan_is_enlarged_and_turned(scanned: Typist) -> None:
    scan = scanned.page.work.scan
    fitting = scan.view.percent()
    scanned.key(Qt.Key.Key_Plus, CTRL)
    assert scan.view.percent() > fitting
    scanned.key(Qt.Key.Key_Minus, CTRL)
    scanned.key(Qt.Key.Key_Minus, CTRL)
    assert scan.view.percent() < fitting
    scanned.key(Qt.Key.Key_0, CTRL)
    assert scan.view.percent() == fitting
    at = QPointF(50, 50)
    turn = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(scan.view.viewport(), turn)
    assert scan.view.percent() > fitting
    before = scan.scene.sceneRect()
    scanned.key(Qt.Key.Key_R, CTRL)
    assert scan.scene.sceneRect().width() == before.height()


def test_ruler_and_lens_follow_the_line(scanned: Typist) -> None:
    work = scanned.page.work
    scan = work.scan
    first = scan.scene.bar.rect()
    scanned.key(Qt.Key.Key_Down)
    second = scan.scene.bar.rect()
    assert second.y() == pytest.approx(first.y() + first.height())
    lens = scan.lens
    middle = lens.mapToScene(lens.viewport().rect().center())
    assert second.top() < middle.y() < second.bottom()


def test_the_ruler_is_laid_by_keys_and_kept(scanned: Typist, make_typist: Callable[[Desk], Typist]) -> None:
    scan = scanned.page.work.scan
    before = scan.ruler
    scanned.key(Qt.Key.Key_Down, ALT)
    assert scan.ruler.top > before.top
    scanned.key(Qt.Key.Key_Down, ALT | SHIFT)
    assert scan.ruler.step > before.step
    scanned.key(Qt.Key.Key_R, CTRL)
    scanned.key(Qt.Key.Key_PageDown, CTRL)
    scanned.settle()
    scanned.rest()
    other = make_typist(scanned.desk)
    other.key(Qt.Key.Key_Return)
    other.settle()
    again = other.page.work.scan
    assert again.ruler == scan.ruler
    assert again.sheets() == (1, 3)
    assert again.state() == scan.state()


def test_the_next_page_is_typed_from_the_next_sheet(scanned: Typist) -> None:
    scanned.paste("1\t3/8\tSiti\tP\tGg. Damai\t1/2\t\tLampu padam.")
    scanned.key(Qt.Key.Key_S, CTRL)
    scanned.settle()
    work = scanned.page.work
    assert len(scanned.complaints()) == 1
    assert work.title.number.text() == "2"
    assert work.scan.sheets() == (1, 3)


def test_scans_lie_encrypted_beside_the_data(scanned: Typist) -> None:
    files = files_of(scanned.desk.store.config)
    kept = [name for name in files if name.startswith("scans")]
    assert len(kept) == 1
    assert b"%PDF" not in files[kept[0]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("buku.docx", b"PK\x03\x04 whatever"),
        ("rusak.pdf", b"%PDF-1.7 and then nothing"),
        ("rusak.png", b"\x89PNG\r\n\x1a\n and then nothing"),
        ("kosong.pdf", b""),
    ],
)
def test_a_file_that_cannot_be_shown_is_told(typist: Typist, tmp_path: Path, name: str, content: bytes) -> None:
    typist.page.typing.new()
    typist.settle()
    typist.paste("1\t3/8\tSiti")
    path = tmp_path / name
    path.write_bytes(content)
    typist.page.work.take_scans([path])
    typist.settle()
    banner = typist.page.work.banner
    assert banner.isVisible()
    assert name in banner.words()
    assert typist.texts(0)[2] == "Siti"


def test_f6_goes_between_grid_and_scan(scanned: Typist) -> None:
    work = scanned.page.work
    scanned.key(Qt.Key.Key_F6)
    assert scanned.focus() is work.scan.view
    scanned.key(Qt.Key.Key_F6)
    assert scanned.focus() is work.grid


@given(st.integers(0, 40), st.floats(0, 1))
def test_a_ruler_lies_where_it_was_laid_or_keeps_a_sensible_height(row: int, place: float) -> None:
    laid = Ruler().moved_to(row, place)
    assert laid.step > 0
    if 0 < laid.top < 1:
        assert laid.line(row) == pytest.approx(place)


def test_a_view_that_is_gone_hears_no_theme(theme: Theme) -> None:
    view = SheetView(theme, ScanScene(theme), "Pindaian")
    delete(view)
    theme.set_mode(Mode.DARK)
    theme.set_mode(Mode.LIGHT)
