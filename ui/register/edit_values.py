"""A complaint's fields as the form's editors show them, and what was typed as the use cases take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kelurahan_client.domain.dates import read_date
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.fields import Json
from kelurahan_client.domain.nik import check_nik
from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.errors import FieldErrors
from ui.widgets.privacy_choice import ANSWERS, NO, UNASKED, YES

_FLAGS = frozenset({*NOT_ASKED, "resident"})
_SHORT = frozenset({"rt", "rw"})


def written(name: str, value: object) -> str:
    """What the editor of a field shows of its value."""
    if name in _FLAGS:
        return UNASKED if value is None else YES if value else NO
    if isinstance(value, date):
        return format_date(value)
    text = "" if value is None else str(value)
    return text.lstrip("0") if name in _SHORT else text


def typed_values(changes: Mapping[str, str], today: date) -> dict[str, Json]:
    """What stands in the editors as values of the fields; raises FieldErrors for a date that is none."""
    values: dict[str, Json] = {}
    for name, text in changes.items():
        if name in _FLAGS:
            values[name] = ANSWERS[text]
        elif name == "event_date":
            values[name] = _day(text, today)
        else:
            values[name] = text
    return values


def _day(text: str, today: date) -> str | None:
    if not text.strip():
        return None
    reading = read_date(text, today=today)
    if reading.value is None:
        raise FieldErrors({"event_date": reading.problem})
    return reading.value.isoformat()


@dataclass(frozen=True, slots=True)
class Look:
    """A field that was left: how its text is written out, and what is wrong or odd with it."""

    text: str
    error: str = ""
    warning: str = ""


def look_at(name: str, text: str, today: date, reference: ReferenceData) -> Look:
    """Read a field as the form of a new complaint does; `3/8` is written out, so that its year is seen."""
    if name == "reporter_nik":
        nik = check_nik(text, today=today, known_regions=reference.nik_regions)
        return Look(text, warning=" ".join((*nik.errors, *nik.warnings)))
    if name == "event_date" and text.strip():
        reading = read_date(text, today=today)
        return Look(format_date(reading.value) if reading.value else text, reading.problem, reading.note)
    return Look(text)
