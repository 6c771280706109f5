"""How the desk stands, at the top of the outbox; while an exchange runs, how far it is."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.errors import LaporError
from kelurahan_client.services.lists import DeskState
from ui.home.model import failure_code
from ui.language import sentences
from ui.outbox.model import Sending, head, phase_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.code_button import CodeButton
from ui.widgets.labels import Glyph, TextLabel
from ui.widgets.progress import ProgressLine


class OutboxTop(QWidget):
    """A sign, a sentence and more about it; `progress` in their place while something is sent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sending = False
        self._glyph = Glyph(theme, Icon.UNSENT, size=SIZES.icon_large)
        self._title = TextLabel("", TextRole.BODY, bold=True, wrap=True)
        self._text = TextLabel("", TextRole.BODY, Colour.TEXT_2, wrap=True)
        self.progress = ProgressLine(theme, phase_words("sending"))
        self.progress.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(11), theme.px(16), theme.px(12))
        row.setSpacing(theme.px(12))
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        self.code = CodeButton(theme)
        for widget in (self._title, self._text, self.progress):
            words.addWidget(widget)
        words.addWidget(self.code, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)

    def show_state(self, state: DeskState, today: date) -> None:
        """How the desk stands; not said while something is sent."""
        if self._sending:
            return
        said = head(state, today)
        self._glyph.set(said.icon, Colour.GREEN if said.icon is Icon.SIGNED else Colour.TEXT_2)
        self._title.setText(said.title)
        self._text.setText(said.text)
        self.code.show_code(failure_code(state))

    def show_error(self, error: LaporError) -> None:
        """What was asked for here was not done."""
        self._text.setText(sentences(error))
        self.code.show_code(error.code)

    def set_sending(self, sending: bool) -> None:
        """An exchange begins or has ended."""
        self._sending = sending
        self.progress.setVisible(sending)
        self._text.setVisible(not sending)
        if sending:
            self.code.show_code("")
            self.progress.set_label(phase_words("sending"))
            self.progress.set_busy()
            self._glyph.set(Icon.EXCHANGE, Colour.ACCENT)
            self._title.setText(self.tr("Sedang bertukar data"))

    def set_progress(self, progress: Sending) -> None:
        """How far it is."""
        self.progress.set_label(phase_words(progress.phase))
        if progress.total:
            self.progress.set_progress(progress.done, progress.total)
