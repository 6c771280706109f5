"""The PIN: one line edit that paints six boxes, so that pasting, input methods and screen readers work as anywhere."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from kelurahan_client.domain.pin import PIN_DIGITS
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour

_BOX = (48, 52)
_GAP = 8
_DOT = 14
_LONGEST_PASTE = 30  # "27 19 48" may have gaps


class PinEdit(QLineEdit):
    """Holds digits only, shows points only; the cursor is always behind the last one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(_LONGEST_PASTE)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFrame(False)
        self.setProperty("boxes", "true")
        self.textChanged.connect(self._keep_digits)
        self.cursorPositionChanged.connect(self._to_the_end)
        self.selectionChanged.connect(self.deselect)

    def sizeHint(self) -> QSize:
        """Six boxes side by side."""
        px = self._theme.px
        return QSize(px(_BOX[0]) * PIN_DIGITS + px(_GAP) * (PIN_DIGITS - 1), px(_BOX[1]))

    def minimumSizeHint(self) -> QSize:
        """No box is cut."""
        return self.sizeHint()

    def is_whole(self) -> bool:
        """Whether all digits stand there."""
        return len(self.text()) == PIN_DIGITS

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu: there is nothing to copy."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the boxes; the one that the next digit goes to is in the colour of the focus."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, gap = theme.px(_BOX[0]), theme.px(_GAP)
        radius, count = theme.px(SIZES.radius_field), len(self.text())
        usable = self.isEnabled() and not self.isReadOnly()
        here = min(count, PIN_DIGITS - 1) if self.hasFocus() and usable else -1
        error = self.property("state") == "error"
        for at in range(PIN_DIGITS):
            box = QRectF(at * (width + gap), 0, width, self.height())
            wide = 2 if at == here else 1
            line = Colour.FOCUS if at == here else Colour.AMBER if error else Colour.LINE_STRONG
            if not usable:
                line = Colour.LINE
            painter.setPen(QPen(theme.colour(line), wide))
            painter.setBrush(theme.colour(Colour.SURFACE if usable else Colour.SURFACE_2))
            painter.drawRoundedRect(box.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), radius, radius)
            if at < count:
                dot = theme.px(_DOT) / 2
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(Colour.TEXT if usable else Colour.TEXT_DISABLED))
                painter.drawEllipse(box.center(), dot, dot)

    def _keep_digits(self, text: str) -> None:
        digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())[:PIN_DIGITS]
        if digits != text:
            self.setText(digits)

    def _to_the_end(self, _old: int, new: int) -> None:
        if new != len(self.text()):
            self.end(False)
