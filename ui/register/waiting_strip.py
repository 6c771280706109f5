"""What waits half written about the complaint in the pane, a line each: to go on with, or to throw away."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kelurahan_client.services.half_written import HalfWritten
from ui.register.half_words import since_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import ElidedLabel, Glyph


class WaitingStrip(QFrame):
    """Takes no room while nothing waits. `resumed` and `thrown_away` carry the HalfWritten."""

    resumed = Signal(object)
    thrown_away = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: list[WaitingLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(16), 0, theme.px(8), theme.px(4))
        self._column.setSpacing(0)
        self.hide()

    def show_texts(self, texts: Sequence[HalfWritten], today: date) -> None:
        """Show these."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [WaitingLine(self._theme, text, today) for text in texts]
        for line in self.lines:
            line.go_on.clicked.connect(partial(self.resumed.emit, line.text))
            line.bin.clicked.connect(partial(self.thrown_away.emit, line.text))
            self._column.addWidget(line)
        self.setVisible(bool(texts))


class WaitingLine(QFrame):
    """One text: what it is, since when, and what can be done."""

    def __init__(self, theme: Theme, text: HalfWritten, today: date) -> None:
        super().__init__()
        self.text = text
        self.words = ElidedLabel(since_words(text, today), TextRole.LABEL, Colour.TEXT_2)
        self.go_on = KeyButton(theme, self.tr("Lanjutkan"), kind=ButtonKind.QUIET, dense=True)
        self.go_on.setAccessibleName(f"{self.go_on.text()}: {self.words.text()}")
        self.bin = IconButton(
            theme,
            Icon.TRASH,
            self.tr("Buang: {draft}").format(draft=self.words.text()),
            colour=Colour.RED,
            size=SIZES.icon_small,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(Glyph(theme, Icon.EDITED, Colour.TEXT_2, SIZES.icon_small))
        row.addWidget(self.words, 1)
        row.addWidget(self.go_on)
        row.addWidget(self.bin)
