"""The whole window on a real desk, with a way to look at the desk's data."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kelurahan_client.services.desk import Desk
from tests.ui.desk_window import DeskWindow
from ui.session import Session
from ui.tasks import Tasks
from ui.theme.theme import Theme


@pytest.fixture
def at_work(qtbot: QtBot, theme: Theme, tasks: Tasks, desk: Desk) -> Iterator[tuple[Session, DeskWindow]]:
    """A session whose data are open, and a way to look at its data."""
    desk.store.refuse_thread(threading.get_ident())
    session = Session(theme)
    qtbot.addWidget(session.window)
    session.window.show()
    session.begin(tasks, desk)
    helper = DeskWindow(qtbot, theme, tasks, desk)
    helper.settle()
    yield session, helper
    session.leave()  # or its pacing would start an exchange in a later test
    session.window.close()
    helper.settle()
