"""One sitting at the desk: the frame with its pages, and what stands behind them once the data are open.

The frame is there before the data are open, so that a start feels like one; `begin` fills it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from ui.frame.page import Navigate, Notify, Page
from ui.look import Look
from ui.main_window import MainWindow, WindowMemory
from ui.pages import specs
from ui.theme.icons import Icon
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.services.paper import Paper
    from ui.exchanging import Exchanging
    from ui.outbox.popup import OutboxPopup
    from ui.sign_in.attendance import Attendance
    from ui.sign_in.lock import Lock
    from ui.standing import Standing
    from ui.tasks import Tasks

EXCHANGE_MINUTES = 5.0  # between two tries while something waits to be sent
_COMPLAINTS = frozenset({"complaint"})


@dataclass(frozen=True, slots=True)
class Work:
    """What there is once the data are open."""

    tasks: "Tasks"
    desk: "Desk"
    standing: "Standing"
    exchanging: "Exchanging"
    attendance: "Attendance"


class Session(QObject):
    """The window, and what its pages ask of it."""

    def __init__(
        self,
        theme: Theme,
        memory: WindowMemory | None = None,
        *,
        exchange_minutes: float = EXCHANGE_MINUTES,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._minutes = exchange_minutes
        self._work: Work | None = None
        self.look = Look(theme, memory)
        self.window = MainWindow(theme, specs(self), memory)
        self._take_input(False)

    def page(self, make: "Callable[[Session, Desk], Page]") -> Page:
        """Make a page, now that the data are open; for `ui.pages`."""
        return make(self, self.work.desk)

    def _take_input(self, wanted: bool) -> None:
        """Until the data are open the frame is only looked at."""
        self.window.rail.setEnabled(wanted)
        self.window.top_bar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not wanted)

    @property
    def at_work(self) -> bool:
        """Whether the data are open and the pages can be used."""
        return self._work is not None

    @property
    def work(self) -> Work:
        """What there is from `begin` on."""
        if self._work is None:
            raise RuntimeError("the data are not open yet")
        return self._work

    @property
    def lock(self) -> "Lock | None":
        """What locks the window, where this desk has officers."""
        return self._work.attendance.lock if self._work is not None else None

    def begin(self, tasks: "Tasks", desk: "Desk") -> None:
        """The data are open: ask who sits where, and show the first page."""
        from ui.exchanging import Exchanging  # noqa: PLC0415  # the window is painted without them
        from ui.sign_in.attendance import Attendance  # noqa: PLC0415
        from ui.standing import Standing  # noqa: PLC0415

        window = self.window
        standing = Standing(window, tasks, desk, self._make_outbox)
        exchanging = Exchanging(window, tasks, desk, lambda: standing.state, self._minutes)
        attendance = Attendance(window, self._theme, tasks, desk)
        self._work = Work(tasks, desk, standing, exchanging, attendance)
        exchanging.sending_changed.connect(standing.set_sending)
        exchanging.sending_changed.connect(self.look.set_sending)
        exchanging.progressed.connect(standing.set_progress)
        attendance.entered.connect(standing.refresh)
        attendance.paper_wanted.connect(self.show_paper)
        self._take_input(True)
        window.bind_keys()
        window.page_changed.connect(lambda _key: standing.refresh())
        attendance.refresh()
        window.show_page("home")
        exchanging.begin()

    def leave(self) -> None:
        """This window is given up for another: nothing starts by itself any more."""
        if self._work is not None:
            self._work.exchanging.pacing.stop()
            self._work.standing.leave()

    def exchange(self) -> None:
        """Send and receive now; a second call while one runs changes nothing."""
        self.work.exchanging.exchange()

    def records_changed(self, kinds: frozenset[str] = _COMPLAINTS) -> None:
        """Records of these kinds came or changed by another way than the network; for the pages that make them."""
        self.window.pages.reload(kinds)
        self.work.standing.refresh()

    def navigate(self, key: str, **arguments: object) -> None:
        """Show another page; for the pages."""
        self.window.show_page(key, **arguments)

    def notify(self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED) -> None:
        """A page has changed something: say so; for the pages."""
        self.window.telling.say(text, undo, icon)
        self.work.standing.refresh()

    def show_paper(self, paper: "Paper") -> None:
        """A page has made a document: show it as it would be printed; for the pages."""
        from ui.printing.opening import open_preview  # noqa: PLC0415

        preview = open_preview(self.window, (self._theme, self.work.tasks, self.notify), self.work.desk, paper)
        if preview is not None:
            preview.finished.connect(lambda _result: self.window.pages.reload(frozenset({"print"})))

    def parts(self) -> "tuple[Theme, Tasks, Navigate, Notify]":
        """What every page is made with: theme, tasks, `navigate`, `notify`."""
        return self._theme, self.work.tasks, self.navigate, self.notify

    def _make_outbox(self) -> "OutboxPopup":
        from ui.outbox.popup import OutboxPopup  # noqa: PLC0415

        theme, tasks, navigate, _notify = self.parts()
        exchanging = self.work.exchanging
        return OutboxPopup(theme, tasks, self.work.desk, navigate, exchanging.exchange, exchanging.cancel)
