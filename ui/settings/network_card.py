"""A card of Pengaturan with one thing to ask the city's server."""

from collections.abc import Callable
from typing import TypeVar

from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services.desk import Desk
from ui.settings.section import Remark, Room, commands
from ui.tasks import Asked, Running
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine

T = TypeVar("T")


class NetworkCard(Card):
    """A button, then the result in a sentence; while it waits it can be stopped, which is told by `stopped`."""

    def __init__(self, room: Room, title: str, button: KeyButton, *, stopped: str, before: str = "") -> None:
        super().__init__(room.theme, title)
        self._room = room
        self._stopped = stopped
        self._running: Running | None = None
        self.button = button
        self.result = Remark(room.theme, before)
        self.banner = Banner(room.theme)
        self.progress = ProgressLine(room.theme, self.tr("Menghubungi server kota…"))
        self.banner.hide()
        self.progress.hide()
        self.progress.cancelled.connect(self.stop)

    def place(self) -> None:
        """Put result, progress and button below what is in the card."""
        for part in (self.result, self.banner, self.progress):
            self.body.addWidget(part)
        self.body.addLayout(commands(self._room.theme, self.button))

    def ask(self, work: Callable[[Desk, Asked], T], done: Callable[[T], None]) -> None:
        """Ask in the network's thread, unless that is under way."""
        if self._running is not None:
            return
        desk = self._room.desk
        self.banner.hide()
        self.result.set("")
        self.progress.set_busy(self.tr("Bisa sampai satu menit pada jaringan yang lambat."))
        self.progress.show()
        self.button.setEnabled(False)

        def answered(found: T) -> None:
            self._end()
            done(found)

        self._running = self._room.tasks.network(
            lambda _report, cancelled: work(desk, cancelled), answered, self._failed, owner=self
        )

    def stop(self) -> None:
        """Do not wait any longer."""
        if self._running is not None:
            self._running.cancel()

    def _end(self) -> None:
        self._running = None
        self.progress.hide()
        self.button.setEnabled(True)

    def _failed(self, error: LaporError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.result.set(self._stopped)
        else:
            self.banner.show_error(error)
