"""The complaint around the contested field: number, title, and the rows beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.conflicts import Case
from ui.conflict.words import contested_words, context_fields, context_value, context_word
from ui.register.clamped import ClampedLabel
from ui.register.words import field_word
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel

_LABELS = 92  # design pixels
_TITLE_BESIDE = 560


class _Row(QFrame):
    """A label and a value."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMinimumHeight(theme.px(28))
        self.label = TextLabel("", TextRole.LABEL, Colour.TEXT_3)
        self.label.setMinimumWidth(theme.px(_LABELS))
        self.value = ElidedLabel()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(15), 0, theme.px(8), 0)
        self.row.setSpacing(theme.px(8))
        self.row.addWidget(self.label)
        self.row.addWidget(self.value, 1)

    def set_words(self, label: str, value: str) -> None:
        self.label.setText(label)
        self.value.setText(value)


class ContextCard(Card):
    """`opened`: show the complaint. `reveal_asked`: show the masked values."""

    opened = Signal()
    reveal_asked = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__(theme, padding=0)
        self._reference = reference
        self._number = TextLabel("", TextRole.LABEL, Colour.TEXT_2)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title = ElidedLabel(bold=True)
        self._below_number = ClampedLabel(2)
        self._below_number.setProperty("weight", "bold")
        below = QHBoxLayout()
        below.setContentsMargins(theme.px(15), 0, theme.px(8), theme.px(4))
        below.addWidget(self._below_number)
        self.open = KeyButton(theme, self.tr("Buka pengaduan"), Icon.OPEN, kind=ButtonKind.QUIET, dense=True)
        self.open.clicked.connect(self.opened)
        self.reveal = KeyButton(theme, self.tr("Tampilkan…"), Icon.SHOW, kind=ButtonKind.QUIET, dense=True)
        self.reveal.clicked.connect(self.reveal_asked)
        self._above, self._contested, self._below = _Row(theme), _Row(theme), _Row(theme)
        self._contested.setProperty("surface", "contested")
        self._contested.label.setProperty("weight", "bold")
        self._glyph = Glyph(theme, Icon.CONFLICT, Colour.RED, SIZES.icon_small)
        self._contested.row.insertWidget(1, self._glyph)
        self._contested.row.addWidget(self.reveal)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(15), theme.px(4), theme.px(4), theme.px(2))
        row.setSpacing(theme.px(8))
        row.addWidget(self._number)
        row.addWidget(self._title, 1)
        row.addWidget(self.open)
        self.body.setSpacing(0)
        self._room = QWidget()  # keeps the button at the right end where the title stands below
        row.insertWidget(2, self._room, 1)
        self._room.hide()
        self._below_number.hide()
        self.body.addWidget(head)
        self.body.addLayout(below)
        for widget in (self._above, self._contested, self._below):
            self.body.addWidget(widget)

    def show_case(self, case: Case) -> None:
        """Show another conflict."""
        complaint = case.complaint
        self.setAccessibleName(f"{complaint.reference} {complaint.title}")
        self._number.setText(complaint.reference)
        self._title.setText(complaint.title)
        self._below_number.setText(complaint.title)
        above, below = context_fields(case.field)
        for row, name in ((self._above, above), (self._below, below)):
            row.set_words(context_word(name), context_value(name, complaint, self._reference))
        self._contested.set_words(field_word(case.field), contested_words(case))
        colour = Colour.RED_TEXT if case.open else Colour.TEXT_2
        self._contested.label.set_colour(colour)
        self._contested.value.set_colour(colour)
        self._glyph.set(Icon.CONFLICT if case.open else Icon.CHECK, Colour.RED if case.open else Colour.TEXT_2)
        self._contested.setProperty("surface", "contested" if case.open else "settled")
        self._contested.style().unpolish(self._contested)
        self._contested.style().polish(self._contested)
        self.reveal.setVisible(case.hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the title has a line of its own."""
        super().resizeEvent(event)
        below = self.width() < self._theme.px(_TITLE_BESIDE)
        self._title.setVisible(not below)
        self._room.setVisible(below)
        self._below_number.setVisible(below)
