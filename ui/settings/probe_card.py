"""*Uji sambungan*: does the city's server answer by the way that is set?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services.desk import Desk
from ui.settings.section import Remark, Room, commands
from ui.tasks import Asked, Running
from ui.theme.icons import Icon
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from sync.probing import Reached


class ProbeCard(Card):
    """A button, then the result in a sentence; while it waits it can be stopped. Nothing is sent."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.theme, QCoreApplication.translate("ProbeCard", "Uji sambungan"))
        self._room = room
        self._running: Running | None = None
        theme = room.theme
        self.button = KeyButton(theme, self.tr("Uji sambungan"), Icon.EXCHANGE)
        self.result = Remark(theme, self.tr("Menghubungi server kota tanpa mengirim apa pun."))
        self.banner = Banner(theme)
        self.progress = ProgressLine(theme, self.tr("Menghubungi server kota…"))
        for part in (self.result, self.banner, self.progress):
            self.body.addWidget(part)
        self.banner.hide()
        self.progress.hide()
        self.body.addLayout(commands(theme, self.button))
        self.button.clicked.connect(self.start)
        self.progress.cancelled.connect(self.stop)

    def start(self) -> None:
        """Try it."""
        if self._running is not None:
            return
        desk = self._room.desk
        self.banner.hide()
        self.result.hide()
        self.progress.set_busy(self.tr("Bisa sampai satu menit pada jaringan yang lambat."))
        self.progress.show()
        self.button.setEnabled(False)
        self._running = self._room.tasks.network(
            lambda _report, cancelled: _probe(desk, cancelled), self._reached, self._failed, owner=self
        )

    def stop(self) -> None:
        """Do not wait any longer."""
        if self._running is not None:
            self._running.cancel()

    def _end(self) -> None:
        self._running = None
        self.progress.hide()
        self.button.setEnabled(True)

    def _reached(self, found: "Reached") -> None:
        self._end()
        seconds = f"{max(found.seconds, 0.1):.1f}".replace(".", ",")
        words = self.tr("Server kota menjawab dalam {n} detik: {url}.").format(n=seconds, url=found.server_url)
        self.result.set(words, Icon.RESOLVED, Colour.ACCENT)

    def _failed(self, error: LaporError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.result.set(self.tr("Uji sambungan dihentikan."))
        else:
            self.banner.show_error(error)


def _probe(desk: Desk, cancelled: Asked) -> "Reached":
    from sync.probing import probe  # noqa: PLC0415  # brings requests, which the page can do without

    return probe(desk, cancelled)
