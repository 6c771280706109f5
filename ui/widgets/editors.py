"""Editors: one line, several lines, a choice from a list."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QStyledItemDelegate, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole


class LineEdit(QLineEdit):
    """One line of text, with an optional icon before and a quiet hint (a key) behind."""

    def __init__(
        self, theme: Theme, placeholder: str = "", *, icon: Icon | None = None, hint: str = "", longest: int = 300
    ) -> None:
        super().__init__()
        self._theme = theme
        self._hint = hint
        self.setPlaceholderText(placeholder)
        self.setMaxLength(longest)
        if icon is not None:
            self.addAction(theme.icon(icon, Colour.TEXT_2), QLineEdit.ActionPosition.LeadingPosition)
        if hint:
            width = QFontMetrics(theme.font(TextRole.CAPTION)).horizontalAdvance(hint)
            self.setTextMargins(0, 0, width + theme.px(8), 0)

    def add_trailing(self, icon: Icon, name: str) -> QAction:
        """A small button inside the field, at its end; connect the action's `triggered`."""
        # Made here: of an action that Qt makes, Python may lose hold while the field is still there.
        action = QAction(self._theme.icon(icon, Colour.TEXT_2), name, self)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip(name)
        return action

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hint behind the text."""
        super().paintEvent(event)
        if self._hint:
            painter = QPainter(self)
            painter.setFont(self._theme.font(TextRole.CAPTION))
            painter.setPen(self._theme.colour(Colour.TEXT_3))
            room = self.rect().adjusted(0, 0, -self._theme.px(12), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._hint)


class TextEdit(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it. `lines` is its least height."""

    def __init__(self, theme: Theme, placeholder: str = "", *, lines: int = 4) -> None:
        super().__init__()
        self._theme = theme
        self._lines = lines
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.setPlainText(text)

    def minimumSizeHint(self) -> QSize:
        """As many lines as were asked for."""
        height = QFontMetrics(self._theme.font()).lineSpacing() * self._lines + self._theme.px(22)
        return QSize(self._theme.px(120), height)

    def sizeHint(self) -> QSize:
        """The least height; it grows where there is room."""
        return self.minimumSizeHint()


class Combo(QComboBox):
    """One value from a list. The wheel does not change it by accident while the page is scrolled."""

    chosen = Signal(str)  # the new value, when a person chose it

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        # Qt's own delegate for combo boxes does not heed the style sheet's row height.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(lambda _at: self.chosen.emit(self.value()))

    def add(self, value: str, label: str) -> None:
        """One more choice at the end."""
        self.addItem(label, value)

    def value(self) -> str:
        """The chosen value, "" if none."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose silently; an unknown value leaves nothing chosen."""
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page instead, unless the list has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caret."""
        super().paintEvent(event)
        side = self._theme.px(SIZES.hit)
        area = QRectF(self.width() - side, 0, side, self.height())
        colour = Colour.TEXT_2 if self.isEnabled() else Colour.TEXT_DISABLED
        self._theme.paint_icon(QPainter(self), area, Icon.CARET_DOWN, colour, SIZES.icon_small)
