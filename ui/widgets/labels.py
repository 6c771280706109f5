"""Words and glyphs that follow the theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole


class TextLabel(QLabel):
    """A label in one of the design's sizes and colours; plain text unless `rich`."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        colour: Colour = Colour.TEXT,
        *,
        bold: bool = False,
        wrap: bool = False,
        rich: bool = False,
    ) -> None:
        super().__init__(text)
        # What citizens wrote is shown as it is, never read as markup.
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role.sheet_name)
        self.setProperty("weight", "bold" if bold else "")
        self.setProperty("tone", str(colour))

    def set_colour(self, colour: Colour) -> None:
        """Change the colour of the words."""
        if self.property("tone") != str(colour):
            self.setProperty("tone", str(colour))
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(TextLabel):
    """One line that shortens itself with an ellipsis; the whole text is its tooltip and its accessible name."""

    def __init__(
        self, text: str = "", role: TextRole = TextRole.BODY, colour: Colour = Colour.TEXT, *, bold: bool = False
    ) -> None:
        super().__init__(text, role, colour, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def setText(self, text: str) -> None:
        """Show `text`, shortened where it does not fit."""
        super().setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the line as fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Glyph(QWidget):
    """An icon that stands beside words; silent for screen readers unless it is given a `name`."""

    def __init__(
        self, theme: Theme, icon: Icon, colour: Colour = Colour.TEXT_2, size: int = 20, *, name: str = ""
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._colour = colour
        self._size = size
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(theme.px(size), theme.px(size))

    def set(self, icon: Icon, colour: Colour) -> None:
        """Show another icon."""
        self._icon = icon
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """A square of the icon's size."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the icon in today's colour."""
        self._theme.paint_icon(QPainter(self), self.rect(), self._icon, self._colour, self._size)


def hairline(*, vertical: bool = False) -> QFrame:
    """A line of one pixel."""
    line = QFrame()
    line.setProperty("line", "vertical" if vertical else "horizontal")
    return line
