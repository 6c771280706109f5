"""A new PIN, typed twice."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kelurahan_client.domain.pin import check_pin
from ui.sign_in.pin_edit import PinEdit
from ui.theme.theme import Theme
from ui.widgets.field import Field, FieldState


class NewPin(QWidget):
    """Two rows of boxes; what is wrong stands below the row that has to be mended."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = PinEdit(theme)
        self.second = PinEdit(theme)
        self._fields = [
            Field(
                theme,
                self.tr("PIN baru, 6 angka"),
                self.first,
                help_text=self.tr("Jangan tanggal lahir, jangan angka berurutan."),
            ),
            Field(theme, self.tr("PIN baru sekali lagi"), self.second),
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        for field in self._fields:
            column.addWidget(field)
        self.setFocusProxy(self.first)
        for edit, field in zip((self.first, self.second), self._fields, strict=True):
            edit.textEdited.connect(field.clear_state)

    def pin(self) -> str:
        """What was typed."""
        return self.first.text()

    def messages(self) -> list[str]:
        """What stands below each row."""
        return [field.message() for field in self._fields]

    def clear(self) -> None:
        """Forget what was typed."""
        for edit, field in zip((self.first, self.second), self._fields, strict=True):
            edit.clear()
            field.clear_state()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong with the PIN."""
        self._tell(0, sentence)
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> bool:
        """Say what has to be mended; True when nothing has."""
        sentence = check_pin(self.first.text())
        other = "" if self.second.text() == self.first.text() else self.tr("Kedua PIN tidak sama. Ketik lagi.")
        self._tell(0, sentence)
        self._tell(1, "" if sentence else other)
        if sentence:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif other:
            self.second.clear()
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)
        return not sentence and not other

    def advance(self) -> bool:
        """Enter goes from the first row to the second while that is empty; False where the cursor stays."""
        moves = self.first.hasFocus() and not self.second.text()
        if moves:
            self.second.setFocus(Qt.FocusReason.TabFocusReason)
        return moves

    def _tell(self, at: int, sentence: str) -> None:
        self._fields[at].set_state(FieldState.ERROR if sentence else FieldState.OK, sentence)
