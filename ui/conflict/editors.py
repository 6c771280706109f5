"""The right editor for a contested field: a line, a text, or a choice among what may be decided."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.fields import EDITABLE, Json
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import CLASSIFICATION_WORDS, PRIORITY_WORDS, STATUS_WORDS
from kelurahan_client.services.conflicts import Case
from ui.conflict.words import plain_words
from ui.language import said
from ui.register.words import field_word
from ui.theme.theme import Theme
from ui.widgets.editors import Combo, LineEdit, TextEdit

Editor = LineEdit | TextEdit | Combo

_FLAGS = frozenset({"resident", "anonymous", "confidential"})
_LONG = frozenset({"statement", "note"})
_DAYS = frozenset({"due_date", "event_date"})


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("ConflictEditor", text)


def can_write(field: str) -> bool:
    """Whether another value than those of the sides may be written; not for a field of a newer program."""
    return field in EDITABLE or field in ("status", "due_date")


def make_editor(theme: Theme, case: Case, reference: ReferenceData) -> Editor:
    """An empty editor for the contested field."""
    field = case.field
    choices = list(_choices(case, reference))
    if choices:
        combo = Combo(theme)
        combo.setPlaceholderText(tr("Pilih salah satu di atas, atau pilih dari daftar ini"))
        for value, label in choices:
            combo.add(value, label)
        combo.setCurrentIndex(-1)
        made: Editor = combo
    elif field in _LONG:
        made = TextEdit(theme, tr("Pilih salah satu di atas, atau tulis yang benar"), lines=4)
        made.setMinimumHeight(made.sizeHint().height())
    else:
        hint = tr("misalnya 3/8 atau 3 Agustus 2026") if field in _DAYS else ""
        made = LineEdit(theme, hint or tr("Pilih salah satu di atas, atau tulis yang benar"), longest=5_000)
    made.setAccessibleName(tr("{field}, isi yang benar").format(field=field_word(field)))
    made.setEnabled(can_write(field))
    return made


def put(editor: Editor, case: Case, value: Json, reference: ReferenceData) -> None:
    """Fill the editor with a side's value, as people read it; a masked value stays masked."""
    if isinstance(editor, Combo):
        editor.set_value(_code(value))
    else:
        set_text(
            editor, plain_words(case.field, value, reference) if not isinstance(value, dict | list) else str(value)
        )


def text_of(editor: Editor) -> str:
    """What the editor says: a code of the list, or the words."""
    return editor.value() if isinstance(editor, Combo) else editor.text()


def set_text(editor: Editor, text: str) -> None:
    """Fill it with what `text_of` gave."""
    if isinstance(editor, Combo):
        editor.set_value(text)
    elif isinstance(editor, TextEdit):
        editor.set_text(text)
    else:
        editor.setText(text)


def _code(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _choices(case: Case, reference: ReferenceData) -> Iterable[tuple[str, str]]:
    flag = [("true", tr("ya")), ("false", tr("tidak"))]
    listed: dict[str, Iterable[tuple[str, str]]] = {
        "status": [(str(status), said(STATUS_WORDS[status])) for status in case.statuses],
        "category": [(one.code, one.name) for one in reference.categories.values()],
        "agency": sorted([(one.code, one.name) for one in reference.agencies.values()], key=_by_name),
        "location_office": sorted([(one.code, one.name) for one in reference.offices.values()], key=_by_name),
        "classification": [(str(code), said(word)) for code, word in CLASSIFICATION_WORDS.items()],
        "priority": [(str(code), said(word)) for code, word in PRIORITY_WORDS.items()],
        "reporter_sex": [("L", tr("L, laki-laki")), ("P", tr("P, perempuan"))],
    }
    return flag if case.field in _FLAGS else listed.get(case.field, ())


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
