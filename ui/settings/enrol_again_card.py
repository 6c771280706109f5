"""*Daftarkan lagi*: for a desk that the city's server does not know any more, with the data that are here."""

from PySide6.QtCore import QCoreApplication, Signal

from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services.desk import Desk, Identity
from ui.settings.section import Remark, Room, commands
from ui.tasks import Asked, Running
from ui.theme.icons import Icon
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine


class EnrolAgainCard(Card):
    """Address and code, a button, then who this desk is now. `joined` says that its identity is another."""

    joined = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(room.theme, QCoreApplication.translate("EnrolAgainCard", "Daftarkan lagi"))
        self._room = room
        self._running: Running | None = None
        theme = room.theme
        self.server = LineEdit(theme, icon=Icon.CENTRE)
        self.code = LineEdit(theme, longest=60)
        self.button = KeyButton(theme, self.tr("Daftarkan lagi"), Icon.DESK)
        self.result = Remark(theme)
        self.banner = Banner(theme)
        self.progress = ProgressLine(theme, self.tr("Menghubungi server kota…"))
        self._build()
        self.button.clicked.connect(self.start)
        self.progress.cancelled.connect(self.stop)
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
        for part in (self.result, self.banner, self.progress):
            self.body.addWidget(part)
        self.banner.hide()
        self.progress.hide()
        self.body.addLayout(commands(theme, self.button))

    def set_server(self, address: str) -> None:
        """Where the server is as far as this desk knows; what is being typed stays."""
        if not self.server.isModified():
            self.server.setText(address)

    def start(self) -> None:
        """Use the code up."""
        if self._running is not None:
            return
        desk, address, code = self._room.desk, self.server.text().strip(), self.code.text().strip()
        self.banner.hide()
        self.result.set("")
        self.progress.set_busy(self.tr("Bisa sampai satu menit pada jaringan yang lambat."))
        self.progress.show()
        self.button.setEnabled(False)
        self._running = self._room.tasks.network(
            lambda _report, cancelled: _enrol(desk, address, code, cancelled), self._joined, self._failed, owner=self
        )

    def stop(self) -> None:
        """Do not wait any longer; the same code can be tried again."""
        if self._running is not None:
            self._running.cancel()

    def _end(self) -> None:
        self._running = None
        self.progress.hide()
        self.button.setEnabled(True)

    def _joined(self, me: Identity) -> None:
        self._end()
        self.code.clear()
        self.server.setModified(False)
        words = self.tr("Terdaftar lagi: Kelurahan {office}, loket {desk}. Tekan F9 untuk mengirim.")
        self.result.set(words.format(office=me.office_name, desk=me.desk), Icon.RESOLVED, Colour.ACCENT)
        self.joined.emit()

    def _failed(self, error: LaporError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.result.set(self.tr("Dihentikan. Kode yang sama dapat dicoba lagi."))
        else:
            self.banner.show_error(error)


def _enrol(desk: Desk, address: str, code: str, cancelled: Asked) -> Identity:
    from sync.enrolment import enrol_again  # noqa: PLC0415  # brings requests, which the page can do without

    return enrol_again(desk, address, code, cancelled)
