"""From nothing to the window: the frame first, then the data in the background, then the pages."""

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kelurahan_client.errors import LaporError
from ui.application import APPLICATION_NAME, create_application, dress
from ui.garbage import GuiGarbage
from ui.language import said
from ui.session import Session
from ui.theme.theme import Theme
from ui.window_memory import WindowFile

SWITCH_SECONDS = 0.001  # a worker in the middle of Python code makes the window wait so long, not Python's own 0.005

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk, Identity
    from kelurahan_client.services.paper import Paper
    from ui.setup.page import SetupPage
    from ui.setup.restoring import RestorePage
    from ui.sign_in.door import Door
    from ui.tasks import Tasks


def run(
    open_desk: Callable[[], "Desk"],
    window_file: Path,
    *,
    enrolled: bool,
    ready: Callable[["Start"], None] = lambda _start: None,
    door: "Door | None" = None,
    open_demo: "Callable[[], Desk] | None" = None,
) -> int:
    """Work until the window is closed; 0, or 1 when the data could not be opened.

    `enrolled` says whether the frame is to be expected, so that it can be shown before the data are open; `ready` is
    called when the window is on its way. With a `door` officers sign in, and a desk without any is asked for the first.
    `open_demo` opens the sample data, where they can be asked for.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    memory = WindowFile(window_file)
    app = create_application(["lapor-kelurahan"], memory.language())
    GuiGarbage(app)
    theme = dress(app, memory.mode(), memory.scale())
    start = Start(app, theme, memory, door, open_demo)
    if not start.ask_for_pin():
        if enrolled:
            start.show_frame()
        QTimer.singleShot(0, lambda: start.open(open_desk))
    QTimer.singleShot(0, start.listen_for_the_end)
    ready(start)
    try:
        return app.exec()
    finally:
        start.end()


class Start(QObject):
    """Holds what lives as long as the program."""

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        memory: WindowFile,
        door: "Door | None" = None,
        open_demo: "Callable[[], Desk] | None" = None,
    ) -> None:
        super().__init__()
        self._open_demo = open_demo
        self._app = app
        self._theme = theme
        self._memory = memory
        self._door = door
        self._desk: Desk | None = None
        self.session: Session | None = None  # from the moment the frame is shown
        self._setup: SetupPage | None = None
        self.restoring: RestorePage | None = None
        self._tasks: Tasks | None = None

    @property
    def tasks(self) -> "Tasks":
        """The workers and the crash reporter, made once the window is on its way."""
        if self._tasks is None:
            from ui.crash import CrashReporter  # noqa: PLC0415
            from ui.tasks import Tasks  # noqa: PLC0415

            crashes = CrashReporter(lambda: self._theme, self._app)
            crashes.install()
            self._tasks = Tasks(on_error=self.tell, on_crash=crashes.report)
        return self._tasks

    def open(self, open_desk: Callable[[], "Desk"]) -> None:
        """Open the data in the database's thread and see whether this desk is enrolled."""

        def work() -> "tuple[Desk, Identity | None]":
            return _with_identity(open_desk())

        self.tasks.database(work, self._opened, failed=self._not_opened)

    def _not_opened(self, error: "LaporError") -> None:
        """A restore that a power cut stopped has brought officers with it only now."""
        from kelurahan_client.domain.entry_errors import SignInNeeded  # noqa: PLC0415

        if not (isinstance(error, SignInNeeded) and self.ask_for_pin()):
            self.cannot_open(error)

    def _opened(self, found: "tuple[Desk, Identity | None]") -> None:
        self._desk, identity = found
        self._desk.store.refuse_thread(threading.get_ident())
        if identity is None or (self._door is not None and self._desk.store.at_work is None):
            self._show_setup(self._desk, identity)
        else:
            self._begin()

    def ask_for_pin(self) -> bool:
        """Show Masuk in the window, if this desk has officers; False where it has none, or its file is of no use."""
        if self._door is None:
            return False
        try:
            file = self._door.file()
        except LaporError as error:
            QTimer.singleShot(0, self, partial(self.cannot_open, error))
            return True
        if file is None:
            return False
        from ui.sign_in.front import FrontDoor  # noqa: PLC0415  # only where officers sign in

        session = self._new_session()
        front = FrontDoor(session.window, self._theme, self.tasks, self._door, file)
        front.opened.connect(self._keep)
        front.entered.connect(self._let_in)
        session.window.show()
        return True

    def _keep(self, desk: "Desk") -> None:
        """The data are open, though something may be left to ask: they are to be closed at the end."""
        self._desk = desk

    def _let_in(self, desk: "Desk") -> None:
        """An officer has signed in."""
        self.tasks.database(partial(_with_identity, desk), self._opened, failed=self.cannot_open)

    def _show_setup(self, desk: "Desk", identity: "Identity | None") -> None:
        from ui.setup.page import SetupPage  # noqa: PLC0415  # once in a desk's life

        self._setup = SetupPage(self._theme, self.tasks, desk, identity=identity)
        self._setup.setWindowTitle(APPLICATION_NAME)
        self._setup.enrolled.connect(self._begin_anew)
        self._setup.paper_wanted.connect(lambda paper: self._show_paper(desk, paper))
        self._setup.offer_print()
        self._setup.offer_demo(self._open_demo is not None)
        self._setup.demo_wanted.connect(self.try_demo)
        if self._door is not None:
            self._setup.offer_restore()
            self._setup.restore_wanted.connect(self.restore)
        self._setup.resize(1366, 696)
        self._setup.show()
        if self.session is not None:
            self.session.window.hide()

    def _show_paper(self, desk: "Desk", paper: "Paper") -> None:
        """The recovery code, before there is a session."""
        from ui.printing.opening import open_preview  # noqa: PLC0415
        from ui.widgets.snack_bar import SnackBar  # noqa: PLC0415

        shown = self.restoring or self._setup
        if shown is not None:
            told = SnackBar(self._theme, shown).show_line
            open_preview(shown, (self._theme, self.tasks, told), desk, paper)

    def restore(self) -> None:
        """A backup of another computer in the place of the data, which are still empty."""
        from ui.setup.restoring import RestorePage  # noqa: PLC0415  # seldom wanted

        setup, empty, door = self._setup, self._desk, self._door
        if setup is None or empty is None or door is None:
            return
        page = self.restoring = RestorePage(self._theme, self.tasks, empty, door.recover)
        page.setWindowTitle(APPLICATION_NAME)
        page.opened.connect(self._restored)
        page.entered.connect(self._begin_anew)
        page.left.connect(self._leave_restoring)
        page.paper_wanted.connect(lambda paper: self._show_paper(self._desk or empty, paper))
        page.resize(setup.size())
        page.show()
        setup.hide()

    def _restored(self, desk: "Desk") -> None:
        """The data that came from the backup are open."""
        self._desk = desk
        desk.store.refuse_thread(threading.get_ident())

    def _leave_restoring(self) -> None:
        if self._setup is not None:
            self._setup.show()
        self._close_restoring()

    def _close_restoring(self) -> None:
        if self.restoring is not None:
            self.restoring.close()
            self.restoring.deleteLater()
            self.restoring = None

    def try_demo(self) -> None:
        """Leave the data of this desk, which are still empty, for the sample; the next start finds them again."""
        empty, open_demo = self._desk, self._open_demo
        if empty is None or open_demo is None:
            return

        self._door = None  # nobody signs in to a sample

        def change() -> "Desk":
            empty.store.close()  # it holds the lock of its folder, and nobody needs it in this sitting
            return open_demo()

        self.open(change)

    def show_frame(self) -> None:
        """The frame, before there is anything to show in it."""
        self._new_session().window.show()

    def _new_session(self) -> Session:
        session = self.session = Session(self._theme, self._memory)
        # Queued: who asks stands in the window that is taken down.
        session.look.scale_wanted.connect(self.rescale, Qt.ConnectionType.QueuedConnection)
        return session

    def rescale(self, scale: int) -> None:
        """The same data in a new window of another size; a page that cannot be left now keeps the old one."""
        old = self.session
        if old is None or self._desk is None or scale == self._theme.scale:
            return
        if unwilling := old.window.pages.unwilling():
            old.window.show_page(unwilling)
            return
        self._memory.keep_scale(scale)
        self._memory.keep_geometry(bytes(old.window.saveGeometry().data()))
        self._theme = dress(self._app, self._theme.mode, scale)
        old.leave()
        self.show_frame()
        self._begin()
        if self.session is not None:
            self.session.window.show_page("settings", section="look")
        old.window.close()
        old.window.deleteLater()
        old.deleteLater()

    def _begin(self) -> None:
        """The desk is enrolled: to work."""
        if self._desk is None:
            return
        if self.session is None:
            self.show_frame()
        if self.session is not None:
            self.session.window.show()
            self.session.begin(self.tasks, self._desk)
        self._close_restoring()
        if self._setup is not None:
            self._setup.close()
            self._setup.deleteLater()
            self._setup = None

    def _begin_anew(self) -> None:
        """The first sitting on this computer: what the city already has of this office is fetched at once."""
        self._begin()
        if self.session is not None:
            self.session.work.exchanging.exchange_unasked()

    def tell(self, error: "LaporError") -> None:
        """A foreseen failure that nobody else took."""
        if self.session is not None:
            self.session.window.show_error(error)
        else:
            self.cannot_open(error)

    def cannot_open(self, error: "LaporError") -> None:
        """The data cannot be used: say so, change nothing, end."""
        sys.stderr.write(f"{error.code} {error}\n")
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415  # seldom wanted

        box = QMessageBox(QMessageBox.Icon.Warning, APPLICATION_NAME, said(error.title))
        box.setInformativeText(f"{said(error.message)}\n\n{said(error.way_out)}\n\n{error.code}".strip())
        box.exec()
        self._app.exit(1)

    def listen_for_the_end(self) -> None:
        """When the session ends, or at Ctrl+C, the window is closed as if a person had done it."""
        import signal  # noqa: PLC0415  # the window is painted without it

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.quit())

    def quit(self) -> None:
        """Close the window as a person would."""
        if self.session is not None:
            self.session.window.close()
        self._app.quit()

    def end(self) -> None:
        """Finish what is being written, give the data back, and take the windows down before Qt itself ends."""
        from PySide6.QtCore import QEvent  # noqa: PLC0415  # its two hundred kinds take 4 ms to make

        self.tasks.close()
        if self._desk is not None:
            self._desk.store.close()
        for window in self._app.topLevelWidgets():
            window.close()
            window.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.session = self._setup = self.restoring = None


def _with_identity(desk: "Desk") -> "tuple[Desk, Identity | None]":
    """Run by the worker, which also imports what it needs."""
    from kelurahan_client.services.desk import find_identity  # noqa: PLC0415

    return desk, find_identity(desk)
