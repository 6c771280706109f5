"""Copies of this desk, and the way back from one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services import backups
from kelurahan_client.services.backups import Backup, BackupProgress
from kelurahan_client.services.desk import Desk
from ui.figures import size
from ui.settings.files import choose_folder
from ui.settings.section import Remark, Room, Section, commands
from ui.tasks import Asked, Running
from ui.theme.icons import Icon
from ui.theme.tokens import Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine
from ui.wording import moment

_UNIT = 1024 * 1024  # the bar counts megabytes: Qt's bar has no room for the bytes of a large desk


class BackupSection(Section):
    """*Buat cadangan…* and *Pulihkan…*; `choose` asks for a folder: what for, its button's word, where to begin."""

    def __init__(self, room: Room, choose: Callable[[QWidget, str, str, str], Path | None] = choose_folder) -> None:
        super().__init__(
            room,
            self.tr("Cadangan"),
            self.tr("Salinan seluruh data loket: pengaduan, draf, lampiran, dan yang belum terkirim."),
        )
        self.choose = choose
        self._running: Running | None = None
        self._folder = ""
        theme = room.theme
        self.last = Remark(theme, "–", Icon.HISTORY)
        self.key = Remark(theme, "–", Icon.LOCK)
        self.banner = Banner(theme, closable=True)
        self.result = Remark(theme)
        self.progress = ProgressLine(theme, "")
        self.make = KeyButton(theme, self.tr("Buat cadangan…"), Icon.USB, kind=ButtonKind.PRIMARY)
        self.restore = KeyButton(theme, self.tr("Pulihkan dari cadangan…"), Icon.HISTORY)
        self.keep = KeyButton(theme, self.tr("Jangan pulihkan"), Icon.UNDO)
        self._pressed = self.make
        self.waiting = Remark(theme, "", Icon.WARNING, Colour.AMBER)
        self._build()
        self.make.clicked.connect(self._make)
        self.restore.clicked.connect(self._restore)
        self.keep.clicked.connect(self._keep)
        self.progress.cancelled.connect(self._stop)

    def _build(self) -> None:
        theme = self.room.theme
        card = Card(theme, self.tr("Buat cadangan"))
        card.body.addWidget(self.last)
        card.body.addWidget(self.key)
        card.body.addWidget(
            Remark(
                theme,
                self.tr(
                    "Yang ditandatangani server kota ada juga di sana: komputer yang rusak dapat didaftarkan ulang."
                ),
                Icon.CENTRE,
            )
        )
        card.body.addLayout(commands(theme, self.make))
        back = Card(theme, self.tr("Pulihkan"))
        back.body.addWidget(
            Remark(
                theme,
                self.tr(
                    "Cadangan diperiksa dahulu, lalu dipakai ketika Lapor Kelurahan dibuka berikutnya. "
                    "Data yang sekarang tidak dihapus: disimpan di folder “aside” dalam folder data."
                ),
            )
        )
        back.body.addWidget(self.waiting)
        back.body.addLayout(commands(theme, self.restore, self.keep))
        for part in (card, back, self.banner, self.result, self.progress):
            self.column.addWidget(part)
        self.guard(Right.RESTORE, back)
        self.column.addStretch(1)
        for hidden in (self.banner, self.progress, self.waiting, self.keep):
            hidden.hide()

    def activate(self) -> None:
        """Ask when the last copy was made, and whether one waits."""
        desk = self.room.desk
        self.room.tasks.latest("settings.backup", lambda: _state(desk), self._show, owner=self)

    def may_close(self) -> bool:
        """While a copy is written the window stays; *Batalkan* ends it."""
        if self._running is not None:
            words = self.tr("Penyalinan belum selesai. Tunggu sebentar, atau tekan Batalkan, lalu tutup lagi.")
            self.result.set(words, Icon.WARNING, Colour.AMBER)
        return self._running is None

    def _show(self, state: tuple[str, str, bool, bool]) -> None:
        at, self._folder, waits, recoverable = state
        here = self.tr("Cadangan terenkripsi, dan dibuka dengan kunci data komputer ini, yang tidak ikut disalin.")
        also = self.tr("Di komputer lain cadangan hanya terbuka dengan kode pemulihan petugas.")
        without = self.tr("Di komputer lain cadangan tidak dapat dibuka.")
        self.key.set(f"{here} {also if recoverable else without}", Icon.LOCK)
        none = self.tr("Belum pernah dibuat di komputer ini.")
        said = self.tr("Cadangan terakhir: {at}, di {folder}.").format(at=at, folder=self._folder)
        self.last.set(said if at else none, Icon.HISTORY)
        words = self.tr("Cadangan siap dipulihkan. Tutup Lapor Kelurahan, lalu buka lagi.")
        self.waiting.set(words if waits else "", Icon.WARNING, Colour.AMBER)
        self.keep.setVisible(waits)

    def _make(self) -> None:
        begin = str(Path(self._folder).parent) if self._folder else ""
        place = self.choose(self, self.tr("Simpan cadangan di folder atau stik USB"), self.tr("Simpan di sini"), begin)
        if place is not None:
            self._run(self.make, self.tr("Membuat cadangan…"), partial(backups.make, self.room.desk, place), self._made)

    def _restore(self) -> None:
        begin = str(Path(self._folder).parent) if self._folder else ""
        folder = self.choose(self, self.tr("Pilih folder cadangan"), self.tr("Periksa"), begin)
        if folder is not None:
            work = partial(backups.prepare_restore, self.room.desk, folder)
            self._run(self.restore, self.tr("Memeriksa dan menyalin cadangan…"), work, self._prepared)

    def _keep(self) -> None:
        work = partial(backups.do_not_restore, self.room.desk)
        self.room.tasks.database(work, lambda _none: self._kept(), owner=self)

    def _kept(self) -> None:
        self.result.set("")
        self.activate()
        self.room.notify(self.tr("Data yang sekarang tetap dipakai."))

    def _run(
        self,
        button: KeyButton,
        label: str,
        work: Callable[[Callable[[BackupProgress], None], Asked], Backup],
        done: Callable[[Backup], None],
    ) -> None:
        """Run in the network's thread: a stick is as slow as a line, and the database stays free for the clerk."""
        if self._running is not None:
            return

        def ended(made: Backup) -> None:
            self._end()
            done(made)

        self.banner.hide()
        self.result.set("")
        self.progress.set_label(label)
        self.progress.set_busy()
        self.progress.show()
        self.progress.setFocus()  # the buttons are of no use meanwhile
        self._pressed = button
        self._enable(False)
        self._running = self.room.tasks.network(work, ended, self._failed, self, self._tell)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _tell(self, news: BackupProgress) -> None:
        words = {
            "database": self.tr("Menyalin data"),
            "attachments": self.tr("Menyalin lampiran"),
            "checking": self.tr("Membaca kembali"),
            "copying": self.tr("Menyalin"),
        }
        remark = self.tr("{doing}, {done} dari {total}").format(
            doing=words[news.doing], done=size(news.done), total=size(news.total)
        )
        self.progress.set_progress(-(-news.done // _UNIT), -(-news.total // _UNIT), remark)

    def _end(self) -> None:
        self._running = None
        stayed = self.progress.hasFocus()
        self._enable(True)
        if stayed:
            self._pressed.setFocus()
        self.progress.hide()
        self.activate()

    def _enable(self, wanted: bool) -> None:
        self.make.setEnabled(wanted)
        self.restore.setEnabled(wanted)

    def _made(self, made: Backup) -> None:
        words = self.tr("Cadangan tersimpan dan terbaca kembali: {name} ({size}).")
        self.result.set(words.format(name=made.folder.name, size=size(made.size)), Icon.RESOLVED, Colour.ACCENT)

    def _prepared(self, found: Backup) -> None:
        words = self.tr("Cadangan {at} utuh. Data loket kembali ke keadaan itu ketika Lapor Kelurahan dibuka lagi.")
        self.result.set(words.format(at=moment(found.made_at)), Icon.RESOLVED, Colour.ACCENT)

    def _failed(self, error: LaporError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.result.set(str(error))
        else:
            self.banner.show_error(error)


def _state(desk: Desk) -> tuple[str, str, bool, bool]:
    """When the last backup was made, where, whether a restore waits, and whether the recovery code opens a copy."""
    last = backups.last(desk)
    return (
        moment(last[0]) if last else "",
        last[1] if last else "",
        backups.waiting(desk),
        backups.with_recovery_code(desk),
    )
