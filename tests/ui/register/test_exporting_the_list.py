"""*Ekspor…*: what is filtered goes out, names only with a reason, and a failure is a sentence above the list."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from kelurahan_client.domain.roles import Officer, Role
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.paper import Paper, PaperKind
from kelurahan_client.store import reveals
from tests.desk_making import register
from tests.ui.desk_window import DeskWindow
from ui.register.export_strip import Kind
from ui.register.page import RegisterPage


@pytest.fixture
def target(tmp_path: Path, page: RegisterPage) -> Path:
    """Where the file goes, whenever the page asks."""
    path = tmp_path / "daftar.xlsx"
    page.exports.choose_target = lambda _parent, _name: path
    return path


def rows(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def reasons(window: DeskWindow, complaint_id: str) -> list[str]:
    def job() -> list[str]:
        with window.desk.store.read() as transaction:
            return [reason for _, _, reason in reveals.of_complaint(transaction, complaint_id)]

    return window.work(job)


def test_what_is_filtered_is_written_and_said(window: DeskWindow, page: RegisterPage, target: Path) -> None:
    window.work(lambda: [register(window.desk, title=title) for title in ("Titian patah", "Lampu padam")])
    page.activate(search="titian")
    window.settle()
    page.exports.menu.actions()[0].trigger()
    window.settle()
    assert [row[4] for row in rows(target)] == ["Judul", "Titian patah"]
    assert window.said[-1][0] == "1 pengaduan tersimpan di daftar.xlsx."
    assert page.exports.strip.isHidden()


def test_names_go_out_only_after_a_reason_by_keyboard(window: DeskWindow, page: RegisterPage, target: Path) -> None:
    made = window.work(lambda: register(window.desk))
    page.activate()
    window.settle()
    page.exports.menu.actions()[2].trigger()
    strip = page.exports.strip
    assert strip.reason.hasFocus()
    window.qtbot.keyClick(strip.reason, Qt.Key.Key_Return)
    assert strip.asking()
    assert not target.exists()
    window.qtbot.keyClicks(strip.reason, "rapat RT")
    window.qtbot.keyClick(strip.reason, Qt.Key.Key_Return)
    window.settle()
    assert "Siti Aminah" in str(rows(target))
    assert reasons(window, made.id) == ["rapat RT"]


def test_whoever_may_not_take_names_out_is_not_asked_for_a_reason(
    window: DeskWindow, page: RegisterPage, target: Path
) -> None:
    window.desk.store.at_work = Officer("Udin", id="u", duty=Role.CLERK)
    page.activate()
    window.settle()
    page.exports.menu.actions()[2].trigger()
    window.settle()
    assert not page.exports.strip.asking()
    assert "hanya untuk lurah atau admin loket" in page.exports.strip.banner.words()
    assert not target.exists()


def test_esc_leaves_the_question(window: DeskWindow, page: RegisterPage, target: Path) -> None:
    page.activate()
    window.settle()
    page.exports.begin(Kind.WORKBOOK, named=True)
    assert page.go_back()
    assert page.exports.strip.isHidden()
    assert not target.exists()


def test_a_report_is_wanted_as_a_paper(window: DeskWindow, page: RegisterPage) -> None:
    window.work(lambda: register(window.desk, title="Titian patah"))
    page.activate(list_filter=ListFilter())
    window.settle()
    with window.qtbot.waitSignal(page.paper_wanted) as wanted:
        page.exports.begin(Kind.REPORT)
    (paper,) = wanted.args
    assert isinstance(paper, Paper)
    assert paper.kind is PaperKind.REPORT
    assert "Titian patah" in paper.html
    window.settle()


def test_a_place_that_cannot_be_written_is_told_above_the_list(window: DeskWindow, page: RegisterPage) -> None:
    window.work(lambda: register(window.desk))
    page.exports.choose_target = lambda _parent, _name: Path("/tidak/ada/daftar.xlsx")
    page.activate()
    window.settle()
    page.exports.begin(Kind.WORKBOOK)
    window.settle()
    assert "tidak dapat ditulis" in page.exports.strip.banner.words()
    assert page.exports.strip.banner.isVisibleTo(page)


def test_cancelling_says_that_nothing_was_made(window: DeskWindow, page: RegisterPage, target: Path) -> None:
    window.work(lambda: register(window.desk))
    page.activate()
    window.settle()
    page.exports.begin(Kind.WORKBOOK)
    page.exports.strip.progress.cancel_button().click()
    window.settle()
    assert not target.exists() or window.said[-1][0].startswith("1 pengaduan tersimpan")
    assert page.exports.strip.isHidden()
    page.exports.choose_target = lambda _parent, _name: None
    page.exports.begin(Kind.WORKBOOK)
    assert page.exports.strip.isHidden()
