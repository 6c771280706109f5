"""The way to the city: proxy, the city's own certificate, and a trial of both."""

from kelurahan_client.domain.roles import Right
from ui.settings.certificate_card import CertificateCard
from ui.settings.probe_card import ProbeCard
from ui.settings.proxy_card import ProxyCard
from ui.settings.section import Room, Section


class NetworkSection(Section):
    """A card for each; what is saved in one is tried in the last."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            self.tr("Jaringan"),
            self.tr("Biasanya tidak perlu diubah. Tanyakan kepada admin kota bila kantor memakai proxy."),
        )
        self.proxy = ProxyCard(room)
        self.certificate = CertificateCard(room)
        self.probe = ProbeCard(room)
        for card in (self.proxy, self.certificate, self.probe):
            self.column.addWidget(card)
        for card in (self.proxy, self.certificate):
            self.guard(Right.SETTINGS, card)
        self.column.addStretch(1)

    def activate(self) -> None:
        """Ask what is set."""
        self.proxy.activate()
        self.certificate.activate()

    def save(self) -> None:
        """Ctrl+S keeps the proxy."""
        if self.proxy.isEnabled():
            self.proxy.save()
