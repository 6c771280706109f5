"""Why figures carry an asterisk."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import Glyph, TextLabel


class UnsentRemark(QWidget):
    """A cloud and a sentence; hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(Glyph(theme, Icon.UNSENT, Colour.TEXT_2, SIZES.icon_small))
        row.addWidget(self._words)
        row.addStretch(1)
        self.hide()

    def say(self, words: str) -> None:
        """Show the sentence, "" hides it."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()
