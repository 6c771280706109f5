"""Taking a request's mutations in order: seen before, new, or of another past; all in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

from central_server import notices, rules
from central_server.applying import Applying
from central_server.desk_clock import offset_seconds
from central_server.errors import OtherPast
from central_server.items import Item, read_item
from central_server.rules import Desk, Rejected
from central_server.store.inbox import Inbox
from central_server.store.session import RowRefused, Writing
from central_server.store.shapes import Device, Held, Said, Stream
from central_server.waiting import LATER, apply_waiting, author_of, is_lost_here
from kelurahan_client.domain import reference_number
from sync.framing import CHAIN_START, chain, encode_line
from sync.protocol import (
    MAX_ITEMS,
    ErrorNumber,
    Mutation,
    Op,
    RecordType,
    RejectionNumber,
    RequestHeader,
    Result,
    ResultKind,
)

_results = msgspec.json.Decoder(Result)


@dataclass(frozen=True, slots=True)
class Answered:
    """An item with its answer."""

    item: Item
    result: Result


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends this request, and when it came; `carried`: by a bundle, which was days on its way."""

    device: Device
    epoch: str
    received_at: str
    carried: bool = False


def read_items(header: RequestHeader, lines: Sequence[bytes], desk: Desk) -> list[Item]:
    """The items of a request with what the rules say of them; raises ValueError for what cannot even be kept."""
    items = []
    for n, line in enumerate(lines, start=header.first_n):
        item = read_item(line)
        if item.n != n:
            raise ValueError(f"item {item.n} in the place of {n}")
        refused, mutation = _refusal(item.mutation, desk), item.mutation
        creates = mutation is not None and mutation.op is Op.CREATE and refused is None
        whole = rules.whole_body(mutation) if mutation is not None and creates else None
        items.append(replace(item, refused=refused, whole=whole))
    return items


def _refusal(mutation: Mutation | None, desk: Desk) -> Rejected | None:
    if mutation is None:
        return Rejected(RejectionNumber.SHAPE, "Kiriman ini tidak dikenal server kota; disimpan apa adanya.")
    try:
        rules.shape(mutation)
        rules.standing(mutation, desk)
    except Rejected as refused:
        return refused
    return None


def check_past(inbox: Inbox, device: str, header: RequestHeader, stream: Stream) -> bytes:
    """h(first_n - 1), the same at the desk and here, where `stream` stands; raises OtherPast(GAP | FORK)."""
    before = header.first_n - 1
    if before > stream.last_n:
        raise OtherPast(
            ErrorNumber.GAP,
            f"Server kota baru menerima sampai nomor {stream.last_n} dari loket ini; kirim ulang dari situ.",
            stream.last_n,
            stream.last_hash,
        )
    if before == 0:
        known = CHAIN_START
    elif before == stream.last_n:
        known = stream.last_hash
    else:
        known = inbox.said(device, header.epoch, before, before)[before].hash
    if known.hex() != header.last_hash.lower():
        raise _forked(stream)
    return known


def _forked(stream: Stream, common_n: int = -1) -> OtherPast:
    return OtherPast(
        ErrorNumber.FORK,
        "Server kota mengenal riwayat lain dari loket ini; datanya pernah dipulihkan atau disalin.",
        stream.last_n,
        stream.last_hash,
        common_n,
    )


def answers(inbox: Inbox, device: str, header: RequestHeader) -> list[Answered]:
    """The answers that were given from first_n on, with what they answer; the desk derives their ids."""
    found = inbox.said(device, header.epoch, header.first_n, header.first_n + MAX_ITEMS - 1)
    answered = []
    for said in found.values():
        result = msgspec.structs.replace(replayed_answer(said), id="")
        answered.append(Answered(read_item(said.line), result))
    return answered


class Reception:
    """Takes the items of one request within one writing transaction.

    `isolated` gives every item its own savepoint: slower, for the rare batch with a row that the database refuses.
    """

    def __init__(self, session: Writing, sender: Sender, new_id: Callable[[], str], *, isolated: bool) -> None:
        self._session = session
        self._sender = sender
        self._applying = Applying(session, new_id)
        self._isolated = isolated
        self._office, self._letter = sender.device.office, sender.device.desk
        self._counters: dict[str, int] = {}
        self._known_counters = session.devices.counters(self._office, self._letter)
        self._created: list[str] = []  # complaints
        self._old_numbers: list[str] = []  # those of them whose number is not above all before

    def take(self, header: RequestHeader, items: Sequence[Item]) -> tuple[list[Answered], Stream]:
        """The answers in the order of the items, and how far the desk has come; raises OtherPast(GAP | FORK)."""
        inbox, device = self._session.inbox, self._sender.device.id
        stream = inbox.stream(device, header.epoch)
        last_hash = check_past(inbox, device, header, stream)
        stream = self._past(header, stream)
        heard_before = items and header.first_n <= stream.last_n
        known = inbox.said(device, header.epoch, header.first_n, items[-1].n) if heard_before else {}
        self._applying.prefetch([item.mutation for item in items if item.mutation and item.n not in known])
        answered: list[Answered] = []
        fresh: list[Said] = []
        for item in items:
            last_hash = chain(last_hash, item.line)
            said = known.get(item.n)
            if said is not None:
                if said.hash != last_hash:
                    raise _forked(stream, item.n - 1)
                answered.append(Answered(item, replayed_answer(said)))
                continue
            result = self._answer(item)
            answered.append(Answered(item, result))
            fresh.append(Said(item.n, last_hash, item.line, encode_line(result)))
        if fresh:
            stream = replace(stream, last_n=fresh[-1].n, last_hash=last_hash)
            inbox.remember(device, header.epoch, fresh, self._offset(header.device_time))
            inbox.advance(device, header.epoch, stream)
            self._session.devices.raise_counters(self._office, self._letter, self._known_counters, self._counters)
            self._follow_up(header, stream)
        return answered, stream

    @property
    def counters(self) -> dict[str, int]:
        """The highest reference counters of the desk by year, those of this request among them."""
        return self._known_counters | self._counters

    def _offset(self, device_time: str) -> float | None:
        return None if self._sender.carried else offset_seconds(device_time, self._sender.received_at)

    def _past(self, header: RequestHeader, stream: Stream) -> Stream:
        """The stream of the request's epoch; one that the device begins beside an older one is told to its office."""
        inbox, device = self._session.inbox, self._sender.device
        earlier = 0 if stream.ordinal else inbox.epochs(device.id)
        if not earlier or device.revoked_at:
            return stream
        notices.of_a_new_past(self._session.records, device, header.epoch, self._sender.received_at)
        return inbox.begin(device.id, header.epoch, earlier + 1)

    def _follow_up(self, header: RequestHeader, stream: Stream) -> None:
        """What the new items bring with them: others that waited for them, and notices of what they betray."""
        records, device, at = self._session.records, self._sender.device, self._sender.received_at
        if records.rev_floor:
            apply_waiting(self._session, self._applying, self._created, at)
        for id_ in self._old_numbers:
            made = records.get(id_)
            if made is not None and made.type == RecordType.COMPLAINT:
                notices.of_one_number(records, made, at)
        ended = stream.ordinal and stream.ordinal < self._session.inbox.epochs(device.id)
        if ended and not header.present and not device.revoked_at:
            notices.of_two_computers(records, device, header.epoch, at)

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
        if item.mutation is None or item.refused is not None:
            raise item.refused or LookupError(item.n)
        author = author_of(item.mutation, self._sender.device, self._sender.epoch, self._sender.received_at)
        if not self._isolated:
            return self._applying.apply(item.mutation, author, item.sent, item.whole)
        with self._session.savepoint():
            return self._applying.apply(item.mutation, author, item.sent, item.whole)

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
        if is_lost_here(mutation, rejected, self._session.records.rev_floor):
            at = self._sender.received_at
            return Result(n=item.n, result=ResultKind.MERGED, id=item.id, reason=LATER, received_at=at)
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
        if mutation and mutation.op is Op.CREATE and rules.is_uuid(mutation.id):
            self._created.append(mutation.id)
        number = number_of(mutation, self._office, self._letter) if mutation else None
        if mutation and number:
            year = f"{number.year:02d}"
            highest = self._counters.get(year, self._known_counters.get(year, 0))
            self._counters[year] = max(number.counter, highest)
            if number.counter <= highest:
                self._old_numbers.append(mutation.id)


def number_of(mutation: Mutation, office: str, letter: str) -> reference_number.Reference | None:
    """The reference number of this desk that a create uses up."""
    reference = mutation.set.get("reference") if mutation.op is Op.CREATE and rules.is_uuid(mutation.id) else None
    number = reference_number.parse(reference) if isinstance(reference, str) else None
    return number if number and (number.office, number.desk) == (rules.short_code(office), letter) else None


def replayed_answer(said: Said) -> Result:
    """The stored answer, marked as given before."""
    return msgspec.structs.replace(_results.decode(said.result), replayed=True)
