"""When the centre no longer remembers a desk's cursor: both compare what they hold, and only differences travel.

Nothing is wiped and unsent work is not touched: it was sent before, and what comes in between stays. Every part that
arrives is committed at once, so that a cut costs one part; the new cursor is written when all parts are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from kelurahan_client import __version__
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import Cancelled, ExchangeError, Untrusted
from kelurahan_client.services.desk import Desk, Identity, identity
from kelurahan_client.store import epochs, holdings, losses, outbox, settings
from kelurahan_client.store.holdings import Holding
from sync import receiving
from sync.digest import BUCKETS, bucket_of, state_hash
from sync.envelope import open_reply, seal_request
from sync.protocol import (
    ASK_BUCKETS,
    ASK_DIGESTS,
    PROTOCOL,
    PROTOCOL_MIN,
    SCHEMA,
    UNCHANGING,
    Change,
    Digest,
    ReplyHeader,
    ReplyItem,
    RequestHeader,
)
from sync.transport import Transport

Arrived = Callable[[int], None]


@dataclass(slots=True)
class Reconciled:
    """What a comparison did and cost."""

    received: int = 0
    round_trips: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    changed: set[str] = field(default_factory=set)


def reconcile(
    desk: Desk, transport: Transport, arrived: Arrived = lambda _: None, cancelled: Callable[[], bool] = lambda: False
) -> Reconciled:
    """Make this desk hold what the centre holds for it, and begin the feed from there. Raises an ExchangeError.

    What was compared before an error stays; the next comparison goes on from there. A centre that was restored may have
    lost what this desk holds, so then nothing is taken away here.
    """
    done = Reconciled()
    asking = _Asking(desk, transport, arrived, cancelled, done)
    header, items = asking.ask(ASK_DIGESTS, ())
    theirs = {item.bucket: item.sha256 for item in items if isinstance(item, Digest)}
    with desk.store.read() as transaction:
        known = settings.get(transaction, settings.CURSOR) or {"server_epoch": ""}
    taking = _Taking(desk, _by_bucket(desk), header.server_epoch == known["server_epoch"], done)
    waiting = [
        bucket for bucket in range(BUCKETS) if _hash(taking.ours.get(bucket, [])) != theirs.get(bucket, _hash([]))
    ]
    while waiting:
        later, items = asking.ask(ASK_BUCKETS, tuple(waiting))
        if later.server_epoch != header.server_epoch:  # what it lost must not be taken away here
            raise ExchangeError(
                "Server kota dipulihkan di tengah pencocokan; tidak ada yang dihapus di sini.", way_out="Kirim lagi."
            )
        answered = {item.bucket for item in items if isinstance(item, Digest)} & {*waiting}
        if not answered:
            raise Untrusted("Server kota tidak menjawab perbandingan data; tidak ada yang berubah.")
        taking.take(items, answered, later.schema[1])
        waiting = [bucket for bucket in waiting if bucket not in answered]
    with desk.store.write() as transaction:
        if known["server_epoch"] not in ("", header.server_epoch):
            epochs.doubt(transaction)
            losses.expect(transaction, taking.absent)
        settings.put(transaction, settings.CURSOR, {"server_epoch": header.server_epoch, "cursor": header.cursor})
    return done


def desk_state_hash(desk: Desk) -> str:
    """One hash of everything that this desk holds of the centre's records; equal desks have equal hashes."""
    with desk.store.read() as transaction:
        return _hash(holdings.held(transaction))


@dataclass(slots=True)
class _Asking:
    """Asks the centre, and counts."""

    desk: Desk
    transport: Transport
    arrived: Arrived
    cancelled: Callable[[], bool]
    done: Reconciled

    def ask(self, what: str, buckets: tuple[int, ...]) -> tuple[ReplyHeader, list[ReplyItem]]:
        """One question and its answer."""
        if self.cancelled():
            raise Cancelled("Pencocokan dihentikan. Yang sudah dicocokkan tetap, sisanya menunggu.")
        with self.desk.store.read() as transaction:
            me = identity(transaction)
            end = outbox.tail(transaction)
        header = self._header(me, end, what, buckets)
        body = seal_request(me, header)
        before = self.done.bytes_received
        answer = self.transport.exchange(body, me.token, self.cancelled, lambda size: self.arrived(before + size))
        self.done.round_trips += 1
        self.done.bytes_sent += len(body)
        self.done.bytes_received += len(answer.body)
        return open_reply(me, header.nonce, answer.body, answer.encoding)

    def _header(self, me: Identity, end: outbox.Tail, what: str, buckets: tuple[int, ...]) -> RequestHeader:
        return RequestHeader(
            device=me.device,
            epoch=end.epoch,
            nonce=self.desk.random(16).hex(),
            protocol=(PROTOCOL_MIN, PROTOCOL),
            schema=(1, SCHEMA),
            first_n=end.n + 1,
            last_hash=end.hash.hex(),
            device_time=utc_text(self.desk.now()),
            program=__version__,
            ask=what,
            buckets=buckets,
        )


def _by_bucket(desk: Desk) -> dict[int, list[Holding]]:
    with desk.store.read() as transaction:
        held = holdings.held(transaction)
    found: dict[int, list[Holding]] = {}
    for one in held:
        found.setdefault(bucket_of(one.id), []).append(one)
    return found


def _hash(held: list[Holding]) -> str:
    return state_hash((one.id, one.rev) for one in held)


@dataclass(slots=True)
class _Taking:
    """Applies whole buckets. `removes` = what is here and not there has left this desk; else it is `absent` there."""

    desk: Desk
    ours: dict[int, list[Holding]]
    removes: bool
    done: Reconciled
    absent: set[str] = field(default_factory=set)

    def take(self, items: list[ReplyItem], answered: set[int], schema: int) -> None:
        """What differs comes in, in one transaction."""
        changes = [item for item in items if isinstance(item, Change)]
        held = [one for bucket in answered for one in self.ours.get(bucket, [])]
        here, there = {one.id: one.rev for one in held}, {change.id for change in changes}
        new = [one for one in changes if here.get(one.id) != (0 if one.type in UNCHANGING else one.rev)]
        missing = [one for one in held if one.id not in there]
        if self.removes:
            new += [Change(type=one.type, id=one.id, gone=True) for one in missing]
        else:
            self.absent |= {one.id for one in missing}
        touched = receiving.Touched()
        with self.desk.store.write() as transaction:
            receiving.apply_changes(transaction, new, touched, schema)
            receiving.settle(transaction, touched)
        self.done.received += touched.received
        self.done.changed |= touched.kinds
