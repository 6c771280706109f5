"""From nothing to the window: the frame first, then the data in the background, then the pages."""

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from kelurahan_client.errors import LaporError
from ui.application import APPLICATION_NAME, create_application, dress
from ui.garbage import GuiGarbage
from ui.language import said
from ui.theme.theme import Theme
from ui.window_memory import WindowFile
from ui.windows import Windows

SWITCH_SECONDS = 0.001  # a worker in the middle of Python code makes the window wait so long, not Python's own 0.005

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk, Identity
    from ui.setup.first_start import FirstStart
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
            start.windows.show()
        QTimer.singleShot(0, lambda: start.open(open_desk))
    QTimer.singleShot(0, lambda: _listen_for_the_end(start.quit))
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
        self._door = door
        self._desk: Desk | None = None
        self._tasks: Tasks | None = None
        self.windows = Windows(app, theme, memory)
        self.first: FirstStart | None = None  # while the desk has no office or no officer

    @property
    def tasks(self) -> "Tasks":
        """The workers and the crash reporter, made once the window is on its way."""
        if self._tasks is None:
            from ui.crash import CrashReporter  # noqa: PLC0415
            from ui.tasks import Tasks  # noqa: PLC0415

            crashes = CrashReporter(lambda: self.windows.theme, self._app)
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
            self._begin_first(self._desk, identity)
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

        session = self.windows.make()
        front = FrontDoor(session.window, self.windows.theme, self.tasks, self._door, file)
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

    def _begin_first(self, desk: "Desk", identity: "Identity | None") -> None:
        from ui.setup.first_start import FirstStart  # noqa: PLC0415  # once in a desk's life

        demo = self._open_demo is not None
        first = self.first = FirstStart(self.windows.theme, self.tasks, desk, identity, self._door, demo=demo)
        first.opened.connect(self._keep)
        first.entered.connect(partial(self._begin, anew=True))
        first.demo_wanted.connect(self._try_demo)
        if self.windows.session is not None:
            self.windows.session.window.hide()

    def _try_demo(self) -> None:
        """Leave the data of this desk, which are still empty, for the sample; the next start finds them again."""
        empty, open_demo = self._desk, self._open_demo
        if empty is None or open_demo is None:
            return

        self._door = None  # nobody signs in to a sample

        def change() -> "Desk":
            empty.store.close()  # it holds the lock of its folder, and nobody needs it in this sitting
            return open_demo()

        self.open(change)

    def _begin(self, *, anew: bool = False) -> None:
        """To work. `anew`: it is the first sitting on this computer; what the city has of the office is fetched."""
        if self._desk is None:
            return
        self.windows.begin(self.tasks, self._desk)
        if self.first is not None:
            self.first.leave()
            self.first = None
        if anew and self.windows.session is not None:
            self.windows.session.work.exchanging.exchange_unasked()

    def tell(self, error: "LaporError") -> None:
        """A foreseen failure that nobody else took."""
        if self.windows.session is not None:
            self.windows.session.window.telling.show_error(error)
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

    def quit(self) -> None:
        """Close the window as a person would."""
        if self.windows.session is not None:
            self.windows.session.window.close()
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
        self.windows.session = self.first = None


def _listen_for_the_end(leave: Callable[[], None]) -> None:
    """When the session ends, or at Ctrl+C, the window is closed as if a person had done it."""
    import signal  # noqa: PLC0415  # the window is painted without it

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: leave())


def _with_identity(desk: "Desk") -> "tuple[Desk, Identity | None]":
    """Run by the worker, which also imports what it needs."""
    from kelurahan_client.services.desk import find_identity  # noqa: PLC0415

    return desk, find_identity(desk)
