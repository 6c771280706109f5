"""What is said in place of a dialog: nothing here yet, something failed, something to heed."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.errors import LaporError
from ui.language import said, sentences
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import Glyph, TextLabel


class EmptyState(QWidget):
    """Nothing to show: why, and what to do about it."""

    def __init__(self, theme: Theme, icon: Icon, title: str, text: str = "", actions: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._glyph = Glyph(theme, icon, Colour.TEXT_2, SIZES.icon_large + 4)
        self._title = TextLabel(title, bold=True, wrap=True)
        self._text = TextLabel(text, colour=Colour.TEXT_2, wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(4))
        column.addStretch(1)
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(8))
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        for action in actions:
            row.addWidget(action)
        row.addStretch(1)
        column.addSpacing(theme.px(8))
        column.addLayout(row)
        column.addStretch(2)
        self.set_words(title, text)

    def set_words(self, title: str, text: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)


class Banner(QFrame):
    """A sentence on a soft ground: bold beginning, the rest, and for an error its number to copy.

    `tone` is RED or AMBER. It is a line of the page, hidden with `hide` or by its cross where `closable`.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, title: str = "", text: str = "", *, icon: Icon = Icon.ERROR, tone: Tone = Tone.RED,
        closable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._code = ""
        self._row = QHBoxLayout(self)
        row = self._row
        colours = theme.tone(tone)
        self.setProperty("surface", tone.value)
        self._words = TextLabel("", colour=Colour.TEXT_2, wrap=True, rich=True)
        self._bold = theme.colour(colours.text)
        self._theme = theme
        self._tone = tone
        self._number = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self._copy = KeyButton(theme, self.tr("Salin kode"), kind=ButtonKind.QUIET, dense=True)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code))
        row.setSpacing(theme.px(8))
        glyph = Glyph(theme, icon, colours.glyph)
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._words)
        foot = QHBoxLayout()
        foot.addWidget(self._number)
        foot.addWidget(self._copy)
        foot.addStretch(1)
        column.addLayout(foot)
        row.addLayout(column, 1)
        if closable:
            cross = IconButton(theme, Icon.CLOSE, self.tr("Tutup pesan"), size=SIZES.icon_small)
            cross.clicked.connect(self._close)
            row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._recolour)
        self._title, self._text = title, text
        self.set_words(title, text)

    def set_words(self, title: str, text: str = "", code: str = "") -> None:
        """Say something; plain text, and a `code` that can be copied."""
        title, text = said(title), said(text)
        self._title, self._text, self._code = title, text, code
        self._recolour()
        self._number.setText(code)
        # The button for the code brings its own room below.
        px = self._theme.px
        self._row.setContentsMargins(px(14), px(7), px(10), px(1 if code else 7))
        self._number.setVisible(bool(code))
        self._copy.setVisible(bool(code))
        self.setAccessibleName(f"{title} {text}".strip())

    def show_error(self, error: LaporError) -> None:
        """Say what happened, what was kept, and what to do now."""
        self.set_words(f"{said(error.title)}.", sentences(error), error.code)
        self.show()

    def words(self) -> str:
        """What is said, as plain text."""
        return self.accessibleName()

    def _recolour(self) -> None:
        title, text = escape(self._title), escape(self._text)
        colour = self._theme.colour(self._theme.tone(self._tone).text).name()
        self._words.setText(f'<span style="color:{colour};font-weight:600">{title}</span> {text}')

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
