"""One value beside the others: whose, from when, the words with what differs, and the button that takes it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout

from ui.conflict.marked_text import Mark, MarkedText
from ui.conflict.model import ValueView, spoken
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel, hairline

_TEXT = 84  # design pixels: three lines; what is longer scrolls where there is no more room
_FLAT_TEXT = 60


class ValueCard(QFrame):
    """`taken`: its button was pressed, or its key, which is its place among the sides (0: it cannot be taken)."""

    taken = Signal()

    def __init__(self, theme: Theme, place: int) -> None:
        super().__init__()
        self.setProperty("surface", "card" if place else "card-quiet")
        self._glyph = Glyph(theme, Icon.DESK)
        self._title = ElidedLabel(bold=True)
        self._author = ElidedLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self._when = ElidedLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.text = MarkedText(theme, Mark.NEW if place else Mark.GONE, _TEXT)
        self._remark = TextLabel("", TextRole.CAPTION, Colour.TEXT_3, wrap=True)
        self.take = KeyButton(theme, "", Icon.CHECK, key=str(place) if 0 < place <= 9 else "", binds=True)
        self.take.clicked.connect(self.taken)
        self.take.hide()
        self._build(theme)

    def show_value(self, view: ValueView, *, may_take: bool) -> None:
        """Show another value."""
        self.setAccessibleName(view.title)
        self.setAccessibleDescription(spoken(view))
        self._glyph.set(view.icon, Colour.TEXT_2)
        self._title.setText(view.title)
        self._author.setText(view.author)
        self._when.setText(view.when)
        self._when.setVisible(bool(view.when))
        self.text.show_pieces(view.pieces, self.tr("Kosong"))
        self.text.setAccessibleName(view.title)
        self.text.setAccessibleDescription(spoken(view))
        self._remark.setText(view.remark)
        self._remark.setVisible(bool(view.remark))
        if view.take:
            self.take.set_text(view.take)
            self.take.setVisible(may_take)

    def set_flat(self, flat: bool) -> None:
        """As low as it can be: who and when stand beside the title."""
        direction = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(direction)
        self._lines.setDirection(direction)
        self.text.set_most(_FLAT_TEXT if flat else _TEXT, 0 if flat else _TEXT)

    def full_height(self) -> int:
        """Pixels in which nothing has to scroll."""
        return self.sizeHint().height() - self.text.sizeHint().height() + self.text.full_height()

    def _build(self, theme: Theme) -> None:
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(1, px(7), 1, px(8))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._glyph)
        head.addWidget(self._title, 1)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._author, 1)
        self._lines.addWidget(self._when, 1)
        self._top.setContentsMargins(px(15), 0, px(12), 0)
        self._top.setSpacing(px(2))
        self._top.addLayout(head, 1)
        self._top.addLayout(self._lines, 2)
        column.addLayout(self._top)
        column.addWidget(hairline())
        text = QHBoxLayout()
        text.setContentsMargins(px(8), 0, px(4), 0)
        text.addWidget(self.text)
        column.addLayout(text, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(15), 0, px(12), 0)
        foot.setSpacing(px(6))
        foot.addWidget(self._remark)
        foot.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(foot)
