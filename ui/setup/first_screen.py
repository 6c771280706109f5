"""What the screens before the window have in common: the form beside the dark panel, and small lines of assurance."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ui.setup.side_panel import SidePanel
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import Glyph, TextLabel


def stand_beside(page: QWidget, side: SidePanel, form: QWidget) -> QScrollArea:
    """Fill `page` with the panel and, in the middle of the rest, the form; gives the room in which that scrolls."""
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    middle = QWidget()
    centred = QHBoxLayout(middle)
    centred.addStretch(1)
    centred.addWidget(form)
    centred.addStretch(1)
    scroll.setWidget(middle)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(side)
    row.addWidget(scroll, 1)
    return scroll


def quiet_line(theme: Theme, icon: Icon, text: str) -> QWidget:
    """A sentence that is there for whoever wonders."""
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(8))
    line.addWidget(Glyph(theme, icon, Colour.TEXT_3, SIZES.icon_small), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(TextLabel(text, TextRole.CAPTION, Colour.TEXT_3, wrap=True), 1)
    return whole
