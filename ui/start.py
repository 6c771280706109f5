"""From nothing to the window: open the data in the background, then the wizard or the frame."""

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from kelurahan_client.errors import LaporError
from kelurahan_client.services.desk import Desk, Identity, find_identity
from ui.application import APPLICATION_NAME, catch_crashes, create_application, dress
from ui.session import Session
from ui.setup.page import SetupPage
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.window_memory import WindowFile


def run(
    arguments: list[str],
    open_desk: Callable[[], Desk],
    window_file: Path,
    server_url: str = "",
    *,
    ready: Callable[["Start"], None] = lambda _start: None,
) -> int:
    """Work until the window is closed; 0, or 1 when the data could not be opened. `ready` is called once work begins."""
    app = create_application(["lapor-kelurahan", *arguments])
    memory = WindowFile(window_file)
    theme = dress(app, memory.mode(), memory.scale())
    crashes = catch_crashes(app, theme)
    start = Start(app, theme, memory, server_url)
    start.tasks = Tasks(on_error=start.tell, on_crash=crashes.report)
    start.tasks.database(open_desk, start.opened, failed=start.cannot_open)
    ready(start)
    try:
        return app.exec()
    finally:
        start.end()


class Start(QObject):
    """Holds what lives as long as the program."""

    tasks: Tasks

    def __init__(self, app: QApplication, theme: Theme, memory: WindowFile, server_url: str) -> None:
        super().__init__()
        self._app = app
        self._theme = theme
        self._memory = memory
        self._server_url = server_url
        self._desk: Desk | None = None
        self.session: Session | None = None  # from the moment the desk is enrolled
        self._setup: SetupPage | None = None

    def opened(self, desk: Desk) -> None:
        """The data are open: see whether this desk is enrolled."""
        self._desk = desk
        desk.store.refuse_thread(threading.get_ident())
        self.tasks.database(partial(find_identity, desk), self._identified)

    def _identified(self, identity: Identity | None) -> None:
        if identity is None:
            self._show_setup()
        else:
            self.show_frame()

    def _show_setup(self) -> None:
        if self._desk is None:
            return
        self._setup = SetupPage(self._theme, self.tasks, self._desk, self._server_url)
        self._setup.setWindowTitle(APPLICATION_NAME)
        self._setup.enrolled.connect(self.show_frame)
        self._setup.resize(1366, 696)
        self._setup.show()

    def show_frame(self) -> None:
        """The desk is enrolled: to work."""
        if self._desk is None:
            return
        self.session = Session(self._theme, self.tasks, self._desk, self._memory)
        self.session.window.show()
        self.session.start()
        if self._setup is not None:
            self._setup.close()
            self._setup.deleteLater()
            self._setup = None

    def tell(self, error: LaporError) -> None:
        """A foreseen failure that nobody else took."""
        if self.session is not None:
            self.session.window.show_error(error)
        else:
            self.cannot_open(error)

    def cannot_open(self, error: LaporError) -> None:
        """The data cannot be used: say so, change nothing, end."""
        sys.stderr.write(f"{error.code} {error}\n")
        box = QMessageBox(QMessageBox.Icon.Warning, APPLICATION_NAME, error.title)
        box.setInformativeText(f"{error.message}\n\n{error.way_out}\n\n{error.code}".strip())
        box.exec()
        self._app.exit(1)

    def quit(self) -> None:
        """Close the window as a person would."""
        if self.session is not None:
            self.session.window.close()
        self._app.quit()

    def end(self) -> None:
        """Finish what is being written, then give the data back."""
        self.tasks.close()
        if self._desk is not None:
            self._desk.store.close()
