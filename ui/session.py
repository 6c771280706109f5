"""One sitting at the desk: the frame, its pages, the exchange, and the state chip that tells the truth.

The frame is there before the data are open, so that a start feels like one; `begin` fills it.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ui.figures import number
from ui.frame.page import Navigate, Notify, Page
from ui.language import Language, said
from ui.main_window import MainWindow, WindowMemory
from ui.pacing import Pacing
from ui.pages import specs
from ui.theme.icons import Icon
from ui.theme.theme import Mode, Theme

if TYPE_CHECKING:
    from kelurahan_client.domain.roles import Officer
    from kelurahan_client.errors import LaporError
    from kelurahan_client.services.desk import Desk, Identity
    from kelurahan_client.services.lists import DeskState
    from kelurahan_client.services.paper import Paper
    from kelurahan_client.services.preferences import ExchangeTimes
    from sync.engine import Outcome, Progress
    from ui.outbox.popup import OutboxPopup
    from ui.sign_in.lock import Lock
    from ui.tasks import Running, Tasks

EXCHANGE_MINUTES = 5.0  # between two tries while something waits to be sent


class Session(QObject):
    """The window and what stands behind it.

    `sending_changed`: an exchange begins or has ended; `progressed` carries how far it is. `scale_wanted` asks for a
    new window in another size.
    """

    sending_changed = Signal(bool)
    progressed = Signal(object)
    scale_wanted = Signal(int)

    def __init__(
        self,
        theme: Theme,
        memory: WindowMemory | None = None,
        *,
        exchange_minutes: float = EXCHANGE_MINUTES,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks: Tasks | None = None
        self._desk: Desk | None = None
        self._outbox: OutboxPopup | None = None
        self._running: Running | None = None
        self._state: DeskState | None = None
        self._asked_by_person = False
        self.lock: Lock | None = None  # where this desk has officers
        self._memory = memory
        self._new_scale = 0
        self.window = MainWindow(theme, specs(self), memory)
        self._take_input(False)
        self._pacing = Pacing(self, exchange_minutes)
        self._pacing.due.connect(self._exchange_if_waiting)
        self._pacing.due_by_clock.connect(self._exchange_by_clock)

    def page(self, make: "Callable[[Session, Desk], Page]") -> Page:
        """Make a page, now that the data are open; for `ui.pages`."""
        return make(self, self._opened_desk())

    def _take_input(self, wanted: bool) -> None:
        """Until the data are open the frame is only looked at."""
        self.window.rail.setEnabled(wanted)
        self.window.top_bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not wanted)

    @property
    def at_work(self) -> bool:
        """Whether the data are open and the pages can be used."""
        return self._desk is not None

    @property
    def outbox(self) -> "OutboxPopup":
        """The popup below the state chip, made when it is first wanted."""
        if self._outbox is None:
            self._outbox = _outbox(self, self._opened_desk())
        return self._outbox

    @property
    def tasks(self) -> "Tasks":
        """The workers, from `begin` on."""
        if self._tasks is None:
            raise RuntimeError("the data are not open yet")
        return self._tasks

    def _opened_desk(self) -> "Desk":
        if self._desk is None:
            raise RuntimeError("the data are not open yet")
        return self._desk

    def begin(self, tasks: "Tasks", desk: "Desk") -> None:
        """The data are open: ask who sits where, and show the first page."""
        self._tasks = tasks
        self._desk = desk
        self._take_input(True)
        self.window.bind_keys()
        self.window.exchange_requested.connect(self.exchange)
        self.window.outbox_requested.connect(self._open_outbox)
        self.window.page_changed.connect(lambda _key: self.refresh())
        tasks.database(partial(_who, desk), self._introduce, owner=self.window)
        self.window.show_page("home")
        self._pacing.start(desk.random)
        self.plan_exchanges()

    def _introduce(self, who: "tuple[Identity | None, Officer, int, bool]") -> None:
        identity, officer, minutes, demo = who
        if demo:
            self.window.set_demo()
        if identity is not None:
            self.window.set_office(
                self.tr("Kelurahan {name}").format(name=identity.office_name),
                self.tr("Kec. {name}").format(name=identity.district),
                identity.desk,
            )
        self.window.set_officer(officer.name, said(officer.role))
        if officer.duty is not None and self.lock is None:
            from ui.sign_in.lock import Lock  # noqa: PLC0415

            self.lock = Lock(self.window, self._theme, self.tasks, self._opened_desk(), minutes)
            self.lock.entered.connect(self._taken_over)
            self.lock.paper_wanted.connect(self.show_paper)
        elif self.lock is not None:
            self.lock.idle.set_minutes(minutes)

    def officers_changed(self) -> None:
        """Names, roles, or the minutes until the lock are others now; for the page that changes them."""
        self.tasks.database(partial(_who, self._opened_desk()), self._introduce, owner=self.window)

    def _taken_over(self, officer: "Officer", another: bool) -> None:
        """Somebody has signed in at the locked window."""
        self.window.set_officer(officer.name, said(officer.role))
        if another:
            self.window.pages.officer_changed()
            self.window.show_page("home")
        self.window.reload(frozenset({"complaint", "officer"}))
        self.refresh()

    def refresh(self) -> None:
        """Ask how the desk stands towards the centre, and show it."""
        self.tasks.latest("state", partial(_state, self._opened_desk()), self._show_state, owner=self.window)

    def _show_state(self, state: "DeskState") -> None:
        from ui.outbox.model import connection_state  # noqa: PLC0415

        self._state = state
        self.window.set_badge("conflicts", state.conflicts)
        if self._running is None:
            self.window.set_state(connection_state(state, None))
        if self._outbox is not None:
            self._outbox.set_state(state)

    def exchange(self) -> None:
        """Send and receive now; a second call while one runs changes nothing."""
        self._asked_by_person = True
        self._start_exchange()

    def _exchange_if_waiting(self) -> None:
        if self._running is not None or self._state is None or self._state.must_wait(self._opened_desk().now()):
            return
        if self._state.unsent or self._state.last_failure:
            self._asked_by_person = False
            self._start_exchange()

    def _exchange_by_clock(self) -> None:
        if self._running is None and not (self._state and self._state.must_wait(self._opened_desk().now())):
            self._asked_by_person = False
            self._start_exchange()

    def plan_exchanges(self) -> None:
        """The times at which the desk exchanges by itself are (again) those that a person chose."""
        self.tasks.latest("times", partial(_times, self._opened_desk()), self._plan, owner=self)

    def _plan(self, times: "ExchangeTimes") -> None:
        self._pacing.set_minutes(float(times.minutes))
        self._pacing.set_times(times, self._opened_desk().now)

    def choose_mode(self, mode: str) -> None:
        """Other colours, now and at the next start."""
        self._theme.set_mode(Mode(mode))
        if self._memory is not None:
            self._memory.keep_mode(Mode(mode))

    def language(self) -> Language:
        """What the window speaks from the next start on."""
        return self._memory.language() if self._memory is not None else Language.INDONESIAN

    def choose_language(self, language: str) -> None:
        """Another language from the next start on: nothing that is half typed has to be laid out anew."""
        if self._memory is not None:
            self._memory.keep_language(Language(language))

    def choose_scale(self, scale: int) -> None:
        """Another size of everything: a new window, once a running exchange has ended."""
        if scale != self._theme.scale:
            self._new_scale = scale
            if self._running is None:
                self.scale_wanted.emit(scale)

    def leave(self) -> None:
        """This window is given up for another: nothing starts by itself any more."""
        self._pacing.stop()
        if self._outbox is not None:
            self._outbox.deleteLater()

    def _start_exchange(self) -> None:
        if self._running is not None:
            return
        self._running = self.tasks.network(
            partial(_exchange, self._opened_desk()),
            self._exchanged,
            failed=self._not_exchanged,
            progress=self._show_progress,
        )
        self.outbox.set_sending(True)
        self.sending_changed.emit(True)

    @property
    def is_sending(self) -> bool:
        """Whether an exchange is running."""
        return self._running is not None

    def cancel_exchange(self) -> None:
        """Stop a running exchange; what was acknowledged stays acknowledged."""
        if self._running is not None:
            self._running.cancel()

    def _show_progress(self, progress: "Progress") -> None:
        from ui.outbox.model import connection_state  # noqa: PLC0415

        if self._state is not None and self._running is not None:
            self.window.set_state(connection_state(self._state, progress))
            self.outbox.set_progress(progress)
            self.progressed.emit(progress)

    def _exchanged(self, outcome: "Outcome") -> None:
        self._end_exchange(well=True)
        self.window.reload(outcome.changed | {"exchange"})
        if self._asked_by_person:
            self.window.show_snack(self._summary(outcome), icon=Icon.SIGNED)

    def _summary(self, outcome: "Outcome") -> str:
        if not outcome.sent and not outcome.received:
            return self.tr("Semua sudah sama dengan server kota.")
        parts = []
        if accepted := outcome.sent - outcome.rejected:
            parts.append(self.tr("{n} ditandatangani server kota").format(n=number(accepted)))
        if outcome.rejected:
            parts.append(self.tr("{n} perlu dilihat").format(n=number(outcome.rejected)))
        if outcome.conflicts:
            parts.append(self.tr("{n} perlu keputusan").format(n=number(outcome.conflicts)))
        if outcome.received:
            parts.append(self.tr("{n} perubahan diterima").format(n=number(outcome.received)))
        return ", ".join(parts) + "."

    def _not_exchanged(self, error: "LaporError") -> None:
        self._end_exchange(well=False)
        self.window.reload(frozenset({"exchange"}))
        if self._asked_by_person:
            self.window.show_snack(str(error), icon=Icon.OFFLINE)

    def _end_exchange(self, *, well: bool) -> None:
        self._running = None
        self._pacing.ended(well)
        self.outbox.set_sending(False)
        self.sending_changed.emit(False)
        self.refresh()
        if self._new_scale:
            self.scale_wanted.emit(self._new_scale)

    def _open_outbox(self) -> None:
        self.outbox.open_below(self.window.chip)

    def complaints_changed(self) -> None:
        """A complaint was saved, or many came or went at once; for the pages that make them."""
        self.window.reload(frozenset({"complaint"}))
        self.refresh()

    def records_changed(self, kinds: frozenset[str]) -> None:
        """Records of these kinds came by another way than the network."""
        self.window.reload(kinds)
        self.refresh()

    def navigate(self, key: str, **arguments: object) -> None:
        """Show another page; for the pages."""
        self.window.show_page(key, **arguments)

    def notify(self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED) -> None:
        """A page has changed something: say so; for the pages."""
        self.window.show_snack(text, undo, icon)
        self.refresh()

    def show_paper(self, paper: "Paper") -> None:
        """A page has made a document: show it as it would be printed; for the pages."""
        from ui.printing.opening import open_preview  # noqa: PLC0415

        preview = open_preview(self.window, (self._theme, self.tasks, self.notify), self._opened_desk(), paper)
        if preview is not None:
            preview.finished.connect(lambda _result: self.window.reload(frozenset({"print"})))

    def parts(self) -> "tuple[Theme, Tasks, Navigate, Notify]":
        """What every page is made with: theme, tasks, `navigate`, `notify`."""
        return self._theme, self.tasks, self.navigate, self.notify


def _outbox(session: Session, desk: "Desk") -> "OutboxPopup":
    from ui.outbox.popup import OutboxPopup  # noqa: PLC0415

    theme, tasks, navigate, _notify = session.parts()
    return OutboxPopup(theme, tasks, desk, navigate, session.exchange, session.cancel_exchange)


# Run by the workers.


def _who(desk: "Desk") -> "tuple[Identity | None, Officer, int, bool]":
    from kelurahan_client.services import demo, officers  # noqa: PLC0415
    from kelurahan_client.services import desk as desks  # noqa: PLC0415

    who = desks.find_identity(desk), desks.current_officer(desk)
    return *who, officers.lock_minutes(desk), demo.is_demo(desk)


def _state(desk: "Desk") -> "DeskState":
    from kelurahan_client.services import lists  # noqa: PLC0415

    return lists.state(desk)


def _times(desk: "Desk") -> "ExchangeTimes":
    from kelurahan_client.services import preferences  # noqa: PLC0415

    return preferences.exchange_times(desk)


def _exchange(desk: "Desk", report: "Callable[[Progress], None]", cancelled: Callable[[], bool]) -> "Outcome":
    from sync import engine  # noqa: PLC0415  # requests costs 100 ms that the window's start need not pay
    from sync.transport import opened_transport  # noqa: PLC0415

    with opened_transport(desk) as transport:
        return engine.exchange(desk, transport, report, cancelled)
