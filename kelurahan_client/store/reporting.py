"""Counting for reports: the database adds up, and only what is counted alike comes out."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, select

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.store import moments
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.listing import OPEN, ListFilter, conditions
from kelurahan_client.store.moments import SETTLED, is_settled, plain
from kelurahan_client.store.tables import complaint

OTHERWISE = (Status.OUT_OF_JURISDICTION, Status.ARCHIVED)  # ended without being settled
WAITING = (Status.RECEIVED, Status.VERIFIED)  # nobody has taken them up yet
NOT_SIGNED = (SyncState.PENDING, SyncState.REJECTED)  # the centre has not signed for what stands here


@dataclass(frozen=True, slots=True)
class Standing:
    """How many complaints came in, and where they stand now: `incoming` = settled + otherwise + still_open.

    Of the open ones some are late; `unsent` and `rejected` are those of all whose state the centre does not know.
    """

    incoming: int = 0
    settled: int = 0
    otherwise: int = 0
    still_open: int = 0
    late: int = 0
    unsent: int = 0
    rejected: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        """Both together."""
        return Standing(*(getattr(self, name) + getattr(other, name) for name in _COUNTS))


_COUNTS = ("incoming", "settled", "otherwise", "still_open", "late", "unsent", "rejected")


def by_agency(transaction: Transaction, wanted: ListFilter, today: date) -> dict[tuple[str, bool], Standing]:
    """Standings by (agency, whether nobody has taken it up); the latter is told only where there is no agency."""
    column = complaint.c
    waiting = and_(column.agency == "", column.status.in_(WAITING))
    query = select(column.agency, waiting, *_counts(today)).where(*_where(wanted)).group_by(column.agency, waiting)
    return {(row[0], bool(row[1])): Standing(*row[2:]) for row in transaction.connection.execute(query)}


def by_category(transaction: Transaction, wanted: ListFilter, today: date) -> dict[str, Standing]:
    """Standings by category, "" for those without."""
    query = select(complaint.c.category, *_counts(today)).where(*_where(wanted)).group_by(complaint.c.category)
    return {row[0]: Standing(*row[1:]) for row in transaction.connection.execute(query)}


def standing(transaction: Transaction, wanted: ListFilter, today: date) -> Standing:
    """All of them together."""
    row = transaction.connection.execute(select(*_counts(today)).where(*_where(wanted))).one()
    return Standing(*(value or 0 for value in row))


def received_by_day(transaction: Transaction, wanted: ListFilter) -> dict[date, int]:
    """How many were received on each day that has any."""
    column = complaint.c.received_date
    query = select(column, func.count()).where(*_where(wanted)).group_by(column)
    return {date.fromisoformat(day): count for day, count in transaction.connection.execute(query)}


def resolved_by_day(transaction: Transaction, wanted: ListFilter, first: date, last: date) -> dict[date, int]:
    """How many came to their resolution on each day from `first` to `last`, whenever they were received."""
    return moments.resolved_by_day(transaction, first, last, conditions(_ever(wanted)))


Pairs = list[tuple[date, date, int]]
"""(day of receipt, day of what is measured, how many)."""


def answers(transaction: Transaction, wanted: ListFilter, today: date) -> Pairs:
    """When the answered ones of `wanted` were received and had their first answer; answers after today are none."""
    received, day = complaint.c.received_date, complaint.c.answered_on
    query = (
        select(received, day, func.count())
        .where(*_where(wanted), plain(day) <= today.isoformat())
        .group_by(received, day)
    )
    found = transaction.connection.execute(query)
    return [(date.fromisoformat(start), date.fromisoformat(end), count) for start, end, count in found]


def resolutions(transaction: Transaction, wanted: ListFilter, today: date) -> dict[str, Pairs]:
    """By agency, when the settled ones of `wanted` were received and resolved; days after today are none."""
    column = complaint.c
    keys = (column.agency, column.received_date, column.settled_on)
    query = (
        select(*keys, func.count())
        .where(*_where(wanted), is_settled(), plain(column.settled_on) <= today.isoformat())
        .group_by(*keys)
    )
    found: dict[str, Pairs] = {}
    for agency, received, day, count in transaction.connection.execute(query):
        found.setdefault(agency, []).append((date.fromisoformat(received), date.fromisoformat(day), count))
    return found


def _where(wanted: ListFilter) -> list[ColumnElement[bool]]:
    """The conditions of the list, with the period so that the index on it is taken."""
    column = complaint.c.received_date
    found = [complaint.c.deleted == 0, *conditions(_ever(wanted))]
    if wanted.received_from is not None:
        found.append(column >= wanted.received_from.isoformat())
    if wanted.received_to is not None:
        found.append(column <= wanted.received_to.isoformat())
    return found


def _ever(wanted: ListFilter) -> ListFilter:
    return replace(wanted, received_from=None, received_to=None)


def _counts(today: date) -> list[ColumnElement[int]]:
    """The columns of a `Standing`, in its order."""
    column = complaint.c
    still_open = column.status.in_(OPEN)

    def how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((condition, 1), else_=0))

    return [
        func.count(),
        how_many(column.status.in_(SETTLED)),
        how_many(column.status.in_(OTHERWISE)),
        how_many(still_open),
        how_many(and_(still_open, column.due_date < today.isoformat())),
        how_many(column.sync_state == SyncState.PENDING),
        how_many(column.sync_state == SyncState.REJECTED),
    ]
