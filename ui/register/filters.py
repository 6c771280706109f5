"""What a filter says in words; pure, so that chips and empty states are tested without a window."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.domain.status import REOPENING_DAYS, silent_since
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS, STATUS_WORDS
from kelurahan_client.services.lists import ListFilter, Sort
from kelurahan_client.services.saved_filters import Span, span_days
from ui.language import said
from ui.register.cells import AT_REST, Day
from ui.widgets.status_look import sync_look
from ui.wording import short_date

OPEN = frozenset(Status) - AT_REST
"""Statuses in which somebody must still act."""

WORKLIST = ListFilter(statuses=OPEN, sort=Sort.DUE, descending=False)
"""What the page begins with: everything open, the most pressing first."""


Change = Callable[[ListFilter], ListFilter]
"""One choice of a menu: what it makes of the filter."""


def tr(text: str) -> str:
    """The text in the window's language."""
    return QCoreApplication.translate("Filter", text)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days of receipt with its name."""

    name: str
    first: date
    last: date


def periods(today: date) -> tuple[Period, ...]:
    """The spans that a clerk asks for."""
    names = {
        Span.TODAY: tr("Hari ini"),
        Span.WEEK: tr("7 hari terakhir"),
        Span.MONTH: tr("Bulan ini"),
        Span.LAST_MONTH: tr("Bulan lalu"),
        Span.YEAR: str(today.year),
        Span.LAST_YEAR: str(today.year - 1),
    }
    return tuple(Period(name, *span_days(span, today)) for span, name in names.items())


def chip_values(wanted: ListFilter, day: Day) -> dict[str, str]:
    """What each filter that is on says on its chip, by the chip's key."""
    found: dict[str, str] = {}
    if wanted.statuses == OPEN:
        found["open"] = tr("Terbuka")
    elif wanted.statuses:
        found["status"] = ", ".join(said(STATUS_WORDS[status]) for status in Status if status in wanted.statuses)
    if wanted.classification is not None:
        found["classification"] = said(CLASSIFICATION_WORDS[wanted.classification])
    if wanted.agency or wanted.without_agency:
        found["agency"] = tr("Tanpa SKPD") if wanted.without_agency else day.reference.agency_name(wanted.agency)
    if wanted.category or wanted.without_category:
        found["category"] = (
            tr("Tanpa kategori") if wanted.without_category else day.reference.category_name(wanted.category)
        )
    if wanted.channel is not None:
        found["channel"] = said(CHANNEL_WORDS[wanted.channel])
    if wanted.import_id:
        found["import"] = tr("Hasil impor")
    if wanted.unasked:
        found["unasked"] = tr("Belum ditanya")
    return found | _sync_value(wanted) | _due_value(wanted) | _period_value(wanted, day) | _story_values(wanted, day)


def _sync_value(wanted: ListFilter) -> dict[str, str]:
    if not wanted.sync_states:
        return {}
    words = ", ".join(sync_look(state).word for state in SyncState if state in wanted.sync_states)
    return {"unsent" if wanted.sync_states == {SyncState.PENDING} else "sync": words}


def _due_value(wanted: ListFilter) -> dict[str, str]:
    if wanted.due_before is not None:
        return {"late": tr("Terlambat")}
    if wanted.due_until is not None or wanted.due_from is not None:
        return {"soon": tr("Segera jatuh tempo")}
    return {}


def _period_value(wanted: ListFilter, day: Day) -> dict[str, str]:
    first, last = wanted.received_from, wanted.received_to
    if first is None and last is None:
        return {}
    for period in periods(day.today):
        if (first, last) == (period.first, period.last):
            return {"period": tr("Diterima hari ini") if first == last == day.today else said(period.name)}
    if last is None and first is not None:
        return {"period": tr("sejak {day}").format(day=short_date(first, day.today))}
    if first is None and last is not None:
        return {"period": tr("sampai {day}").format(day=short_date(last, day.today))}
    ends = [short_date(end, day.today) for end in (first, last) if end is not None]
    return {"period": "–".join(dict.fromkeys(ends))}


def _story_values(wanted: ListFilter, day: Day) -> dict[str, str]:
    """The filters with which a report opens a list."""
    found: dict[str, str] = {}
    if wanted.desk:
        found["desk"] = tr("Loket {letter}").format(letter=wanted.desk)
    first, last = wanted.resolved_from, wanted.resolved_to
    if first is not None:
        ends = [short_date(end, day.today) for end in (first, last) if end is not None]
        found["resolved"] = tr("Selesai {days}").format(days="–".join(dict.fromkeys(ends)))
    elif last is not None:
        found["resolved"] = tr("Tanggal selesai diketahui")
    if wanted.answered_to is not None:
        found["answered"] = tr("Sudah dijawab")
    if wanted.silent_since is not None:
        found["silent"] = tr("Diam {n} hari kerja").format(n=REOPENING_DAYS)
    return found


def without(wanted: ListFilter, chip: str) -> ListFilter:
    """The filter after the cross of a chip was pressed."""
    return replace(wanted, **_CLEARED[chip])


_CLEARED: dict[str, dict[str, Any]] = {
    "open": {"statuses": frozenset()},
    "status": {"statuses": frozenset()},
    "late": {"due_before": None, "due_until": None, "due_from": None},
    "soon": {"due_before": None, "due_until": None, "due_from": None},
    "unsent": {"sync_states": frozenset()},
    "sync": {"sync_states": frozenset()},
    "period": {"received_from": None, "received_to": None},
    "import": {"import_id": ""},
    "classification": {"classification": None},
    "channel": {"channel": None},
    "category": {"category": "", "without_category": False},
    "agency": {"agency": "", "without_agency": False},
    "desk": {"desk": ""},
    "resolved": {"resolved_from": None, "resolved_to": None},
    "answered": {"answered_to": None},
    "silent": {"silent_since": None},
    "unasked": {"unasked": False},
}


def only_search(wanted: ListFilter) -> ListFilter:
    """The same words and order without any filter."""
    return ListFilter(search=wanted.search, sort=wanted.sort, descending=wanted.descending)


def choices(kind: str, day: Day) -> list[tuple[str, Change]]:
    """The choices of a menu: word and change, for classification, status, period, agency, category and channel."""
    if kind == "period":
        return [(said(one.name), _set(received_from=one.first, received_to=one.last)) for one in periods(day.today)]
    if kind == "classification":
        return [(said(word), _set(classification=value)) for value, word in CLASSIFICATION_WORDS.items()]
    if kind == "status":
        return [(said(word), _set(statuses=frozenset({value}))) for value, word in STATUS_WORDS.items()]
    if kind == "channel":
        return [(said(word), _set(channel=value)) for value, word in CHANNEL_WORDS.items()]
    if kind == "category":
        return [
            (one.name, _set(category=one.code, without_category=False)) for one in day.reference.categories.values()
        ]
    agencies = sorted(day.reference.agencies.values(), key=lambda one: one.short_name.casefold())
    return [(one.short_name, _set(agency=one.code, without_agency=False)) for one in agencies]


def picked(wanted: ListFilter, chip: str, day: Day) -> ListFilter:
    """The filter after a chip without a menu was pressed."""
    if chip == "open":
        return replace(wanted, statuses=OPEN)
    if chip == "late":
        return replace(wanted, due_before=day.today, due_until=None, due_from=None)
    if chip == "soon":
        return replace(wanted, due_before=None, due_from=day.today, due_until=day.soon)
    if chip == "unasked":
        return replace(wanted, unasked=True)
    if chip == "silent":  # these are at rest: what narrows to the open ones would hide all of them
        since = silent_since(day.today, day.reference.calendar)
        return replace(wanted, statuses=frozenset(), due_before=None, due_from=None, due_until=None, silent_since=since)
    return replace(wanted, sync_states=frozenset({SyncState.PENDING}))


def _set(**values: Any) -> Change:
    return partial(_replace, values)


def _replace(values: dict[str, Any], wanted: ListFilter) -> ListFilter:
    return replace(wanted, **values)
