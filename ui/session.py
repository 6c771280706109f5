"""One sitting at the desk: builds the pages, connects them with the use cases, and keeps the state chip true."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from kelurahan_client.errors import LaporError
from kelurahan_client.services import desk as desks
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk, Identity, Officer
from kelurahan_client.services.lists import DeskState
from ui.frame.page import PageSpec
from ui.home.page import HomePage
from ui.intake.page import IntakePage
from ui.main_window import MainWindow, WindowMemory
from ui.outbox.model import connection_state
from ui.outbox.popup import OutboxPopup
from ui.paper_log.page import PaperLogPage
from ui.register.page import RegisterPage
from ui.tasks import Running, Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.wording import number

EXCHANGE_MINUTES = 5  # between two tries while something waits to be sent


class Session(QObject):
    """The window and what stands behind it, from the moment the desk is enrolled."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        memory: WindowMemory | None = None,
        *,
        exchange_minutes: float = EXCHANGE_MINUTES,
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._running: Running | None = None
        self._state: DeskState | None = None
        self._asked_by_person = False
        self.window = MainWindow(theme, self._pages(theme), memory)
        self.outbox = OutboxPopup(theme, tasks, desk, self.window.show_page, self.exchange, self.cancel_exchange)
        self.window.exchange_requested.connect(self.exchange)
        self.window.outbox_requested.connect(self._open_outbox)
        self.window.page_changed.connect(self._refresh_quietly)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._clock.setInterval(int(exchange_minutes * 60_000))
        self._clock.timeout.connect(self._exchange_if_waiting)
        self._clock.start()

    def _pages(self, theme: Theme) -> list[PageSpec]:
        common = (theme, self._tasks, self._desk, self._navigate, self._notify)
        return [
            PageSpec("home", self.tr("Beranda"), Icon.HOME, lambda: HomePage(*common, self.exchange)),
            PageSpec("intake", self.tr("Pengaduan baru"), Icon.NEW, lambda: IntakePage(*common), "F2"),
            PageSpec("register", self.tr("Daftar"), Icon.LIST, lambda: RegisterPage(*common), "F3"),
            PageSpec("paper_log", self.tr("Buku register"), Icon.BOOK, lambda: PaperLogPage(*common), "F4"),
        ]

    def start(self) -> None:
        """Ask who sits where, and show the first page."""
        self._tasks.database(partial(_who, self._desk), self._introduce, owner=self)
        self.window.show_page("home")
        self.refresh()

    def _introduce(self, who: tuple[Identity | None, Officer]) -> None:
        identity, officer = who
        if identity is not None:
            self.window.set_office(identity.office_name, identity.district, identity.desk)
        self.window.set_officer(officer.name, officer.role)

    def refresh(self) -> None:
        """Ask how the desk stands towards the centre, and show it."""
        self._tasks.database(partial(lists.state, self._desk), self._show_state, owner=self)

    def _refresh_quietly(self, _page: str) -> None:
        self.refresh()

    def _show_state(self, state: DeskState) -> None:
        self._state = state
        if self._running is None:
            self.window.set_state(connection_state(state, None))
        self.outbox.set_state(state)

    def exchange(self) -> None:
        """Send and receive now; a second call while one runs changes nothing."""
        self._asked_by_person = True
        self._start_exchange()

    def _exchange_if_waiting(self) -> None:
        if self._state is not None and (self._state.unsent or self._state.last_failure):
            self._asked_by_person = False
            self._start_exchange()

    def _start_exchange(self) -> None:
        if self._running is not None:
            return
        self._running = self._tasks.network(
            partial(_exchange, self._desk), self._exchanged, failed=self._not_exchanged, progress=self._show_progress
        )
        self.outbox.set_sending(True)

    def cancel_exchange(self) -> None:
        """Stop a running exchange; what was acknowledged stays acknowledged."""
        if self._running is not None:
            self._running.cancel()

    def _show_progress(self, progress: Any) -> None:
        if self._state is not None and self._running is not None:
            self.window.set_state(connection_state(self._state, progress))
            self.outbox.set_progress(progress)

    def _exchanged(self, outcome: Any) -> None:
        self._end_exchange()
        self.window.reload(outcome.changed | {"exchange"})
        if self._asked_by_person:
            self.window.show_snack(self._summary(outcome), icon=Icon.SIGNED)

    def _summary(self, outcome: Any) -> str:
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

    def _not_exchanged(self, error: LaporError) -> None:
        self._end_exchange()
        self.window.reload(frozenset({"exchange"}))
        if self._asked_by_person:
            self.window.show_snack(str(error), icon=Icon.OFFLINE)

    def _end_exchange(self) -> None:
        self._running = None
        self.outbox.set_sending(False)
        self.refresh()

    def _open_outbox(self) -> None:
        self.outbox.open_below(self.window.chip)

    def _navigate(self, key: str, **arguments: object) -> None:
        self.window.show_page(key, **arguments)

    def _notify(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """A page has changed something: say so, and let the others show it."""
        self.window.show_snack(text, undo)
        self.refresh()


def _who(desk: Desk) -> tuple[Identity | None, Officer]:
    return desks.find_identity(desk), desks.current_officer(desk)


def _exchange(desk: Desk, report: Callable[[Any], None], cancelled: Callable[[], bool]) -> Any:
    from sync import engine  # noqa: PLC0415  # requests costs 100 ms that the window's start need not pay
    from sync.transport import HttpTransport  # noqa: PLC0415

    with desk.store.read() as transaction:
        me = desks.identity(transaction)
    transport = HttpTransport(me.server_url)
    try:
        return engine.exchange(desk, transport, report, cancelled)
    finally:
        transport.close()
