"""The head of the page: where the draft stands, other drafts, and 112."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.intake.draft_menu import DraftMenu
from ui.intake.emergency import EmergencyNotice
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import TextRole, Tone
from ui.widgets.card import PageHead
from ui.widgets.chips import Chip, chip_width
from ui.wording import clock


class IntakeHead(QWidget):
    """Title, chip, menu of drafts; the emergency notice beside them, or below where there is no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.chip = Chip(theme, "")
        self.menu = DraftMenu(theme)
        self.emergency = EmergencyNotice(theme)
        title = self.tr("Pengaduan baru")
        self._line = PageHead(theme, title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(self._line)
        self._line.add_left(self.chip)
        self._line.add_left(self.menu)
        self._chip_below = False
        self._notice_below: bool | None = None
        self._title_width = QFontMetrics(theme.font(TextRole.TITLE, bold=True)).horizontalAdvance(title)
        self._widest_chip = chip_width(theme, self._saved_words("00.00"), Icon.CHECK)
        self._menu_width = theme.px(112)
        self._gap = theme.px(12)
        self.clear()

    def arrange(self, width: int) -> None:
        """Put chip and notice where they can be read whole; chip and menu count even while they are hidden."""
        whole = self.emergency.whole_width()
        line = self._title_width + self._widest_chip + self._menu_width + 3 * self._gap
        self._place_chip(below=line > width)
        notice_below = line + self._gap + whole > width
        if notice_below is not self._notice_below:
            self._notice_below = notice_below
            if notice_below:
                self.emergency.setMinimumWidth(0)
                self._column.addWidget(self.emergency)
            else:
                self.emergency.setMinimumWidth(whole)
                self._line.add_command(self.emergency)

    def show_saved(self, at: datetime) -> None:
        """The form is on the disk since `at`."""
        self._show(self._saved_words(clock(at)), Icon.CHECK)

    def show_resumed(self, begun_by: str = "") -> None:
        """A draft was brought back; `begun_by` where that was somebody else."""
        words = self.tr("Draf {name} diambil alih").format(name=begun_by) if begun_by else self.tr("Draf dilanjutkan")
        self._show(words, Icon.HISTORY)

    def show_unsaved(self) -> None:
        """The disk refused the draft."""
        self._show(self.tr("Draf belum tersimpan"), Icon.WARNING, Tone.AMBER)

    def is_clear(self) -> bool:
        """Whether the chip is hidden."""
        return self.chip.isHidden()

    def clear(self) -> None:
        """Nothing was typed yet."""
        self.chip.hide()
        self.emergency.show_hint("")

    def _place_chip(self, *, below: bool) -> None:
        if below is self._chip_below:
            return
        self._chip_below = below
        self._line.take_left(self.menu)
        if below:
            self._line.take_left(self.chip)
            self._column.insertWidget(1, self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.removeWidget(self.chip)
            self._line.add_left(self.chip)
        self._line.add_left(self.menu)

    def _saved_words(self, when: str) -> str:
        return self.tr("Draf tersimpan {when}").format(when=when)

    def _show(self, words: str, icon: Icon, tone: Tone = Tone.NEUTRAL) -> None:
        self.chip.set(words, icon, tone)
        self.chip.show()
