"""The examination of the data, and a report to copy that names nobody."""

from functools import partial

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from kelurahan_client.services import diagnostics, doctor
from kelurahan_client.services.desk import Desk, find_identity
from kelurahan_client.services.doctor import Examination
from ui.figures import number
from ui.settings.section import Facts, Remark, Room, Section, commands
from ui.settings.space_card import SpaceCard
from ui.theme.icons import Icon
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.editors import TextEdit
from ui.widgets.progress import ProgressLine


class DoctorSection(Section):
    """Runs when it is opened and on *Periksa lagi*; it changes nothing."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            self.tr("Pemeriksaan"),
            self.tr("Memeriksa seluruh data di komputer ini. Tidak ada yang diubah."),
        )
        theme = room.theme
        self.verdict = Remark(theme)
        names = (
            self.tr("Pengaduan di komputer ini"),
            self.tr("Belum terkirim"),
            self.tr("Dikembalikan server kota"),
            self.tr("Ruang disk yang kosong"),
        )
        self.facts = Facts(theme, names)
        self.progress = ProgressLine(theme, self.tr("Memeriksa data…"), cancellable=False)
        self.again = KeyButton(theme, self.tr("Periksa lagi"), Icon.EXCHANGE)
        self.copy = KeyButton(theme, self.tr("Salin laporan"), Icon.COPY)
        self.report = TextEdit(theme, lines=10)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Laporan untuk admin kota"))
        card = Card(theme)
        for part in (self.verdict, self.facts, self.progress):
            card.body.addWidget(part)
        card.body.addLayout(commands(theme, self.again))
        below = Card(theme, self.tr("Laporan untuk admin kota"))
        below.body.addWidget(
            Remark(
                theme,
                self.tr("Tanpa nama, NIK, nomor HP, dan isi pengaduan. Salin, lalu kirim kepada admin kota."),
                Icon.LOCK,
            )
        )
        below.body.addWidget(self.report)
        below.body.addLayout(commands(theme, self.copy))
        self.space = SpaceCard(room)
        self.space.pressed.connect(self.again.setFocus)
        for whole in (card, self.space, below):
            self.column.addWidget(whole)
        self.column.addStretch(1)
        self.progress.hide()
        self.again.clicked.connect(self.activate)
        self.copy.clicked.connect(self._copy)

    def activate(self) -> None:
        """Examine."""
        self.space.activate()
        more = f"Qt {qVersion()}, {QGuiApplication.platformName()}, {QLocale.system().name()}"
        self.progress.show()
        self.again.setEnabled(False)
        self.copy.setEnabled(False)
        work = partial(_examine, self.room.desk, more)
        self.room.tasks.latest("settings.doctor", work, self._show, lambda _error: self._rest(), owner=self)

    def _rest(self) -> None:
        self.progress.hide()
        self.again.setEnabled(True)

    def _show(self, found: tuple[Examination, str]) -> None:
        self._rest()
        examined, text = found
        if examined.problems:
            self.verdict.set(" ".join(examined.problems), Icon.WARNING, Colour.AMBER)
        else:
            self.verdict.set(self.tr("Data utuh, tidak ada masalah."), Icon.RESOLVED, Colour.ACCENT)
        self.facts.set_values(
            [
                number(examined.complaints),
                number(examined.unsent),
                number(examined.rejected),
                f"{examined.free_bytes / 1024**3:.1f} GB".replace(".", ","),
            ]
        )
        self.report.set_text(text)
        self.copy.setEnabled(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.text())
        self.room.notify(self.tr("Laporan disalin. Tempelkan ke pesan untuk admin kota."))


def _examine(desk: Desk, more: str) -> tuple[Examination, str]:
    found = doctor.examine(desk, find_identity(desk))
    return found, diagnostics.report(found, desk.store.config, more)
