"""The wizard's look: head, steps, message, the step's own part, and the foot with its commands."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.paper_log.column_step import ColumnStep
from ui.paper_log.drop_area import DropArea
from ui.paper_log.result_step import ResultStep
from ui.paper_log.sheet_step import SheetStep
from ui.paper_log.step_stack import StepStack
from ui.paper_log.trial_step import TrialStep
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card, PageFoot, PageHead
from ui.widgets.labels import ElidedLabel, Glyph
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine, StepIndicator


class Step(IntEnum):
    """Where one stands."""

    FILE = 0
    SHEET = 1
    COLUMNS = 2
    TRIAL = 3
    IMPORT = 4
    RESULT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The commands of a step, and a remark about the main one; "" leaves it out."""

    forward: str = ""
    icon: Icon = Icon.RIGHT
    back: bool = True
    close: bool = False
    undo: bool = False
    see: bool = False
    note: str = ""


class ImportWizard(QWidget):
    """Shows a step; says what was pressed. What it means is the flow's."""

    forward = Signal()
    back = Signal()
    closed = Signal()
    undo_wanted = Signal()
    see_wanted = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = PageHead(theme, self.tr("Impor buku register"))
        self._remark = ElidedLabel("", colour=Colour.TEXT_2)
        self._head.add_left(self._remark, 1)
        names = [
            self.tr("Berkas"),
            self.tr("Lembar"),
            self.tr("Kolom"),
            self.tr("Uji coba"),
            self.tr("Impor"),
            self.tr("Hasil"),
        ]
        self.steps = StepIndicator(theme, names)
        self.banner = Banner(theme, closable=True)
        self.banner.hide()
        self.file_step = QWidget()
        self.drop_area = DropArea(theme, self.tr("Pilih berkas lain…"))
        self.sheet_step = SheetStep(theme)
        self.column_step = ColumnStep(theme)
        self.trial_step = TrialStep(theme)
        self.result_step = ResultStep(theme)
        self.progress = ProgressLine(theme, "-")
        self.progress.cancelled.connect(self.cancelled)
        self.column_step.changed.connect(lambda: self.forward_button.setEnabled(not self.column_step.missing()))
        self._work = QWidget()
        self._pages = StepStack(
            self.file_step, self.sheet_step, self.column_step, self.trial_step, self._work, self.result_step
        )
        self._lay_out()

    def _lay_out(self) -> None:
        theme = self._theme
        top = QVBoxLayout(self.file_step)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.drop_area)
        top.addStretch(1)
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        card = Card(theme)
        card.body.addWidget(self.progress)
        work.addWidget(card)
        work.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        side, height = theme.px(SIZES.page_x), theme.px(SIZES.page_y)
        column.setContentsMargins(side, height, side, theme.px(SIZES.gap_wide))
        column.setSpacing(theme.px(SIZES.gap_wide))
        for widget in (self._head, self.steps, self.banner):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        whole.addLayout(column, 1)
        whole.addWidget(self._build_foot())

    def _build_foot(self) -> PageFoot:
        theme = self._theme
        foot = PageFoot(theme)
        self.back_button = KeyButton(theme, self.tr("Kembali"), Icon.LEFT)
        self.undo_button = KeyButton(theme, self.tr("Batalkan impor ini…"), kind=ButtonKind.DANGER_OUTLINE)
        self._glyph = Glyph(theme, Icon.UNDO, Colour.TEXT_2, SIZES.icon_small)
        self._note = ElidedLabel("", colour=Colour.TEXT_2)
        self.close_button = KeyButton(theme, self.tr("Tutup"), kind=ButtonKind.QUIET)
        self.see_button = KeyButton(theme, self.tr("Lihat di Daftar"), Icon.LIST)
        self.forward_button = KeyButton(theme, "-", Icon.RIGHT, kind=ButtonKind.PRIMARY)
        self.back_button.clicked.connect(self.back)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.close_button.clicked.connect(self.closed)
        self.see_button.clicked.connect(self.see_wanted)
        self.forward_button.clicked.connect(self.forward)
        foot.left.addWidget(self.back_button)
        foot.left.addWidget(self.undo_button)
        foot.left.addStretch(1)
        foot.left.addWidget(self._glyph)
        foot.left.addWidget(self._note, 1000)  # all the room there is, up to its own length
        for button in (self.close_button, self.see_button, self.forward_button):
            foot.right.addWidget(button)
        return foot

    def show_step(self, step: Step, foot: Foot) -> None:
        """Bring a step to the front with its commands; an old message goes."""
        self.banner.hide()
        self.steps.set_current(step)
        self._pages.setCurrentIndex(step)
        self._show_foot(foot)

    def show_work(self, step: Step, label: str) -> None:
        """Show that `step` is being worked on, with a way to stop."""
        self.banner.hide()
        self.steps.set_current(step)
        self.progress.set_label(label)
        self.progress.set_busy()
        self._pages.setCurrentWidget(self._work)
        self._show_foot(Foot(back=False))
        self.progress.cancel_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self) -> Step:
        """Where one stands."""
        return Step(self.steps.current())

    def set_book(self, words: str) -> None:
        """Say behind the title which book it is."""
        self._remark.setText(words)

    def book(self) -> str:
        """What is said behind the title."""
        return self._remark.text()

    def focus_forward(self) -> None:
        """Give the keyboard to the main command."""
        self.forward_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def allow_trial(self) -> None:
        """The trial may begin when no required column is missing; the keyboard goes to what is to be done next."""
        allowed = not self.column_step.missing()
        self.forward_button.setEnabled(allowed)
        if allowed:
            self.focus_forward()
        else:
            self.column_step.take_focus()

    def _show_foot(self, foot: Foot) -> None:
        self.back_button.setVisible(foot.back)
        self.undo_button.setVisible(foot.undo)
        self.see_button.setVisible(foot.see)
        self.close_button.setVisible(foot.close)
        self.forward_button.setVisible(bool(foot.forward))
        self.forward_button.set_text(foot.forward or "-", foot.icon)
        self.forward_button.setEnabled(True)
        self._note.setText(foot.note)
        self._note.setMaximumWidth(self._note.fontMetrics().horizontalAdvance(foot.note) + 2)
        self._glyph.setVisible(bool(foot.note))
