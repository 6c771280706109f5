"""Lupa PIN: what to do, and the way in with the recovery code."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.errors import FieldErrors, LaporError
from ui.sign_in.code_and_pin import CodeAndPin
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import TextLabel


class RecoveryView(QWidget):
    """`given` carries the code and the new PIN, both checked as far as one can here; `left` goes back."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = TextLabel("", TextRole.TITLE, bold=True, wrap=True)
        help_text = self.tr("Dari kertas di lemari. Huruf besar atau kecil, spasi atau tanda hubung boleh.")
        self.asked = CodeAndPin(theme, help_text, self.given.emit)
        self.go_button = KeyButton(
            theme, self.tr("Ganti PIN dan masuk"), Icon.RIGHT, key="Enter", kind=ButtonKind.PRIMARY
        )
        self.back_button = KeyButton(theme, self.tr("Kembali"), Icon.LEFT, key="Esc", kind=ButtonKind.QUIET)
        self._commands = QHBoxLayout()
        self._build(theme)
        self.go_button.clicked.connect(self.asked.go)
        self.back_button.clicked.connect(self.left)

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._title)
        sentence = self.tr(
            "Paling mudah: minta admin loket memberi PIN baru di Pengaturan. Bila tidak ada yang dapat masuk, pakai "
            "kode pemulihan."
        )
        column.addWidget(TextLabel(sentence, colour=Colour.TEXT_2, wrap=True))
        column.addSpacing(theme.px(4))
        column.addWidget(self.asked.code)
        column.addWidget(self.asked.pin)
        column.addSpacing(theme.px(4))
        self._commands.setSpacing(theme.px(8))
        self._commands.addWidget(self.go_button)
        self._commands.addWidget(self.back_button)
        self._commands.addStretch(1)
        column.addLayout(self._commands)
        column.addStretch(1)

    def begin(self, name: str) -> None:
        """Show it for this officer, empty."""
        self._title.setText(self.tr("PIN baru untuk {name}").format(name=name))
        self.setAccessibleName(self._title.text())
        self.asked.clear()
        self.asked.editor.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While the code is looked at nothing can be changed."""
        for part in (self.asked.code, self.asked.pin, self.go_button):
            part.setEnabled(not busy)

    def show_refused(self, error: LaporError) -> None:
        """Say why nobody was let in; what was typed stays."""
        if isinstance(error, FieldErrors) and "pin" in error.fields:
            self.asked.pin.show_error(error.fields["pin"])
        else:
            self.asked.refuse_code(str(error))
