"""Slow work of the wizard: one piece at a time, with a line of progress and a way to stop."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject

from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services.importing import ImportStopped
from ui.figures import number
from ui.paper_log.wizard import ImportWizard, Step
from ui.tasks import Asked, Report, Running, Tasks, Worker

T = TypeVar("T")
Count = tuple[int, int]  # done, all
_TELL_AFTER = 1000  # ms before a guess of the time left is worth anything


def time_left(elapsed: int, done: int, total: int) -> str:
    """About how long it still takes, "" while nobody can know; `elapsed` in milliseconds since the first row."""
    if elapsed < _TELL_AFTER or not 0 < done < total:
        return ""
    seconds = max(round(elapsed / done * (total - done) / 1000), 1)
    if seconds < 90:
        return QCoreApplication.translate("ImportWork", "kira-kira {n} detik lagi").format(n=seconds)
    minutes = number(round(seconds / 60))
    return QCoreApplication.translate("ImportWork", "kira-kira {n} menit lagi").format(n=minutes)


class ImportWork(QObject):
    """Hands the wizard's work to the database's worker and shows how far it is.

    What can be abandoned (reading, trying) is forgotten at once when it is stopped; what writes is asked to stop and
    answers itself.
    """

    def __init__(self, tasks: Tasks, wizard: ImportWizard) -> None:
        super().__init__(wizard)
        self._tasks = tasks
        self._wizard = wizard
        self._running: Running | None = None
        self._restore: Callable[[], None] = lambda: None
        self._writes = False
        self._clock = QElapsedTimer()
        wizard.cancelled.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether something is going on."""
        return self._running is not None

    @property
    def writing(self) -> bool:
        """Whether it writes."""
        return self.busy and self._writes

    def read(
        self, step: Step, label: str, work: Callable[[], T], done: Callable[[T], None], restore: Callable[[], None]
    ) -> None:
        """Do what writes nothing; `restore` shows the step again when it failed or was stopped."""
        self._begin(step, label, restore, writes=False)

        def long_work(_report: Report[Count], _cancelled: Asked) -> T:
            return work()

        self._hand_over(long_work, done)

    def write(
        self,
        step: Step,
        label: str,
        work: Callable[[Report[Count], Asked], T],
        done: Callable[[T], None],
        restore: Callable[[], None],
    ) -> None:
        """Do what writes, with numbers."""
        self._begin(step, label, restore, writes=True)
        self._hand_over(work, done)

    def stop(self) -> None:
        """Ask it to stop."""
        if self._running is None:
            return
        self._running.cancel()
        if not self._writes:
            self._running = None
            self._restore()

    def _begin(self, step: Step, label: str, restore: Callable[[], None], *, writes: bool) -> None:
        self._restore, self._writes = restore, writes
        self._wizard.show_work(step, label)
        self._clock.start()

    def _hand_over(self, work: Callable[[Report[Count], Asked], T], done: Callable[[T], None]) -> None:
        running: Running

        def answered(result: T) -> None:
            if self._running is running:
                self._running = None
                done(result)

        def failed(error: LaporError) -> None:
            if self._running is running:
                self._running = None
                self._restore()
                if not isinstance(error, Cancelled | ImportStopped):
                    self._wizard.banner.show_error(error)

        running = self._running = self._tasks.long(
            Worker.DATABASE, work, answered, failed=failed, owner=self._wizard, progress=self._tell
        )

    def _tell(self, count: Count) -> None:
        if self._running is not None and self._writes and not self._running.cancelled():
            done, total = count
            self._wizard.progress.set_progress(done, total, time_left(self._clock.elapsed(), done, total))
