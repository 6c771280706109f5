"""The recovery code from its paper, and the new PIN that it gives: asked for together, wherever the code opens."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.recovery_code import NoSuchCode, as_secret
from ui.sign_in.new_pin import NewPin
from ui.theme.theme import Theme
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field, FieldState


class CodeAndPin:
    """The two fields, `code` and `pin`, for a form that puts them where it likes; `done` hands them on."""

    def __init__(self, theme: Theme, help_text: str, done: Callable[[str, str], None]) -> None:
        self.editor = LineEdit(theme, longest=80)
        label = QCoreApplication.translate("CodeAndPin", "Kode pemulihan")
        self.code = Field(theme, label, self.editor, help_text=help_text)
        self.pin = NewPin(theme)
        self._done = done

    def clear(self) -> None:
        """Forget what was typed."""
        self.editor.clear()
        self.code.clear_state()
        self.pin.clear()

    def advance(self) -> None:
        """Enter: to the next empty field, or on."""
        if self.editor.hasFocus() and self.editor.text() and not self.pin.pin():
            self.pin.first.setFocus()
        elif not self.pin.advance():
            self.go()

    def go(self) -> None:
        """Hand code and PIN on, where both will do."""
        try:
            as_secret(self.editor.text())
        except NoSuchCode as error:
            self.refuse_code(str(error))
            return
        self.code.clear_state()
        if self.pin.check():
            self._done(self.editor.text(), self.pin.pin())

    def refuse_code(self, sentence: str) -> None:
        """The code will not do."""
        self.code.set_state(FieldState.ERROR, sentence)
        self.editor.setFocus()
