"""The window of a desk with two officers, at work and locked."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from kelurahan_client.domain.roles import Role
from kelurahan_client.services import signing_in
from tests.desk_making import clock, config, desk, desk_at, enrolled_config, enrolled_folder, reference
from tests.officers_at_work import OTHER_PIN, Guarded, guarded, keyring
from tests.ui.desk_window import DeskWindow
from ui.session import Session
from ui.sign_in.page import SignInPage
from ui.tasks import Tasks
from ui.theme.theme import Theme

__all__ = [
    "clock",
    "config",
    "desk",
    "desk_at",
    "enrolled_config",
    "enrolled_folder",
    "guarded",
    "keyring",
    "reference",
]


@dataclass
class AtWork(DeskWindow):
    """A session of a desk with officers."""

    session: Session | None = None
    guarded: Guarded | None = None

    @property
    def page(self) -> SignInPage:
        assert self.session is not None
        assert self.session.lock is not None
        page = self.session.lock.page
        assert page is not None
        return page

    def locked(self) -> bool:
        return self.session is not None and self.session.lock is not None and self.session.lock.page is not None


@pytest.fixture
def at_work(qtbot: QtBot, theme: Theme, tasks: Tasks, guarded: Guarded) -> Iterator[AtWork]:
    """Norhasanah (admin) at work; Muhammad Yusuf is a clerk."""
    guarded.add("Muhammad Yusuf", Role.CLERK, OTHER_PIN)
    desk = guarded.desk
    signing_in.code_was_kept(desk)
    desk.store.refuse_thread(threading.get_ident())
    session = Session(theme)
    qtbot.addWidget(session.window)
    session.window.show()
    with qtbot.waitActive(session.window):
        session.window.activateWindow()
    session.begin(tasks, desk)
    helper = AtWork(qtbot, theme, tasks, desk, session=session, guarded=guarded)
    helper.settle()
    yield helper
    session.leave()  # or its pacing would start an exchange in a later test
    session.window.close()
    helper.settle()
