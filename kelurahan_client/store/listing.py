"""Lists, counts and search. A list is first an array of keys, then pages by key: as fast at its end as at its start."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, table
from sqlalchemy import column as sql_column
from sqlalchemy import text as sql

from kelurahan_client.domain.complaint import Channel, Classification, Priority, Status, SyncState
from kelurahan_client.domain.privacy import NOT_ASKED
from kelurahan_client.store import moments
from kelurahan_client.store.damage import as_written
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.moments import plain
from kelurahan_client.store.tables import complaint
from kelurahan_client.store.text_index import facet_expression, match_expression

SEARCH_LIMIT = 1_000  # nobody reads further; the list says that there are more

ENDED = (Status.RESOLVED, Status.CLOSED, Status.OUT_OF_JURISDICTION, Status.ARCHIVED)
OPEN = tuple(status for status in Status if status not in ENDED)


class Sort(StrEnum):
    """What a list can be sorted by."""

    RECEIVED = "received_date"
    DUE = "due_date"
    STATUS = "status"
    AGENCY = "agency"
    TITLE = "title"
    REFERENCE = "reference"
    CATEGORY = "category"
    CHANNEL = "channel"
    CLASSIFICATION = "classification"
    SYNC = "sync_state"
    LOCATION = "location"
    ARRIVAL = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What a list shows; everything that is left empty does not narrow it."""

    search: str = ""
    statuses: frozenset[Status] = frozenset()
    classification: Classification | None = None
    agency: str = ""
    category: str = ""
    channel: Channel | None = None
    sync_states: frozenset[SyncState] = frozenset()
    due_before: date | None = None  # open and due before this day
    due_until: date | None = None  # open and due on or before this day
    due_from: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    import_id: str = ""
    desk: str = ""  # the letter of the desk that registered it
    without_agency: bool = False
    without_category: bool = False
    unasked: bool = False  # whether the name or the text may be known, nobody has asked
    resolved_from: date | None = None  # came to its resolution between these days, as its story tells
    resolved_to: date | None = None
    answered_to: date | None = None  # had its first answer by the end of this day
    silent_since: date | None = None  # resolved on this day or before, and nobody has written about it after it
    sort: Sort = Sort.RECEIVED
    descending: bool = True


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a list."""

    key: int
    id: str
    reference: str
    title: str
    received_date: date
    status: Status
    agency: str
    category: str
    channel: Channel
    due_date: date | None
    priority: Priority
    confidential: bool | None
    sync_state: SyncState
    classification: Classification = Classification.COMPLAINT
    location: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the first page."""

    total: int = 0
    received_today: int = 0
    received_today_by_channel: dict[Channel, int] = field(default_factory=dict)
    unverified: int = 0
    next_verification: date | None = None
    due_soon: int = 0
    late: int = 0
    unsent: int = 0
    conflicts: int = 0
    rejected: int = 0


def keys(
    transaction: Transaction,
    wanted: ListFilter,
    most_found: int | None = SEARCH_LIMIT + 1,
    codes: Sequence[str] = (),
) -> "array[int]":
    """The keys of all complaints that `wanted` lets through, in its order; with words, of the newest `most_found`.

    `codes` is the order of the codes of the column that is sorted by, where it is not that of the alphabet.
    """
    key = complaint.c.key
    narrowing = [complaint.c.deleted == 0, *conditions(wanted)]
    if wanted.search.strip():
        found = _search(wanted, most_found)
        if found is None:
            return array("q")
        if wanted.sort is Sort.ARRIVAL and wanted.descending:
            return _keys(transaction, found)
        narrowing = [complaint.c.deleted == 0, key.in_(found.scalar_subquery())]
    column = complaint.c[wanted.sort.value]
    if codes:
        # Under a filter the index of the column alone would open every row.
        code = plain(column) if len(narrowing) > 1 else column
        grouped = select(code, func.group_concat(key)).where(*narrowing).group_by(code)
        return _by_codes(transaction, grouped, codes, descending=wanted.descending)
    if wanted.sort not in (Sort.RECEIVED, Sort.DUE) and len(narrowing) > 1:
        # These orders have narrow indexes: the filter is answered first, by one that has its columns.
        narrowing = [complaint.c.deleted == 0, key.in_(select(key).where(*narrowing).scalar_subquery())]
    query = select(key).where(*narrowing)
    if wanted.sort is Sort.ARRIVAL:
        return _keys(transaction, query.order_by(key.desc() if wanted.descending else key.asc()))
    if wanted.descending:
        return _keys(transaction, query.order_by(column.desc(), key.desc()))
    ordered = query.order_by(column.asc(), key.asc())
    if wanted.sort is not Sort.DUE:
        return _keys(transaction, ordered)
    undated = query.where(column.is_(None)).order_by(key.asc())  # whoever has no day comes after those who have
    return _keys(transaction, ordered.where(column.is_not(None))) + _keys(transaction, undated)


def _by_codes(
    transaction: Transaction, grouped: Select[Any], codes: Sequence[str], *, descending: bool
) -> "array[int]":
    """The keys of each code together, in the order of `codes`: much cheaper than sorting the rows by it."""
    places = {code: at for at, code in enumerate(codes)}
    found: dict[int, list[int]] = {}
    for code, joined in transaction.connection.execute(grouped):
        found.setdefault(places.get(code, len(codes)), []).extend(map(int, joined.split(",")))
    ordered: array[int] = array("q")
    for place in sorted(found, reverse=descending):
        ordered.extend(sorted(found[place], reverse=descending))
    return ordered


def _keys(transaction: Transaction, query: Select[Any]) -> "array[int]":
    """The keys as one joined text: 100,000 of them as rows would take three times as long."""
    ordered = query.subquery()
    joined = transaction.connection.execute(select(func.group_concat(ordered.c.key))).scalar()
    return array("q", map(int, joined.split(","))) if joined else array("q")


_WORDS = table("complaint_text", sql_column("rowid"))


def _search(wanted: ListFilter, most_found: int | None) -> Select[Any] | None:
    """Words and everything that the text index knows of a complaint in one question; the rest by a second index.

    Newest first; None where the words cannot be looked for.
    """
    expression = match_expression(wanted.search)
    if not expression:
        return None
    facets = facet_expression(
        {
            "status": wanted.statuses,
            "classification": {wanted.classification} if wanted.classification else (),
            "agency": {wanted.agency} if wanted.agency else (),
            "category": {wanted.category} if wanted.category else (),
            "channel": {wanted.channel} if wanted.channel else (),
        }
    )
    matching = sql("complaint_text MATCH :words").bindparams(words=f"{expression}{facets}")
    query: Select[Any] = select(_WORDS.c.rowid.label("key")).where(matching)
    rest = conditions(replace(wanted, statuses=frozenset(), classification=None, agency="", category="", channel=None))
    if rest:
        narrowed = select(complaint.c.key).where(complaint.c.deleted == 0, *rest)
        query = query.where(_WORDS.c.rowid.in_(narrowed.scalar_subquery()))
    return query.order_by(_WORDS.c.rowid.desc()).limit(most_found)


def conditions(wanted: ListFilter) -> list[ColumnElement[bool]]:
    """What the rows of a list have in common, but for the words of a search and that they are not deleted."""
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(plain(complaint.c.status).in_(sorted(wanted.statuses)))
    if wanted.sync_states:
        found.append(plain(complaint.c.sync_state).in_(sorted(wanted.sync_states)))
    for name in ("classification", "agency", "category", "channel", "import_id", "desk"):
        value = getattr(wanted, name)
        if value:
            found.append(plain(complaint.c[name]) == str(value))
    lacking = (
        (wanted.without_agency, plain(complaint.c.agency) == ""),
        (wanted.without_category, plain(complaint.c.category) == ""),
        (wanted.unasked, or_(*(plain(complaint.c[name]).is_(None) for name in NOT_ASKED))),
    )
    found += [lack for wished, lack in lacking if wished]
    if wanted.due_before or wanted.due_until:
        found.append(plain(complaint.c.status).in_(OPEN))
    for name, edge, below in (
        ("due_date", wanted.due_until, True),
        ("due_date", wanted.due_from, False),
        ("received_date", wanted.received_to, True),
        ("received_date", wanted.received_from, False),
    ):
        if edge is not None:
            column = plain(complaint.c[name])
            found.append(column <= edge.isoformat() if below else column >= edge.isoformat())
    if wanted.due_before is not None:
        found.append(plain(complaint.c.due_date) < wanted.due_before.isoformat())
    if wanted.silent_since is not None:
        found += moments.silent(wanted.silent_since)
    return found + moments.conditions(
        resolved_from=wanted.resolved_from, resolved_to=wanted.resolved_to, answered_to=wanted.answered_to
    )


_ROW_COLUMNS = [
    complaint.c[name]
    for name in (
        "key id reference title received_date status agency category channel due_date priority confidential sync_state "
        "classification location"
    ).split()
]


def page(transaction: Transaction, wanted: Sequence[int]) -> list[ListRow]:
    """The lines of the given keys, in their order; a key that is gone meanwhile is left out."""
    query = select(*_ROW_COLUMNS).where(complaint.c.key.in_(list(wanted)))
    with as_written():
        found = {row[0]: _row(row) for row in transaction.connection.execute(query)}
    return [found[key] for key in wanted if key in found]


def _row(row: Any) -> ListRow:
    return ListRow(
        key=row[0],
        id=row[1],
        reference=row[2],
        title=row[3],
        received_date=date.fromisoformat(row[4]),
        status=Status(row[5]),
        agency=row[6],
        category=row[7],
        channel=Channel(row[8]),
        due_date=date.fromisoformat(row[9]) if row[9] else None,
        priority=Priority(row[10]),
        confidential=row[11],
        sync_state=SyncState(row[12]),
        classification=Classification(row[13]),
        location=row[14],
    )


def counts(transaction: Transaction, today: date, soon: date) -> Counts:
    """The numbers of the first page; `soon` is the last day that counts as due soon."""
    run = transaction.connection.execute
    column = complaint.c
    alive = column.deleted == 0
    by_channel = run(
        select(column.channel, func.count())
        .where(alive, column.received_date == today.isoformat())
        .group_by(column.channel)
    ).all()
    unverified, next_verification = run(
        select(func.count(), func.min(column.due_date)).where(alive, column.status == Status.RECEIVED)
    ).one()
    by_sync = {
        row[0]: row[1]
        for row in run(select(column.sync_state, func.count()).where(alive).group_by(column.sync_state)).all()
    }
    still_open = and_(alive, column.status.in_(OPEN))
    late = run(select(func.count()).where(still_open, column.due_date < today.isoformat())).scalar_one()
    due_soon = run(
        select(func.count()).where(still_open, column.due_date.between(today.isoformat(), soon.isoformat()))
    ).scalar_one()
    return Counts(
        total=sum(by_sync.values()),
        received_today=sum(row[1] for row in by_channel),
        received_today_by_channel={Channel(row[0]): row[1] for row in by_channel},
        unverified=unverified,
        next_verification=date.fromisoformat(next_verification) if next_verification else None,
        due_soon=due_soon,
        late=late,
        unsent=by_sync.get(SyncState.PENDING, 0),
        conflicts=by_sync.get(SyncState.CONFLICT, 0),
        rejected=by_sync.get(SyncState.REJECTED, 0),
    )


def count_withdrawn(transaction: Transaction) -> int:
    """How many complaints of undone imports wait for the centre's answer."""
    waits = select(func.count()).where(complaint.c.deleted == 1, complaint.c.sync_state == SyncState.PENDING)
    return transaction.connection.execute(waits).scalar_one()


def count_silent(transaction: Transaction, since: date, most: int) -> int:
    """How many complaints were resolved on this day or before and never spoken of again; nobody counts past `most`."""
    found = select(complaint.c.key).where(complaint.c.deleted == 0, *moments.silent(since)).limit(most).subquery()
    return transaction.connection.execute(select(func.count()).select_from(found)).scalar_one()


def nearest_due(transaction: Transaction, limit: int) -> list[ListRow]:
    """The open complaints whose day comes first."""
    query = (
        select(*_ROW_COLUMNS)
        .where(complaint.c.deleted == 0, complaint.c.due_date.is_not(None), complaint.c.status.in_(OPEN))
        .order_by(complaint.c.due_date, complaint.c.key)
        .limit(limit)
    )
    return [_row(row) for row in transaction.connection.execute(query)]


def per_day(transaction: Transaction, first: date, last: date) -> list[tuple[date, int, int]]:
    """(day, received, resolved) for every day from `first` to `last`."""
    column = complaint.c.received_date
    rows = transaction.connection.execute(
        select(column, func.count())
        .where(complaint.c.deleted == 0, column.between(first.isoformat(), last.isoformat()))
        .group_by(column)
    )
    received = {date.fromisoformat(row[0]): row[1] for row in rows}
    resolved = moments.resolved_by_day(transaction, first, last)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [(day, received.get(day, 0), resolved.get(day, 0)) for day in days]


def count_all(transaction: Transaction) -> int:
    """How many complaints are on this machine."""
    query = select(func.count()).select_from(complaint).where(complaint.c.deleted == 0)
    return transaction.connection.execute(query).scalar_one()
