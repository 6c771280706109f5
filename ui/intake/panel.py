"""One side of the form: fields by name, read and filled together."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.choices import SegmentedChoice
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import Glyph, TextLabel
from ui.widgets.nik_edit import NikEdit


class FormPanel(QWidget):
    """A headed column of fields. `edited` names the field a person changed, `left` the one that was left.

    Enter in a line goes on to the next field.
    """

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.fields: dict[str, Field] = {}
        self._below: dict[str, MessageLine] = {}
        self._title = TextLabel("", TextRole.SECTION, bold=True)
        self._names: dict[QObject, str] = {}
        self.column = QVBoxLayout(self)
        pad = theme.px(20)
        self.column.setContentsMargins(pad, theme.px(6), pad, theme.px(14))
        self.column.setSpacing(theme.px(7))
        head = QWidget()
        head.setFixedHeight(theme.px(36))
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self.column.addWidget(head)

    def set_title(self, title: str) -> None:
        """Name the column."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def message_below(self, name: str) -> "MessageLine":
        """A line for the sentences of a field too narrow to hold them; the caller places it below the field's row."""
        self._below[name] = MessageLine(self._theme)
        return self._below[name]

    def message(self, name: str) -> str:
        """The sentence shown for a field, "" if none."""
        return self._below[name].text() if name in self._below else self.fields[name].message()

    def add(self, name: str, field: Field) -> Field:
        """Make `field` known under `name`; the caller places it."""
        self.fields[name] = field
        editor = field.editor
        for part in focus_parts(editor):
            self._names[part] = name
            part.installEventFilter(self)
        if isinstance(editor, LineEdit):
            editor.textEdited.connect(lambda _text: self.edited.emit(name))
            editor.returnPressed.connect(self._next)
        elif isinstance(editor, TextEdit):
            editor.textChanged.connect(lambda: self.edited.emit(name))
        elif isinstance(editor, Combo | SegmentedChoice):
            editor.chosen.connect(lambda _value: self.edited.emit(name))
        return field

    def value(self, name: str) -> str | None:
        """What stands in a field; None for a choice that was not made."""
        editor = self.fields[name].editor
        if isinstance(editor, NikEdit | Combo | SegmentedChoice):
            return editor.value()
        if isinstance(editor, LineEdit | TextEdit):
            return editor.text()
        raise TypeError(type(editor).__name__)

    def set_value(self, name: str, value: str | None) -> None:
        """Put a value into a field without telling anybody."""
        editor = self.fields[name].editor
        if isinstance(editor, SegmentedChoice):
            editor.set_value(value)
        elif isinstance(editor, NikEdit | Combo):
            editor.set_value(value or "")
        elif isinstance(editor, TextEdit):
            with QSignalBlocker(editor):
                editor.set_text(value or "")
        elif isinstance(editor, LineEdit):
            editor.setText(value or "")
            editor.setCursorPosition(0)

    def show_states(self, errors: dict[str, str], warnings: dict[str, str]) -> None:
        """Say at each field what is wrong or odd with it; fields that are not named become plain again."""
        for name, field in self.fields.items():
            if name in errors:
                state, sentence = FieldState.ERROR, errors[name]
            elif name in warnings:
                state, sentence = FieldState.WARNING, warnings[name]
            else:
                state, sentence = FieldState.OK, ""
            if (field.state(), self.message(name)) == (state, sentence):
                continue
            below = self._below.get(name)
            field.set_state(state, "" if below else sentence)
            if below:
                below.set_state(state, sentence)
                field.editor.setAccessibleDescription(below.text())

    def focus(self, name: str) -> None:
        """Put the cursor into a field."""
        focus_parts(self.fields[name].editor)[0].setFocus(Qt.FocusReason.TabFocusReason)

    def stops(self) -> list[QWidget]:
        """What Tab comes to, in order."""
        return [part for field in self.fields.values() for part in focus_parts(field.editor)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that a field was left for another; an opened list or another window does not count."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            passing = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
            if event.reason() not in passing and watched in self._names:
                if isinstance(watched, LineEdit):
                    watched.home(False)  # the beginning of a long line says more than its end
                self.left.emit(self._names[watched])
        return super().eventFilter(watched, event)

    def _next(self) -> None:
        self.focusNextChild()


class MessageLine(QWidget):
    """A warning or an error below a row of fields; hidden while there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._glyph = Glyph(theme, Icon.WARNING, Colour.AMBER, SIZES.icon_small)
        self._words = TextLabel("", TextRole.CAPTION, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def set_state(self, state: FieldState, sentence: str) -> None:
        """Say something; OK says nothing."""
        error = state is FieldState.ERROR
        self._glyph.set(Icon.ERROR if error else Icon.WARNING, Colour.RED if error else Colour.AMBER)
        self._words.set_colour(Colour.RED_TEXT if error else Colour.AMBER_TEXT)
        self._words.setText(said(sentence))
        self.setVisible(bool(sentence))


def focus_parts(editor: QWidget) -> list[QWidget]:
    """The widgets of an editor that take the focus, in order."""
    return list(editor.buttons()) if isinstance(editor, SegmentedChoice) else [editor]
