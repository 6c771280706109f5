"""Another size: a new window over the same data, once the old one can be left."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.services.desk import Desk
from tests.ui.desk_window import DeskWindow
from ui.frame.page import Page
from ui.tasks import Tasks
from ui.theme.style import apply_theme
from ui.theme.theme import Theme
from ui.window_memory import WindowFile
from ui.windows import Windows


@pytest.fixture
def windows(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tasks: Tasks, desk: Desk, tmp_path: Path
) -> Iterator[Windows]:
    desk.store.refuse_thread(threading.get_ident())
    made = Windows(qapp, theme, WindowFile(tmp_path / "window.ini"))
    yield made
    if made.session is not None:
        made.session.leave()
        made.session.window.close()
        made.session.window.deleteLater()
    qtbot.waitUntil(tasks.idle)
    apply_theme(qapp, theme)


def test_without_data_there_is_nothing_to_show_in_another_size(windows: Windows) -> None:
    old = windows.show()
    old.look.scale_wanted.emit(125)
    QApplication.processEvents()
    assert windows.session is old


def test_a_page_that_cannot_be_left_keeps_the_window_and_comes_to_the_front(
    qtbot: QtBot, theme: Theme, tasks: Tasks, desk: Desk, windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.begin(tasks, desk)
    old = windows.session
    assert old is not None
    DeskWindow(qtbot, theme, tasks, desk).settle()
    old.navigate("reports")
    with monkeypatch.context() as patch:
        patch.setattr(Page, "may_close", lambda _page: False)
        old.look.scale_wanted.emit(125)
        QApplication.processEvents()
    assert windows.session is old
    assert windows.theme is theme
    assert old.window.pages.current() == "home"
    old.look.scale_wanted.emit(125)
    qtbot.waitUntil(lambda: windows.session is not old)
    new = windows.session
    assert new is not None
    assert windows.theme.scale == 125
    assert (new.window.isVisible(), new.window.pages.current()) == (True, "settings")
    assert new.work.desk is old.work.desk
