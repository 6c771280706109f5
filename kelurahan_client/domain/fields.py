"""A complaint as flat JSON values: what the wire, the command line and the history carry.

Dates are ISO 8601 text, times ISO 8601 in UTC with a Z, choices their codes. `LOCAL` fields are each machine's own
bookkeeping and never travel.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING
from dataclasses import fields as dataclass_fields
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import Any, TypeAlias, cast

from kelurahan_client.domain.complaint import Channel, Classification, Complaint, Intake, Priority, Status, SyncState

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None

INTAKE_FIELDS = tuple(field.name for field in dataclass_fields(Intake))
FIELDS = tuple(field.name for field in dataclass_fields(Complaint))
LOCAL = frozenset({"rev", "sync_state", "server_received_at"})
SHARED_FIELDS = tuple(name for name in FIELDS if name not in LOCAL and name != "id")
_FIXED = frozenset("received_date channel agency_written book_number book_sheet book_line warnings".split())
EDITABLE = tuple(name for name in INTAKE_FIELDS if name not in _FIXED)
CLI_ORDER = (
    "id reference office desk classification channel received_date event_date recorded_at server_received_at "
    "reporter_name reporter_sex reporter_nik reporter_phone reporter_address rt rw resident anonymous confidential "
    "title statement category agency agency_written note location location_office priority status due_date "
    "book_number book_sheet book_line warnings rev sync_state"
).split()

_DATES = frozenset({"received_date", "event_date", "due_date"})
_TIMES = frozenset({"recorded_at", "server_received_at"})
_CHOICES: dict[str, type[StrEnum]] = {
    "classification": Classification,
    "channel": Channel,
    "priority": Priority,
    "status": Status,
    "sync_state": SyncState,
}
_DEFAULTS: dict[str, object] = {"reporter_name": ""} | {
    field.name: field.default for field in dataclass_fields(Complaint) if field.name != "warnings"
}


def utc_text(at: datetime) -> str:
    """2026-08-03T02:32:11.123456Z."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_utc(text: str) -> datetime:
    """The inverse of `utc_text`; raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r}")
    return at.astimezone(UTC)


def to_json(value: object) -> Json:
    """One field's value as JSON holds it."""
    if value is None or type(value) is str:  # most are: the centre asks 37 times for each new complaint
        return value
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    if value is None or isinstance(value, str | int | float | bool):
        return str(value) if isinstance(value, str) else value
    raise TypeError(f"not a field's value: {value!r}")


def flat(record: Intake) -> dict[str, Json]:
    """All fields of an intake or a complaint."""
    names = FIELDS if isinstance(record, Complaint) else INTAKE_FIELDS
    return {name: to_json(getattr(record, name)) for name in names}


def filled(record: Intake) -> dict[str, Json]:
    """The shared fields that differ from their defaults: what a create mutation carries."""
    found = flat(record)
    return {
        name: value
        for name, value in found.items()
        if name in SHARED_FIELDS and value not in ("", [], None) and value != to_json(_default(name))
    }


def _default(name: str) -> object:
    value = _DEFAULTS.get(name)
    return value if isinstance(value, str | int | float | bool | date | datetime) else None


def from_json(name: str, value: Json) -> object:
    """The typed value of field `name`; raises ValueError or TypeError when it is not one."""
    try:
        return _READERS.get(name, _text)(value)
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from error


def reader_of(name: str) -> Callable[[Any], object]:
    """What `from_json` does with the values of field `name`, for whoever reads the same fields of many rows."""
    return _READERS.get(name, _text)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _day(value: Json) -> date | None:
    return None if value in (None, "") else date.fromisoformat(str(value))


def _time(value: Json) -> datetime | None:
    return None if value in (None, "") else read_utc(str(value))


def _warnings(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("warnings is a list of sentences")
    return tuple(str(part) for part in value)


def _flag(value: Json) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not true or false")
    return value


def _asked_flag(value: Json) -> bool | None:
    return None if value is None else _flag(value)


def _number(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return value


def _some_number(value: Json) -> int | None:
    return None if value is None else _number(value)


def _choice(choices: type[StrEnum]) -> Callable[[Json], StrEnum]:
    known: dict[object, StrEnum] = {choice.value: choice for choice in choices}

    def read(value: Json) -> StrEnum:
        found = known.get(value) if isinstance(value, str) else None
        return choices(str(value)) if found is None else found

    return read


_READERS: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(_DATES, _day),
    **dict.fromkeys(_TIMES, _time),
    **{name: _choice(choices) for name, choices in _CHOICES.items()},
    "warnings": _warnings,
    "resident": _flag,
    "anonymous": _asked_flag,
    "confidential": _asked_flag,
    "rev": _number,
    "book_line": _some_number,
}


def _written_again(name: str) -> Callable[[Any], Json]:
    """What `to_json` makes of what the reader of field `name` makes of a value."""
    read = reader_of(name)
    if name in _DATES:
        return lambda value: None if value in (None, "") else date.fromisoformat(str(value)).isoformat()
    if name in _CHOICES:
        codes = {str(choice): str(choice) for choice in _CHOICES[name]}
        return lambda value: codes.get(value) if type(value) is str and value in codes else str(read(value))
    if name in _TIMES or name == "warnings":
        return lambda value: to_json(read(value)) if value != [] else value
    return cast(Callable[[Any], Json], read)  # numbers, true and false are written as they are


_ABSENT: dict[str, Json] = {
    field.name: to_json(field.default) for field in dataclass_fields(Complaint) if field.default is not MISSING
}
_SHARED = frozenset(SHARED_FIELDS)
_REQUIRED = _SHARED - _ABSENT.keys()
_USUAL = _SHARED | {"server_received_at"}  # which the centre adds to every complaint
_texts_of = itemgetter(*(name for name in SHARED_FIELDS if name not in _READERS))
_OTHERS = [(name, _written_again(name)) for name in SHARED_FIELDS if name in _READERS]


def flat_from(id_: str, body: Mapping[str, Json]) -> dict[str, Json]:
    """What `flat(complaint_from(id_, body))` gives, for the hundred thousand records of a fresh desk.

    Raises what `complaint_from` does.
    """
    if not body.keys() >= _REQUIRED:
        raise TypeError(f"a complaint without {sorted(_REQUIRED - body.keys())}")
    known = body if body.keys() <= _USUAL else {name: body[name] for name in _SHARED & body.keys()}
    values = {**_ABSENT, **known, "id": id_, "server_received_at": None}
    if {*map(type, _texts_of(values))} != {str}:
        raise TypeError("a text is none")
    for name, again in _OTHERS:
        values[name] = again(values[name])
    return values


def complaint_from(id_: str, body: Mapping[str, Json], **local: object) -> Complaint:
    """The complaint of a wire body; unknown names in `body` are left to the caller; raises ValueError or TypeError."""
    known = {name: from_json(name, body[name]) for name in SHARED_FIELDS if name in body}
    return Complaint(id=id_, **known, **local)  # type: ignore[arg-type]  # names and types were just matched by from_json
