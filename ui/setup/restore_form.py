"""What is asked before a backup becomes the data of a new computer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.services.backups import Backup
from kelurahan_client.store.officers_file import OfficersFile
from ui.figures import size
from ui.language import said
from ui.sign_in.code_and_pin import CodeAndPin
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import Combo
from ui.widgets.field import Field
from ui.widgets.labels import TextLabel
from ui.wording import moment


class RestoreForm(QWidget):
    """`given` carries the recovery code, an officer's id and a new PIN, checked as far as one can here."""

    given = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.backup = TextLabel("", bold=True, wrap=True)
        self.choose_button = KeyButton(theme, self.tr("Pilih cadangan…"), Icon.USB)
        help_text = self.tr("Dari kertas yang berlaku ketika cadangan dibuat. Spasi atau tanda hubung boleh.")
        self.asked = CodeAndPin(theme, help_text, self._hand_on)
        self.officers = Combo(theme)
        self._officer = Field(theme, self.tr("Siapa yang masuk?"), self.officers)
        self.go_button = KeyButton(
            theme, self.tr("Pulihkan dan masuk"), Icon.RIGHT, key="Enter", kind=ButtonKind.PRIMARY
        )
        self.go_button.clicked.connect(self.asked.go)
        self.back_button = KeyButton(theme, self.tr("Kembali"), Icon.LEFT, key="Esc", kind=ButtonKind.QUIET)
        self._waiting = (self.asked.code, self._officer, self.asked.pin, self.go_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(TextLabel(self.tr("Pulihkan dari cadangan"), TextRole.TITLE, bold=True, wrap=True))
        words = self.tr(
            "Untuk komputer pengganti: data loket, draf, dan yang belum terkirim kembali dari cadangan. PIN lama tidak "
            "berlaku di sini; kode pemulihan memberi PIN yang baru."
        )
        column.addWidget(TextLabel(words, colour=Colour.TEXT_2, wrap=True))
        column.addSpacing(theme.px(4))
        chosen = QHBoxLayout()
        chosen.setSpacing(theme.px(12))
        chosen.addWidget(self.backup, 1)
        chosen.addWidget(self.choose_button)
        column.addLayout(chosen)
        for field in (self.asked.code, self._officer, self.asked.pin):
            column.addWidget(field)
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        commands.addWidget(self.go_button)
        commands.addWidget(self.back_button)
        commands.addStretch(1)
        column.addSpacing(theme.px(4))
        column.addLayout(commands)
        self.backup.setText(self.tr("Belum ada cadangan yang dipilih."))
        for part in self._waiting:
            part.setEnabled(False)

    def show_backup(self, found: Backup, people: OfficersFile) -> None:
        """This one was chosen."""
        words = self.tr("Kelurahan {office}, loket {desk}, {at} ({size})")
        self.backup.setText(
            words.format(office=found.office, desk=found.desk, at=moment(found.made_at), size=size(found.size))
        )
        self.officers.clear()
        for entry in people.entries:
            self.officers.add(entry.id, f"{entry.name}, {said(entry.role_word)}")
        for part in self._waiting:
            part.setEnabled(True)
        self.asked.editor.setFocus()

    def advance(self) -> None:
        """Enter: to the next empty field, or on."""
        if self.choose_button.hasFocus() or not self.go_button.isEnabled():
            self.choose_button.click()
        else:
            self.asked.advance()

    def _hand_on(self, code: str, pin: str) -> None:
        self.given.emit(code, self.officers.value(), pin)
