"""The fields of a complaint that may be corrected, in the pane; only what was changed is given back."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.lists import Detail
from ui.register.words import field_word
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel
from ui.widgets.notices import Banner

Editor = LineEdit | TextEdit | Combo

# name, column, columns; a new line begins where the column is 0
_PLAN = (
    ("title", 0, 4),
    ("statement", 0, 4),
    ("location", 0, 4),
    ("rt", 0, 1),
    ("rw", 1, 1),
    ("category", 0, 4),
    ("agency", 0, 4),
    ("reporter_name", 0, 2),
    ("reporter_phone", 2, 2),
    ("reporter_address", 0, 4),
    ("note", 0, 4),
)
_SHORT = frozenset({"rt", "rw"})


class EditForm(QWidget):
    """`saved` with the changed fields (name -> flat value), `left` without any."""

    saved = Signal(dict)
    left = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__()
        self._reference = reference
        self._before: dict[str, str] = {}
        self._editors: dict[str, Editor] = {}
        self._fields: dict[str, Field] = {}
        self._banner = Banner(theme)
        self._banner.hide()
        self.save = KeyButton(theme, self.tr("Simpan"), Icon.SAVE, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True)
        self.save.clicked.connect(self._save)
        self.cancel = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        self.cancel.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area(theme), 1)
        column.addWidget(self._foot(theme))

    def show_detail(self, detail: Detail, clear: Complaint | None) -> None:
        """Fill in the values as they stand; what is hidden stays hidden and is changed by typing over it."""
        shown = clear or detail.complaint
        hidden = frozenset() if clear is not None else self._hidden(detail.complaint)
        for name, editor in self._editors.items():
            value = "" if name in hidden else self._shown(name, str(getattr(shown, name)))
            self._put(editor, value)
            self._before[name] = self._value(editor)  # a value that the editor cannot show is no change
            self._fields[name].clear_state()
            if isinstance(editor, LineEdit):
                known = str(getattr(shown, name)) if name in hidden else ""
                masked = known if name == "reporter_phone" else "••••"
                editor.setPlaceholderText(self.tr("{value} (tetap)").format(value=masked) if known else "")
        self._banner.hide()
        self.save.setEnabled(True)
        self._editors["title"].setFocus()

    def changes(self) -> dict[str, str]:
        """What differs from what was shown."""
        now = {name: self._value(editor) for name, editor in self._editors.items()}
        return {name: value for name, value in now.items() if value != self._before.get(name, "")}

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Say beside each field how to mend it; the first gets the cursor."""
        self.save.setEnabled(True)
        elsewhere = [text for name, text in errors.items() if name not in self._fields]
        for name, text in errors.items():
            if name in self._fields:
                self._fields[name].set_state(FieldState.ERROR, text)
        first = next((name for name in self._fields if name in errors), None)
        if first is not None:
            self._editors[first].setFocus()
            self._scroll.ensureWidgetVisible(self._fields[first])
        if elsewhere:
            self.warn(self.tr("Belum tersimpan."), " ".join(elsewhere))

    def warn(self, title: str, text: str) -> None:
        """Say something above the buttons."""
        self._banner.set_words(title, text)
        self._banner.show()
        self.save.setEnabled(True)

    def editor(self, name: str) -> Editor:
        """The editor of a field."""
        return self._editors[name]

    def field(self, name: str) -> Field:
        """A field with its message."""
        return self._fields[name]

    def _area(self, theme: Theme) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(10))
        grid.addWidget(TextLabel(self.tr("Ubah pengaduan"), bold=True), 0, 0, 1, 4)
        row = 0
        for name, at, span in _PLAN:
            row += at == 0
            editor = self._make(theme, name)
            self._editors[name] = editor
            self._fields[name] = Field(theme, field_word(name), editor)
            if isinstance(editor, TextEdit):  # the style sheet takes an editor's own least height away
                self._fields[name].setMinimumHeight(editor.sizeHint().height() + theme.px(22))
            grid.addWidget(self._fields[name], row, at, 1, span)
        for at in range(4):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(row + 1, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inner)
        return self._scroll

    def _foot(self, theme: Theme) -> QFrame:
        foot = QFrame()
        foot.setProperty("surface", "quiet")
        column = QVBoxLayout(foot)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.addWidget(self._banner)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        return foot

    def _make(self, theme: Theme, name: str) -> Editor:
        if name in {"statement", "note"}:
            return TextEdit(theme, lines=5 if name == "statement" else 2)
        if name in {"category", "agency"}:
            combo = Combo(theme)
            combo.add("", self.tr("belum ditentukan"))
            if name == "category":
                for category in self._reference.categories.values():
                    combo.add(category.code, category.name)
            else:
                for agency in sorted(self._reference.agencies.values(), key=lambda one: one.name.casefold()):
                    combo.add(agency.code, agency.name)
            return combo
        return LineEdit(theme)

    @staticmethod
    def _hidden(masked: Complaint) -> frozenset[str]:
        found = {"reporter_phone"}
        if masked.anonymous:
            found |= {"reporter_name", "reporter_address"}
        return frozenset(found)

    @staticmethod
    def _shown(name: str, value: str) -> str:
        return value.lstrip("0") if name in _SHORT else value

    @staticmethod
    def _put(editor: Editor, value: str) -> None:
        if isinstance(editor, Combo):
            editor.set_value(value)
        elif isinstance(editor, TextEdit):
            editor.set_text(value)
        else:
            editor.setText(value)

    @staticmethod
    def _value(editor: Editor) -> str:
        return editor.value() if isinstance(editor, Combo) else editor.text()

    def _save(self) -> None:
        changed = self.changes()
        if not changed:
            self.left.emit()
            return
        for field in self._fields.values():
            field.clear_state()
        self._banner.hide()
        self.save.setEnabled(False)
        self.saved.emit(changed)
