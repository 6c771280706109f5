"""The fields of a complaint that may be corrected, each with its editor."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from kelurahan_client.domain.reference import ReferenceData
from ui.register.words import field_word
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.field import Field
from ui.widgets.labels import TextLabel

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


class EditFields(QScrollArea):
    """Editors by the names of their fields. `changed`: another value stands in one of them."""

    changed = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__()
        self._reference = reference
        self.editors: Mapping[str, Editor] = {name: self._make(theme, name) for name, _, _ in _PLAN}
        self.fields: Mapping[str, Field] = {
            name: Field(theme, field_word(name), editor) for name, editor in self.editors.items()
        }
        self.since = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._arranged(theme))

    def value(self, name: str) -> str:
        """What stands in a field."""
        editor = self.editors[name]
        return editor.value() if isinstance(editor, Combo) else editor.text()

    def put(self, name: str, value: str) -> None:
        """Write a value into a field; one that its editor cannot show leaves it empty."""
        editor = self.editors[name]
        if isinstance(editor, Combo):
            editor.set_value(value)
        elif isinstance(editor, TextEdit):
            editor.set_text(value)
        else:
            editor.setText(value)

    def say_hidden(self, name: str, known: str) -> None:
        """Say in place of a value that is not shown that it stays unless something is typed; "" for none."""
        editor = self.editors[name]
        if isinstance(editor, LineEdit):
            editor.setPlaceholderText(self.tr("{value} (tetap)").format(value=known) if known else "")

    def lead_to(self, name: str) -> None:
        """Bring a field before the eyes and put the cursor there."""
        self.editors[name].setFocus()
        self.ensureWidgetVisible(self.fields[name])

    def _make(self, theme: Theme, name: str) -> Editor:
        if name in {"statement", "note"}:
            text = TextEdit(theme, lines=5 if name == "statement" else 2)
            text.textChanged.connect(self.changed)
            return text
        if name not in {"category", "agency"}:
            line = LineEdit(theme)
            line.textChanged.connect(self.changed)
            return line
        combo = Combo(theme)
        combo.add("", self.tr("belum ditentukan"))
        if name == "category":
            for category in self._reference.categories.values():
                combo.add(category.code, category.name)
        else:
            for agency in sorted(self._reference.agencies.values(), key=lambda one: one.name.casefold()):
                combo.add(agency.code, agency.name)
        combo.currentIndexChanged.connect(self.changed)
        return combo

    def _arranged(self, theme: Theme) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(10))
        grid.addWidget(TextLabel(self.tr("Ubah pengaduan"), bold=True), 0, 0, 1, 2)
        grid.addWidget(self.since, 0, 2, 1, 2)
        row = 0
        for name, at, span in _PLAN:
            row += at == 0
            editor, field = self.editors[name], self.fields[name]
            if isinstance(editor, TextEdit):  # the style sheet takes an editor's own least height away
                field.setMinimumHeight(editor.sizeHint().height() + theme.px(22))
            grid.addWidget(field, row, at, 1, span)
        for at in range(4):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(row + 1, 1)
        return inner
