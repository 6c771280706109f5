"""The fields of a complaint that may be corrected, each with its editor."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.domain.reference import ReferenceData
from ui.register.edit_values import look_at
from ui.register.field_editors import Editor, Tick, hint, make_editor, put_value, value_of, when_changed
from ui.register.words import field_word
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.choices import SegmentedChoice
from ui.widgets.editors import LineEdit, TextEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel
from ui.widgets.privacy_choice import UNASKED, question

# name, column, columns; a new line begins where the column is 0. A tick stands beside the title of its part.
_REPORT = (
    ("priority", 2, 2),
    ("title", 0, 4),
    ("statement", 0, 4),
    ("classification", 0, 2),
    ("event_date", 2, 2),
    ("location", 0, 4),
    ("location_office", 0, 2),
    ("rt", 2, 1),
    ("rw", 3, 1),
    ("category", 0, 4),
    ("agency", 0, 4),
    ("note", 0, 4),
)
_REPORTER = (
    ("resident", 2, 2),
    ("anonymous", 0, 4),
    ("confidential", 0, 4),
    ("reporter_name", 0, 2),
    ("reporter_phone", 2, 2),
    ("reporter_nik", 0, 2),
    ("reporter_sex", 2, 2),
    ("reporter_address", 0, 4),
)
_CHECKED = ("event_date", "reporter_nik")  # when they are left


class EditFields(QScrollArea):
    """Editors by the names of their fields.

    `changed`: another value stands in one of them. What is odd about a date or a NIK is said when it is left.
    """

    changed = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData, today: Callable[[], date]) -> None:
        super().__init__()
        self._reference = reference
        self._today = today
        self._doubts: dict[str, str] = {}
        self.editors: Mapping[str, Editor] = {
            name: make_editor(theme, name, reference) for name, _, _ in (*_REPORT, *_REPORTER)
        }
        self.fields: Mapping[str, Field] = {
            name: Field(theme, _label(name, editor), editor) for name, editor in self.editors.items()
        }
        for editor in self.editors.values():
            when_changed(editor, self.changed.emit)
        for name in _CHECKED:
            line = self.editors[name]
            if isinstance(line, LineEdit):
                line.editingFinished.connect(partial(self._look, name))
        self.since = TextLabel("", TextRole.CAPTION, Colour.TEXT_2)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._arranged(theme))

    def value(self, name: str) -> str:
        """What stands in a field."""
        return value_of(self.editors[name])

    def put(self, name: str, value: str) -> None:
        """Write a value into a field; one that its editor cannot show leaves it empty."""
        put_value(self.editors[name], value)

    def fill(self, name: str, value: str, mask: str = "") -> None:
        """Show what stands in a field; where that is hidden, its `mask` says that it stays unless something is typed.

        That nobody was asked can be chosen only where it is so.
        """
        editor = self.editors[name]
        if isinstance(editor, LineEdit):
            editor.setPlaceholderText(self.tr("{value} (tetap)").format(value=mask) if mask else hint(name))
        elif isinstance(editor, SegmentedChoice):
            editor.offer(UNASKED, value == UNASKED)
        put_value(editor, value)

    def lead_to(self, name: str) -> None:
        """Bring a field before the eyes and put the cursor there."""
        self.editors[name].setFocus()
        self.ensureWidgetVisible(self.fields[name])

    def _look(self, name: str) -> None:
        found = look_at(name, self.value(name), self._today(), self._reference)
        if found.text != self.value(name):
            self.put(name, found.text)
        doubt = found.error or found.warning
        if doubt:
            self.fields[name].set_state(FieldState.ERROR if found.error else FieldState.WARNING, doubt)
            self._doubts[name] = self.fields[name].message()
        elif self.fields[name].message() == self._doubts.get(name):
            self.fields[name].clear_state()

    def _arranged(self, theme: Theme) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(10))
        grid.addWidget(TextLabel(self.tr("Ubah pengaduan"), bold=True), 0, 0, 1, 2)
        grid.addWidget(self.since, 0, 2, 1, 2)
        row = 0
        for title, plan in ((self.tr("Laporan"), _REPORT), (self.tr("Pelapor"), _REPORTER)):
            row += 1
            grid.addWidget(TextLabel(title, TextRole.SECTION, bold=True), row, 0, 1, 2)
            for name, at, span in plan:
                row += at == 0
                self._place(theme, grid, name, (row, at, span))
        for at in range(4):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(row + 1, 1)
        return inner

    def _place(self, theme: Theme, grid: QGridLayout, name: str, at: tuple[int, int, int]) -> None:
        editor, field = self.editors[name], self.fields[name]
        if isinstance(editor, TextEdit):  # the style sheet takes an editor's own least height away
            field.setMinimumHeight(editor.sizeHint().height() + theme.px(22))
        row, column, span = at
        grid.addWidget(field, row, column, 1, span)
        if isinstance(editor, Tick):
            grid.setAlignment(field, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _label(name: str, editor: Editor) -> str:
    """A question is asked in full, a tick says what it is."""
    if isinstance(editor, Tick):
        return ""
    return question(name) if name in NOT_ASKED else field_word(name)
