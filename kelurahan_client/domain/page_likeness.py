"""Whether a line of a page tells what another complaint tells already, in other words. A hint, never a refusal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kelurahan_client.domain.complaint import Intake
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.page_reading import CellProblem
from kelurahan_client.domain.text import fold_words, search_words

NEAR: Final = timedelta(days=14)
_SHARED: Final = 0.5  # of the telling words of the shorter text


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of a complaint that is here."""

    reference: str
    sheet: str
    received: date
    name: str
    statement: str


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """The days around these, in few spans: a slip in one line's year does not fetch all the years between."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - NEAR <= found[-1][1]:
            found[-1] = (found[-1][0], day + NEAR)
        else:
            found.append((day - NEAR, day + NEAR))
    return found


ByName = Mapping[tuple[str, ...], Sequence[Told]]


def by_name(others: Iterable[Told]) -> ByName:
    """The complaints under the words of their reporters' names: a page is compared with those of a whole month."""
    found: dict[tuple[str, ...], list[Told]] = {}
    for other in others:
        found.setdefault(tuple(fold_words(other.name)), []).append(other)
    return found


def likeness(intake: Intake, others: ByName) -> CellProblem | None:
    """The complaint of somebody of the same name, of about the same day, with about the same words."""
    name = tuple(fold_words(intake.reporter_name))
    if not name:
        return None
    words = _telling(intake.statement)
    for other in others.get(name, ()):
        if abs(other.received - intake.received_date) > NEAR:
            continue
        theirs = _telling(other.statement)
        least = min(len(words), len(theirs))
        if least and len(words & theirs) >= least * _SHARED:
            return _problem(other)
    return None


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in search_words(text) if len(word) > 3)


def _problem(other: Told) -> CellProblem:
    page = other.sheet.rpartition(" hal. ")[2] if " hal. " in other.sheet else ""
    where = f"{other.reference} ({other.sheet})" if other.sheet else other.reference
    return CellProblem(
        "reporter_name",
        f"mirip hal. {page}" if page else "mirip yang ada",
        f"Mirip dengan {where}, diterima {format_date(other.received)}.",
        "Bila sama, hapus baris ini; bila lain, biarkan.",
    )
