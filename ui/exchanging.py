"""The exchanges of one sitting: by F9, by themselves while something waits, and at times of the day."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ui.figures import number
from ui.language import sentences
from ui.main_window import MainWindow
from ui.pacing import Pacing
from ui.theme.icons import Icon

if TYPE_CHECKING:
    from kelurahan_client.errors import LaporError
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.services.lists import DeskState
    from kelurahan_client.services.preferences import ExchangeTimes
    from sync.engine import Outcome, Progress
    from ui.tasks import Running, Tasks


class Exchanging(QObject):
    """Runs one at a time, and says at the bottom how it went where a person asked.

    `sending_changed`: an exchange begins or has ended; `progressed` carries how far it is. `state` says how the desk
    stands, as far as that is known.
    """

    sending_changed = Signal(bool)
    progressed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        tasks: "Tasks",
        desk: "Desk",
        state: Callable[[], "DeskState | None"],
        minutes: float,
    ) -> None:
        super().__init__()
        self._window = window
        self._tasks = tasks
        self._desk = desk
        self._state = state
        self._running: Running | None = None
        self._asked_by_person = False
        self.pacing = Pacing(self, minutes)
        self.pacing.due.connect(self._exchange_if_waiting)
        self.pacing.due_by_clock.connect(self._exchange_by_clock)
        window.exchange_requested.connect(self.exchange)

    def begin(self) -> None:
        """From now on it also exchanges by itself."""
        self.pacing.start(self._desk.random)
        self.plan()

    def plan(self) -> None:
        """The times at which the desk exchanges by itself are (again) those that a person chose."""
        self._tasks.latest("times", partial(_times, self._desk), self._plan, owner=self)

    def _plan(self, times: "ExchangeTimes") -> None:
        self.pacing.set_minutes(float(times.minutes))
        self.pacing.set_times(times, self._desk.now)

    @property
    def is_sending(self) -> bool:
        """Whether an exchange is running."""
        return self._running is not None

    def exchange(self) -> None:
        """Send and receive now; a second call while one runs changes nothing."""
        self._start(by_person=True)

    def exchange_unasked(self) -> None:
        """The same, but nobody waits for a word about it."""
        self._start(by_person=False)

    def cancel(self) -> None:
        """Stop a running exchange; what was acknowledged stays acknowledged."""
        if self._running is not None:
            self._running.cancel()

    def _exchange_if_waiting(self) -> None:
        state = self._state()
        if state is None or state.must_wait(self._desk.now()):
            return
        if state.last_failure or not state.all_sent:
            self.exchange_unasked()

    def _exchange_by_clock(self) -> None:
        state = self._state()
        if state is None or not state.must_wait(self._desk.now()):
            self.exchange_unasked()

    def _start(self, *, by_person: bool) -> None:
        if by_person or not self.is_sending:
            self._asked_by_person = by_person
        if self.is_sending:
            return
        self._running = self._tasks.network(
            partial(_exchange, self._desk), self._exchanged, failed=self._not_exchanged, progress=self._tell
        )
        self.sending_changed.emit(True)

    def _tell(self, progress: "Progress") -> None:
        if self.is_sending:
            self.progressed.emit(progress)

    def _exchanged(self, outcome: "Outcome") -> None:
        self._end(well=not outcome.blobs_waiting)
        self._window.pages.reload(outcome.changed | {"exchange"})
        if self._asked_by_person:
            icon = Icon.UNSENT if outcome.blobs_waiting else Icon.SIGNED
            self._window.telling.say(_summary(outcome), icon=icon, code=outcome.blobs_code)

    def _not_exchanged(self, error: "LaporError") -> None:
        self._end(well=False)
        self._window.pages.reload(frozenset({"exchange"}))
        if self._asked_by_person:
            self._window.telling.say(sentences(error), icon=Icon.OFFLINE, code=error.code)

    def _end(self, *, well: bool) -> None:
        self._running = None
        self.pacing.ended(well)
        self.sending_changed.emit(False)


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Exchanging", text)


def _summary(outcome: "Outcome") -> str:
    parts = []
    if accepted := outcome.sent - outcome.rejected:
        parts.append(tr("{n} ditandatangani server kota").format(n=number(accepted)))
    if outcome.rejected:
        parts.append(tr("{n} perlu dilihat").format(n=number(outcome.rejected)))
    if outcome.conflicts:
        parts.append(tr("{n} perlu keputusan").format(n=number(outcome.conflicts)))
    if outcome.received:
        parts.append(tr("{n} perubahan diterima").format(n=number(outcome.received)))
    if outcome.blobs_sent:
        parts.append(tr("{n} lampiran terkirim").format(n=number(outcome.blobs_sent)))
    if outcome.blobs_waiting:
        parts.append(tr("{n} lampiran belum terkirim").format(n=number(outcome.blobs_waiting)))
    return ", ".join(parts) + "." if parts else tr("Semua sudah sama dengan server kota.")


# Run by the workers.


def _times(desk: "Desk") -> "ExchangeTimes":
    from kelurahan_client.services import preferences  # noqa: PLC0415

    return preferences.exchange_times(desk)


def _exchange(desk: "Desk", report: "Callable[[Progress], None]", cancelled: Callable[[], bool]) -> "Outcome":
    from sync import engine  # noqa: PLC0415  # requests costs 100 ms that the window's start need not pay
    from sync.transport import opened_transport  # noqa: PLC0415

    with opened_transport(desk) as transport:
        return engine.exchange(desk, transport, report, cancelled)
