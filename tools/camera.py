"""One look of the window, and the desks it is drawn with: what every scene of `tools.screens` stands on."""

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

import resources
from kelurahan_client.config import config
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services import desk as desks
from kelurahan_client.services.demo import sample_identity
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.engine import open_store
from tools import sample_day
from ui.application import dress
from ui.session import Session
from ui.tasks import Tasks
from ui.theme.theme import Mode, Theme

NOW = datetime(2026, 8, 3, 2, 32, tzinfo=UTC)  # a Monday, 10.32 WITA
SIZE = (1366, 696)
LARGE = (1920, 1010)  # a screen of 1920 x 1080, without its title bar and task bar
_SETTLE_SECONDS = 15
_QUIET_SECONDS = 0.6  # hints, drafts and the live receipt wait less for the next key


class Camera:
    """Draws one look (mode and scale) of every page into a folder."""

    def __init__(self, app: QApplication, target: Path, mode: Mode, scale: int, folder: Path) -> None:
        self._app = app
        self._target = target
        self._suffix = ("gelap" if mode is Mode.DARK else "terang") + ("" if scale == 100 else f"-{scale}")
        self.theme: Theme = dress(app, mode, scale)
        self.tasks = Tasks(on_error=_fail, on_crash=_fail)
        self._folder = folder

    def close(self) -> None:
        """End the workers."""
        self.tasks.close()

    def shoot(self, name: str, widget: QWidget) -> None:
        """Wait until nothing is under way, and write the picture."""
        self.settle()
        widget.grab().save(str(self._target / f"{name}-{self._suffix}.png"))

    def settle(self) -> None:
        """Let the workers and the layout come to rest."""
        now = quiet_since = time.monotonic()
        end = now + _SETTLE_SECONDS
        while now - quiet_since < _QUIET_SECONDS and now < end:
            self._app.processEvents()
            time.sleep(0.005)
            now = time.monotonic()
            if not self.tasks.idle():
                quiet_since = now

    def desk(self, name: str) -> Desk:
        """A desk in the middle of its work, with sample complaints and data of its own."""
        return full_desk(self.folder(name))

    def folder(self, name: str) -> Path:
        """A place for the data of one scene in this look."""
        return self._folder / f"{name}-{self._suffix}"

    def session(self, desk: Desk) -> Session:
        """The window at work."""
        session = Session(self.theme)
        session.window.resize(*SIZE)
        session.window.show()
        session.begin(self.tasks, desk)
        return session

    def end(self, session: Session, desk: Desk) -> None:
        """Close window and data."""
        self.settle()
        session.window.close()
        session.leave()
        session.window.deleteLater()  # or every later look dresses it again
        session.deleteLater()
        self.settle()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        desk.store.close()


def _fail(error: BaseException) -> None:
    raise error


def new_desk(folder: Path, *, enrolled: bool = True, clock: Callable[[], datetime] = lambda: NOW) -> Desk:
    """A desk with no complaint."""
    store = open_store(config(folder), None)
    desk = Desk(store, load_reference(resources.path("reference")), clock, secrets.token_bytes)
    if enrolled:
        who = replace(sample_identity(desk), device="sample", server_url="http://127.0.0.1:9")
        desks.keep_identity(desk, who, {})
        desks.set_officer(desk, sample_day.OFFICER)
    return desk


def full_desk(folder: Path) -> Desk:
    """A desk in the middle of its work."""
    desk = new_desk(folder)

    def at(age: timedelta) -> Desk:
        return replace(desk, clock=lambda: NOW - age)

    list(sample_day.sample_complaints(at))
    return desk
