"""One exchange: a desk's signed request in, the centre's signed reply out.

Nothing is applied without a valid trailer. All of a request is applied in one transaction, and the changes in the reply
come from one snapshot taken after it.
"""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from central_server import comparing, echo
from central_server.centre import Centre
from central_server.errors import Refusal
from central_server.items import Item, read_item
from central_server.lost_tokens import LostTokens
from central_server.opening import check_age, check_header, malformed, unreadable
from central_server.reception import Answered, Reception, Sender, answers, check_past
from central_server.store.feed import Feed, read_cursor
from central_server.store.session import Reading, RowRefused, Writing
from central_server.store.shapes import Device, FeedPage, Stream, Token
from central_server.tokens import hash_of, needs_rotation, new_token
from kelurahan_client.domain.fields import read_utc
from sync.digest import BUCKETS
from sync.framing import BadFrame, compress, decode_header, decompress, encode_line, open_sealed, seal
from sync.protocol import (
    ASK_ANSWERS,
    ASK_BUCKETS,
    ASK_DIGESTS,
    FEED_PAGE,
    MAX_ITEMS,
    MAX_NEEDED_BLOBS,
    MAX_RAW_BYTES,
    PROTOCOL,
    SCHEMA,
    ErrorNumber,
    ReplyHeader,
    RequestHeader,
)

_PAGE_BYTES = 8 * 1024 * 1024
_SMALL = 256 * 1024  # replies up to here are worth the slower, better compression
_SEEN_AGAIN = timedelta(minutes=1)  # an idle exchange writes only this often


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: the bearer token, the body and its Content-Encoding, and the encoding for the reply."""

    token: str
    body: bytes
    encoding: str
    reply_encoding: str


@dataclass(frozen=True, slots=True)
class _Opened:
    """A request whose signature is right."""

    header: RequestHeader
    items: list[Item]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the writing part of an exchange has done."""

    answered: list[Answered]
    stream: Stream
    token: str
    counters: dict[str, int]
    needed: list[str]  # SHA-256 of files of this desk that are not here


class Exchange:
    """Answers exchanges for one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._key = Ed25519PrivateKey.from_private_bytes(centre.identity.signing_key)
        self._lost_tokens = LostTokens(centre)

    def answer(self, request: Request) -> bytes:
        """The reply in `request.reply_encoding`; raises Refusal or Unavailable.

        A withdrawn desk is refused too, but what it sent is committed into quarantine before.
        """
        with self._centre.store.reading() as session:
            token, device = self._sender(session, request)
            opened = self._open(request, device)
            if not opened.items:
                check_age(opened.header)
            if opened.header.ask in (ASK_DIGESTS, ASK_BUCKETS):
                return self._compare(session.feed, device, opened, request.reply_encoding)
            outcome = self._without_writing(session, token, device, opened)
        if outcome is None:
            outcome = self._take(token, opened)
        check_age(opened.header)  # what it brought is kept: a push is never refused for age
        with self._centre.store.reading() as session:
            page = self._page(session.feed, device, opened)
        return self._reply(request.reply_encoding, opened.header, outcome, page, device)

    def _sender(self, session: Reading, request: Request) -> tuple[Token, Device]:
        known = session.devices.token(hash_of(request.token))
        device = session.devices.get(known.device) if known else None
        if known is None or device is None:
            return self._lost_tokens.sender(session, request.body, request.encoding)
        return known, device

    def _open(self, request: Request, device: Device) -> _Opened:
        key = Ed25519PublicKey.from_public_bytes(device.signing_key)
        try:
            message = decompress(request.body, request.encoding, MAX_RAW_BYTES)
            lines = open_sealed(message, key, "desk")
            header = decode_header(lines[0], RequestHeader)
        except BadFrame as error:
            raise unreadable(error.part) from error
        except (ValueError, RecursionError) as error:
            raise malformed() from error
        if header.device != device.id:
            raise Refusal(ErrorNumber.WRONG_DEVICE, HTTPStatus.FORBIDDEN, "Kiriman ini milik loket lain.")
        check_header(header)
        return _Opened(header, _items(header, lines[1:]))

    def _without_writing(self, session: Reading, token: Token, device: Device, opened: _Opened) -> _Outcome | None:
        """The outcome of an exchange that brings nothing and changes nothing, or None."""
        check_past(session.inbox, device.id, opened.header)
        now = self._centre.clock()
        fresh = device.last_seen and now - read_utc(device.last_seen) < _SEEN_AGAIN
        if opened.items or device.revoked_at or not token.used_at or not fresh or needs_rotation(token, now):
            return None
        stream = session.inbox.stream(device.id, opened.header.epoch)
        if not stream.ordinal and session.inbox.epochs(device.id):
            return None
        return self._outcome(session, device, opened, [], stream, "")

    def _outcome(
        self, session: Reading, device: Device, opened: _Opened, answered: list[Answered], stream: Stream, token: str
    ) -> _Outcome:
        if opened.header.ask == ASK_ANSWERS:
            answered = answers(session.inbox, device.id, opened.header)
        counters = session.devices.counters(device.office, device.desk)
        needed = session.attachments.needed(device.id, device.office, MAX_NEEDED_BLOBS)
        return _Outcome(answered, stream, token, counters, needed)

    def _take(self, token: Token, opened: _Opened) -> _Outcome:
        try:
            device, outcome = self._take_once(token, opened, isolated=False)
        except RowRefused:
            device, outcome = self._take_once(token, opened, isolated=True)
        if device.revoked_at:
            raise Refusal(
                ErrorNumber.REVOKED,
                HTTPStatus.FORBIDDEN,
                "Loket ini sudah dicabut oleh kota. Kiriman terakhirnya ditahan di server kota dan tidak hilang.",
            )
        return outcome

    def _take_once(self, token: Token, opened: _Opened, *, isolated: bool) -> tuple[Device, _Outcome]:
        with self._centre.store.writing() as session:
            now = self._centre.clock()
            at = self._centre.now()
            device = session.devices.get(token.device)
            if device is None:
                raise LookupError(token.device)
            sender = Sender(device, opened.header.epoch, at, frozenset(self._centre.reference.offices))
            reception = Reception(session, sender, self._centre.new_id, isolated=isolated)
            answered, stream = reception.take(opened.header, opened.items)
            session.devices.seen(device.id, at, opened.header.program[:100])
            issued = "" if device.revoked_at else self._rotate(session, token, now, at)
            return device, self._outcome(session, device, opened, answered, stream, issued)

    def _rotate(self, session: Writing, token: Token, now: datetime, at: str) -> str:
        if not token.used_at:
            session.devices.use_token(token, at)
        if not needs_rotation(token, now):
            return ""
        issued = new_token(self._centre.random_bytes)
        session.devices.add_token(Token(hash_of(issued), token.device, at))
        return issued

    def _page(self, feed: Feed, device: Device, opened: _Opened) -> FeedPage | None:
        """What is new to the desk; None where its cursor would miss what left since, but it still has something to say.

        Raises Refusal(CURSOR) when all is said: then it must compare what it holds.
        """
        header = opened.header
        cursor, mark = read_cursor(header.cursor)
        if header.server_epoch != self._centre.identity.server_epoch or cursor > feed.head():
            cursor = mark = 0  # a cursor of another past: everything again, which changes nothing at the desk
        if not header.cursor or cursor >= feed.pruned() or mark == feed.pruned():
            return feed.page(device.office, cursor, FEED_PAGE, _PAGE_BYTES)
        if opened.items or header.ask:
            return None
        raise Refusal(
            ErrorNumber.CURSOR,
            HTTPStatus.GONE,
            "Loket ini lama tidak bertukar data; isinya dicocokkan dahulu dengan server kota.",
        )

    def _compare(self, feed: Feed, device: Device, opened: _Opened, encoding: str) -> bytes:
        """The reply to a desk that compares what it holds; its cursor is for the feed from this snapshot on."""
        request = opened.header
        if device.revoked_at:
            raise Refusal(ErrorNumber.REVOKED, HTTPStatus.FORBIDDEN, "Loket ini sudah dicabut oleh kota.")
        if opened.items or not {*request.buckets} <= {*range(BUCKETS)}:
            raise malformed()
        lines = comparing.reply(feed, device.office, request, self._centre.identity.server_epoch, self._centre.now())
        return encode_body(seal(lines, self._key, "server"), encoding)

    def _reply(
        self, encoding: str, request: RequestHeader, outcome: _Outcome, page: FeedPage | None, device: Device
    ) -> bytes:
        header = ReplyHeader(
            nonce=request.nonce,
            server_epoch=self._centre.identity.server_epoch,
            protocol=min(PROTOCOL, request.protocol[1]),
            server_time=self._centre.now(),
            last_n=outcome.stream.last_n,
            last_hash=outcome.stream.last_hash.hex(),
            cursor=page.cursor if page else "",
            more=page.more if page else True,
            token=outcome.token,
            durable_n=outcome.stream.durable_n,
            counters=outcome.counters,
            needs_blobs=tuple(outcome.needed),
            schema=(1, SCHEMA),
        )
        fresh_desk = not request.cursor
        stream = f"{device.id}/{request.epoch}"
        lines = [encode_line(header), *(encode_line(answer.result) for answer in outcome.answered)]
        # What a desk knows of another past of ours it may know better than we do: then it is told everything.
        same_past = request.server_epoch in ("", self._centre.identity.server_epoch)
        if page:
            answered = outcome.answered if same_past else ()
            lines += echo.changes(page.rows, answered, stream, request.schema[1], fresh_desk=fresh_desk)
        return encode_body(seal(lines, self._key, "server"), encoding)


def _items(header: RequestHeader, lines: Sequence[bytes]) -> list[Item]:
    if len(lines) > MAX_ITEMS:
        raise Refusal(ErrorNumber.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Kiriman berisi terlalu banyak.")
    items = []
    for n, line in enumerate(lines, start=header.first_n):
        try:
            item = read_item(line)
        except ValueError as error:
            raise malformed() from error
        if item.n != n:
            raise malformed()
        items.append(item)
    return items


def encode_body(message: bytes, encoding: str) -> bytes:
    """The message as `zstd`, `gzip` or `identity`."""
    if encoding == "zstd":
        return compress(message, level=12 if len(message) <= _SMALL else 3)
    if encoding == "gzip":
        return gzip.compress(message, 6, mtime=0)
    return message
