"""Hands at the keyboard of the real window and eyes on it, for a test in another process, which may then kill this one.

`python -m tools.keyboard_hands FOLDER` opens the window of the data in FOLDER and takes one JSON object a line:
{"press": "Ctrl+S"}, {"type": text}, {"reach": name} (Tab until that control has the keyboard), {"see": text} (wait
until it is on the screen), {"gone": text} (until it is not), {"read": pattern} (wait, and say what its group has
caught), {"picture": path}. Each is answered by one: {"done": value}, or {"failed": why, "screen": [texts],
"keyboard": name}. A person's work is all that it can do; PINs made here cost next to nothing.
"""

import json
import queue
import re
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from kelurahan_client.config import Config, config
from kelurahan_client.domain.pin import PinCost
from kelurahan_client.services.desk import Desk
from kelurahan_client.window import FrontDoor, open_data
from tools.stepping import Step, go_on, say
from ui import start
from ui.start import Start

_TICK_MS = 2
_PATIENCE = 30.0  # seconds, after which something will not come any more
_TABS = 150  # no page has so many controls
_CELLS = 2_000  # of a table, that somebody would read
_CHEAP = PinCost(memory_kib=8, passes=1, lanes=1)


class HandsError(Exception):
    """What was asked for cannot be done or seen."""


class Hands:
    """Does what the lines of standard input say, one after the other, while the window lives on."""

    def __init__(self, program: Start) -> None:
        self._program = program
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._answer: object = None
        self._words: dict[str, Callable[[str], Step]] = {
            "press": self._press,
            "type": self._type,
            "reach": self._reach,
            "see": self._see,
            "gone": self._gone,
            "read": self._read,
            "picture": self._picture,
        }
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        self._lines.put("")

    def steps(self) -> Step:
        """Work until nobody says anything any more."""
        while True:
            _give_keyboard()
            if self._lines.empty():
                yield
                continue
            line = self._lines.get()
            if not line:
                self._program.quit()
                return
            ((word, said),) = json.loads(line).items()
            self._answer = None
            try:
                yield from self._patiently(self._words[word](said))
            except HandsError as error:
                say(failed=f"{word} {said!r}: {error}", screen=_texts(), keyboard=_name(_keyboard()))
            else:
                say(done=self._answer)

    def _patiently(self, steps: Step) -> Step:
        end = time.monotonic() + _PATIENCE
        for _ in steps:
            _give_keyboard()
            yield
            if time.monotonic() > end:
                raise HandsError("it does not come")

    def _press(self, keys: str) -> Step:
        stroke = QKeySequence(keys)[0]
        yield from self._strike(lambda box: QTest.keyClick(box, stroke.key(), stroke.keyboardModifiers()))

    def _type(self, text: str) -> Step:
        for character in text:
            yield from self._strike(lambda box, one=character: QTest.keyClicks(box, one))  # type: ignore[misc]

    @staticmethod
    def _strike(strike: Callable[[QWidget], None]) -> Step:
        """A key may open a dialog that returns only when it is closed, so that nobody may wait for its end."""
        while _keyboard() is None:
            yield
        begun: list[bool] = []

        def now() -> None:
            begun.append(True)
            box = _keyboard()
            if box is not None:
                strike(box)

        QTimer.singleShot(0, now)
        while not begun:
            yield

    def _reach(self, name: str) -> Step:
        met = []
        for _ in range(_TABS):
            if _name(_keyboard()).startswith(name):
                return
            met.append(_name(_keyboard()))
            yield from self._press("Tab")
        raise HandsError(f"Tab does not come there, but to {list(dict.fromkeys(met))}")

    @staticmethod
    def _see(text: str) -> Step:
        while not any(text in one for one in _texts()):
            yield

    @staticmethod
    def _gone(text: str) -> Step:
        while any(text in one for one in _texts()):
            yield

    def _read(self, pattern: str) -> Step:
        while self._answer is None:
            found = next((hit for one in _texts() if (hit := re.search(pattern, one))), None)
            if found is None:
                yield
            else:
                self._answer = found[1]

    @staticmethod
    def _picture(path: str) -> Step:
        yield
        window = _wanted_window()
        if window is not None:
            window.grab().save(path)


def _give_keyboard() -> None:
    """What a window manager does, which the bare server has not: the newest window gets the keyboard."""
    wanted = _wanted_window()
    if wanted is not None and QApplication.activePopupWidget() is None and QApplication.activeWindow() is not wanted:
        wanted.activateWindow()


def _wanted_window() -> QWidget | None:
    modal = QApplication.activeModalWidget()
    if modal is not None:
        return modal
    kinds = (Qt.WindowType.Window, Qt.WindowType.Dialog)
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowType() in kinds]
    return shown[-1] if shown else None


def _keyboard() -> QWidget | None:
    """Who gets the next key."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return ""
    text = getattr(widget, "text", None)
    return _plain(widget.accessibleName() or (str(text()) if callable(text) else "") or type(widget).__name__)


def _texts() -> list[str]:
    """Everything that is on the screen in words."""
    found = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            for one in [window, *window.findChildren(QWidget)]:
                if one.isVisible():
                    found += _words_of(one)
    return list(dict.fromkeys(_plain(one) for one in found if one))


def _words_of(widget: QWidget) -> list[str]:
    found = [widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription()]
    for name in ("text", "toPlainText"):
        words = getattr(widget, name, None)
        if callable(words):
            found.append(str(words()))
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        root = QModelIndex()
        columns = 1 if isinstance(model, QAbstractListModel) else max(model.columnCount(root), 1)
        rows = min(model.rowCount(root), _CELLS // columns)
        cells = (model.index(row, column).data() for row in range(rows) for column in range(columns))
        found += [str(one) for one in cells if one is not None]
    return found


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "")


def _open(settings: Config) -> Desk:
    return replace(open_data(settings), pin_cost=_CHEAP)


def main() -> int:
    """Work until the lines end, or until somebody kills the program."""
    settings = config(Path(sys.argv[1]))

    def look(program: Start) -> None:
        steps = Hands(program).steps()
        timer = QTimer(program)
        timer.timeout.connect(lambda: go_on(steps))
        timer.start(_TICK_MS)

    door = FrontDoor(settings)
    there = settings.database.exists()
    return start.run(lambda: _open(settings), settings.window_file, enrolled=there, ready=look, door=door)


if __name__ == "__main__":
    sys.exit(main())
