"""How long a running exchange will still take, by what it has done so far."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

_SETTLED_SECONDS = 1.0  # before that a guess would only jump


class Pace:
    """Guesses from the bytes that are done since it began; `now` is a clock in seconds that only goes forward."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._phase = ""
        self._began = 0.0
        self._first = 0

    def left(self, phase: str, done: int, total: int) -> float | None:
        """Seconds until `total` bytes of this phase are done, None while nobody can say."""
        if phase != self._phase or done < self._first:
            self._phase, self._began, self._first = phase, self._now(), done
            return None
        passed, moved = self._now() - self._began, done - self._first
        if passed < _SETTLED_SECONDS or not moved or done >= total:
            return None
        return (total - done) * passed / moved


def left_words(seconds: float | None) -> str:
    """About so long, "" while nobody knows."""
    if seconds is None:
        return ""
    if seconds < 10:
        return QCoreApplication.translate("DayClose", "beberapa detik lagi")
    if seconds < 90:
        text = QCoreApplication.translate("DayClose", "kira-kira {n} detik lagi")
        return text.format(n=round(seconds / 10) * 10)
    return QCoreApplication.translate("DayClose", "kira-kira {n} menit lagi").format(n=round(seconds / 60))
