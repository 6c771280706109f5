"""When complaints were answered and resolved, as their stories tell: for lists and for reports alike.

Days are those of the counter (WITA); the story has UTC. A complaint is answered with the first follow-up, or the first
step beyond its verification. It was resolved with its last step to `resolved`, if it still is (or was closed since).
Both days stand in the complaint's row and are found again whenever its story grows.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select, update
from sqlalchemy.sql.expression import UnaryExpression
from sqlalchemy.sql.operators import custom_op

from kelurahan_client.domain.complaint import Status
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.many import is_one_of
from kelurahan_client.store.tables import complaint, entry

SETTLED = (Status.RESOLVED, Status.CLOSED)
_ANSWERING = tuple(status for status in Status if status not in (Status.RECEIVED, Status.VERIFIED))


def renew(transaction: Transaction, complaint_ids: Sequence[str]) -> None:
    """Find both days of these complaints in their stories; those without a story, or not here yet, stay as they are."""
    with_story = select(entry.c.complaint_id).where(is_one_of(entry.c.complaint_id, complaint_ids))
    _renew(transaction, complaint.c.id.in_(with_story))


def renew_after(transaction: Transaction, key: int) -> None:
    """The same for the complaints with a higher key, which have just come."""
    with_story = select(entry.c.key).where(entry.c.complaint_id == complaint.c.id).exists()
    _renew(transaction, and_(complaint.c.key > key, with_story))


def _renew(transaction: Transaction, which: ColumnElement[bool]) -> None:
    days = {"answered_on": _answer_day(), "settled_on": _resolution_day()}
    transaction.connection.execute(update(complaint).where(which).values(days))


def resolved_by_day(
    transaction: Transaction, first: date, last: date, conditions: Sequence[ColumnElement[bool]] = ()
) -> dict[date, int]:
    """How many of the complaints that `conditions` let through were resolved on each day that has any."""
    column = complaint.c.settled_on
    query = (
        select(column, func.count())
        .where(complaint.c.deleted == 0, column.between(first.isoformat(), last.isoformat()), is_settled(), *conditions)
        .group_by(column)
    )
    return {date.fromisoformat(day): count for day, count in transaction.connection.execute(query)}


def conditions(
    *, resolved_from: date | None, resolved_to: date | None, answered_to: date | None
) -> list[ColumnElement[bool]]:
    """What a list is narrowed by where it asks for these days; None does not narrow."""
    found: list[ColumnElement[bool]] = []
    if resolved_from is not None or resolved_to is not None:
        found.append(is_settled())
    # With a beginning it is a narrow span, for which the index of these days is the quickest way in.
    column = complaint.c.settled_on if resolved_from is not None else plain(complaint.c.settled_on)
    if resolved_from is not None:
        found.append(column >= resolved_from.isoformat())
    if resolved_to is not None:
        found.append(column <= resolved_to.isoformat())
    if answered_to is not None:
        found.append(plain(complaint.c.answered_on) <= answered_to.isoformat())
    return found


def silent(since: date) -> list[ColumnElement[bool]]:
    """Resolved on this day (WITA) or before, and no follow-up has come after it."""
    spoken = (
        select(entry.c.key)
        .where(entry.c.complaint_id == complaint.c.id, entry.c.kind == "follow_up")
        .where(_day(entry.c.at) > since.isoformat())
        .exists()
    )
    # By the narrow index of the status: few are resolved and not closed.
    return [complaint.c.status == Status.RESOLVED, plain(complaint.c.resolved_on) <= since.isoformat(), ~spoken]


def is_settled() -> ColumnElement[bool]:
    """Whether the complaint is resolved or closed; the day of a resolution that was taken back does not count."""
    return plain(complaint.c.status).in_(SETTLED)


def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as a value only, so that SQLite does not pick an index on it and open every row for the rest."""
    return UnaryExpression(column, operator=custom_op("+"))


def _answer_day() -> ScalarSelect[Any]:
    answers = or_(entry.c.kind == "follow_up", and_(entry.c.kind == "status", entry.c.status_to.in_(_ANSWERING)))
    return select(_day(func.min(entry.c.at))).where(entry.c.complaint_id == complaint.c.id, answers).scalar_subquery()


def _resolution_day() -> ScalarSelect[Any]:
    resolves = and_(entry.c.kind == "status", entry.c.status_to == Status.RESOLVED)
    return select(_day(func.max(entry.c.at))).where(entry.c.complaint_id == complaint.c.id, resolves).scalar_subquery()


def _day(at: ColumnElement[Any]) -> ColumnElement[str]:
    # Without the fraction, which SQLite of older days rounds: the last millisecond of a day is not the next day.
    return func.date(func.substr(at, 1, 19), "+8 hours")
