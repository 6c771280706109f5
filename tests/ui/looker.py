"""Cameras that look: what is in front of them is looked through for mistakes instead of drawn."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.services.desk import Desk
from tests.ui import access
from tests.ui.access import Look
from tests.ui.typed import typed_at
from tools.camera import Camera, full_desk, new_desk
from tools.scenes_import import BOOK_CELLS
from ui.session import Session
from ui.theme.theme import Mode

_SOON = 700  # milliseconds; what comes later is nobody's answer to what was just done
_NAMES = (  # of files and filters in the scenes, and of the other language
    "buku_register_alalak_selatan_2024.xlsx",
    "Lampu jalan terlambat",
    "tidak ada kata seperti ini",
    "tidak ada.jpg",
    "lapor-2026-08-03-103200.bundel",
    "Cadangan Alalak Selatan A",
    "terang",  # the look, in names of folders
    "Lampu jalan padam sudah seminggu di muka langgar, malam kadap banar",  # proposed out of the statement
)


class Looker(Camera):
    """Looks at a window where the camera would draw it; `found` has what is wrong, with the first picture of it."""

    def __init__(self, app: QApplication, folder: Path, scale: int, looks: dict[str, Look]) -> None:
        super().__init__(app, folder, Mode.LIGHT, scale, folder)
        self.found: dict[str, str] = {}
        self._looks = looks

    def begin(self, qtbot: QtBot) -> None:
        """Another scene."""
        self._qtbot = qtbot
        self.found.clear()

    def settle(self) -> None:
        for _ in range(3):
            self._qtbot.waitUntil(self._is_calm, timeout=20_000)
            access.settle_layout()

    def _is_calm(self) -> bool:
        timers = (timer for window in QApplication.topLevelWidgets() for timer in window.findChildren(QTimer))
        return self.tasks.idle() and not any(
            timer.isActive() and timer.isSingleShot() and timer.interval() < _SOON for timer in timers
        )

    def shoot(self, name: str, widget: QWidget) -> None:
        self.settle()
        for what, look in self._looks.items():
            for one in look(widget.window()):
                self.found.setdefault(f"{what}: {one}", name)

    def desk(self, name: str) -> Desk:
        """As the camera's; made once and copied, since that takes longer than to look at it."""
        ready, folder = self.folder("ready"), self.folder(name)
        if not ready.exists():
            full_desk(ready).store.close()
        shutil.copytree(ready, folder)
        return new_desk(folder, enrolled=False)

    def learn(self, desk: Desk, more: Iterable[str] = ()) -> None:
        """For whoever reads: what was typed at this desk is nobody's fault, nor are `more` texts."""


class Reader(Looker):
    """Reads what it sees, and finds Indonesian in it."""

    def __init__(self, app: QApplication, folder: Path, looks: dict[str, Look]) -> None:
        super().__init__(app, folder, 100, {"Indonesian": self._indonesian, **looks})
        self._typed: list[str] = []

    def _indonesian(self, window: QWidget) -> list[str]:
        return access.indonesian(window, [*_NAMES, *BOOK_CELLS, *self._typed])

    def session(self, desk: Desk) -> Session:
        self.learn(desk)
        return super().session(desk)

    def learn(self, desk: Desk, more: Iterable[str] = ()) -> None:
        self._typed = [*typed_at(desk), *more]


@contextmanager
def dialogs_are_read(reader: Looker) -> Iterator[None]:
    """Whoever opens a dialog of Qt has it read, and then dismissed."""

    def read(dialog: QWidget) -> int:
        dialog.show()
        reader.shoot(type(dialog).__name__, dialog)
        dialog.hide()
        return 0

    with (
        patch.object(QFileDialog, "exec", read),
        patch.object(QMessageBox, "exec", read),
        patch.object(QApplication, "exit"),  # it would end every later loop too
    ):
        yield
