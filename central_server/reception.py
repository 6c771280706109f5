"""Taking a request's mutations in order: seen before, new, or of another past; all in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from central_server import rules
from central_server.applying import Applying
from central_server.errors import Refusal
from central_server.rules import Desk, Rejected
from central_server.store.inbox import Inbox
from central_server.store.session import RowRefused, Writing
from central_server.store.shapes import Author, Device, Held, Said, Stream
from kelurahan_client.domain import reference_number
from sync.framing import CHAIN_START, chain, encode_line
from sync.protocol import ErrorNumber, Mutation, Op, RejectionNumber, RequestHeader, Result, ResultKind

_results = msgspec.json.Decoder(Result)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a request; `mutation` is None where no more than its number could be read."""

    n: int
    id: str
    line: bytes
    mutation: Mutation | None


@dataclass(frozen=True, slots=True)
class Answered:
    """An item with its answer."""

    item: Item
    result: Result


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends this request, and when it came."""

    device: Device
    epoch: str
    received_at: str
    offices: frozenset[str]


def check_past(inbox: Inbox, device: str, header: RequestHeader) -> bytes:
    """h(first_n - 1), the same at the desk and here; raises Refusal(GAP | FORK)."""
    stream = inbox.stream(device, header.epoch)
    before = header.first_n - 1
    if before > stream.last_n:
        raise Refusal(
            ErrorNumber.GAP,
            HTTPStatus.CONFLICT,
            f"Server kota baru menerima sampai nomor {stream.last_n} dari loket ini; kirim ulang dari situ.",
        )
    if before == 0:
        known = CHAIN_START
    elif before == stream.last_n:
        known = stream.last_hash
    else:
        known = inbox.said(device, header.epoch, before, before)[before].hash
    if known.hex() != header.last_hash.lower():
        raise _forked()
    return known


def _forked() -> Refusal:
    return Refusal(
        ErrorNumber.FORK,
        HTTPStatus.CONFLICT,
        "Server kota mengenal riwayat lain dari loket ini; datanya pernah dipulihkan atau disalin.",
    )


class Reception:
    """Takes the items of one request within one writing transaction.

    `isolated` gives every item its own savepoint: slower, for the rare batch with a row that the database refuses.
    """

    def __init__(self, session: Writing, sender: Sender, new_id: Callable[[], str], *, isolated: bool) -> None:
        self._session = session
        self._sender = sender
        self._applying = Applying(session, new_id)
        self._isolated = isolated
        self._desk = Desk(sender.device.office, sender.device.desk, sender.offices)
        self._counters: dict[str, int] = {}

    def take(self, header: RequestHeader, items: Sequence[Item]) -> tuple[list[Answered], Stream]:
        """The answers in the order of the items, and how far the desk has come; raises Refusal(GAP | FORK)."""
        inbox, device = self._session.inbox, self._sender.device.id
        last_hash = check_past(inbox, device, header)
        known = inbox.said(device, header.epoch, header.first_n, header.first_n + len(items) - 1) if items else {}
        self._applying.prefetch([item.mutation for item in items if item.mutation and item.n not in known])
        answered: list[Answered] = []
        fresh: list[Said] = []
        for item in items:
            last_hash = chain(last_hash, item.line)
            said = known.get(item.n)
            if said is not None:
                if said.hash != last_hash:
                    raise _forked()
                answered.append(Answered(item, replayed_answer(said)))
                continue
            result = self._answer(item)
            answered.append(Answered(item, result))
            fresh.append(Said(item.n, last_hash, item.line, encode_line(result)))
        stream = inbox.stream(device, header.epoch)
        if fresh:
            stream = Stream(fresh[-1].n, last_hash)
            inbox.remember(device, header.epoch, fresh)
            inbox.advance(device, header.epoch, stream)
            self._session.devices.raise_counters(self._desk.office, self._desk.desk, self._counters)
        return answered, stream

    def _answer(self, item: Item) -> Result:
        self._count(item.mutation)
        try:
            return self._apply(item)
        except Rejected as rejected:
            return self._hold(item, rejected)
        except RowRefused:
            refused = Rejected(RejectionNumber.REFUSED, "Basis data menolak isian ini; disimpan apa adanya.")
            return self._hold(item, refused)

    def _apply(self, item: Item) -> Result:
        if self._sender.device.revoked_at:
            raise Rejected(RejectionNumber.WITHDRAWN, "Loket ini sudah dicabut; kirimannya ditahan di server kota.")
        if item.mutation is None:
            raise Rejected(RejectionNumber.SHAPE, "Kiriman ini tidak dikenal server kota; disimpan apa adanya.")
        rules.shape(item.mutation)
        rules.standing(item.mutation, self._desk)
        author = author_of(item.mutation, self._sender.device, self._sender.epoch, self._sender.received_at)
        if not self._isolated:
            return self._applying.apply(item.mutation, author)
        with self._session.savepoint():
            return self._applying.apply(item.mutation, author)

    def _hold(self, item: Item, rejected: Rejected) -> Result:
        device = self._sender.device
        mutation = item.mutation
        held = Held(
            id=0,
            device=device.id,
            epoch=self._sender.epoch,
            n=item.n,
            office=device.office,
            desk=device.desk,
            target=rules.target(mutation) if mutation else "",
            creates=mutation is not None and mutation.op is Op.CREATE,
            line=item.line,
            number=int(rejected.number),
            reason=rejected.reason,
            held_at=self._sender.received_at,
        )
        self._session.inbox.hold([held])
        return Result(
            n=item.n,
            result=ResultKind.REJECTED,
            id=item.id,
            number=int(rejected.number),
            reason=rejected.reason,
            received_at=self._sender.received_at,
        )

    def _count(self, mutation: Mutation | None) -> None:
        """Remembers the number that a create uses up, applied or not: it stands on a citizen's receipt."""
        reference = mutation.set.get("reference") if mutation and mutation.op is Op.CREATE else None
        number = reference_number.parse(reference) if isinstance(reference, str) else None
        if number and (number.office, number.desk) == (rules.short_code(self._desk.office), self._desk.desk):
            year = f"{number.year:02d}"
            self._counters[year] = max(number.counter, self._counters.get(year, 0))


def author_of(mutation: Mutation, device: Device, epoch: str, received_at: str) -> Author:
    """Who made this mutation."""
    return Author(
        device=device.id,
        epoch=epoch,
        n=mutation.n,
        office=device.office,
        desk=device.desk,
        actor=mutation.actor,
        device_time=mutation.device_time,
        received_at=received_at,
    )


def replayed_answer(said: Said) -> Result:
    """The stored answer, marked as given before."""
    return msgspec.structs.replace(_results.decode(said.result), replayed=True)
