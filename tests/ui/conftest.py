"""What every test of the window needs: the look, the door to the workers, and a desk for a page to stand on."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kelurahan_client.services.desk import Desk
from tests.desk_making import clock, config, desk, desk_at, enrolled_config, enrolled_folder, reference
from tests.ui.desk_window import DeskWindow, desk_window
from ui.tasks import Tasks
from ui.theme.style import apply_theme
from ui.theme.theme import Mode, Theme

__all__ = ["clock", "config", "desk", "desk_at", "enrolled_config", "enrolled_folder", "reference"]


def _fail(error: BaseException) -> None:
    raise error


@pytest.fixture(autouse=True, scope="module")
def _garbage_in_this_thread() -> Iterator[None]:
    """As in the program: no cycle with a widget in it is collected by a worker."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # or every later look dresses them too
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Qt's arguments in tests: the program's style."""
    return ["lapor-kelurahan", "-style", "Fusion"]


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, worn by the application."""
    theme = Theme(Mode.LIGHT, 100, parent=qapp)
    apply_theme(qapp, theme)
    return theme


@pytest.fixture
def crashes() -> list[BaseException]:
    """The mistakes of ours that `tasks` met; a test that expects one takes it out."""
    return []


@pytest.fixture
def tasks(qapp: QApplication, crashes: list[BaseException]) -> Iterator[Tasks]:
    """Workers whose untaken failures fail the test; closed at its end."""
    made = Tasks(on_error=_fail, on_crash=crashes.append)
    yield made
    made.close()
    for error in crashes:
        raise error


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tasks: Tasks, desk: Desk) -> Iterator[DeskWindow]:
    """A real desk, and what the page on it asked of the window."""
    with desk_window(qtbot, theme, tasks, desk) as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains about menus and smallest sizes, which it cannot do; no fault of the window."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
