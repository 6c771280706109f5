"""How the fields of a complaint stood for whoever began to change them, and how they stand by now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.half_written import Content
from ui.register.edit_values import written
from ui.register.words import value_words

_QUOTED = 140  # letters of a newer value
_MASKED = frozenset({"reporter_nik", "reporter_phone"})  # until the identity is revealed
_HIDDEN_IF_ANONYMOUS = frozenset({"reporter_name", "reporter_address"})


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("EditForm", text)


@dataclass(slots=True)
class Known:
    """A field: `before` is what the editor shows of it, `now` the value (masked) and `words` how people read it.

    `seen` is the value that the officer had before the eyes who began to change it.
    """

    before: str = ""
    now: str = ""
    seen: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an editor shows: a value, or the mask of one that is hidden."""

    value: str = ""
    mask: str = ""


class StandingValues:
    """A `Known` for each field that can be changed."""

    def __init__(self, names: Iterable[str], reference: ReferenceData) -> None:
        self._reference = reference
        self._known = {name: Known() for name in names}

    def __getitem__(self, name: str) -> Known:
        """What is known of a field."""
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        """Whether it is a field that can be changed here."""
        return name in self._known

    def names(self) -> list[str]:
        """All fields, in their order."""
        return list(self._known)

    def take(self, name: str, masked: Complaint, clear: Complaint | None) -> Shown:
        """It stands so; what is hidden stays hidden and is changed by typing over it."""
        known = self._known[name]
        known.now = known.seen = str(getattr(masked, name))
        known.words = value_words(name, getattr(masked, name), self._reference)
        value = written(name, getattr(clear or masked, name))
        if clear is None and name in _MASKED:
            return Shown(mask=value)
        if clear is None and masked.anonymous and name in _HIDDEN_IF_ANONYMOUS:
            return Shown(mask="••••" if value else "")
        return Shown(value)

    def changes(self, typed: Mapping[str, str]) -> dict[str, str]:
        """What was typed that differs from what stands there."""
        return {name: value for name, value in typed.items() if value != self._known[name].before}

    def content(self, changes: Mapping[str, str]) -> Content:
        """The changes to be kept, with what stood there for whoever began them; nothing for none."""
        return {"changes": dict(changes), "seen": {name: self._known[name].seen for name in changes}} if changes else {}

    def newer(self, changes: Iterable[str]) -> list[str]:
        """Those of the changed fields that were changed elsewhere too."""
        return [name for name in changes if self._known[name].seen != self._known[name].now]

    def newer_words(self, name: str) -> str:
        """What stands in a field by now, for whoever is about to write over it."""
        if name in _MASKED | _HIDDEN_IF_ANONYMOUS:
            return tr("Sementara itu diubah di tempat lain. Bila disimpan, tulisan Anda menggantikannya.")
        value = self._known[name].words
        words = tr("Sementara itu menjadi “{value}”. Bila disimpan, tulisan Anda menggantikannya.")
        return words.format(value=value if len(value) <= _QUOTED else value[:_QUOTED].rstrip() + "…")
