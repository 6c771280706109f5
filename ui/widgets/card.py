"""The white surface, the head and the foot of a page."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import ElidedLabel, TextLabel, hairline


class Card(QFrame):
    """A surface with a hairline; with a `title` it has a head, where `add_to_head` puts buttons at the right.

    `body` is the layout to fill; `padding` in design pixels (0 for a table that fills the card).
    """

    def __init__(self, theme: Theme, title: str = "", *, note: str = "", padding: int = 16) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._head = QHBoxLayout()
        self._title = TextLabel(title, TextRole.SECTION, bold=True)
        self._note = ElidedLabel(note, TextRole.CAPTION, Colour.TEXT_2)
        if title:
            self.setAccessibleName(title)
            head = QWidget()
            head.setLayout(self._head)
            head.setFixedHeight(theme.px(48))
            self._head.setContentsMargins(theme.px(16), 0, theme.px(8), 0)
            self._head.setSpacing(theme.px(8))
            self._head.addWidget(self._title)
            self._head.addWidget(self._note, 1)
            column.addWidget(head)
            column.addWidget(hairline())
        self.body = QVBoxLayout()
        pad = theme.px(padding)
        # A table that fills the card would paint over its lower corners.
        self.body.setContentsMargins(pad, pad, pad, pad or theme.px(4))
        self.body.setSpacing(theme.px(8))
        column.addLayout(self.body, 1)

    def add_to_head(self, widget: QWidget) -> None:
        """Put a button or a word at the right of the head."""
        self._head.addWidget(widget)

    def set_title(self, title: str, note: str = "") -> None:
        """Change the head's words."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)

    def set_selected(self, selected: bool) -> None:
        """Show the border of what is being worked on."""
        self.setProperty("state", "selected" if selected else "")
        self.style().unpolish(self)
        self.style().polish(self)


class PageHead(QWidget):
    """The first line of a page: title, a quiet remark, anything more, and its commands at the right."""

    def __init__(self, theme: Theme, title: str, remark: str = "") -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(12))
        self._title = TextLabel(title, TextRole.TITLE, bold=True)
        self._remark = TextLabel(remark, TextRole.BODY, Colour.TEXT_2)
        if not remark:
            self._remark.hide()
        self._row.addWidget(self._title)
        self._row.addWidget(self._remark)
        self._left_end = 2
        self._row.addStretch(1)
        self.setFixedHeight(theme.px(SIZES.button))

    def set_title(self, title: str, remark: str = "") -> None:
        """Change the words."""
        self._title.setText(title)
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))

    def add_left(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget behind the title and what was put there before, before the empty room."""
        self._row.insertWidget(self._left_end, widget, stretch)
        self._left_end += 1

    def take_left(self, widget: QWidget) -> None:
        """Make room of what `add_left` put there; it has another place from now on."""
        self._row.removeWidget(widget)
        self._left_end -= 1

    def add_command(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)


class PageFoot(QFrame):
    """The bar at the foot of a page: remarks at the left, commands at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "foot")
        self.setFixedHeight(theme.px(SIZES.foot))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(SIZES.page_x), 1, theme.px(SIZES.page_x), 0)
        row.setSpacing(theme.px(12))
        self.left = QHBoxLayout()
        self.left.setSpacing(theme.px(8))
        self.right = QHBoxLayout()
        self.right.setSpacing(theme.px(8))
        row.addLayout(self.left, 1)
        row.addLayout(self.right)
