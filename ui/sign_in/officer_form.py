"""The form below the list of officers: somebody new, another name or role, another PIN, the end of somebody's work."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kelurahan_client.domain.roles import ROLE_DUTIES, ROLE_WORDS, Role
from kelurahan_client.errors import FieldErrors, LaporError
from ui.language import said
from ui.sign_in.new_pin import NewPin
from ui.sign_in.pin_edit import PinEdit
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import Combo, LineEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel


class Work(Enum):
    """What the form is for."""

    ADD = auto()
    CHANGE = auto()
    NEW_PIN = auto()
    OWN_PIN = auto()
    RETIRE = auto()


_ASKS = {  # name and role, old PIN, new PIN
    Work.ADD: (True, False, True),
    Work.CHANGE: (True, False, False),
    Work.NEW_PIN: (False, False, True),
    Work.OWN_PIN: (False, True, True),
    Work.RETIRE: (False, False, False),
}


class OfficerForm(QFrame):
    """Hidden while nothing is asked. `submitted` says that what was typed will do, `left` that nothing is wanted."""

    submitted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "quiet")
        self.work = Work.ADD
        self._title = TextLabel("", TextRole.BODY, bold=True, wrap=True)
        self._sentence = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self.editor = LineEdit(theme, longest=100)
        self.name = Field(theme, self.tr("Nama petugas"), self.editor)
        self.combo = Combo(theme)
        self.role = Field(theme, self.tr("Peran"), self.combo)
        for role in Role:
            self.combo.add(role.value, said(ROLE_WORDS[role]))
        self.old = PinEdit(theme)
        self._old_field = Field(theme, self.tr("PIN Anda sekarang"), self.old)
        self.pin = NewPin(theme)
        self.confirm = KeyButton(theme, "", Icon.CHECK, key="Enter", kind=ButtonKind.PRIMARY)
        self.cancel = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        self._build(theme)
        self.combo.currentIndexChanged.connect(self._explain)
        self.editor.textEdited.connect(self.name.clear_state)
        self.confirm.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.dismiss)
        self.hide()

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        for part in (self._title, self._sentence, self.name, self.role, self._old_field, self.pin):
            column.addWidget(part)
        commands = QHBoxLayout()
        commands.setSpacing(theme.px(8))
        commands.addWidget(self.confirm)
        commands.addWidget(self.cancel)
        commands.addStretch(1)
        column.addSpacing(theme.px(4))
        column.addLayout(commands)

    def ask(self, work: Work, name: str = "", role: Role = Role.CLERK) -> None:
        """Show what this work needs, for the officer `name`."""
        self.work = work
        titles = {
            Work.ADD: self.tr("Petugas baru"),
            Work.CHANGE: self.tr("Ubah {name}"),
            Work.NEW_PIN: self.tr("PIN baru untuk {name}"),
            Work.OWN_PIN: self.tr("PIN baru untuk {name}"),
            Work.RETIRE: self.tr("{name} tidak bertugas lagi?"),
        }
        sentences = {
            Work.NEW_PIN: self.tr("Minta petugasnya sendiri yang mengetik. PIN lama tidak berlaku lagi."),
            Work.RETIRE: self.tr("PIN-nya tidak berlaku lagi. Yang pernah dicatatnya tetap memakai namanya."),
        }
        words = {
            Work.ADD: self.tr("Tambah petugas"),
            Work.RETIRE: self.tr("Ya, berhentikan"),
        }
        self._title.setText(titles[work].format(name=name))
        self.setAccessibleName(self._title.text())
        self._sentence.setText(sentences.get(work, ""))
        self._sentence.setVisible(work in sentences)
        self.confirm.set_text(words.get(work, self.tr("Simpan")))
        self.confirm.set_kind(ButtonKind.DANGER if work is Work.RETIRE else ButtonKind.PRIMARY)
        self._clear()
        self.editor.setText(name)
        self.combo.set_value(role.value)
        self._explain()
        asks_person, asks_old, asks_new = _ASKS[work]
        for part, wanted in (
            (self.name, asks_person),
            (self.role, asks_person),
            (self._old_field, asks_old),
            (self.pin, asks_new),
        ):
            part.setVisible(wanted)
        self.show()
        first = self.editor if asks_person else self.old if asks_old else self.pin.first if asks_new else self.cancel
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_role(self) -> Role:
        """The role that is chosen."""
        return Role(self.combo.value())

    def submit(self) -> None:
        """Say so, if what was typed will do as far as one can tell here."""
        asks_person, _old, asks_new = _ASKS[self.work]
        if asks_person and not self.editor.text().strip():
            self.name.set_state(FieldState.ERROR, self.tr("Tulis nama petugas, seperti pada surat tugas."))
            self.editor.setFocus()
        elif not asks_new or self.pin.check():
            self.submitted.emit()

    def show_error(self, error: LaporError) -> bool:
        """Say what is wrong where it is to be mended; False for what concerns no field here."""
        fields = error.fields if isinstance(error, FieldErrors) else {}
        if "name" in fields:
            self.name.set_state(FieldState.ERROR, fields["name"])
            self.editor.setFocus()
        elif "pin" in fields:
            self.pin.show_error(fields["pin"])
        elif self.work is Work.OWN_PIN:
            self._old_field.set_state(FieldState.ERROR, str(error))
            self.old.clear()
            self.old.setFocus()
        else:
            return False
        return True

    def dismiss(self) -> None:
        """Forget what was typed and go away."""
        self._clear()
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.old.hasFocus():
                self.pin.first.setFocus()
            elif not (self.pin.isVisible() and self.pin.advance()):
                self.submit()
        else:
            super().keyPressEvent(event)

    def _explain(self, _at: int = 0) -> None:
        role = self.combo.value()
        self.role.set_state(FieldState.OK, said(ROLE_DUTIES[Role(role)]) if role else "")

    def _clear(self) -> None:
        self.editor.clear()
        self.old.clear()
        self.pin.clear()
        self.name.clear_state()
        self._old_field.clear_state()
