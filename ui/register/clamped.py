"""A text of several lines that ends with an ellipsis where there is no more room."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from ui.theme.tokens import Colour, TextRole
from ui.widgets.labels import TextLabel


class ClampedLabel(TextLabel):
    """Wrapped words, at most `lines` of them; line breaks in the text are read as spaces."""

    def __init__(self, lines: int = 1, role: TextRole = TextRole.BODY, colour: Colour = Colour.TEXT) -> None:
        super().__init__("", role, colour)
        self._lines = lines
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_lines(self, lines: int) -> None:
        """Give it more or less room."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def setText(self, text: str) -> None:
        """Show `text`; all of it is the accessible name."""
        super().setText(" ".join(text.split()))
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """One line; the height follows the width."""
        return QSize(80, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as are needed and allowed."""
        needed = max(1, len(self._layout(width - self.width() + self.contentsRect().width())[1]))
        return min(self._lines, needed) * self.fontMetrics().lineSpacing()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines, the last one shortened."""
        layout, starts = self._layout(self.contentsRect().width())
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        step = self.fontMetrics().lineSpacing()
        shown = min(self._lines, len(starts))
        for at in range(shown):
            if at == shown - 1 and len(starts) > shown:
                rest = self.text()[starts[at] :]
                last = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self.contentsRect().width())
                painter.drawText(QPointF(0, at * step + self.fontMetrics().ascent()), last)
            else:
                layout.lineAt(at).draw(painter, QPointF(0, at * step - layout.lineAt(at).y()))

    def _layout(self, width: int) -> tuple[QTextLayout, list[int]]:
        """The wrapped text and where its lines begin; no more lines than one too many."""
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) <= self._lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(width, 1))
            starts.append(line.textStart())
        layout.endLayout()
        return layout, starts
