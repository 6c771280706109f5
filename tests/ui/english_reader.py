"""A camera that reads: what is in front of it is looked through for Indonesian instead of drawn."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kelurahan_client.services.desk import Desk
from tests.ui import access
from tests.ui.typed import typed_at
from tools.camera import Camera
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


class Reader(Camera):
    """Reads a window where the camera would draw it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        super().__init__(app, folder, Mode.LIGHT, 100, folder)
        self.found: dict[str, str] = {}
        self._typed: list[str] = []

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
        for one in access.indonesian(widget.window(), [*_NAMES, *self._typed]):
            self.found.setdefault(one, name)

    def session(self, desk: Desk) -> Session:
        self.learn(desk)
        return super().session(desk)

    def learn(self, desk: Desk, more: Iterable[str] = ()) -> None:
        """From now on what was typed at this desk is nobody's fault, nor are `more` texts."""
        self._typed = [*typed_at(desk), *more]


@contextmanager
def dialogs_are_read(reader: Reader) -> Iterator[None]:
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
