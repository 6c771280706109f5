"""One line of the outbox: what, how it stands, its last answer, and the way to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.outbox.model import ItemView
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.labels import ElidedLabel, Glyph, TextLabel

_HEIGHT = 55
_HIGH = 74


class ItemRow(QWidget):
    """`asked`: the button was pressed, with the page that it leads to and the complaint's id.

    `again_asked` carries the complaint's id: what was refused of it is to be sent again.
    """

    asked = Signal(str, str)
    again_asked = Signal(str)

    def __init__(self, theme: Theme, view: ItemView) -> None:
        super().__init__()
        colours = theme.tone(view.tone)
        quiet = view.tone is Tone.NEUTRAL
        if view.again:  # why it was refused is read whole
            self.setMinimumHeight(theme.px(_HIGH))
        else:
            self.setFixedHeight(theme.px(_HEIGHT))
        self.setAccessibleName(f"{view.title}, {view.state}. {view.answer}")
        row = QHBoxLayout(self)
        above = theme.px(6) if view.again else 0
        row.setContentsMargins(theme.px(16), above, theme.px(12), above)
        row.setSpacing(theme.px(12))
        beside = QVBoxLayout()  # the glyph stands beside the first line
        beside.addSpacing(theme.px(9))
        beside.addWidget(Glyph(theme, view.icon, Colour.TEXT_2 if quiet else colours.glyph))
        beside.addStretch(1)
        row.addLayout(beside)
        words = QVBoxLayout()
        words.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(ElidedLabel(view.title, TextRole.BODY, bold=True), 1)
        if not view.again:  # the glyph and the list's name say it, and the title has the room
            top.addWidget(TextLabel(view.state, TextRole.CAPTION, Colour.TEXT_3 if quiet else colours.text))
        words.addStretch(1)
        words.addLayout(top)
        if view.again:
            words.addWidget(TextLabel(view.answer, TextRole.CAPTION, Colour.TEXT_2, wrap=True))
        else:
            words.addWidget(ElidedLabel(view.answer, TextRole.CAPTION, Colour.TEXT_2))
        words.addStretch(1)
        row.addLayout(words, 1)
        icon = Icon.RIGHT if view.tone is Tone.RED else Icon.SHOW
        self.button = KeyButton(theme, view.action, icon, dense=True)
        self.button.setAccessibleName(f"{view.action}: {view.title}")
        self.button.clicked.connect(lambda: self.asked.emit(view.page, view.complaint_id))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.again = KeyButton(theme, self.tr("Kirim lagi"), kind=ButtonKind.QUIET, dense=True)
        self.again.setAccessibleName(self.tr("Kirim lagi: {what}").format(what=view.title))
        self.again.clicked.connect(lambda: self.again_asked.emit(view.complaint_id))
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignVCenter)
        self.again.setVisible(view.again)
