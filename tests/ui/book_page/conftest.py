"""The page *Buku register* on a real desk, and a clerk who types."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from tests.ui.desk_window import DeskWindow
from ui.paper_log.page import PaperLogPage
from ui.tasks import Tasks
from ui.theme.theme import Theme


class Typist(DeskWindow):
    """Presses keys wherever the keyboard is."""

    page: PaperLogPage

    def sit_down(self) -> None:
        self.page = PaperLogPage(self.theme, self.tasks, self.desk, self.navigate, self.notify)
        self.show(self.page)
        self.page.activate()
        self.settle()

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.focus(), key, modifier)

    def type(self, text: str) -> None:
        """Letter by letter; the first opens the cell."""
        for letter in text:
            self.qtbot.keyClicks(self.focus(), letter)

    def cells(self, *texts: str) -> None:
        """A line of the book, from cell to cell with Tab."""
        for text in texts:
            self.type(text)
            self.key(Qt.Key.Key_Tab)

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def rest(self) -> None:
        """Until everything that was typed is kept and looked at."""
        self.qtbot.waitUntil(lambda: not self.page.work.keeper.waiting)
        self.settle()

    def texts(self, row: int) -> list[str]:
        return list(self.page.work.model.sheet.line(row).cells)

    def editor(self) -> QLineEdit:
        found = self.page.work.grid.delegate.editor
        assert found is not None
        return found

    def complaints(self) -> list[Complaint]:
        found = self.work(lambda: lists.full(self.desk, ListFilter()))
        return sorted(found, key=lambda one: one.book_line or 0)


@pytest.fixture
def make_typist(theme: Theme, tasks: Tasks, qtbot: QtBot) -> Callable[[Desk], Typist]:
    def make(desk: Desk) -> Typist:
        made = Typist(qtbot, theme, tasks, desk)
        made.sit_down()
        # As the window asks before it closes; what is still to be written is written when the workers end.
        qtbot.addWidget(made.page, before_close_func=lambda _page: made.page.may_close())
        return made

    return make


@pytest.fixture
def typist(make_typist: Callable[[Desk], Typist], desk: Desk) -> Typist:
    return make_typist(desk)
