"""The enrolment file of the city's admin in place of typing: a button, and what the chosen file says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.domain.fields import read_utc
from kelurahan_client.services.network import certificates
from sync.enrol_file import EnrolFile
from ui.intake.file_door import FileDoor
from ui.settings.certificate_card import certificate_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.file_dialog import ask_one, documents, worded
from ui.widgets.labels import TextLabel
from ui.wording import moment


def choose_file(parent: QWidget) -> Path | None:
    """Let a person choose an enrolment file; None when they changed their mind."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("FileRow", text)

    dialog = QFileDialog(parent, tr("Pilih berkas pendaftaran"), documents())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Berkas pendaftaran (*.pendaftaran *.json)"), tr("Semua berkas (*)")])
    return ask_one(worded(dialog, tr("Pakai")))


class FileRow(QWidget):
    """`chosen` carries the path of a file that was chosen, dropped or pasted; `choose` asks for one."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, choose: Callable[[QWidget], Path | None] = choose_file) -> None:
        super().__init__()
        self.choose = choose
        self.file: EnrolFile | None = None
        self.button = KeyButton(theme, self.tr("Berkas pendaftaran…"), Icon.USB, dense=True)
        self.button.clicked.connect(self._ask)
        self.told = TextLabel("", TextRole.CAPTION, Colour.TEXT_2, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)
        self.forget()

    def take_from(self, room: QScrollArea, *fields: QWidget) -> None:
        """A file may be dropped anywhere in this room, or pasted into these fields."""
        door = FileDoor(room)
        door.give_to(self._take)
        for field in fields:
            door.watch(field)

    def show_file(self, file: EnrolFile) -> None:
        """Say what it is before anything of it is used."""
        self.file = file
        lines = [
            self.tr("Berkas untuk Kelurahan {office}, loket {desk}; berlaku sampai {at}.").format(
                office=file.office_name, desk=file.desk, at=moment(read_utc(file.expires_at))
            )
        ]
        for one in certificates(file.authority):
            words = self.tr("Sertifikat kota dipasang ketika kode diperiksa: {name}, sidik {sha256}.")
            lines.append(words.format(name=certificate_words(one), sha256=_groups(one["sha256"][:20])))
        lines.append(self.tr("Sidik server kota: {code}.").format(code=file.fingerprint))
        self.told.setText("\n".join(lines))
        self.told.show()

    def forget(self) -> None:
        """No file is used (any more)."""
        self.file = None
        self.told.setText("")
        self.told.hide()

    def _ask(self) -> None:
        path = self.choose(self)
        if path is not None:
            self.chosen.emit(path)

    def _take(self, mime: QMimeData, *, over_text: bool) -> bool:  # noqa: ARG002  # a file goes before its own name
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if len(paths) != 1 or not self.isVisible() or not self.isEnabled():
            return False
        self.chosen.emit(paths[0])
        return True


def _groups(digits: str) -> str:
    """Groups of four in capitals, as the centre's command prints them."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)).upper()
