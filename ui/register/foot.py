"""The foot of the pane: the next thing that is said or done about a complaint."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from kelurahan_client.domain.complaint import MAX_NOTE
from kelurahan_client.domain.status import Step
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.status_look import status_look


class Foot(QFrame):
    """The box for a follow-up (`said`, Enter) and the legal steps (`step_asked`).

    Two steps stand as buttons, the second only where it has room; the others are under *Lainnya*.
    """

    said = Signal(str)
    step_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self.setProperty("surface", "quiet")
        self.words = LineEdit(theme, self.tr("Tambah tindak lanjut…"), icon=Icon.FOLLOW_UP, longest=MAX_NOTE)
        self.words.setAccessibleName(self.tr("Tindak lanjut, Enter untuk menambah"))
        self.words.returnPressed.connect(self._say)
        self.first = KeyButton(theme, "", kind=ButtonKind.PRIMARY)
        self.second = KeyButton(theme, "")
        self.first.clicked.connect(partial(self._press, 0))
        self.second.clicked.connect(partial(self._press, 1))
        self.menu = QMenu(self)
        self.others = KeyButton(theme, self.tr("Lainnya"), menu=self.menu)
        column = QVBoxLayout(self)
        self._pad = theme.px(16)
        column.setContentsMargins(self._pad, theme.px(10), self._pad, theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.first)
        row.addWidget(self.second)
        row.addStretch(1)
        row.addWidget(self.others)
        column.addLayout(row)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Offer these, the most usual first."""
        self._steps = tuple(steps)
        for button, step in zip((self.first, self.second), self._steps, strict=False):
            button.set_text(step.label_id, status_look(step.to).icon)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The second step may have room now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - 2 * self._pad
        taken = self.first.sizeHint().width() + self.second.sizeHint().width() + self._theme.px(8)
        if len(self._steps) > 2:
            taken += self.others.sizeHint().width() + self._theme.px(16)
        shown = min(len(self._steps), 2 if taken <= room else 1)
        self.first.setVisible(shown >= 1)
        self.second.setVisible(shown >= 2)
        self.others.setVisible(len(self._steps) > shown)
        if [action.data() for action in self.menu.actions()] == list(self._steps[shown:]):
            return
        self.menu.clear()
        for step in self._steps[shown:]:
            action = self.menu.addAction(self._theme.icon(status_look(step.to).icon), step.label_id)
            action.setData(step)
            action.triggered.connect(partial(self._ask, step))

    def _press(self, at: int) -> None:
        self._ask(self._steps[at])

    def _ask(self, step: Step) -> None:
        self.step_asked.emit(step)

    def _say(self) -> None:
        text = self.words.text().strip()
        if text:
            self.said.emit(text)
