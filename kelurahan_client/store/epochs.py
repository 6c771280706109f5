"""The pasts of this desk: the epoch in which it writes, and those that have ended because data were restored or copied.

An ended epoch keeps the entries that the centre knows; what the centre does not know of it is issued again in the
present one. So every entry is in exactly one place, and its number is only ever sent with its own bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import delete, insert, select, update

from kelurahan_client.store import complaints, lost_values, settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.outbox import Entry, Tail, entries, start_epoch, tail
from kelurahan_client.store.tables import complaint, entry, outbox
from sync.framing import CHAIN_START, chain, encode_line
from sync.protocol import Mutation, Op, ResultKind

_ENDED = "ended_epochs"  # [{"epoch", "n"}], oldest first; n = the last that is kept
_FORMER = "former_epochs"  # ended ones in which this desk was another device to the centre
_UNSURE = "unsure_epochs"  # ended ones of which a restored centre may have lost something
_DURABLE = "durable"  # {epoch: the last n that a verified backup of the centre holds}
_MUTATION = msgspec.json.Decoder(Mutation)
_STEPS = frozenset({Op.TRANSITION, Op.RESOLVE})


@dataclass(frozen=True, slots=True)
class Turn:
    """The end of the epoch that is to be spoken of now; `present` names the one written in, "" = the same."""

    end: Tail
    present: str


def turns(transaction: Transaction) -> list[Turn]:
    """The epochs that have something to say or to ask, ended ones first: what they still have to say is older."""
    now = tail(transaction)
    unsure = settings.get(transaction, _UNSURE) or []
    ended = [
        Turn(_tail_of(transaction, one["epoch"], one["n"]), now.epoch)
        for one in settings.get(transaction, _ENDED) or []
        if one["epoch"] in unsure or _waits(transaction, one["epoch"])
    ]
    return [*ended, Turn(now, "")]


def next_turn(transaction: Transaction) -> Turn:
    """The first of `turns`."""
    return turns(transaction)[0]


def end_of(transaction: Transaction, epoch: str) -> Tail:
    """The end of the present epoch or of an ended one; raises LookupError for one that was never this desk's."""
    now = tail(transaction)
    if epoch == now.epoch:
        return now
    for ended in settings.get(transaction, _ENDED) or []:
        if ended["epoch"] == epoch:
            return _tail_of(transaction, epoch, ended["n"])
    raise LookupError(epoch)


def is_known(transaction: Transaction, epoch: str, n: int, digest: bytes) -> bool:
    """Whether h(n) of the epoch is this; for an n that is not kept any more nothing speaks against it."""
    if n == 0:
        return digest == CHAIN_START
    if n < first_kept(transaction, epoch):
        return True
    found = transaction.connection.execute(
        select(outbox.c.hash).where(outbox.c.epoch == epoch, outbox.c.n == n)
    ).scalar()
    return found is not None and bytes(found) == digest


def doubt(transaction: Transaction) -> None:
    """The centre was restored: ask of each ended epoch how much of it is left there."""
    ended = [
        one["epoch"]
        for one in settings.get(transaction, _ENDED) or []
        if one["n"] > first_kept(transaction, one["epoch"]) or not is_former(transaction, one["epoch"])
    ]
    if ended:
        settings.put(transaction, _UNSURE, ended)


def trust(transaction: Transaction, epoch: str) -> None:
    """The centre has all of this ended epoch, or has said from where to send it again."""
    unsure = settings.get(transaction, _UNSURE) or []
    if epoch in unsure:
        settings.put(transaction, _UNSURE, [one for one in unsure if one != epoch])


def reopen(transaction: Transaction, epoch: str, after: int) -> list[Entry]:
    """The centre does not have what comes after `after` (any more): it waits again, as if it were never sent."""
    beyond = (outbox.c.epoch == epoch, outbox.c.n > after)
    lost = entries(transaction, select(outbox).where(*beyond).order_by(outbox.c.n))
    fresh = {"result": None, "number": 0, "reason": "", "answered_at": None, "tried_at": None}
    transaction.connection.execute(update(outbox).where(*beyond).values(fresh))
    _withdraw(transaction, lost)
    return lost


def issue_again(transaction: Transaction, epoch: str, after: int, new_epoch: str) -> list[Entry]:
    """What comes after `after` in `epoch` is issued again, in the present epoch; where `epoch` is that, it ends here.

    The entries that were issued again; their new ones are at the end of the outbox.
    """
    ended = settings.get(transaction, _ENDED) or []
    if epoch == tail(transaction).epoch:
        ended.append({"epoch": epoch, "n": after})
        start_epoch(transaction, new_epoch)
    else:
        ended = [one | {"n": after} if one["epoch"] == epoch else one for one in ended]
    settings.put(transaction, _ENDED, ended)
    beyond = (outbox.c.epoch == epoch, outbox.c.n > after)
    moved = entries(transaction, select(outbox).where(*beyond).order_by(outbox.c.n))
    transaction.connection.execute(delete(outbox).where(*beyond))
    _append_again(transaction, moved)
    _withdraw(transaction, moved)
    return moved


def become_another(transaction: Transaction, new_epoch: str, *, everything: bool) -> list[Entry]:
    """This desk is another device to the centre from now on: every epoch ends, and what waits is issued again.

    `everything`: what was answered too, as far as it is kept. The entries that were issued again.
    """
    end = tail(transaction)
    ended = [*(settings.get(transaction, _ENDED) or []), {"epoch": end.epoch, "n": end.n}]
    settings.put(transaction, _ENDED, ended)
    settings.put(transaction, _FORMER, [one["epoch"] for one in ended])
    settings.put(transaction, _UNSURE, [])
    start_epoch(transaction, new_epoch)
    moved: list[Entry] = []
    for one in ended:
        first = None if everything else _first_waiting(transaction, one["epoch"])
        after = first_kept(transaction, one["epoch"]) if everything else one["n"] if first is None else first - 1
        moved += issue_again(transaction, one["epoch"], after, new_epoch)
    return moved


def is_former(transaction: Transaction, epoch: str) -> bool:
    """Whether the desk was another device in this epoch: under its present name the centre knows nothing of it."""
    return epoch in (settings.get(transaction, _FORMER) or [])


def keep_durable(transaction: Transaction, epoch: str, n: int) -> None:
    """The centre has said up to where a verified backup holds the epoch."""
    known = settings.get(transaction, _DURABLE) or {}
    if known.get(epoch, 0) != n:
        settings.put(transaction, _DURABLE, known | {epoch: n})


def prune(transaction: Transaction, before: str) -> int:
    """Forget entries that a verified backup of the centre holds and that were answered before `before`; how many.

    Only from an epoch's beginning, and never one that was refused: somebody has yet to see it.
    """
    forgotten = 0
    for epoch, durable in (settings.get(transaction, _DURABLE) or {}).items():
        needed = (
            (outbox.c.n >= durable)
            | outbox.c.answered_at.is_(None)
            | (outbox.c.answered_at >= before)
            | (outbox.c.result == ResultKind.REJECTED)
        )
        query = select(outbox.c.n).where(outbox.c.epoch == epoch, needed).order_by(outbox.c.n).limit(1)
        first = transaction.connection.execute(query).scalar()
        if first is not None:
            # One more is kept than need be: it has the hash that the first is chained to.
            old = delete(outbox).where(outbox.c.epoch == epoch, outbox.c.n < first - 1)
            if rows := transaction.connection.execute(old).rowcount:
                known = settings.get(transaction, settings.PRUNED) or {}
                settings.put(transaction, settings.PRUNED, known | {epoch: first - 1})
                forgotten += rows
    return forgotten


def first_kept(transaction: Transaction, epoch: str) -> int:
    """The lowest n after which everything can be sent; 0 unless entries were forgotten."""
    pruned: dict[str, int] = settings.get(transaction, settings.PRUNED) or {}
    return pruned.get(epoch, 0)


def _waits(transaction: Transaction, epoch: str) -> bool:
    return _first_waiting(transaction, epoch) is not None


def _first_waiting(transaction: Transaction, epoch: str) -> int | None:
    waits = (outbox.c.epoch == epoch, outbox.c.result.is_(None))
    query = select(outbox.c.n).where(*waits).order_by(outbox.c.n).limit(1)
    return transaction.connection.execute(query).scalar()


def _tail_of(transaction: Transaction, epoch: str, n: int) -> Tail:
    query = select(outbox.c.hash).where(outbox.c.epoch == epoch, outbox.c.n == n)
    found = transaction.connection.execute(query).scalar()
    return Tail(epoch, n, bytes(found) if found is not None else CHAIN_START)


def _append_again(transaction: Transaction, moved: Sequence[Entry]) -> None:
    end = tail(transaction)
    n, digest, rows = end.n, end.hash, []
    for one in moved:
        n += 1
        line = encode_line(msgspec.structs.replace(_MUTATION.decode(one.line), n=n, again=True))
        digest = chain(digest, line)
        rows.append(
            {
                "epoch": end.epoch,
                "n": n,
                "op": one.op,
                "record_id": one.complaint_id,
                "child_id": one.child_id,
                "line": line,
                "hash": digest,
                "recorded_at": one.recorded_at,
            }
        )
    if rows:
        transaction.connection.execute(insert(outbox), rows)
        settings.put(transaction, settings.OUTBOX_TAIL, {"epoch": end.epoch, "n": n, "hash": digest.hex()})


def _withdraw(transaction: Transaction, lost: Sequence[Entry]) -> None:
    """Take back that the centre has signed for what these entries made."""
    created = [one.complaint_id for one in lost if one.op is Op.CREATE]
    known = complaints.get_many(transaction, created)
    lost_values.remember(transaction, (lost_values.of(stored.complaint) for stored in known.values()))
    children = [id_ for one in lost for id_ in one.children()]
    for start in range(0, len(created), 500):
        part = complaint.c.id.in_(created[start : start + 500])
        transaction.connection.execute(update(complaint).where(part).values(rev=0, server_received_at=None))
    for start in range(0, len(children), 500):
        among = entry.c.id.in_(children[start : start + 500])
        transaction.connection.execute(update(entry).where(among).values(acknowledged=False))
