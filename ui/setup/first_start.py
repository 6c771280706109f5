"""What stands in place of the frame until this desk has its office and its first officer."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services.desk import Desk, Identity
from kelurahan_client.services.paper import Paper
from ui.application import APPLICATION_NAME
from ui.setup.page import SetupPage
from ui.sign_in.door import Door
from ui.tasks import Tasks
from ui.theme.theme import Theme

if TYPE_CHECKING:
    from ui.setup.restoring import RestorePage

_SIZE = (1366, 696)


class FirstStart(QObject):
    """The steps of the first start, `setup`, or in their place the backup of another computer, `restoring`.

    `entered`: one can go to work. `opened` carries data that came out of a backup, in place of the empty ones.
    `demo_wanted` asks for the sample instead, where there is `demo`. A backup needs a `door`.
    """

    entered = Signal()
    opened = Signal(object)
    demo_wanted = Signal()

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, identity: Identity | None, door: Door | None, *, demo: bool
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._door = door
        self.restoring: RestorePage | None = None
        self.setup = setup = SetupPage(theme, tasks, desk, identity=identity)
        setup.setWindowTitle(APPLICATION_NAME)
        setup.enrolled.connect(self.entered)
        setup.paper_wanted.connect(self._show_paper)
        setup.offer_print()
        if demo:
            setup.others.offer(setup.others.demo)
        setup.demo_wanted.connect(self.demo_wanted)
        if door is not None:
            setup.others.offer(setup.others.restore)
            setup.restore_wanted.connect(self._restore)
        setup.resize(*_SIZE)
        setup.show()

    def leave(self) -> None:
        """It is over."""
        self._leave_restoring()
        self.setup.close()
        self.setup.deleteLater()

    def _restore(self) -> None:
        from ui.setup.restoring import RestorePage  # noqa: PLC0415  # seldom wanted

        if self._door is None:
            return
        page = self.restoring = RestorePage(self._theme, self._tasks, self._desk, self._door.recover)
        page.setWindowTitle(APPLICATION_NAME)
        page.opened.connect(self._restored)
        page.entered.connect(self.entered)
        page.left.connect(self._back)
        page.paper_wanted.connect(self._show_paper)
        page.resize(self.setup.size())
        page.show()
        self.setup.hide()

    def _restored(self, desk: Desk) -> None:
        self._desk = desk
        desk.store.refuse_thread(threading.get_ident())
        self.opened.emit(desk)

    def _back(self) -> None:
        self.setup.show()
        self._leave_restoring()

    def _leave_restoring(self) -> None:
        if self.restoring is not None:
            self.restoring.close()
            self.restoring.deleteLater()
            self.restoring = None

    def _show_paper(self, paper: Paper) -> None:
        """The recovery code, before there is a session."""
        from ui.printing.opening import open_preview  # noqa: PLC0415  # seldom wanted
        from ui.widgets.snack_bar import SnackBar  # noqa: PLC0415

        shown = self.restoring or self.setup
        open_preview(shown, (self._theme, self._tasks, SnackBar(self._theme, shown).show_line), self._desk, paper)
