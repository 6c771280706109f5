"""Filters of the list that a clerk keeps under a name; what they say of a day stays as it was meant: *this month*."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kelurahan_client.domain.complaint import Channel, Classification, Status, SyncState
from kelurahan_client.domain.status import silent_since
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import InputError
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import SOON_WORKING_DAYS, ListFilter, Sort
from kelurahan_client.store import settings

MOST = 30
LONGEST_NAME = 60

_CODES: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"classification": Classification, "channel": Channel, "sort": Sort}
)
_SETS: Mapping[str, Callable[[str], Any]] = MappingProxyType({"statuses": Status, "sync_states": SyncState})


class Span(StrEnum):
    """A span of days that moves with the calendar."""

    TODAY = "today"
    WEEK = "week"  # the last seven days
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"
    LAST_YEAR = "last_year"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with its name, as it is to be understood today."""

    name: str
    wanted: ListFilter


def span_days(span: Span, today: date) -> tuple[date, date]:
    """The first and the last day of a span."""
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    year = today.year
    return {
        Span.TODAY: (today, today),
        Span.WEEK: (today - timedelta(days=6), today),
        Span.MONTH: (month, today),
        Span.LAST_MONTH: (before.replace(day=1), before),
        Span.YEAR: (date(year, 1, 1), date(year, 12, 31)),
        Span.LAST_YEAR: (date(year - 1, 1, 1), date(year - 1, 12, 31)),
    }[span]


def saved_filters(desk: Desk) -> list[SavedFilter]:
    """All of them, by name; one that a newer program wrote and this one does not understand is left out."""
    with desk.store.read() as transaction:
        kept: dict[str, Any] = settings.get(transaction, settings.SAVED_FILTERS) or {}
    found = []
    for name in sorted(kept, key=str.casefold):
        try:
            found.append(SavedFilter(name, _read(desk, kept[name])))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def save_filter(desk: Desk, name: str, wanted: ListFilter) -> list[SavedFilter]:
    """Keep a filter under a name, in place of the one that had it; raises InputError. Returns all."""
    said = clean_line(name).text
    if not said or len(said) > LONGEST_NAME:
        raise InputError(f"Tulis nama saringan, paling panjang {LONGEST_NAME} huruf.")
    with desk.store.write() as transaction:
        kept: dict[str, Any] = settings.get(transaction, settings.SAVED_FILTERS) or {}
        same = {other for other in kept if other.casefold() == said.casefold()}
        kept = {other: value for other, value in kept.items() if other not in same}
        if len(kept) >= MOST:
            raise InputError(f"Sudah ada {MOST} saringan tersimpan.", way_out="Hapus yang tidak dipakai lagi.")
        settings.put(transaction, settings.SAVED_FILTERS, kept | {said: _written(desk, wanted)})
    return saved_filters(desk)


def remove_filter(desk: Desk, name: str) -> list[SavedFilter]:
    """Forget a filter; one that is gone already is no error. Returns all."""
    with desk.store.write() as transaction:
        kept: dict[str, Any] = settings.get(transaction, settings.SAVED_FILTERS) or {}
        settings.put(transaction, settings.SAVED_FILTERS, {key: kept[key] for key in kept if key != name})
    return saved_filters(desk)


def _soon(desk: Desk) -> date:
    return desk.reference.calendar.add_working_days(desk.today(), SOON_WORKING_DAYS)


def _written(desk: Desk, wanted: ListFilter) -> dict[str, Any]:
    """The filter as JSON: days that mean today, the days to come or a span are kept as such."""
    today = desk.today()
    found: dict[str, Any] = {}
    if wanted.due_before == today:
        found["late"] = True
        wanted = replace(wanted, due_before=None)
    if (wanted.due_from, wanted.due_until) == (today, _soon(desk)):
        found["soon"] = True
        wanted = replace(wanted, due_from=None, due_until=None)
    if wanted.silent_since == silent_since(today, desk.reference.calendar):
        found["silent"] = True
        wanted = replace(wanted, silent_since=None)
    for span in Span:
        if (wanted.received_from, wanted.received_to) == span_days(span, today):
            found["span"] = str(span)
            wanted = replace(wanted, received_from=None, received_to=None)
    empty = ListFilter()
    for field in fields(wanted):
        value = getattr(wanted, field.name)
        if value != getattr(empty, field.name):
            found[field.name] = _plain(value)
    return found


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return sorted(map(str, value)) if isinstance(value, frozenset) else value


def _read(desk: Desk, kept: Mapping[str, Any]) -> ListFilter:
    values: dict[str, Any] = {}
    for name, value in kept.items():
        if name in _SETS:
            values[name] = frozenset(map(_SETS[name], value))
        elif name in _CODES:
            values[name] = _CODES[name](value)
        elif isinstance(value, dict):
            values[name] = date.fromisoformat(value["day"])
        else:
            values[name] = value
    late, soon, span = values.pop("late", False), values.pop("soon", False), values.pop("span", "")
    silent = values.pop("silent", False)
    wanted = ListFilter(**values)
    today = desk.today()
    if late:
        wanted = replace(wanted, due_before=today)
    if soon:
        wanted = replace(wanted, due_from=today, due_until=_soon(desk))
    if silent:
        wanted = replace(wanted, silent_since=silent_since(today, desk.reference.calendar))
    if span:
        first, last = span_days(Span(span), today)
        wanted = replace(wanted, received_from=first, received_to=last)
    return wanted
