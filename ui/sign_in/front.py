"""Masuk at the start of the program, over a frame that has nothing to show yet."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.main_window import MainWindow
from ui.sign_in.door import Door
from ui.sign_in.gate import Gate
from ui.sign_in.page import SignInPage
from ui.theme.theme import Theme
from ui.wording import WITA, greeting

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.store.officers_file import OfficersFile
    from ui.tasks import Tasks


class FrontDoor(QObject):
    """`opened` carries the Desk when its data are open, `entered` when the frame can be seen and used."""

    opened = Signal(object)
    entered = Signal(object)

    def __init__(self, window: MainWindow, theme: Theme, tasks: "Tasks", door: Door, file: "OfficersFile") -> None:
        super().__init__(window)
        self._window = window
        self.page = SignInPage(theme)
        self.page.set_file(file)
        gate = Gate(self.page, tasks, door.sign_in, door.recover)
        gate.opened.connect(self.opened)
        gate.entered.connect(self._let_in)
        window.cover(self.page)
        self.page.begin(greeting(datetime.now(WITA).hour))
        tasks.database(door.warm_up, failed=self.page.banner.show_error, owner=self.page)

    def _let_in(self, desk: "Desk") -> None:
        self._window.uncover()
        self.page.deleteLater()
        self.entered.emit(desk)
