"""Texts that somebody has begun and not saved: on the disk as they are typed, and there again in their place.

As drafts, they belong to the desk: whoever sits there goes on with them. A text waits until it is saved or thrown away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.store import half_written as rows
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.half_written import Content, Place

__all__ = ["Content", "HalfWritten", "Kind", "Place", "Waiting", "about", "forget", "keep", "of", "waiting"]


class Kind(StrEnum):
    """What kind of text."""

    FOLLOW_UP = "follow_up"  # about a complaint
    EDIT = "edit"  # fields of a complaint
    STEP = "step"  # what goes with a step of a complaint; the part is the status that it leads to
    REPLY = "reply"  # a text to answer with, about no complaint; the part is the name that it had, "" for a new one
    DECISION = "decision"  # about a conflict


@dataclass(frozen=True, slots=True)
class HalfWritten:
    """A text that waits in its place; `other` wrote in it last where it was not the officer who asks."""

    place: Place
    begun_at: datetime
    content: Content
    other: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that waits, and the complaint that it is about."""

    text: HalfWritten
    reference: str
    title: str


def keep(desk: Desk, place: Place, content: Content) -> None:
    """Keep the newest state of the text, on the disk when this returns; no content: it was saved or thrown away."""
    with desk.store.write() as transaction:
        before = rows.get(transaction, place)
        if content == (before.content if before else {}):
            return
        if content:
            rows.put(transaction, place, content, officer(transaction).name, desk.now())
        else:
            rows.remove(transaction, place)


def forget(desk: Desk, place: Place) -> None:
    """It was saved: nothing waits there any more."""
    keep(desk, place, {})


def of(desk: Desk, place: Place) -> HalfWritten | None:
    """The text of one place."""
    with desk.store.read() as transaction:
        found = rows.get(transaction, place)
        return _view(transaction)(found) if found else None


def about(desk: Desk, complaint_id: str) -> tuple[HalfWritten, ...]:
    """What waits about a complaint, the oldest first, and the texts to answer with, which are about none."""
    with desk.store.read() as transaction:
        found = [*rows.about(transaction, complaint_id), *rows.about(transaction, "")]
        return tuple(map(_view(transaction), found))


def waiting(desk: Desk) -> list[Waiting]:
    """What waits about any complaint, the newest first."""
    with desk.store.read() as transaction:
        view = _view(transaction)
        return [Waiting(view(row), reference, title) for row, reference, title in rows.of_complaints(transaction)]


def _view(transaction: Transaction) -> Callable[[rows.Row], HalfWritten]:
    me = officer(transaction).name

    def view(row: rows.Row) -> HalfWritten:
        return HalfWritten(row.place, row.begun_at, row.content, "" if row.officer == me else row.officer)

    return view
