"""A field of a form: label, editor, and the line that says how to mend it."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.language import said
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.labels import Glyph, TextLabel


class FieldState(Enum):
    """OK shows help, WARNING may be passed over, ERROR must be mended."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


_LOOK = {
    FieldState.OK: (Icon.INFO, Colour.TEXT_3, Colour.TEXT_3),
    FieldState.WARNING: (Icon.WARNING, Colour.AMBER, Colour.AMBER_TEXT),
    FieldState.ERROR: (Icon.ERROR, Colour.RED, Colour.RED_TEXT),
}


class Field(QWidget):
    """Label, optional remark beside it ("boleh kosong"), the editor, and below it help, a warning or an error.

    The editor keeps its own signals; the field only names it for screen readers and shows its state. Without a label
    the editor names itself, as a tick does.
    """

    def __init__(self, theme: Theme, label: str, editor: QWidget, *, remark: str = "", help_text: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._help = help_text
        self._state = FieldState.OK
        self._label = TextLabel(label, TextRole.LABEL, Colour.TEXT_2, bold=True)
        self._label.setBuddy(editor)
        self._glyph = Glyph(theme, Icon.INFO, Colour.TEXT_3, SIZES.icon_small)
        self._message = TextLabel("", TextRole.CAPTION, Colour.TEXT_3, wrap=True)
        if label:
            editor.setAccessibleName(label)
        else:
            self._label.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(self._label)
        if remark:
            head.addWidget(TextLabel(remark, TextRole.LABEL, Colour.TEXT_3))
        head.addStretch()
        column.addLayout(head)
        grows = editor.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Expanding
        column.addWidget(editor, 1 if grows else 0)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(6))
        foot.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._message, 1)
        column.addLayout(foot)
        if not grows:
            column.addStretch(1)
        self.set_state(FieldState.OK)

    def label(self) -> str:
        """The field's name."""
        return self._label.text()

    def rename(self, label: str) -> None:
        """The same field asks for something else now."""
        self._label.setText(label)
        self.editor.setAccessibleName(label)

    def state(self) -> FieldState:
        """What is shown now."""
        return self._state

    def message(self) -> str:
        """The sentence below the editor, "" if none."""
        return self._message.text()

    def set_state(self, state: FieldState, message: str = "") -> None:
        """Show help (OK without a message), a warning, or an error with the sentence that says how to mend it."""
        self._state = state
        text = said(message) or (self._help if state is FieldState.OK else "")
        icon, glyph, words = _LOOK[state]
        self._glyph.set(icon, glyph)
        self._message.set_colour(words)
        self._message.setText(text)
        self._glyph.setVisible(bool(text))
        self._message.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        if self.editor.property("state") != state.value:
            self.editor.setProperty("state", state.value)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)
            self.editor.update()

    def clear_state(self) -> None:
        """Back to the help line."""
        self.set_state(FieldState.OK)
