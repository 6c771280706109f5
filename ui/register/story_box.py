"""The story of the complaint with its heading, which gives way to what is asked or written below it."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.labels import TextLabel
from ui.widgets.timeline import Timeline

_LEAST = 36  # design pixels: the newest step can still be read
_WITH_HEADING = 86


class StoryBox(QWidget):
    """As high as there is room; the heading goes first, for a step says more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.timeline = Timeline(theme, self.tr("Perjalanan pengaduan"))
        self.timeline.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.heading = TextLabel(self.tr("Perjalanan"), TextRole.LABEL, Colour.TEXT_2, bold=True)
        self.heading.setContentsMargins(theme.px(16), theme.px(8), 0, theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # or the heading would hold its room
        column.addWidget(self.heading)
        column.addWidget(self.timeline, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.give_way(everything=False)

    def give_way(self, *, everything: bool) -> None:
        """Leave all room to a question; otherwise a step stays in sight."""
        self.setMinimumHeight(1 if everything else self._theme.px(_LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A heading needs something below it."""
        super().resizeEvent(event)
        self.heading.setVisible(self.height() >= self._theme.px(_WITH_HEADING))
