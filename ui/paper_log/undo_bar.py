"""The question before an import is taken back, asked as a line of the page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import Glyph, TextLabel


class UndoBar(QFrame):
    """Asks whether an import shall be taken back; `confirmed` carries its id. Hidden until it asks."""

    confirmed = Signal(str)
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._import_id = ""
        self.setProperty("surface", "amber")
        self._words = TextLabel("", wrap=True)
        self.yes = KeyButton(theme, self.tr("Batalkan impor"), kind=ButtonKind.DANGER, dense=True)
        self.no = KeyButton(theme, self.tr("Tidak jadi"), dense=True)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(10), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(Glyph(theme, Icon.WARNING, Colour.AMBER))
        row.addWidget(self._words, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.hide()

    def ask(self, import_id: str, file_name: str, count: int) -> None:
        """Ask about an import of `count` complaints; the keyboard goes to the harmless answer."""
        self._import_id = import_id
        text = self.tr("Batalkan impor {file}? {n} pengaduan ditarik kembali; yang sudah dikerjakan tetap ada.")
        self._words.setText(text.format(file=file_name, n=number(count)))
        self.setAccessibleName(self._words.text())
        self._enable(True)
        self.show()
        self.no.setFocus()

    def words(self) -> str:
        """The question."""
        return self._words.text()

    def dismiss(self) -> None:
        """Take the question away."""
        self.hide()
        self.dismissed.emit()

    def _confirm(self) -> None:
        self._enable(False)
        self.confirmed.emit(self._import_id)

    def _enable(self, on: bool) -> None:
        self.yes.setEnabled(on)
        self.no.setEnabled(on)
