"""When a desk tries by itself: less often the longer the way is closed, and never in step with the other desks."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_MOST_DOUBLINGS = 2  # five minutes become twenty at most: a line that is back must be noticed before the next coffee


def pause_minutes(usual: float, failures: int, chance: float) -> float:
    """Minutes until the next try, after so many that failed one after the other; `chance` is 0 to 1, by lot."""
    return usual * 2.0 ** min(failures, _MOST_DOUBLINGS) * (0.75 + chance / 2)


class Pacing(QObject):
    """Emits `due` again and again, from `start` on; it is told how each exchange ended."""

    due = Signal()

    def __init__(self, parent: QObject, minutes: float) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._failures = 0
        self._random: Callable[[int], bytes] | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)

    def start(self, random: Callable[[int], bytes]) -> None:
        """Begin; `random(n)` gives n bytes by lot."""
        self._random = random
        self._wait()

    def ended(self, well: bool) -> None:
        """An exchange has ended, and the next pause begins now."""
        self._failures = 0 if well else self._failures + 1
        self._wait()

    def minutes(self) -> float:
        """How long the present pause is."""
        return self._timer.interval() / 60_000

    def _tick(self) -> None:
        self._wait()
        self.due.emit()

    def _wait(self) -> None:
        if self._random is not None:
            chance = self._random(1)[0] / 255
            self._timer.start(int(pause_minutes(self._minutes, self._failures, chance) * 60_000))
