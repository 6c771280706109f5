"""When what is typed goes to the disk: soon after the first key, also of somebody who never pauses."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SAVE_MS = 150  # with the way to the disk well within the 300 ms that are promised
RETRY_MS = 5000


class Autosave(QObject):
    """Calls `save` a moment after `touch`. The next keys do not put it off: they are saved with it, or by the next.

    `save` is to hand the newest state to a worker and to return at once.
    """

    def __init__(self, save: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.now)

    @property
    def waiting(self) -> bool:
        """Whether something was typed, or refused by the disk, that has not been handed on yet."""
        return self._timer.isActive()

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive() or self._timer.remainingTime() > SAVE_MS:  # a retry is far away
            self._timer.start(SAVE_MS)

    def retry(self) -> None:
        """The disk refused it: try again later, by itself."""
        if not self._timer.isActive():
            self._timer.start(RETRY_MS)

    def now(self) -> None:
        """Save without waiting, whether or not anything was typed."""
        self._timer.stop()
        self._save()

    def flush(self) -> None:
        """Save what waits for its moment, if anything does."""
        if self._timer.isActive():
            self.now()

    def drop(self) -> None:
        """What was typed is kept elsewhere by now, or given up."""
        self._timer.stop()
