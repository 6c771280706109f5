"""The one door between Qt and threads: work goes out, answers come back in the GUI thread.

One worker for the database, so that writes keep their order; one for the network, so that a slow line never makes the
database wait; one for paper, so that a printer that is slow to answer makes neither wait. Workers run plain functions
that know nothing of Qt, but for the last: it draws pages.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from kelurahan_client.errors import Cancelled, LaporError, OurMistake

T = TypeVar("T")
P = TypeVar("P")

_LAST_PAGES = 10.0  # seconds that the end of the program waits for a printer

Report = Callable[[P], None]
"""Called by the work to say how far it is; any thread."""
Asked = Callable[[], bool]
"""Asked by the work now and then: was it cancelled?"""
LongWork = Callable[[Report[P], Asked], T]


class Worker(StrEnum):
    """Whose thread work is done in."""

    DATABASE = "database"
    NETWORK = "network"
    PAPER = "paper"


class Running:
    """Work that was handed in; it can be asked to stop."""

    def __init__(self) -> None:
        self._stop = Event()
        self._future: Future[Any] | None = None

    def cancel(self) -> None:
        """Ask it to stop: queued work does not begin, running work ends at its next question."""
        self._stop.set()
        if self._future is not None:
            self._future.cancel()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class _Job(Running, Generic[T, P]):
    """One piece of work with everybody who waits for its answer; its fields belong to the GUI thread."""

    def __init__(
        self,
        done: Callable[[T], None] | None,
        failed: Callable[[LaporError], None] | None,
        progress: Report[P] | None,
        owner: QObject | None,
    ) -> None:
        super().__init__()
        self.done = done
        self.failed = failed
        self.progress = progress
        self.owner = owner
        self.dropped = False
        self.superseded = False
        self._lock = Lock()
        self._news: list[P] = []

    def start(self, pool: ThreadPoolExecutor, work: Callable[[], T], finished: Callable[[], None]) -> None:
        """Queue the work; `finished` is called in whatever thread ends it."""
        self._future = pool.submit(work)
        self._future.add_done_callback(lambda _future: finished())

    def put_news(self, news: P) -> bool:
        """Keep the newest progress; True if nobody has been told yet that there is some."""
        with self._lock:
            first = not self._news
            self._news[:] = [news]
        return first

    def tell_progress(self) -> None:
        """Hand on the newest progress."""
        with self._lock:
            news, self._news = self._news, []
        if self.wanted() and self.progress is not None:
            for item in news:
                self.progress(item)

    def wanted(self) -> bool:
        """Whether somebody still waits: the one place where late answers are dropped."""
        return not self.dropped and (self.owner is None or isValid(self.owner))

    def outcome(self) -> Future[T]:
        """The finished future."""
        if self._future is None:
            raise RuntimeError("the job was never started")
        return self._future


class Tasks(QObject):
    """Hands work to the workers. `on_error` and `on_crash` hear of failures that nobody else takes.

    `done`, `failed` and `progress` are called in the GUI thread, and not at all once `owner` is destroyed or, being a
    window, was closed. A foreseen error goes to `failed`, else to `on_error`; anything else is a mistake of ours and
    goes to `on_crash`, and `failed` hears OurMistake, so that whoever waits can go on.
    """

    _finished = Signal(object)
    _progressed = Signal(object)

    def __init__(
        self,
        *,
        on_error: Callable[[LaporError], None],
        on_crash: Callable[[BaseException], None],
        parent: QObject | None = None,
        paper_seconds: float = _LAST_PAGES,
    ) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._on_crash = on_crash
        self._pools = {worker: ThreadPoolExecutor(1, thread_name_prefix=worker) for worker in Worker}
        self._paper_seconds = paper_seconds
        self._jobs: set[_Job[Any, Any]] = set()
        self._network_jobs: set[_Job[Any, Any]] = set()
        self._newest: dict[str, _Job[Any, Any]] = {}
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    def database(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[LaporError], None] | None = None,
        owner: QObject | None = None,
    ) -> Running:
        """Run `fn` in the database's thread."""
        job: _Job[T, None] = _Job(done, failed, None, owner)
        return self._submit(self._pools[Worker.DATABASE], job, fn)

    def network(
        self,
        fn: LongWork[P, T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[LaporError], None] | None = None,
        owner: QObject | None = None,
        progress: Report[P] | None = None,
    ) -> Running:
        """`long` in the network's thread; it ends when the window does."""
        return self.long(Worker.NETWORK, fn, done, failed, owner, progress)

    def long(
        self,
        worker: Worker,
        fn: LongWork[P, T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[LaporError], None] | None = None,
        owner: QObject | None = None,
        progress: Report[P] | None = None,
    ) -> Running:
        """Run `fn(report, cancelled)` in a worker's thread: work that can say how far it is, and be stopped."""
        job: _Job[T, P] = _Job(done, failed, progress, owner)

        def report(news: P) -> None:
            if job.put_news(news):
                self._progressed.emit(job)

        if worker is Worker.NETWORK:
            self._network_jobs.add(job)
        return self._submit(self._pools[worker], job, lambda: fn(report, job.cancelled))

    def paper(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[LaporError], None] | None = None,
        owner: QObject | None = None,
    ) -> Running:
        """Run `fn` in the thread that lays out and prints documents."""
        job: _Job[T, None] = _Job(done, failed, None, owner)
        return self._submit(self._pools[Worker.PAPER], job, fn)

    def latest(
        self,
        key: str,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LaporError], None] | None = None,
        owner: QObject | None = None,
    ) -> Running:
        """Like `database`, but only the newest call of a `key` is answered; older ones that wait are not even run."""
        older = self._newest.get(key)
        if older is not None:
            older.superseded = older.dropped = True
            older.cancel()
        job: _Job[T, None] = _Job(done, failed, None, owner)
        self._newest[key] = job
        return self._submit(self._pools[Worker.DATABASE], job, fn)

    def drop(self, owner: QObject) -> None:
        """Forget who asked: answers for `owner` are dropped from now on. The work itself is still done."""
        for job in self._jobs:
            if job.owner is owner:
                job.dropped = True

    def idle(self) -> bool:
        """Whether every answer has been delivered."""
        return not self._jobs

    def close(self) -> None:
        """Stop: the network is cancelled, searches are forgotten, what was to be written is still written.

        Waits for the workers, for a printer that does not answer only `paper_seconds`. No answer is delivered any
        more; a failure still reaches `on_error` or `on_crash`.
        """
        for job in [*self._network_jobs, *self._newest.values()]:
            job.superseded = True
            job.cancel()
        self._pools[Worker.NETWORK].shutdown(wait=True)
        self._end_paper()
        self._pools[Worker.DATABASE].shutdown(wait=True)
        for job in list(self._jobs):
            job.dropped = True
            if job.outcome().done():
                self._deliver(job)

    def _end_paper(self) -> None:
        """Behind the last page; a printer that does not answer is left to itself, so that the data are closed."""
        paper = self._pools[Worker.PAPER]
        idle = paper.submit(lambda: None)
        with suppress(TimeoutError):
            idle.result(self._paper_seconds)
        paper.shutdown(wait=idle.done(), cancel_futures=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that asked was closed."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.drop(watched)
        return super().eventFilter(watched, event)

    def _submit(self, pool: ThreadPoolExecutor, job: _Job[T, P], work: Callable[[], T]) -> Running:
        self._jobs.add(job)
        if isinstance(job.owner, QWidget) and job.owner.isWindow():
            job.owner.installEventFilter(self)
        job.start(pool, work, lambda: self._finished.emit(job))
        return job

    def _tell_progress(self, job: _Job[Any, Any]) -> None:
        job.tell_progress()

    def _deliver(self, job: _Job[Any, Any]) -> None:
        """Hand one answer on, or drop it."""
        if job not in self._jobs:
            return
        self._jobs.discard(job)
        self._network_jobs.discard(job)
        self._newest = {key: newest for key, newest in self._newest.items() if newest is not job}
        future = job.outcome()
        error = Cancelled("Dihentikan sebelum dimulai.") if future.cancelled() else future.exception()
        if error is None:
            if job.wanted() and job.done is not None:
                job.done(future.result())
        elif not isinstance(error, LaporError):
            self._on_crash(error)
            if job.wanted() and job.failed is not None:
                job.failed(OurMistake("Yang diminta tidak selesai: ada kesalahan di dalam program."))
        elif job.wanted() and job.failed is not None:
            job.failed(error)
        elif not job.superseded and not isinstance(error, Cancelled):
            self._on_error(error)
