"""The locked window: Masuk covers everything, what is half typed stays below it, the exchange goes on."""

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaMethod, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from kelurahan_client.errors import StoreError
from kelurahan_client.services import intake, signing_in
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.signing_in import Entered
from ui.main_window import MainWindow
from ui.sign_in.gate import Gate
from ui.sign_in.idle import IdleWatch
from ui.sign_in.page import SignInPage
from ui.theme.theme import Theme
from ui.wording import WITA, greeting

if TYPE_CHECKING:
    from kelurahan_client.store.officers_file import OfficersFile
    from ui.tasks import Tasks


class Lock(QObject):
    """Locks the window and lets somebody in again. `entered` carries the Officer, and whether it is another one."""

    entered = Signal(object, bool)
    paper_wanted = Signal(object)

    def __init__(self, window: MainWindow, theme: Theme, tasks: "Tasks", desk: Desk, minutes: float) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._page: SignInPage | None = None
        self._file: OfficersFile | None = None
        self._before = ""
        self.idle = IdleWatch(minutes, self)
        self.idle.idle.connect(self.lock)
        # Queued: what has the keyboard is closed by it.
        self.idle.asked.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        window.top_bar.lock_requested.connect(self.lock)
        window.top_bar.lock_button.show()
        QShortcut(QKeySequence("Ctrl+L"), window).activated.connect(self.lock)
        window.closing_refused.connect(self._tell_why_open)
        self.idle.start()

    @property
    def page(self) -> SignInPage | None:
        """Masuk, while the window is locked."""
        return self._page

    def lock(self) -> None:
        """Cover the window now; a second call while it is covered changes nothing."""
        if self._page is not None:
            return
        self.idle.stop()
        _close_what_floats(self._window)
        page = self._page = SignInPage(self._theme)
        gate = Gate(page, self._tasks, self._sign_in, self._recover)
        gate.entered.connect(self._let_in)
        gate.paper_wanted.connect(self.paper_wanted)
        if self.isSignalConnected(QMetaMethod.fromSignal(self.paper_wanted)):
            gate.offer_print()
        page.set_file(self._people())
        self._window.cover(page)
        here = self._desk.store.at_work
        self._before = here.id if here else ""
        page.begin(greeting(self._desk.now().astimezone(WITA).hour), here.id if here else "")
        self._tasks.latest("locked-drafts", partial(_drafts, self._desk), self._show_drafts, owner=page)

    def _people(self) -> "OfficersFile":
        """Who may sign in, by the file that is read before any data; the one of before where it is damaged now."""
        try:
            self._file = signing_in.vault(self._desk).file() or self._file
        except StoreError:
            if self._file is None:
                raise
        if self._file is None:
            raise RuntimeError("a window without officers is not locked")
        return self._file

    def _sign_in(self, officer_id: str, pin: str) -> tuple[Desk, Entered]:
        return self._desk, signing_in.sign_in(self._desk, officer_id, pin)

    def _recover(self, code: str, officer_id: str, pin: str) -> tuple[Desk, str]:
        return self._desk, signing_in.recover(self._desk, code, officer_id, pin)

    def _let_in(self, _desk: Desk) -> None:
        page, self._page = self._page, None
        self._window.uncover()
        if page is not None:
            page.deleteLater()
        self.idle.start()
        here = self._desk.store.at_work
        self.entered.emit(here, here is not None and here.id != self._before)

    def _show_drafts(self, drafts: dict[str, int]) -> None:
        if self._page is not None:
            words = [(name, self.tr("{n} draf").format(n=count)) for name, count in drafts.items()]
            self._page.set_notes(words)

    def _tell_why_open(self) -> None:
        if self._page is not None:
            self._page.banner.set_words(
                self.tr("Belum dapat ditutup."),
                self.tr("Masih ada pekerjaan yang belum selesai di jendela ini. Masuk dahulu, lalu selesaikan."),
            )
            self._page.banner.show()


def _close_what_floats(window: QWidget) -> None:
    """Menus, popups, dialogs and previews stand above every cover."""
    for floating in QApplication.topLevelWidgets():
        if floating is not window and floating.isVisible():
            floating.close()


# Run by the workers.


def _drafts(desk: Desk) -> dict[str, int]:
    return Counter(draft.officer for draft in intake.open_drafts(desk))
