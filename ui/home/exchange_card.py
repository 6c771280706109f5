"""The last exchange in sentences, with the button that starts the next."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kelurahan_client.services.lists import DeskState
from ui.home.model import Sentence, exchange_sentences, failure_code
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.code_button import CodeButton
from ui.widgets.labels import Glyph, TextLabel


class ExchangeCard(Card):
    """One line a sentence; what the city's server has signed is green."""

    def __init__(self, theme: Theme, exchange: Callable[[], None]) -> None:
        super().__init__(theme, self.tr("Pertukaran terakhir"))
        self._state: DeskState | None = None
        self._today: date | None = None
        self._lines = [_Line(theme), _Line(theme)]
        for line in self._lines:
            self.body.addLayout(line)
        self.body.addStretch(1)
        button = KeyButton(theme, self.tr("Kirim sekarang"), Icon.EXCHANGE, key="F9")
        button.clicked.connect(exchange)
        self.code = CodeButton(theme)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(12))
        foot.addWidget(button)
        foot.addWidget(self.code)
        foot.addStretch(1)
        self.body.addLayout(foot)
        theme.changed.connect(self._render)

    def set_state(self, state: DeskState, today: date) -> None:
        """Tell of this state."""
        self._state, self._today = state, today
        self._render()

    def sentences(self) -> list[str]:
        """What is said, as plain text for screen readers."""
        return [line.words.accessibleName() for line in self._lines if line.words.isVisibleTo(self)]

    def _render(self) -> None:
        if self._state is None or self._today is None:
            return
        self.code.show_code(failure_code(self._state))
        colour = self._theme.colour(Colour.GREEN_TEXT).name()
        said = exchange_sentences(self._state, self._today, colour)
        for line, sentence in zip(self._lines, [*said, None, None], strict=False):
            line.say(sentence)


class _Line(QHBoxLayout):
    """A glyph and a sentence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSpacing(theme.px(8))
        self.glyph = Glyph(theme, Icon.INFO)
        self.words = TextLabel("", wrap=True, rich=True)
        column = QVBoxLayout()
        column.addWidget(self.glyph)
        column.addStretch(1)
        self.addLayout(column)
        self.addWidget(self.words, 1)
        self.say(None)

    def say(self, sentence: Sentence | None) -> None:
        """Say it, or nothing."""
        self.glyph.setVisible(sentence is not None)
        self.words.setVisible(sentence is not None)
        if sentence is not None:
            self.glyph.set(sentence.icon, self._theme.tone(sentence.tone).glyph)
            self.words.setText(sentence.html)
            self.words.setAccessibleName(sentence.plain)
