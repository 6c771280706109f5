"""The commands over the scan."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.figures import number
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import TextLabel

_ROOMY, _SHEETS = 340, 104  # design pixels: with a word, and what the sheets add


class ScanBar(QWidget):
    """Zoom, width, turn, ruler, the sheets where there are several, and other files."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._several = False
        self.smaller = IconButton(theme, Icon.ZOOM_OUT, self.tr("Perkecil"), key="Ctrl+-")
        self.larger = IconButton(theme, Icon.ZOOM_IN, self.tr("Perbesar"), key="Ctrl++")
        self.fit = IconButton(theme, Icon.FIT_WIDTH, self.tr("Selebar panel"), key="Ctrl+0")
        self.turn = IconButton(theme, Icon.TURN, self.tr("Putar"), key="Ctrl+R")
        self.ruler = IconButton(theme, Icon.RULER, self.tr("Penggaris baris"), key=self.tr("geser: Alt+↑ Alt+↓"))
        self.before = IconButton(theme, Icon.CARET_LEFT, self.tr("Lembar sebelumnya"), key="Ctrl+PgUp")
        self.after = IconButton(theme, Icon.CARET_RIGHT, self.tr("Lembar berikutnya"), key="Ctrl+PgDn")
        self.other = IconButton(theme, Icon.IMAGE, self.tr("Ganti pindaian…"), key="Ctrl+O")
        self.other_worded = KeyButton(theme, self.tr("Ganti…"), Icon.IMAGE, dense=True)
        self.ruler.setCheckable(True)
        self.ruler.setChecked(True)
        self._percent = TextLabel("", TextRole.LABEL, Colour.TEXT_2)
        self._percent.setMinimumWidth(theme.px(36))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = TextLabel("", TextRole.LABEL, Colour.TEXT_2)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), 0, theme.px(6), 0)
        row.setSpacing(theme.px(2))
        left: tuple[QWidget, ...] = (self.smaller, self._percent, self.larger, self.fit, self.turn, self.ruler)
        right: tuple[QWidget, ...] = (self.before, self._count, self.after, self.other, self.other_worded)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        self.setFixedHeight(theme.px(48))
        self.show_sheet(0, 1)

    def show_percent(self, percent: int) -> None:
        """How large the sheet is shown."""
        self._percent.setText(self.tr("{n}%").format(n=percent))

    def show_sheet(self, sheet: int, sheets: int) -> None:
        """Which sheet is shown, from 0; nothing is said of a single one."""
        several = sheets > 1
        self._count.setText(self.tr("{n}/{all}").format(n=number(sheet + 1), all=number(sheets)))
        for widget in (self.before, self._count, self.after):
            widget.setVisible(several)
        self.before.setEnabled(sheet > 0)
        self.after.setEnabled(sheet + 1 < sheets)
        self._several = several
        self._choose_button()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last button has a word where there is room."""
        super().resizeEvent(event)
        self._choose_button()

    def minimumSizeHint(self) -> QSize:
        """As wide as it is with an icon for its last button."""
        width = super().minimumSizeHint().width()
        if self.other_worded.isVisibleTo(self):
            width -= self.other_worded.minimumSizeHint().width() - self.other.minimumSizeHint().width()
        return QSize(width, self.height())

    def _choose_button(self) -> None:
        worded = self.width() >= self._theme.px(_ROOMY + (_SHEETS if self._several else 0))
        self.other.setVisible(not worded)
        self.other_worded.setVisible(worded)

    def sheet_words(self) -> str:
        """What is said of the sheets."""
        return self._count.text()
