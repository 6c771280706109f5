"""The outbox: everything this desk ever told the centre, in order, chained by hash, unchangeable.

An entry's bytes are made once, in the transaction of the row that they speak of, and are sent as they are for ever. The
answer is written beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, bindparam, func, insert, literal_column, select, update
from sqlalchemy.sql.operators import custom_op

from kelurahan_client.store import settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.many import is_one_of
from kelurahan_client.store.refusals import REFUSED
from kelurahan_client.store.tables import outbox
from sync.framing import CHAIN_START, chain, encode_line
from sync.protocol import SCHEMA, Mutation, Op, Result, ResultKind
from sync.schemas import downcast, read_mutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A change that the centre is to hear of; the store gives it its number."""

    op: Op
    type: str
    id: str  # of the record that the mutation names
    complaint_id: str
    set: Mapping[str, Any]
    was: Mapping[str, Any]
    base_rev: int
    actor: str
    device_time: str
    again: bool = False  # somebody has said it before, and the centre has lost it


@dataclass(frozen=True, slots=True)
class Entry:
    """One outbox entry with its answer, as far as there is one."""

    epoch: str
    n: int
    op: Op
    complaint_id: str
    child_id: str
    line: bytes
    hash: bytes
    recorded_at: str
    tried_at: str | None
    result: ResultKind | None
    number: int
    reason: str
    answered_at: str | None

    def children(self) -> list[str]:
        """Ids of what this adds to the complaint: a follow-up, a file, a question, the step of another status."""
        if self.op in (Op.TRANSITION, Op.RESOLVE):
            return [str(read_mutation(self.line).set.get("step", ""))]
        return [self.child_id] if self.child_id else []


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of the chain: the epoch, the last number given, and h(n)."""

    epoch: str
    n: int
    hash: bytes


def tail(transaction: Transaction) -> Tail:
    """Where the next entry will be added."""
    value = settings.get(transaction, settings.OUTBOX_TAIL)
    return Tail(value["epoch"], value["n"], bytes.fromhex(value["hash"]))


def start_epoch(transaction: Transaction, epoch: str) -> None:
    """Begin numbering anew: at enrolment."""
    settings.put(transaction, settings.OUTBOX_TAIL, {"epoch": epoch, "n": 0, "hash": CHAIN_START.hex()})


_INSERT = insert(outbox)


def append(transaction: Transaction, changes: Sequence[Pending]) -> None:
    """Give each change the next number, make its bytes and chain them; in words that the centre is known to read."""
    if not changes:
        return
    end = tail(transaction)
    n, digest = end.n, end.hash
    schema = settings.get(transaction, settings.CENTRE_SCHEMA) or SCHEMA
    rows = []
    for change in changes:
        n += 1
        line = encode_line(downcast(_mutation(n, change), schema))
        digest = chain(digest, line)
        rows.append(
            {
                "epoch": end.epoch,
                "n": n,
                "op": change.op,
                "record_id": change.complaint_id,
                "child_id": "" if change.id == change.complaint_id else change.id,
                "line": line,
                "hash": digest,
                "recorded_at": change.device_time,
            }
        )
    transaction.connection.execute(_INSERT, rows)
    settings.put(transaction, settings.OUTBOX_TAIL, {"epoch": end.epoch, "n": n, "hash": digest.hex()})


def _mutation(n: int, change: Pending) -> Mutation:
    return Mutation(
        n=n,
        op=change.op,
        type=change.type,
        id=change.id,
        base_rev=change.base_rev,
        set=dict(change.set),
        was=dict(change.was),
        actor=change.actor,
        device_time=change.device_time,
        schema=SCHEMA,
        again=change.again,
    )


def waiting(transaction: Transaction, epoch: str, *, after: int, limit: int) -> list[Entry]:
    """Entries of `epoch` numbered above `after`, in order, that the centre has not answered."""
    query = (
        select(outbox)
        .where(outbox.c.epoch == epoch, outbox.c.n > after, outbox.c.result.is_(None))
        .order_by(outbox.c.n)
        .limit(limit)
    )
    return entries(transaction, query)


# Written out, as a bound value does not tell SQLite of the index of what was merged.
_MERGED: ColumnElement[bool] = outbox.c.result == literal_column(f"'{ResultKind.MERGED.value}'")
_AS_WRITTEN: ColumnElement[int] = literal_column("outbox.rowid")  # epochs have no order of their own


def unanswered_of(transaction: Transaction, complaint_id: str) -> list[Entry]:
    """What the centre has not yet answered about one complaint, in order."""
    query = select(outbox).where(outbox.c.record_id == complaint_id, outbox.c.result.is_(None)).order_by(_AS_WRITTEN)
    return entries(transaction, query)


def last_decision(transaction: Transaction, complaint_id: str, conflict_id: str) -> Entry | None:
    """What was said last here about a conflict and is not answered, decision or one taken back."""
    said = [one for one in unanswered_of(transaction, complaint_id) if one.child_id == conflict_id]
    return said[-1] if said and said[-1].op is Op.RESOLVE else None


def merged_since(transaction: Transaction, at: str) -> list[Entry]:
    """What the centre has answered `merged` at `at` or later (UTC text), the newest first."""
    query = select(outbox).where(_MERGED, outbox.c.answered_at >= at)
    newest_first: UnaryExpression[int] = literal_column(
        "+outbox.rowid"
    ).desc()  # a value only, so that the index of the merged is used
    return entries(transaction, query.order_by(newest_first).limit(200))


def said_of(transaction: Transaction, complaint_id: str) -> list[Entry]:
    """Everything that this machine has ever told of one complaint, in the order it was written."""
    return entries(transaction, select(outbox).where(outbox.c.record_id == complaint_id).order_by(_AS_WRITTEN))


def refused_children(transaction: Transaction, complaint_id: str) -> set[str]:
    """Ids of what this machine added to a complaint, and the centre refused each time it was said."""
    said = [one for one in said_of(transaction, complaint_id) if one.result is not None]
    refused = {id_ for one in said if one.result is ResultKind.REJECTED for id_ in one.children()}
    return refused - {id_ for one in said if one.result is not ResultKind.REJECTED for id_ in one.children()}


def rejected_of(transaction: Transaction, complaint_id: str) -> list[Entry]:
    """What the centre refused of one complaint, in order."""
    query = select(outbox).where(outbox.c.record_id == complaint_id, REFUSED).order_by(outbox.c.epoch, outbox.c.n)
    return entries(transaction, query)


def release(transaction: Transaction, refused: Iterable[Entry], why: str) -> None:
    """What the centre had refused is in its records after all; `why` stands beside it."""
    rows = [{"of": entry.epoch, "of_n": entry.n} for entry in refused]
    if rows:
        mine = (outbox.c.epoch == bindparam("of"), outbox.c.n == bindparam("of_n"))
        transaction.connection.execute(update(outbox).where(*mine).values(result=ResultKind.APPLIED, reason=why), rows)


def hash_before(transaction: Transaction, epoch: str, n: int) -> bytes:
    """h(n - 1) of `epoch`."""
    found = transaction.connection.execute(
        select(outbox.c.hash).where(outbox.c.epoch == epoch, outbox.c.n == n - 1)
    ).scalar()
    return bytes(found) if found is not None else CHAIN_START


def ends_well(transaction: Transaction) -> bool:
    """Whether the newest entry is still the one that was written last."""
    end = tail(transaction)
    return hash_before(transaction, end.epoch, end.n + 1) == end.hash


def chain_links(transaction: Transaction) -> list[tuple[bytes, bytes, bytes]]:
    """(h(n - 1), line, h(n)) of every entry, in order; the first of an epoch follows CHAIN_START.

    Where the beginning of an epoch was pruned, its first entry is only what the next is chained to.
    """
    query = select(outbox.c.epoch, outbox.c.n, outbox.c.line, outbox.c.hash).order_by(outbox.c.epoch, outbox.c.n)
    pruned = settings.get(transaction, settings.PRUNED) or {}
    links: list[tuple[bytes, bytes, bytes]] = []
    epoch, previous = "", CHAIN_START
    for row in transaction.connection.execute(query):
        if row.epoch != epoch:
            epoch, previous = row.epoch, b"" if row.n == pruned.get(row.epoch) else CHAIN_START
        if previous:
            links.append((previous, bytes(row.line), bytes(row.hash)))
        previous = bytes(row.hash)
    return links


def count_waiting(transaction: Transaction) -> int:
    """How many entries have no answer."""
    query = select(func.count()).select_from(outbox).where(outbox.c.result.is_(None))
    return transaction.connection.execute(query).scalar_one()


def counts(transaction: Transaction) -> tuple[int, int]:
    """(complaints of which something has no answer, complaints of which something was rejected)."""
    # As a bare value: SQLite would else read all that was ever said by the index on the column.
    complaint_id: ColumnElement[str] = UnaryExpression(outbox.c.record_id, operator=custom_op("+"))
    found = []
    for standing in (outbox.c.result.is_(None), REFUSED):
        each = select(complaint_id).where(standing).distinct().subquery()
        found.append(transaction.connection.execute(select(func.count()).select_from(each)).scalar_one())
    return found[0], found[1]


def recent(transaction: Transaction, kind: str, limit: int) -> list[Entry]:
    """The newest entries of one kind: "waiting", "rejected" or "answered" (acknowledged in any way)."""
    query = select(outbox).order_by(_AS_WRITTEN.desc()).limit(limit)  # the clock may have been wrong
    if kind == "waiting":
        query = query.where(outbox.c.result.is_(None))
    elif kind == "rejected":
        query = query.where(REFUSED)
    else:
        query = query.where(outbox.c.result.is_not(None), outbox.c.result != ResultKind.REJECTED)
    return entries(transaction, query)


def mark_tried(transaction: Transaction, epoch: str, up_to: int, at: str) -> None:
    """An attempt was made to send everything up to `up_to`."""
    transaction.connection.execute(
        update(outbox)
        .where(outbox.c.epoch == epoch, outbox.c.n <= up_to, outbox.c.result.is_(None))
        .values(tried_at=at)
    )


def answer(transaction: Transaction, epoch: str, results: Iterable[Result], at: str) -> None:
    """Write the centre's answers beside the entries; a first answer stays."""
    rows = [{"of_n": item.n, "kind": item.result, "why": item.reason, "refusal": item.number} for item in results]
    if rows:
        transaction.connection.execute(
            update(outbox)
            .where(outbox.c.epoch == epoch, outbox.c.n == bindparam("of_n"), outbox.c.result.is_(None))
            .values(result=bindparam("kind"), reason=bindparam("why"), number=bindparam("refusal"), answered_at=at),
            rows,
        )


def by_numbers(transaction: Transaction, epoch: str, first: int, last: int) -> dict[int, Entry]:
    """The entries of `epoch` numbered from `first` to `last`."""
    query = select(outbox).where(outbox.c.epoch == epoch, outbox.c.n.between(first, last))
    return {item.n: item for item in entries(transaction, query)}


def open_standings(transaction: Transaction, ids: Iterable[str]) -> tuple[set[str], set[str]]:
    """Of the complaints `ids`: those with an unanswered entry, and those with a rejected one."""
    waiting_ids: set[str] = set()
    rejected_ids: set[str] = set()
    query = select(outbox.c.record_id, outbox.c.result).where(
        is_one_of(outbox.c.record_id, ids), outbox.c.result.is_(None) | REFUSED
    )
    for record_id, result in transaction.connection.execute(query):
        (waiting_ids if result is None else rejected_ids).add(record_id)
    return waiting_ids, rejected_ids


def entries(transaction: Transaction, query: Any) -> list[Entry]:
    """The entries of a query for whole rows."""
    return [
        Entry(
            epoch=row["epoch"],
            n=row["n"],
            op=Op(row["op"]),
            complaint_id=row["record_id"],
            child_id=row["child_id"],
            line=bytes(row["line"]),
            hash=bytes(row["hash"]),
            recorded_at=row["recorded_at"],
            tried_at=row["tried_at"],
            result=ResultKind(row["result"]) if row["result"] else None,
            number=row["number"],
            reason=row["reason"],
            answered_at=row["answered_at"],
        )
        for row in transaction.connection.execute(query).mappings()
    ]
