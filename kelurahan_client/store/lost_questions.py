"""Conflicts that a restored centre has lost, or of which it has lost a side: kept until they are told to it.

Who wrote their sides sends these again by itself, and so asks again. What nobody says any more is told from here.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kelurahan_client.store import complaints, imports, settings
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import Conflict
from kelurahan_client.store.lost_values import is_of_another_life

_LOST = "lost_questions"


@dataclass(frozen=True, slots=True)
class LostQuestion:
    """A conflict as the centre told it at a revision of a past that a restore has ended."""

    id: str
    complaint_id: str
    rev: int
    body: dict[str, Any]


def is_replaced(before: Conflict, now: Conflict) -> bool:
    """Whether the centre was restored between the two, and the second has not every side of the first."""
    return is_of_another_life(before.rev, now.rev) and not _values(before.body) <= _values(now.body)


def remember(transaction: Transaction, found: Iterable[Conflict]) -> None:
    """Keep these besides."""
    new = [LostQuestion(one.id, one.complaint_id, one.rev, one.body) for one in found]
    if new:
        _keep(transaction, [*kept(transaction), *new])


def kept(transaction: Transaction) -> list[LostQuestion]:
    """What is remembered, back or not."""
    return [LostQuestion(**one) for one in settings.get(transaction, _LOST) or []]


def missing(transaction: Transaction) -> list[tuple[Stored, LostQuestion]]:
    """What is not back yet, with the complaint as it stands; what is back is remembered no longer."""
    before = kept(transaction)
    if not before:
        return []
    known = complaints.get_many(transaction, {one.complaint_id for one in before})
    found: list[tuple[Stored, LostQuestion]] = []
    unsure: list[LostQuestion] = []  # of complaints that the centre has yet to sign for
    for one in before:
        stored = known.get(one.complaint_id)
        present = imports.get_conflict(transaction, one.id)
        back = present is not None and present.rev > one.rev and _values(one.body) <= _values(present.body)
        if stored is None or stored.deleted or back:
            continue
        if stored.complaint.rev:
            found.append((stored, one))
        else:
            unsure.append(one)
    left_over = [*(one for _, one in found), *unsure]
    if left_over != before:
        _keep(transaction, left_over)
    return found


def forget(transaction: Transaction, told: Iterable[LostQuestion]) -> None:
    """These were told to the centre."""
    gone = [*told]
    _keep(transaction, [one for one in kept(transaction) if one not in gone])


def _values(body: dict[str, Any]) -> set[str]:
    return {repr(side["value"]) for side in body["sides"]}


def _keep(transaction: Transaction, questions: Iterable[LostQuestion]) -> None:
    settings.put(transaction, _LOST, [asdict(one) for one in questions])
