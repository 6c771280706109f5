"""When complaints were answered and resolved, as their stories tell: for lists and for reports alike.

Days are those of the counter (WITA); the story has UTC. A complaint is answered with the first follow-up, or the first
step beyond its verification. It was resolved with its last step to `resolved`, if it still is (or was closed since).
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, literal_column, or_, select

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import complaint, entry

SETTLED = (Status.RESOLVED, Status.CLOSED)
_ANSWERING = tuple(status for status in Status if status not in (Status.RECEIVED, Status.VERIFIED))


def answer_day() -> ColumnElement[str]:
    """The day of the first answer to the row's complaint, NULL where there was none."""
    return _day(select(func.min(entry.c.at)).where(_of_complaint(), _answers()).scalar_subquery())


def resolution_day() -> ColumnElement[str]:
    """The day on which the row's complaint came to its (last) resolution, NULL where its story does not say."""
    return _day(select(func.max(entry.c.at)).where(_of_complaint(), *_resolves(entry)).scalar_subquery())


def answered_until(last: date) -> ColumnElement[bool]:
    """Whether the row's complaint had an answer by the end of `last`."""
    return exists().where(_of_complaint(), _answers(), entry.c.at < _begin(last + timedelta(days=1)))


def resolved_within(first: date | None, last: date | None) -> Select[Any]:
    """(key, day) of every complaint that came to its resolution between the two days; None is no bound."""
    later = entry.alias("later")
    conditions = [
        *_resolves(entry),
        complaint.c.status.in_(SETTLED),
        ~exists().where(later.c.complaint_id == entry.c.complaint_id, *_resolves(later), later.c.at > entry.c.at),
    ]
    if first is not None:
        conditions.append(entry.c.at >= _begin(first))
    if last is not None:
        conditions.append(entry.c.at < _begin(last + timedelta(days=1)))
    return (
        select(complaint.c.key.label("key"), _day(entry.c.at).label("day"))
        .join_from(entry, complaint, complaint.c.id == entry.c.complaint_id)
        .where(complaint.c.deleted == 0, *conditions)
        .distinct()  # two steps of one moment are one resolution
    )


def resolved_by_day(
    transaction: Transaction, first: date, last: date, conditions: list[ColumnElement[bool]]
) -> dict[date, int]:
    """How many of the complaints that `conditions` let through were resolved on each day that has any."""
    found = resolved_within(first, last).where(*conditions).subquery()
    query = select(found.c.day, func.count()).group_by(found.c.day)
    return {date.fromisoformat(day): count for day, count in transaction.connection.execute(query)}


def conditions(
    *, resolved_from: date | None, resolved_to: date | None, answered_to: date | None
) -> list[ColumnElement[bool]]:
    """What a list is narrowed by where it asks for the story."""
    found: list[ColumnElement[bool]] = []
    if resolved_from is not None or resolved_to is not None:
        within = resolved_within(resolved_from, resolved_to).subquery()
        found.append(complaint.c.key.in_(select(within.c.key)))
    if answered_to is not None:
        found.append(answered_until(answered_to))
    return found


def _of_complaint() -> ColumnElement[bool]:
    return entry.c.complaint_id == complaint.c.id


def _answers() -> ColumnElement[bool]:
    return or_(entry.c.kind == "follow_up", and_(entry.c.kind == "status", entry.c.status_to.in_(_ANSWERING)))


def _resolves(steps: FromClause) -> list[ColumnElement[bool]]:
    # As a literal: SQLite takes the index of these steps only where it can see which they are.
    return [steps.c.kind == "status", steps.c.status_to == literal_column("'resolved'")]


def _begin(day: date) -> str:
    """The first moment of a day at the counter; without its Z, so that it stands before every fraction of a second."""
    return utc_text(datetime.combine(day, time(), WITA)).removesuffix("Z")


def _day(at: ColumnElement[Any]) -> ColumnElement[str]:
    # Without the fraction, which SQLite would round: the last millisecond of a day is not the next day.
    return func.date(func.substr(at, 1, 19), "+8 hours")
