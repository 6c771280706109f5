"""From nothing to the window: the frame first, then the data in the background, then the pages."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.application import APPLICATION_NAME, create_application, dress
from ui.garbage import GuiGarbage
from ui.plain_imports import restore_import
from ui.session import Session
from ui.theme.theme import Theme
from ui.window_memory import WindowFile

if TYPE_CHECKING:
    from kelurahan_client.errors import LaporError
    from kelurahan_client.services.desk import Desk, Identity
    from ui.setup.page import SetupPage
    from ui.tasks import Tasks


def run(
    open_desk: Callable[[], "Desk"],
    window_file: Path,
    *,
    enrolled: bool,
    ready: Callable[["Start"], None] = lambda _start: None,
    open_demo: "Callable[[], Desk] | None" = None,
) -> int:
    """Work until the window is closed; 0, or 1 when the data could not be opened.

    `enrolled` says whether the frame is to be expected, so that it can be shown before the data are open; `ready` is
    called when the window is on its way. `open_demo` opens the sample data, where they can be asked for.
    """
    restore_import()
    app = create_application(["lapor-kelurahan"])
    GuiGarbage(app)
    memory = WindowFile(window_file)
    theme = dress(app, memory.mode(), memory.scale())
    start = Start(app, theme, memory, open_demo)
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
        self, app: QApplication, theme: Theme, memory: WindowFile, open_demo: "Callable[[], Desk] | None" = None
    ) -> None:
        super().__init__()
        self._open_demo = open_demo
        self._app = app
        self._theme = theme
        self._memory = memory
        self._desk: Desk | None = None
        self.session: Session | None = None  # from the moment the frame is shown
        self._setup: SetupPage | None = None
        self._tasks: Tasks | None = None

    @property
    def tasks(self) -> "Tasks":
        """The workers and the crash reporter, made once the window is on its way."""
        if self._tasks is None:
            from ui.crash import CrashReporter  # noqa: PLC0415
            from ui.tasks import Tasks  # noqa: PLC0415

            crashes = CrashReporter(self._theme, self._app)
            crashes.install()
            self._tasks = Tasks(on_error=self.tell, on_crash=crashes.report)
        return self._tasks

    def open(self, open_desk: Callable[[], "Desk"]) -> None:
        """Open the data in the database's thread and see whether this desk is enrolled."""

        def work() -> "tuple[Desk, Identity | None]":
            from kelurahan_client.services.desk import find_identity  # noqa: PLC0415  # imported in this thread

            desk = open_desk()
            return desk, find_identity(desk)

        self.tasks.database(work, self._opened, failed=self.cannot_open)

    def _opened(self, found: "tuple[Desk, Identity | None]") -> None:
        self._desk, identity = found
        self._desk.store.refuse_thread(threading.get_ident())
        if identity is None:
            self._show_setup(self._desk)
        else:
            self._begin()

    def _show_setup(self, desk: "Desk") -> None:
        from ui.setup.page import SetupPage  # noqa: PLC0415  # once in a desk's life

        self._setup = SetupPage(self._theme, self.tasks, desk)
        self._setup.setWindowTitle(APPLICATION_NAME)
        self._setup.enrolled.connect(self._begin)
        self._setup.offer_demo(self._open_demo is not None)
        self._setup.demo_wanted.connect(self.try_demo)
        self._setup.resize(1366, 696)
        self._setup.show()
        if self.session is not None:
            self.session.window.hide()

    def try_demo(self) -> None:
        """Leave the data of this desk, which are still empty, for the sample; the next start finds them again."""
        empty, open_demo = self._desk, self._open_demo
        if empty is None or open_demo is None:
            return

        def change() -> "Desk":
            empty.store.close()  # it holds the lock of its folder, and nobody needs it in this sitting
            return open_demo()

        self.open(change)

    def show_frame(self) -> None:
        """The frame, before there is anything to show in it."""
        self.session = Session(self._theme, self._memory)
        # Queued: who asks stands in the window that is taken down.
        self.session.scale_wanted.connect(self.rescale, Qt.ConnectionType.QueuedConnection)
        self.session.window.show()

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
        if self._setup is not None:
            self._setup.close()
            self._setup.deleteLater()
            self._setup = None

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

        box = QMessageBox(QMessageBox.Icon.Warning, APPLICATION_NAME, error.title)
        box.setInformativeText(f"{error.message}\n\n{error.way_out}\n\n{error.code}".strip())
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
        self.session = self._setup = None
