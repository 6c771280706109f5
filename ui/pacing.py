"""When a desk exchanges by itself: less often the longer the way is closed, never in step, and at times of the day."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_MOST_DOUBLINGS = 2  # five minutes become twenty at most: a line that is back must be noticed before the next coffee
_LONGEST_MS = 60_000  # a computer that slept must notice soon that a time of the day has passed


class Times(Protocol):
    """The times of the day at which the desk exchanges whatever waits."""

    def next_after(self, moment: datetime) -> datetime | None:
        """The next of them."""


def pause_minutes(usual: float, failures: int, chance: float) -> float:
    """Minutes until the next try, after so many that failed one after the other; `chance` is 0 to 1, by lot."""
    return usual * 2.0 ** min(failures, _MOST_DOUBLINGS) * (0.75 + chance / 2)


class Pacing(QObject):
    """Emits `due` again and again, from `start` on; it is told how each exchange ended.

    `due_by_clock` is emitted at the times of `set_times`. `minutes` of 0 never makes it due.
    """

    due = Signal()
    due_by_clock = Signal()

    def __init__(self, parent: QObject, minutes: float) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._failures = 0
        self._random: Callable[[int], bytes] | None = None
        self._timer = _timer(self, self._tick)
        self._times: Times | None = None
        self._now: Callable[[], datetime] | None = None
        self._appointment: datetime | None = None
        self._clock = _timer(self, self.look_at_clock)

    def start(self, random: Callable[[int], bytes]) -> None:
        """Begin; `random(n)` gives n bytes by lot."""
        self._random = random
        self._wait()

    def stop(self) -> None:
        """Nothing is due any more."""
        self._random = self._times = None
        self._timer.stop()
        self._clock.stop()

    def set_minutes(self, minutes: float) -> None:
        """Another usual pause, from now on; 0 = never by itself."""
        self._minutes = minutes
        self._timer.stop()
        self._wait()

    def set_times(self, times: Times, now: Callable[[], datetime]) -> None:
        """Be due by the clock too; `now` is the desk's time."""
        self._times, self._now = times, now
        self._appointment = times.next_after(now())
        self._clock.stop()
        if self._appointment is not None:
            self.look_at_clock()

    def ended(self, well: bool) -> None:
        """An exchange has ended, and the next pause begins now."""
        self._failures = 0 if well else self._failures + 1
        self._wait()

    def minutes(self) -> float:
        """How long the present pause is; 0 while none runs."""
        return self._timer.interval() / 60_000 if self._timer.isActive() else 0.0

    def look_at_clock(self) -> None:
        """Due, if the time has come; else wait for it."""
        if self._times is None or self._now is None or self._appointment is None:
            return
        now = self._now()
        if now >= self._appointment:
            self._appointment = self._times.next_after(now)
            self.due_by_clock.emit()
        left = (self._appointment - now).total_seconds() * 1000 if self._appointment else _LONGEST_MS
        self._clock.start(int(min(max(left, 1000), _LONGEST_MS)))

    def _tick(self) -> None:
        self._wait()
        self.due.emit()

    def _wait(self) -> None:
        if self._random is not None and self._minutes:
            chance = self._random(1)[0] / 255
            self._timer.start(int(pause_minutes(self._minutes, self._failures, chance) * 60_000))


def _timer(parent: QObject, action: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
    timer.setSingleShot(True)
    timer.timeout.connect(action)
    return timer
