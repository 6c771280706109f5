"""A text whose differing words are marked, struck or underlined, on a ground of their own. It scrolls."""

from collections.abc import Sequence
from enum import Enum
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from ui.conflict.diff import Piece
from ui.theme.theme import Theme
from ui.theme.tokens import Colour


class Mark(Enum):
    """How differing words are shown: ground and line."""

    GONE = (Colour.DIFF_DEL, "line-through")
    NEW = (Colour.DIFF_ADD, "underline")


class MarkedText(QTextEdit):
    """Read-only words; Tab comes to it only where it must be scrolled."""

    def __init__(self, theme: Theme, mark: Mark, most: int) -> None:
        super().__init__()
        self._theme = theme
        self._mark = mark
        self._most = self._wanted = most
        self._pieces: tuple[Piece, ...] = ()
        self._empty = ""
        self.setReadOnly(True)
        self.setProperty("bare", True)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.document().setDocumentMargin(theme.px(4))
        theme.changed.connect(self._render)

    def show_pieces(self, pieces: Sequence[Piece], empty: str) -> None:
        """Show a value; `empty` is said where there is none."""
        self._pieces, self._empty = tuple(pieces), empty
        self._render()
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()
        self._set_focus_policy()

    def set_most(self, most: int, wanted: int) -> None:
        """From how many design pixels of height on it scrolls instead of asking for more, and how many it likes."""
        self._most, self._wanted = most, wanted
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The whole text at the present width, if that is not too much."""
        return QSize(self._theme.px(80), min(self._needed(), self._theme.px(self._most)))

    def sizeHint(self) -> QSize:
        """No more than that: a long text is to scroll here, not to make the page long."""
        return self.minimumSizeHint()

    def full_height(self) -> int:
        """Pixels for all of it, and a little room where it is short."""
        return max(self._needed(), self._theme.px(self._wanted))

    def _needed(self) -> int:
        return round(self.document().size().height()) + 4  # and the border of the style sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapped anew, it may need another height, or have to scroll."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
        self._set_focus_policy()

    def _set_focus_policy(self) -> None:
        scrolls = self.verticalScrollBar().maximum() > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.ClickFocus)

    def _render(self) -> None:
        colour = self._theme.colour(Colour.TEXT).name()
        if not self._pieces:
            quiet = self._theme.colour(Colour.TEXT_3).name()
            self.setHtml(f'<div style="color:{quiet};line-height:135%">{escape(self._empty)}</div>')
            return
        words = "".join(self._html(piece) for piece in self._pieces)
        self.setHtml(f'<div style="color:{colour};line-height:135%">{words}</div>')

    def _html(self, piece: Piece) -> str:
        """White space before the words stays outside the mark, so that the gaps between words are not underlined."""
        words = piece.text.lstrip()
        space = escape(piece.text[: len(piece.text) - len(words)])
        text = escape(words)
        if piece.differs:
            ground, line = self._mark.value
            colour = self._theme.colour(ground).name()
            text = f'<span style="background-color:{colour};text-decoration:{line}">{text}</span>'
        return (space + text).replace("\n", "<br>")
