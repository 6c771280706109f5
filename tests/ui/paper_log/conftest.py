"""The page on a real desk, and a clerk who works it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter, ListRow
from ui.paper_log.page import PaperLogPage
from ui.paper_log.wizard import Step
from ui.tasks import Tasks
from ui.theme.theme import Theme

BOOKS = Path(__file__).parents[2] / "paper_logs"


@dataclass
class Clerk:
    """Presses what a person presses, waits until the page has answered, and remembers what it said."""

    qtbot: QtBot
    tasks: Tasks
    desk: Desk
    files: list[Path] = field(default_factory=list)  # what the file dialogs will answer, first to last
    said: list[str] = field(default_factory=list)
    proposed: list[Path] = field(default_factory=list)
    went: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    page: PaperLogPage = field(init=False)

    def choose_file(self, _parent: QWidget) -> Path | None:
        return self.files.pop(0) if self.files else None

    def choose_target(self, _parent: QWidget, proposed: Path) -> Path | None:
        self.proposed.append(proposed)
        return self.files.pop(0) if self.files else None

    def navigate(self, key: str, **arguments: Any) -> None:
        self.went.append((key, arguments))

    def settle(self) -> None:
        self.qtbot.waitUntil(self.tasks.idle, timeout=20_000)

    def press(self, button: QWidget) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def give(self, path: Path) -> None:
        """Give a book with the button of the start view."""
        self.files.append(path)
        self.press(self.page.start.drop_area.button)

    def go_on(self, to: Step) -> None:
        """Press the main command until a step is reached."""
        while self.page.wizard.step() < to:
            self.press(self.page.wizard.forward_button)

    def bring_in(self, path: Path) -> None:
        """A book from its file to its result, and back to the start."""
        self.give(path)
        self.go_on(Step.RESULT)
        self.press(self.page.wizard.forward_button)

    def rows(self, wanted: ListFilter | None = None) -> list[ListRow]:
        """The complaints on the desk."""
        return lists.page(self.desk, lists.keys(self.desk, wanted or ListFilter()))

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.focus(), key)
        self.settle()

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(100):
            if self.focus() is widget:
                return
            self.qtbot.keyClick(self.focus(), Qt.Key.Key_Tab)
        raise AssertionError("Tab never comes to it")


@pytest.fixture
def make_clerk(theme: Theme, tasks: Tasks, qtbot: QtBot) -> Callable[[Desk], Clerk]:
    """Seats a clerk at a desk, with the page shown."""

    def make(desk: Desk) -> Clerk:
        made = Clerk(qtbot, tasks, desk)
        made.page = PaperLogPage(
            theme, tasks, desk, made.navigate, made.said.append, made.choose_file, made.choose_target
        )
        qtbot.addWidget(made.page)
        made.page.resize(1166, 640)
        with qtbot.waitExposed(made.page):
            made.page.show()
        made.page.activateWindow()
        made.page.activate()
        made.settle()
        return made

    return make


@pytest.fixture
def clerk(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Clerk:
    return make_clerk(desk)


def write_book(path: Path, **sheets: list[list[str]]) -> Path:
    """An XLSX with these sheets, all cells texts."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


HEADER = ["No", "Tanggal", "Nama", "Isi pengaduan"]


def good_rows(count: int) -> list[list[str]]:
    """A header and rows that all can be imported."""
    rows = [
        [str(n), "3/8/2026", f"Warga {n}", f"Lampu jalan nomor {n} padam sejak kemarin."] for n in range(1, count + 1)
    ]
    return [HEADER, *rows]
