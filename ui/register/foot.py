"""The foot of the pane: the next thing that is said or done about a complaint."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from kelurahan_client.domain.status import Step
from ui.language import said
from ui.register.letters import Letter, letter_word
from ui.register.note_edit import NoteEdit
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import TextLabel
from ui.widgets.status_look import status_look

_LOG = "log"  # the last entry of the menu


class Foot(QFrame):
    """The box for a follow-up (`said`, Enter), what goes with it, and the legal steps (`step_asked`).

    Two steps stand as buttons, the second only where it has room; the others are under *Lainnya*, with the letters
    (`letter_asked`) and who saw the complaint (`log_asked`); `steps` are all that are offered. `attach_asked`: a file
    is to be added; `replies_asked`: a text to begin with is wanted.
    """

    said = Signal(str)
    step_asked = Signal(object)
    attach_asked = Signal()
    replies_asked = Signal()
    letter_asked = Signal(object)
    log_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.steps: tuple[Step, ...] = ()
        self._letters: tuple[Letter, ...] = ()
        self.setProperty("surface", "quiet")
        words = self.tr("Tambah tindak lanjut…")
        self.words = NoteEdit(theme, words, self.tr("Tindak lanjut, Enter untuk menambah"))
        self.words.returnPressed.connect(self._say)
        self.since = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self.since.hide()
        self.replies = IconButton(theme, Icon.FOLLOW_UP, self.tr("Contoh jawaban"))
        self.replies.clicked.connect(self.replies_asked)
        self.attach = IconButton(theme, Icon.ATTACH, self.tr("Lampirkan foto atau PDF"))
        self.attach.clicked.connect(self.attach_asked)
        self.first = KeyButton(theme, "", kind=ButtonKind.PRIMARY)
        self.second = KeyButton(theme, "")
        self.first.clicked.connect(partial(self._press, 0))
        self.second.clicked.connect(partial(self._press, 1))
        self.menu = QMenu(self)
        self.others = KeyButton(theme, self.tr("Lainnya"), menu=self.menu)
        self.who = TextLabel("", TextRole.CAPTION, Colour.TEXT_2, wrap=True)
        self.who.hide()
        self._pad = theme.px(16)
        self._build()

    def _build(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(self._pad, theme.px(10), self._pad, theme.px(12))
        column.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.setSpacing(theme.px(4))
        top.addWidget(self.words, 1)
        for button in (self.replies, self.attach):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(self.since)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.first)
        row.addWidget(self.second)
        row.addWidget(self.who, 1)
        row.addStretch()
        row.addWidget(self.others)
        column.addLayout(row)

    def say_since(self, words: str) -> None:
        """Since when the words in the box wait; "" for words of now."""
        self.since.setText(words)
        self.since.setVisible(bool(words))

    def show_letters(self, letters: Sequence[Letter]) -> None:
        """The letters that can be written about this complaint now."""
        self._letters = tuple(letters)
        self._arrange()

    def show_steps(self, steps: Sequence[Step], others: str = "") -> None:
        """Offer these, the most usual first; `others` are the roles that may go on where this officer may not."""
        self.steps = tuple(steps)
        self.who.setText(self.tr("Langkah status: {roles}.").format(roles=said(others)) if others else "")
        self.who.setVisible(bool(others))
        for button, step in zip((self.first, self.second), self.steps, strict=False):
            button.set_text(said(step.label_id), status_look(step.to).icon)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The second step may have room now."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - 2 * self._pad
        taken = self.first.sizeHint().width() + self.second.sizeHint().width() + self._theme.px(8)
        taken += self.others.sizeHint().width() + self._theme.px(16)
        shown = min(len(self.steps), 2 if taken <= room else 1)
        self.first.setVisible(shown >= 1)
        self.second.setVisible(shown >= 2)
        wanted: list[object] = [*self.steps[shown:], *self._letters, _LOG]
        if [action.data() for action in self.menu.actions() if not action.isSeparator()] == wanted:
            return
        self.menu.clear()
        for step in self.steps[shown:]:
            action = self.menu.addAction(self._theme.icon(status_look(step.to).icon), said(step.label_id))
            action.setData(step)
            action.triggered.connect(partial(self._ask, step))
        if len(self.steps) > shown:
            self.menu.addSeparator()
        for letter in self._letters:
            action = self.menu.addAction(self._theme.icon(Icon.PRINT), letter_word(letter))
            action.setData(letter)
            action.triggered.connect(partial(self.letter_asked.emit, letter))
        action = self.menu.addAction(self._theme.icon(Icon.SHOW), self.tr("Siapa melihat dan mencetak…"))
        action.setData(_LOG)
        action.triggered.connect(lambda _checked: self.log_asked.emit())

    def _press(self, at: int) -> None:
        self._ask(self.steps[at])

    def _ask(self, step: Step) -> None:
        self.step_asked.emit(step)

    def _say(self) -> None:
        text = self.words.text().strip()
        if text:
            self.said.emit(text)
