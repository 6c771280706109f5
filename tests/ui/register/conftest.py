"""A real desk whose data the window's thread may not touch."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from kelurahan_client.services.desk import Desk
from tests.desk_making import clock, config, desk, desk_at, enrolled_config, enrolled_folder, reference
from tests.ui.desk_window import DeskWindow
from ui.register.page import RegisterPage
from ui.tasks import Tasks
from ui.theme.theme import Theme

__all__ = ["clock", "config", "desk", "desk_at", "enrolled_config", "enrolled_folder", "reference"]


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tasks: Tasks, desk: Desk) -> DeskWindow:
    desk.store.refuse_thread(threading.get_ident())
    return DeskWindow(qtbot, theme, tasks, desk)


@pytest.fixture
def page(window: DeskWindow) -> RegisterPage:
    """Daftar in a window, not yet shown anything."""
    page = RegisterPage(window.theme, window.tasks, window.desk, window.navigate, window.notify)
    window.show(page)
    return page
