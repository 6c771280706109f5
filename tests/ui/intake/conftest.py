"""The intake page on a real desk whose data the window's thread may not touch."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.services import intake, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.drafts import Draft
from ui.intake.page import IntakePage
from ui.tasks import Tasks
from ui.theme.theme import Theme

T = TypeVar("T")


@dataclass
class Counter:
    """A desk with its intake page, and what the page asked of the window."""

    qtbot: QtBot
    theme: Theme
    tasks: Tasks
    desk: Desk
    shown: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    pages: list[IntakePage] = field(default_factory=list)
    said: list[tuple[str, Callable[[], None] | None]] = field(default_factory=list)

    def page(self, width: int = 1166, height: int = 640) -> IntakePage:
        """A page that was just brought to the front, with its first answers."""

        def navigate(key: str, **arguments: Any) -> None:
            self.shown.append((key, arguments))

        def notify(text: str, undo: Callable[[], None] | None = None, **_more: Any) -> None:
            self.said.append((text, undo))

        made = IntakePage(self.theme, self.tasks, self.desk, navigate, notify)
        self.pages.append(made)
        made.resize(width, height)
        with self.qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        made.activate()
        self.settle()
        return made

    def settle(self) -> None:
        """Until every answer has come and is shown."""
        self.qtbot.waitUntil(self.tasks.idle)
        QApplication.processEvents()  # what was put into a layout is visible from its next turn on

    def ask(self, question: Callable[[], T]) -> T:
        """The answer of the data, asked in another thread as the window would."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(question).result()

    def drafts(self) -> list[Draft]:
        """The drafts on the disk, newest first."""
        return self.ask(lambda: intake.open_drafts(self.desk))

    def complaints(self) -> list[Complaint]:
        """The registered complaints, in clear."""

        def find() -> list[Complaint]:
            rows = lists.page(self.desk, lists.keys(self.desk, lists.ListFilter()))
            return [lists.reveal(self.desk, row.id, "uji") for row in rows]

        return self.ask(find)


@pytest.fixture
def counter(desk: Desk, theme: Theme, tasks: Tasks, qtbot: QtBot) -> Iterator[Counter]:
    """`desk` comes before `tasks`: at the end first the pages go, then the workers, then the data."""
    desk.store.refuse_thread(threading.get_ident())
    made = Counter(qtbot, theme, tasks, desk)
    yield made
    for page in made.pages:
        page.close()
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
