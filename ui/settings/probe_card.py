"""*Uji sambungan*: does the city's server answer by the way that is set?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from kelurahan_client.services.desk import Desk
from ui.settings.network_card import NetworkCard
from ui.settings.section import Room
from ui.tasks import Asked
from ui.theme.icons import Icon
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from sync.probing import Reached


class ProbeCard(NetworkCard):
    """Nothing is sent."""

    def __init__(self, room: Room) -> None:
        title = QCoreApplication.translate("ProbeCard", "Uji sambungan")
        super().__init__(
            room,
            title,
            KeyButton(room.theme, title, Icon.EXCHANGE),
            stopped=QCoreApplication.translate("ProbeCard", "Uji sambungan dihentikan."),
            before=QCoreApplication.translate("ProbeCard", "Menghubungi server kota tanpa mengirim apa pun."),
        )
        self.place()
        self.button.clicked.connect(self.start)

    def start(self) -> None:
        """Try it."""
        self.ask(_probe, self._reached)

    def _reached(self, found: "Reached") -> None:
        seconds = f"{max(found.seconds, 0.1):.1f}".replace(".", ",")
        words = self.tr("Server kota menjawab dalam {n} detik: {url}.").format(n=seconds, url=found.server_url)
        self.result.set(words, Icon.RESOLVED, Colour.ACCENT)


def _probe(desk: Desk, cancelled: Asked) -> "Reached":
    from sync.probing import probe  # noqa: PLC0415  # brings requests, which the page can do without

    return probe(desk, cancelled)
