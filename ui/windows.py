"""The window that is there, and the one that takes its place when everything is to have another size."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from ui.application import dress
from ui.session import Session
from ui.theme.theme import Theme
from ui.window_memory import WindowFile

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from ui.tasks import Tasks


class Windows(QObject):
    """`session` is what is shown, None before there is a frame; `theme` how it looks now."""

    def __init__(self, app: QApplication, theme: Theme, memory: WindowFile) -> None:
        super().__init__()
        self._app = app
        self._memory = memory
        self.theme = theme
        self.session: Session | None = None

    def make(self) -> Session:
        """A frame that is not shown yet, with nothing in it."""
        session = self.session = Session(self.theme, self._memory)
        # Queued: who asks stands in the window that is taken down.
        session.look.scale_wanted.connect(self._rescale, Qt.ConnectionType.QueuedConnection)
        return session

    def show(self) -> Session:
        """Show the frame, whatever is in it; made where there is none."""
        session = self.session or self.make()
        session.window.show()
        return session

    def begin(self, tasks: "Tasks", desk: "Desk") -> None:
        """To work, in the frame that is there."""
        self.show().begin(tasks, desk)

    def _rescale(self, scale: int) -> None:
        """The same data in a new window of another size; a page that cannot be left now keeps the old one."""
        old = self.session
        if old is None or not old.at_work or scale == self.theme.scale:
            return
        if unwilling := old.window.pages.unwilling():
            old.window.show_page(unwilling)
            return
        self._memory.keep_scale(scale)
        self._memory.keep_geometry(bytes(old.window.saveGeometry().data()))
        self.theme = dress(self._app, self.theme.mode, scale)
        old.leave()
        new = self.make()
        self.begin(old.work.tasks, old.work.desk)
        new.window.show_page("settings", section="look")
        old.window.close()
        old.window.deleteLater()
        old.deleteLater()
