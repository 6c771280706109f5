"""What is asked before a backup becomes the data of a new computer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.recovery_code import as_secret
from kelurahan_client.services.backups import Backup
from kelurahan_client.store.officers_file import OfficersFile
from ui.figures import size
from ui.language import said
from ui.sign_in.new_pin import NewPin
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel
from ui.wording import moment


class RestoreForm(QWidget):
    """`given` carries the recovery code, an officer's id and a new PIN, checked as far as one can here."""

    given = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.backup = TextLabel("", bold=True, wrap=True)
        self.choose_button = KeyButton(theme, self.tr("Pilih cadangan…"), Icon.USB)
        self.editor = LineEdit(theme, longest=80)
        help_text = self.tr("Dari kertas yang berlaku ketika cadangan dibuat. Spasi atau tanda hubung boleh.")
        self.code = Field(theme, self.tr("Kode pemulihan"), self.editor, help_text=help_text)
        self.officers = Combo(theme)
        self._officer = Field(theme, self.tr("Siapa yang masuk?"), self.officers)
        self.pin = NewPin(theme)
        self.go_button = KeyButton(
            theme, self.tr("Pulihkan dan masuk"), Icon.RIGHT, key="Enter", kind=ButtonKind.PRIMARY
        )
        self.go_button.clicked.connect(self.go)
        self.back_button = KeyButton(theme, self.tr("Kembali"), Icon.LEFT, key="Esc", kind=ButtonKind.QUIET)
        self._asked = (self.code, self._officer, self.pin, self.go_button)
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
        for field in (self.code, self._officer, self.pin):
            column.addWidget(field)
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        commands.addWidget(self.go_button)
        commands.addWidget(self.back_button)
        commands.addStretch(1)
        column.addSpacing(theme.px(4))
        column.addLayout(commands)
        self.backup.setText(self.tr("Belum ada cadangan yang dipilih."))
        for part in self._asked:
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
        for part in self._asked:
            part.setEnabled(True)
        self.editor.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.editor.clear()
        self.pin.clear()

    def advance(self) -> None:
        """Enter: to the next empty field, or on."""
        if self.choose_button.hasFocus() or not self.go_button.isEnabled():
            self.choose_button.click()
        elif self.editor.hasFocus() and self.editor.text() and not self.pin.pin():
            self.pin.first.setFocus()
        elif not self.pin.advance():
            self.go()

    def go(self) -> None:
        """Hand everything on, where it will do."""
        try:
            as_secret(self.editor.text())
        except ValueError as error:
            self.refuse_code(str(error))
            return
        self.code.clear_state()
        if self.pin.check():
            self.given.emit(self.editor.text(), self.officers.value(), self.pin.pin())

    def refuse_code(self, sentence: str) -> None:
        """The code will not do."""
        self.code.set_state(FieldState.ERROR, sentence)
        self.editor.setFocus()
