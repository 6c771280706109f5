"""The strip between the head and the list: why identities are wanted, how far the file is, what went wrong."""

from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine


class Kind(Enum):
    """What is made of the list."""

    WORKBOOK = "workbook"
    REPORT = "report"


class ExportStrip(Card):
    """Hidden while there is nothing to ask or to tell.

    `answered` with the reason that was typed, `cancelled` when the file is not wanted any more.
    """

    answered = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=12)
        self.setAccessibleName(self.tr("Ekspor"))
        self.reason = LineEdit(theme, self.tr("Misalnya: diminta Lurah untuk rapat RT; dicatat"), longest=250)
        self.reason.returnPressed.connect(self._answer)
        self._field = Field(theme, self.tr("Alasan mengekspor identitas pelapor"), self.reason)
        self.go = KeyButton(theme, self.tr("Lanjutkan"), Icon.EXPORT, kind=ButtonKind.PRIMARY)
        self.go.clicked.connect(self._answer)
        leave = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        leave.clicked.connect(self.leave)
        self.progress = ProgressLine(theme, self.tr("Menulis berkas"))
        self.progress.cancelled.connect(self.cancelled)
        self.banner = Banner(theme, closable=True)
        self.banner.closed.connect(self.hide)
        self._asking = QWidget()
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._field, 1)
        buttons = QVBoxLayout()
        buttons.setSpacing(theme.px(2))
        buttons.addWidget(self.go)
        buttons.addWidget(leave)
        buttons.addStretch(1)
        row.addLayout(buttons)
        self._parts = (self._asking, self.progress, self.banner)
        for part in self._parts:
            self.body.addWidget(part)
        self.hide()

    def ask(self) -> None:
        """Ask why identities are wanted."""
        self.reason.clear()
        self._field.clear_state()
        self._only(self._asking)
        self.reason.setFocus()

    def asking(self) -> bool:
        """Whether the question is open."""
        return not self.isHidden() and not self._asking.isHidden()

    def refuse(self, text: str) -> None:
        """The reason will not do."""
        self._only(self._asking)
        self._field.set_state(FieldState.ERROR, text)
        self.reason.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self._only(self.progress)
        self.progress.set_progress(done, total)

    def show_busy(self) -> None:
        """It began."""
        self._only(self.progress)
        self.progress.set_busy()

    def leave(self) -> None:
        """Away with it."""
        self.hide()

    def only_banner(self) -> None:
        """Show what went wrong."""
        self._only(self.banner)

    def _only(self, shown: QWidget) -> None:
        for part in self._parts:
            part.setVisible(part is shown)
        self.show()

    def _answer(self) -> None:
        words = self.reason.text().strip()
        if len(words) < 3:
            self.refuse(self.tr("Tulis alasannya; alasan ini dicatat untuk setiap pengaduan."))
        else:
            self.answered.emit(words)
