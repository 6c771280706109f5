"""The editor of each field that may be corrected; what stands in it is a text, whatever it looks like."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Priority
from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import CLASSIFICATION_WORDS
from ui.language import said
from ui.theme.theme import Theme
from ui.widgets.choices import CheckBox, SegmentedChoice
from ui.widgets.editors import Combo, LineEdit, TextEdit
from ui.widgets.nik_edit import NikEdit
from ui.widgets.office_combo import office_combo
from ui.widgets.privacy_choice import NO, YES, privacy_choice

_LINES = {"statement": 5, "note": 2}


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("FieldEditor", text)


class Tick(CheckBox):
    """A tick that stands for one of two values."""

    def __init__(self, theme: Theme, text: str, on: str, off: str) -> None:
        super().__init__(theme, text)
        self._on, self._off = on, off

    def value(self) -> str:
        """The value of how it stands now."""
        return self._on if self.isChecked() else self._off

    def set_value(self, value: str) -> None:
        """Make it stand for a value."""
        self.setChecked(value == self._on)


Editor = LineEdit | TextEdit | Combo | SegmentedChoice | Tick


def make_editor(theme: Theme, name: str, reference: ReferenceData) -> Editor:
    """An empty editor for a field."""
    if name in NOT_ASKED:
        return privacy_choice(theme, name, with_unasked=True)
    if name == "priority":
        return Tick(theme, tr("Mendesak"), str(Priority.URGENT), str(Priority.NORMAL))
    if name == "resident":
        return Tick(theme, tr("Bukan warga kota"), NO, YES)
    if name in _LINES:
        return TextEdit(theme, lines=_LINES[name])
    if name == "location_office":
        return office_combo(theme, reference, tr("kelurahan ini"))
    choices = list(_choices(name, reference))
    if choices:
        combo = Combo(theme)
        for value, label in choices:
            combo.add(value, label)
        return combo
    if name == "reporter_nik":
        return NikEdit(theme)
    return LineEdit(theme, hint(name))


def hint(name: str) -> str:
    """What an empty line says."""
    return tr("misalnya 3/8") if name == "event_date" else ""


def value_of(editor: Editor) -> str:
    """What stands in an editor: a code of a choice, or the words."""
    if isinstance(editor, Tick | Combo | SegmentedChoice | NikEdit):
        return editor.value() or ""
    return editor.text()


def put_value(editor: Editor, value: str) -> None:
    """Write a value into an editor; one that it cannot show leaves it empty."""
    if isinstance(editor, Tick | Combo | SegmentedChoice | NikEdit):
        editor.set_value(value)
    elif isinstance(editor, TextEdit):
        editor.set_text(value)
    else:
        editor.setText(value)


def when_changed(editor: Editor, call: Callable[[], object]) -> None:
    """Call something whenever another value stands in an editor."""
    if isinstance(editor, Tick):
        editor.toggled.connect(lambda _on: call())
    elif isinstance(editor, Combo):
        editor.currentIndexChanged.connect(lambda _at: call())
    elif isinstance(editor, SegmentedChoice):
        editor.chosen.connect(lambda _value: call())
    elif isinstance(editor, TextEdit):
        editor.textChanged.connect(call)
    else:
        editor.textChanged.connect(lambda _text: call())


def _choices(name: str, reference: ReferenceData) -> Iterable[tuple[str, str]]:
    """The codes that a field may have, with their words; none for a field that is written."""
    if name == "classification":
        yield from ((str(kind), said(word)) for kind, word in CLASSIFICATION_WORDS.items())
    elif name == "category":
        yield "", tr("belum ditentukan")
        yield from ((one.code, one.name) for one in reference.categories.values())
    elif name == "agency":
        yield "", tr("belum ditentukan")
        agencies = sorted(reference.agencies.values(), key=lambda one: one.name.casefold())
        yield from ((one.code, one.name) for one in agencies)
    elif name == "reporter_sex":
        yield from (("", tr("tidak disebut")), ("L", tr("Laki-laki")), ("P", tr("Perempuan")))
