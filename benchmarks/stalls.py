"""How long the window does not answer: a timer that should fire every two milliseconds, and how late it was."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

_EVERY = 2  # milliseconds


class StallMonitor(QObject):
    """Listens to the event loop of the thread it is made in. It sees a busy handler and a worker that holds the GIL."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []  # milliseconds, one for each time the loop came round
        self._before: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._tick)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count only what happens within; what was counted before is forgotten."""
        self.late.clear()
        self._before = None
        self._timer.start()
        try:
            yield
        finally:
            self._timer.stop()

    @property
    def longest(self) -> float:
        """Milliseconds of the longest stall, 0 where the loop was never late."""
        return max(self.late, default=0.0)

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._before is not None:
            self.late.append(max((now - self._before) * 1000 - _EVERY, 0.0))
        self._before = now


def until(done: Callable[[], bool], seconds: float = 120.0) -> float:
    """Let the window work until `done`; the seconds that it took. Raises TimeoutError."""
    began = time.perf_counter()
    while not done():
        if time.perf_counter() - began > seconds:
            raise TimeoutError("the window did not come to rest")
        QApplication.processEvents()
        time.sleep(0.0005)  # as the loop of a window that waits for the next event
    return time.perf_counter() - began
