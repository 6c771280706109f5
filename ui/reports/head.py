"""The first line of the page: its name, what the figures include, and where the report can go."""

from PySide6.QtCore import QTimer

from ui.reports.remark import UnsentRemark
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import PageHead
from ui.widgets.labels import TextLabel

_SAY_AFTER_MS = 200


class ReportHead(PageHead):
    """PDF, XLSX and Cetak cannot be pressed before there is something to print. Slow counting is told."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self.set_title(self.tr("Laporan", "several"))
        self.pdf = KeyButton(theme, self.tr("PDF"), Icon.FILE)
        self.xlsx = KeyButton(theme, self.tr("XLSX"), Icon.TABLE)
        self.print = KeyButton(theme, self.tr("Cetak"), Icon.PRINT, key="Ctrl+P", kind=ButtonKind.PRIMARY, binds=True)
        self.busy = TextLabel(self.tr("Menghitung…"), TextRole.CAPTION, Colour.TEXT_2)
        self.remark = UnsentRemark(theme)
        self.busy.hide()
        self.add_left(self.busy)
        self.add_left(self.remark)
        for button in self._buttons():
            button.setEnabled(False)
            self.add_command(button)
        self.slow = QTimer(self)
        self.slow.setSingleShot(True)
        self.slow.setInterval(_SAY_AFTER_MS)
        self.slow.timeout.connect(self.busy.show)

    def begin(self) -> None:
        """Counting began; if it is slow, say so."""
        if not self.slow.isActive() and self.busy.isHidden():
            self.slow.start()

    def end(self) -> None:
        """It ended, well or not."""
        self.slow.stop()
        self.busy.hide()

    def allow(self) -> None:
        """There is something to print."""
        for button in self._buttons():
            button.setEnabled(True)

    def _buttons(self) -> tuple[KeyButton, KeyButton, KeyButton]:
        return (self.pdf, self.xlsx, self.print)
