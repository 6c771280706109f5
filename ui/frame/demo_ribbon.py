"""The ribbon that says that everything in this window is a sample. It cannot be closed."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import Glyph, TextLabel


class DemoRibbon(QWidget):
    """One line below the top bar, as wide as the window."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        title = TextLabel(self.tr("MODE DEMO: data contoh"), TextRole.LABEL, Colour.AMBER_TEXT, bold=True)
        rest = self.tr("Semua nama karangan, dan tidak ada yang dikirim ke server kota.")
        words = TextLabel(rest, TextRole.LABEL, Colour.TEXT_2, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(SIZES.page_x), theme.px(4), theme.px(SIZES.page_x), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(Glyph(theme, Icon.WARNING, Colour.AMBER, SIZES.icon_small))
        row.addWidget(title)
        row.addWidget(words, 1)
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(rest)

    def minimumSizeHint(self) -> QSize:
        """A line."""
        return QSize(0, self._theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the amber ground with its line."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(self.rect(), self._theme.colour(Colour.AMBER_SOFT))
        line = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, self._theme.colour(Colour.AMBER_LINE))
