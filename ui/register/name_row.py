"""The line that asks under which name the present filter is kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.services.saved_filters import LONGEST_NAME
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.labels import TextLabel


class NameRow(QWidget):
    """Hidden while nothing is asked; `named` with the name, Esc leaves."""

    named = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.box = LineEdit(theme, self.tr("Nama saringan, misalnya “Lampu jalan terlambat”"), longest=LONGEST_NAME)
        self.box.setAccessibleName(self.tr("Nama saringan"))
        self.box.setMaximumWidth(theme.px(360))
        self.box.returnPressed.connect(self._name)
        keep = KeyButton(theme, self.tr("Simpan saringan"), Icon.SAVE)
        keep.clicked.connect(self._name)
        leave = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        leave.clicked.connect(self.hide)
        self._wrong = TextLabel("", TextRole.CAPTION, Colour.RED_TEXT)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.box, 1)
        row.addWidget(keep)
        row.addWidget(leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(row)
        column.addWidget(self._wrong)
        self.hide()

    def ask(self) -> None:
        """Ask for a name."""
        self.box.clear()
        self._wrong.hide()
        self.show()
        self.box.setFocus()

    def refuse(self, text: str) -> None:
        """The name will not do."""
        self._wrong.setText(text)
        self._wrong.show()
        self.box.setFocus()

    def leave(self) -> bool:
        """Esc; False where nothing was asked."""
        was_open = not self.isHidden()
        self.hide()
        return was_open

    def _name(self) -> None:
        if self.box.text().strip():
            self.named.emit(self.box.text())
        else:
            self.refuse(self.tr("Tulis nama saringan."))
