"""*Daftarkan lagi*: for a desk that the city's server does not know any more, with the data that are here."""

from PySide6.QtCore import QCoreApplication, Signal

from kelurahan_client.services.desk import Desk, Identity
from ui.settings.network_card import NetworkCard
from ui.settings.section import Remark, Room
from ui.tasks import Asked
from ui.theme.icons import Icon
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field


class EnrolAgainCard(NetworkCard):
    """Address and code, a button, then who this desk is now. `joined` says that its identity is another."""

    joined = Signal()

    def __init__(self, room: Room) -> None:
        title = QCoreApplication.translate("EnrolAgainCard", "Daftarkan lagi")
        super().__init__(
            room,
            title,
            KeyButton(room.theme, title, Icon.DESK),
            stopped=QCoreApplication.translate("EnrolAgainCard", "Dihentikan. Kode yang sama dapat dicoba lagi."),
        )
        theme = room.theme
        self.server = LineEdit(theme, icon=Icon.CENTRE)
        self.code = LineEdit(theme, longest=60)
        self._build()
        self.button.clicked.connect(self.start)
        for editor in (self.server, self.code):
            editor.returnPressed.connect(self.start)

    def _build(self) -> None:
        theme = self._room.theme
        why = self.tr(
            "Hanya bila server kota tidak mengenal loket ini lagi (LK-3111), atau loket ini dicabut tetapi masih "
            "bekerja. Semua data tetap di sini; yang belum diterima server kota dikirim ulang."
        )
        self.body.addWidget(Remark(theme, why))
        self.body.addWidget(Field(theme, self.tr("Alamat server kota"), self.server))
        help_text = self.tr("Kode baru dari admin kota, untuk kelurahan yang sama.")
        self.body.addWidget(Field(theme, self.tr("Kode pendaftaran"), self.code, help_text=help_text))
        self.place()

    def set_server(self, address: str) -> None:
        """Where the server is as far as this desk knows; what is being typed stays."""
        if not self.server.isModified():
            self.server.setText(address)

    def start(self) -> None:
        """Use the code up; one that was stopped can be tried again."""
        address, code = self.server.text().strip(), self.code.text().strip()
        self.ask(lambda desk, cancelled: _enrol(desk, address, code, cancelled), self._joined)

    def _joined(self, me: Identity) -> None:
        self.code.clear()
        self.server.setModified(False)
        words = self.tr("Terdaftar lagi: Kelurahan {office}, loket {desk}. Tekan F9 untuk mengirim.")
        self.result.set(words.format(office=me.office_name, desk=me.desk), Icon.RESOLVED, Colour.ACCENT)
        self.joined.emit()


def _enrol(desk: Desk, address: str, code: str, cancelled: Asked) -> Identity:
    from sync.enrolment import enrol_again  # noqa: PLC0415  # brings requests, which the page can do without

    return enrol_again(desk, address, code, cancelled)
