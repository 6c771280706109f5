"""The question at the foot of the pane: a reason, an agency; answered with Enter, left with Esc."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from ui.register.flow import FlowRow
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel

Answer = Callable[[str, str], None]
"""Called with the words and the agency's code ("" where none was asked)."""

_LONGEST = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked before something is done."""

    title: str
    confirm: str
    icon: Icon
    placeholder: str = ""
    missing: str = ""  # the sentence when the words are left out; "" = they may be left out
    asks_why: bool = False  # the words are a reason, not a note
    agencies: Sequence[tuple[str, str]] = ()  # code, name; empty = no agency is asked
    agency: str = ""
    suggestions: Sequence[tuple[str, str]] = ()  # code, words: agencies that the text points to, with the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was answered before and not confirmed, since when (in words), and who is told of each key and of a Batal."""

    words: str = ""
    agency: str = ""
    since: str = ""
    keep: Callable[[str, str], None]
    throw_away: Callable[[], None]


class AskPanel(QFrame):
    """Asks one question at a time; hidden while there is none. `closed` when a question was answered or left, with
    whether the cursor was in it.
    """

    closed = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "quiet")
        self._theme = theme
        self.hints: list[KeyButton] = []
        self._question: Question | None = None
        self._answer: Answer | None = None
        self._memory: Memory | None = None
        self._title = TextLabel("", TextRole.BODY, Colour.TEXT, bold=True)
        self.combo = Combo(theme, self.tr("SKPD"))
        self._agency = Field(theme, self.tr("SKPD tujuan"), self.combo)
        self.words = LineEdit(theme, longest=_LONGEST)
        self.words.returnPressed.connect(self._confirm)
        self.words.textChanged.connect(self._typed)
        self.combo.currentIndexChanged.connect(self._typed)
        self._field = Field(theme, self.tr("Catatan"), self.words)
        self.confirm = KeyButton(theme, "", Icon.CHECK, kind=ButtonKind.PRIMARY)
        self.confirm.clicked.connect(self._confirm)
        cancel = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        cancel.clicked.connect(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(self._title)
        self._since = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        head.addWidget(self._since, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(head)
        column.addWidget(self._agency)
        self._hints = FlowRow(theme.px(6))
        self._hints.hide()
        column.addWidget(self._hints)
        column.addWidget(self._field)
        row = QHBoxLayout()
        row.addWidget(self.confirm)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def ask(self, question: Question, answer: Answer, memory: Memory | None = None) -> None:
        """Show the question and put the cursor where the answer begins, or goes on."""
        self._question, self._answer = question, answer
        self._memory = None  # what is put into the fields now was not typed
        self._title.setText(question.title)
        self.setAccessibleName(question.title)
        self._field.rename(self.tr("Alasan") if question.asks_why else self.tr("Catatan"))
        self.words.setText(memory.words if memory else "")
        self._since.setText(memory.since if memory else "")
        self.words.setPlaceholderText(question.placeholder)
        self.confirm.set_text(question.confirm, question.icon)
        self.confirm.setEnabled(True)
        self.combo.clear()
        for code, name in question.agencies:
            self.combo.add(code, name)
        self.combo.set_value(memory.agency if memory else question.agency)
        self._show_hints(question)
        self._agency.setVisible(bool(question.agencies))
        for field in (self._field, self._agency):
            field.clear_state()
        self._memory = memory
        self.show()
        (self.combo if question.agencies and not self.combo.value() else self.words).setFocus()
        QTimer.singleShot(0, self, self._into_view)

    def event(self, event: QEvent) -> bool:
        """Its fields are never cut: the room is taken from the story above."""
        handled = super().event(event)
        layout = self.layout()
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize} and layout is not None:
            self.setMinimumHeight(max(0, layout.totalMinimumHeightForWidth(self.width())))
        return handled

    def _show_hints(self, question: Question) -> None:
        """One button an agency; a press chooses it, nothing else does."""
        self._hints.clear()
        self.hints = []
        for code, words in question.suggestions:
            button = KeyButton(self._theme, words.replace("&", "&&"), Icon.IDEA, kind=ButtonKind.QUIET, dense=True)
            button.clicked.connect(partial(self._take_hint, code))
            self._hints.add(button)
            self.hints.append(button)
        for before, after in pairwise([self.combo, *self.hints, self.words]):
            self.setTabOrder(before, after)
        self._hints.setVisible(bool(self.hints))

    def _take_hint(self, code: str) -> None:
        self.combo.set_value(code)
        self._agency.clear_state()
        self.words.setFocus()

    def _into_view(self) -> None:
        """In a low window the page scrolls: bring the whole question before the eyes."""
        room = self.parentWidget()
        while room is not None and not isinstance(room, QScrollArea):
            room = room.parentWidget()
        if room is not None and self.asking():
            room.ensureWidgetVisible(self, 0, 0)

    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    def refuse(self, text: str, *, agency: bool = False) -> None:
        """The answer was not accepted: say why beside it, keep the words."""
        (self._agency if agency else self._field).set_state(FieldState.ERROR, text)
        self.confirm.setEnabled(True)
        (self.combo if agency else self.words).setFocus()

    def leave(self) -> None:
        """Esc: the person does not want to answer; what was typed is thrown away."""
        memory = self._memory
        self.dismiss()
        if memory is not None:
            memory.throw_away()

    def dismiss(self) -> None:
        """Take the question away; what was typed waits."""
        was_open = self.asking()
        had_focus = any(widget.hasFocus() for widget in (self.words, self.combo, self.confirm))
        self._question = self._answer = self._memory = None
        self.hide()
        if was_open:
            self.closed.emit(had_focus)

    def _typed(self) -> None:
        if self._memory is not None:
            self._memory.keep(self.words.text(), self.combo.value())

    def _confirm(self) -> None:
        question, answer = self._question, self._answer
        if question is None or answer is None or not self.confirm.isEnabled():
            return
        words = self.words.text().strip()
        if question.missing and not words:
            self.refuse(question.missing)
        elif question.agencies and not self.combo.value():
            self.refuse(self.tr("Pilih SKPD tujuan disposisi."), agency=True)
        else:
            self.confirm.setEnabled(False)
            answer(words, self.combo.value() if question.agencies else "")
