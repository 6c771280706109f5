"""Who sits where: the names in the top bar, and the lock over the window of a desk that has officers."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.language import said
from ui.main_window import MainWindow
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from kelurahan_client.domain.roles import Officer
    from kelurahan_client.services.desk import Desk, Identity
    from ui.sign_in.lock import Lock
    from ui.tasks import Tasks


class Attendance(QObject):
    """Asks and shows it. `entered`: somebody has signed in at the locked window; `paper_wanted` carries a Paper."""

    entered = Signal()
    paper_wanted = Signal(object)

    def __init__(self, window: MainWindow, theme: Theme, tasks: "Tasks", desk: "Desk") -> None:
        super().__init__()
        self._window = window
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self.lock: Lock | None = None  # where this desk has officers

    def refresh(self) -> None:
        """Names, roles, or the minutes until the lock may be others now."""
        self._tasks.database(partial(_who, self._desk), self._introduce, owner=self._window)

    def _introduce(self, who: "tuple[Identity | None, Officer, int, bool]") -> None:
        identity, officer, minutes, demo = who
        if demo:
            self._window.set_demo()
        if identity is not None:
            self._window.top_bar.set_office(
                self.tr("Kelurahan {name}").format(name=identity.office_name),
                self.tr("Kec. {name}").format(name=identity.district),
                identity.desk,
            )
        self._window.top_bar.set_officer(officer.name, said(officer.role))
        if officer.duty is not None and self.lock is None:
            from ui.sign_in.lock import Lock  # noqa: PLC0415

            self.lock = Lock(self._window, self._theme, self._tasks, self._desk, minutes)
            self.lock.entered.connect(self._taken_over)
            self.lock.paper_wanted.connect(self.paper_wanted)
        elif self.lock is not None:
            self.lock.idle.set_minutes(minutes)

    def _taken_over(self, officer: "Officer", another: bool) -> None:
        self._window.top_bar.set_officer(officer.name, said(officer.role))
        if another:
            self._window.pages.officer_changed()
            self._window.show_page("home")
        self._window.pages.reload(frozenset({"complaint", "officer"}))
        self.entered.emit()


def _who(desk: "Desk") -> "tuple[Identity | None, Officer, int, bool]":
    """Run by the worker."""
    from kelurahan_client.services import demo, officers  # noqa: PLC0415
    from kelurahan_client.services import desk as desks  # noqa: PLC0415

    who = desks.find_identity(desk), desks.current_officer(desk)
    return *who, officers.lock_minutes(desk), demo.is_demo(desk)
