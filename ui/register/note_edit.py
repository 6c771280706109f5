"""The box for a follow-up: one line that grows with what is written, Enter adds it."""

from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from kelurahan_client.domain.complaint import MAX_NOTE
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES

_MOST_LINES = 5
_FEW_LINES = 3  # where the window is low
_MARGIN = 2  # pixels around the words


class NoteEdit(QPlainTextEdit):
    """`returnPressed` with Enter; Shift+Enter begins a new line, Tab leaves the box."""

    returnPressed = Signal()  # noqa: N815  # as the one-line editor calls it

    def __init__(self, theme: Theme, placeholder: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._most = _MOST_LINES
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self.textChanged.connect(self._shorten)
        self._grow()

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Write something else, the cursor behind it."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_roomy(self, roomy: bool) -> None:
        """Whether many lines may be shown at once."""
        most = _MOST_LINES if roomy else _FEW_LINES
        if most != self._most:
            self._most = most
            self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds, Shift+Enter begins a new line."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A draft may be filled in before there is a width to wrap it at."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(self._theme.px(200), self.height())

    def _grow(self) -> None:
        """As many lines as are written, up to some; then it scrolls."""
        lines = max(1, round(self.document().size().height()))
        shown = min(lines, self._most)
        bars = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > shown else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bars)
        least = self._theme.px(SIZES.field)
        # The lines are as high as they were laid out; one pixel less, and Qt scrolls an empty line into view.
        first = self.document().firstBlock().layout()
        line = first.lineAt(0).height() if first.lineCount() else self.fontMetrics().lineSpacing()
        room = ceil(line * shown) + self._theme.px(12) + 2 * (_MARGIN + 1) + 1
        self.setFixedHeight(max(least, room))
        if lines == shown:
            self.verticalScrollBar().setValue(0)

    def _shorten(self) -> None:
        """No more than a note may hold."""
        if len(self.toPlainText()) > MAX_NOTE:
            cursor = self.textCursor()
            cursor.setPosition(MAX_NOTE)
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
