"""What is said when wrong lines keep a page from being saved, and the two ways on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton
from ui.widgets.labels import Glyph, TextLabel


class WrongBar(QFrame):
    """A line of the page. `go_wanted`: to the wrong cell; `leave_wanted`: save the others, leave the wrong ones."""

    go_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "red")
        self._words = TextLabel("", wrap=True)
        self.go_button = KeyButton(theme, self.tr("Ke baris salah"), key="F8", dense=True, binds=True)
        self.leave_button = KeyButton(theme, "-", key="Alt+S", dense=True, binds=True)
        self.go_button.clicked.connect(self.go_wanted)
        self.leave_button.clicked.connect(self.leave_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(6), theme.px(10), theme.px(6))
        row.setSpacing(theme.px(8))
        row.addWidget(Glyph(theme, Icon.ERROR, Colour.RED))
        row.addWidget(self._words, 1)
        row.addWidget(self.go_button)
        row.addWidget(self.leave_button)
        self.hide()

    def ask(self, wrong: int, others: int) -> None:
        """Say that `wrong` lines stand in the way; `others` could be saved without them, 0 = they are saved."""
        if others:
            text = self.tr("Halaman belum disimpan: {n} baris salah. Perbaiki, atau simpan yang lain dahulu.")
            self.leave_button.set_text(self.tr("Simpan {n} baris lain").format(n=number(others)))
        else:
            text = self.tr("{n} baris salah masih di halaman ini dan belum menjadi pengaduan.")
        self.leave_button.setVisible(others > 0)
        self._words.setText(text.format(n=number(wrong)))
        self.setAccessibleName(self._words.text())
        self.show()

    def words(self) -> str:
        """What is said."""
        return self._words.text()
