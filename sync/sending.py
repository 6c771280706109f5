"""What goes into the next request: entries of one epoch in order, or the question which of them have arrived."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from kelurahan_client import __version__
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import Refused
from kelurahan_client.services.desk import Desk, Identity, identity
from kelurahan_client.store import epochs, outbox, settings
from kelurahan_client.store.engine import Transaction
from sync.envelope import seal_request
from sync.protocol import (
    ASK_ANSWERS,
    MAX_ITEMS,
    MAX_RAW_BYTES,
    PROTOCOL,
    PROTOCOL_MIN,
    SCHEMA,
    Change,
    ReplyHeader,
    RequestHeader,
    Result,
)

_HEADROOM = 64 * 1024  # of MAX_RAW_BYTES, for the header and the trailer
_CHEAP = 16 * 1024  # bytes of items that are sent again rather than asked about: packed they are hardly more
_FRESH = {"server_epoch": "", "cursor": ""}  # the cursor of a desk that has heard nothing
NOT_SAID = -1  # the centre does not answer, or not about this copy of the desk, what has arrived


@dataclass(slots=True)
class Heard:
    """What the centre has said in this exchange: the last n that it has, by epoch, or NOT_SAID."""

    last_n: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)  # by epoch, up to where a desk was taken that gets no answers
    in_doubt: dict[str, int] = field(default_factory=dict)  # the last n that went out, where no reply was heard
    challenge: str = ""  # to be answered by the next request
    refusals: int = 0  # that were put right
    compared: bool = False  # what both sides hold, since the centre has forgotten the cursor
    all_came: bool = False  # to a restored centre: nobody but this desk can say any more what it has lost
    places: set[tuple[object, ...]] = field(default_factory=set)  # of the requests that were answered


@dataclass(slots=True)
class Round:
    """One request: what goes into it, and what it must get back."""

    me: Identity
    items: list[outbox.Entry]
    header: RequestHeader
    outstanding: int
    answers_challenge: bool
    body: bytes = b""
    results: list[Result] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def epoch(self) -> str:
        """Of the items."""
        return self.header.epoch

    @property
    def place(self) -> tuple[object, ...]:
        """What it says and where in the feed it stands: a request that was answered leaves another place behind."""
        header = self.header
        said = (header.epoch, header.present, header.first_n, len(self.items), header.ask)
        return (*said, header.server_epoch, header.cursor)

    @property
    def asks(self) -> bool:
        """Whether it only asks which entries have arrived."""
        return self.header.ask == ASK_ANSWERS

    @property
    def only_listens(self) -> bool:
        """Whether it brings nothing and asks for nothing but the feed, which leaves the centre as it is."""
        return not (self.items or self.outstanding or self.header.ask or self.answers_challenge)

    def is_like(self, other: "Round") -> bool:
        """Whether both only listen, as the same desk from the same place: but for nonce and time, one request."""
        same = replace(other.header, nonce=self.header.nonce, device_time=self.header.device_time)
        return self.only_listens and other.only_listens and self.me == other.me and self.header == same


def prepare(desk: Desk, heard: Heard) -> Round:
    """Read what goes out, and make the bytes; the transaction is over before the network is touched."""
    with desk.store.read() as transaction:
        me = identity(transaction)
        behind = next(_unsaid(transaction, heard), None) if heard.kept else None
        turn = behind or epochs.next_turn(transaction)
        epoch, last = turn.end.epoch, turn.end.n
        items = _that_fit(outbox.waiting(transaction, epoch, after=heard.kept.get(epoch, 0), limit=MAX_ITEMS))
        outstanding = outbox.count_waiting(transaction)
        failure = settings.get(transaction, settings.LAST_FAILURE) or {}
        cursor = settings.get(transaction, settings.CURSOR) or _FRESH
        first = items[0].n if items else last + 1
        previous = outbox.hash_before(transaction, epoch, first)
    challenge, heard.challenge = heard.challenge, ""
    asks = _is_worth_asking(items, heard.last_n.get(epoch, failure.get("in_doubt", {}).get(epoch, NOT_SAID)))
    header = replace(
        _header(desk, me, turn, cursor),
        nonce=challenge or desk.random(16).hex(),
        first_n=first,
        last_hash=previous.hex(),
        ask=ASK_ANSWERS if asks else "",
    )
    sent = [] if asks else items
    body = seal_request(me, header, [item.line for item in sent])
    return Round(me, sent, header, outstanding, bool(challenge), body)


def following(desk: Desk, current: Round, reply: ReplyHeader) -> Round:
    """The request that goes on from the reply to `current`, which only listens, as if its page were applied."""
    me = dataclasses.replace(current.me, token=reply.token or current.me.token)
    header = replace(
        current.header,
        nonce=desk.random(16).hex(),
        cursor=reply.cursor,
        server_epoch=reply.server_epoch,
        device_time=utc_text(desk.now()),
    )
    return Round(me, [], header, 0, answers_challenge=False, body=seal_request(me, header))


def prepare_all(desk: Desk, bundle: str) -> Iterator[Round]:
    """Every request that is needed to say all that waits, one after the other; with nothing to say, one that asks.

    For a `bundle`, whose requests go out before any is answered; their nonces are made of its name. What is added to
    the outbox meanwhile is not in them.
    """
    with desk.store.read() as transaction:
        me = identity(transaction)
        cursor = settings.get(transaction, settings.CURSOR) or _FRESH
        turns = epochs.turns(transaction)
    number = 0
    for turn in turns:
        after, more = 0, True
        while more:
            with desk.store.read() as transaction:
                waiting = outbox.waiting(transaction, turn.end.epoch, after=after, limit=MAX_ITEMS)
                items = _that_fit([item for item in waiting if item.n <= turn.end.n])
                first = items[0].n if items else turn.end.n + 1
                previous = outbox.hash_before(transaction, turn.end.epoch, first)
            if items or not after:
                header = replace(
                    _header(desk, me, turn, cursor),
                    nonce=f"{bundle}-{number}",
                    first_n=first,
                    last_hash=previous.hex(),
                )
                yield Round(me, items, header, 0, False, seal_request(me, header, [item.line for item in items]))
                number += 1
            more = bool(items)
            after = items[-1].n if items else after


def go_on_behind(desk: Desk, heard: Heard, epoch: str, refused: Refused) -> bool:
    """Whether a desk that gets no answers has more to say than the centre has kept so far; nothing of it is answered.

    A withdrawn desk, or one whose program is too old: what waits here are citizens' words all the same.
    """
    known = refused.known
    if known is None or known.last_n <= heard.kept.get(epoch, NOT_SAID):
        return False
    with desk.store.read() as transaction:
        if not epochs.is_known(transaction, epoch, known.last_n, bytes.fromhex(known.last_hash)):
            return False
        heard.kept[epoch] = heard.last_n[epoch] = known.last_n
        return next(_unsaid(transaction, heard), None) is not None


def _unsaid(transaction: Transaction, heard: Heard) -> Iterator[epochs.Turn]:
    """The epochs that have something which the centre has neither answered nor kept."""
    for turn in epochs.turns(transaction):
        epoch = turn.end.epoch
        if outbox.waiting(transaction, epoch, after=heard.kept.get(epoch, 0), limit=1):
            yield turn


def _header(desk: Desk, me: Identity, turn: epochs.Turn, cursor: Mapping[str, str]) -> RequestHeader:
    """A header that lacks what differs from request to request."""
    return RequestHeader(
        device=me.device,
        epoch=turn.end.epoch,
        nonce="",
        protocol=(PROTOCOL_MIN, PROTOCOL),
        schema=(1, SCHEMA),
        first_n=0,
        last_hash="",
        cursor=cursor["cursor"],
        server_epoch=cursor["server_epoch"],
        device_time=utc_text(desk.now()),
        program=__version__,
        present=turn.present,
    )


def _is_worth_asking(items: list[outbox.Entry], arrived_n: int) -> bool:
    """Whether some of these may have arrived, and asking is cheaper than sending them again."""
    return sum(len(item.line) for item in items) >= _CHEAP and items[0].n <= arrived_n


def _that_fit(items: list[outbox.Entry]) -> list[outbox.Entry]:
    room = MAX_RAW_BYTES - _HEADROOM
    for index, item in enumerate(items):
        room -= len(item.line) + 1
        if room < 0 and index:
            return items[:index]
    return items
