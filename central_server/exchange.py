"""One exchange: a desk's signed request in, the centre's signed reply out.

Nothing is applied without a valid trailer. All of a request is applied in one transaction, and the changes in the reply
come from one snapshot taken after it.
"""

import gzip
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central_server import comparing, echo
from central_server.blobs import recognise
from central_server.centre import Centre
from central_server.errors import Refusal, Unavailable
from central_server.lost_tokens import LostTokens
from central_server.opening import Opened, is_too_old, malformed, open_request, too_old
from central_server.reception import Answered, Reception, Sender, answers, check_past
from central_server.store.feed import Feed, read_cursor
from central_server.store.session import Reading, RowRefused, Writing
from central_server.store.shapes import CarriedRequest, Device, FeedPage, Stream, Token
from central_server.tokens import hash_of, needs_rotation, new_token
from kelurahan_client.domain.fields import read_utc
from sync.digest import BUCKETS
from sync.framing import compress, encode_line, seal
from sync.protocol import (
    ASK_ANSWERS,
    ASK_BUCKETS,
    ASK_DIGESTS,
    FEED_PAGE,
    MAX_NEEDED_BLOBS,
    PROTOCOL,
    SCHEMA,
    ErrorNumber,
    ReplyHeader,
    RequestHeader,
    Result,
)

_PAGE_BYTES = 8 * 1024 * 1024
_SMALL = 256 * 1024  # replies up to here are worth the slower, better compression
_SEEN_AGAIN = timedelta(minutes=1)  # an idle exchange writes only this often

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came: the bearer token, the body and its Content-Encoding, and the encoding for the reply."""

    token: str
    body: bytes
    encoding: str
    reply_encoding: str


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What the writing part of an exchange has done."""

    answered: list[Answered]
    stream: Stream
    token: str
    counters: dict[str, int]


@dataclass(frozen=True, slots=True)
class _News:
    """What one snapshot has for the desk: a page of the feed, and SHA-256 of files of this desk that are not here.

    `all_came`: this centre was restored, and nobody of the desk's office is still awaited.
    """

    page: FeedPage | None
    needed: list[str]
    all_came: bool


class Exchange:
    """Answers exchanges for one centre; `told` hears every answer to a mutation once it is committed."""

    def __init__(self, centre: Centre, told: Callable[[Sequence[Result]], None]) -> None:
        self._centre = centre
        self._told = told
        self._key = Ed25519PrivateKey.from_private_bytes(centre.identity.signing_key)
        self._lost_tokens = LostTokens(centre)
        self._offices = centre.offices

    def answer(self, request: Request) -> bytes:
        """The reply in `request.reply_encoding`; raises Refusal or Unavailable.

        A withdrawn desk is refused too, but what it sent is committed into quarantine before.
        """
        token, device = self._sender(request)
        opened = open_request(device, request.body, request.encoding, self._offices)
        if not opened.items and is_too_old(opened.header):
            with self._centre.store.reading() as session:
                raise too_old(session.inbox.stream(device.id, opened.header.epoch))
        if opened.header.ask in (ASK_DIGESTS, ASK_BUCKETS):
            return self._compare(device, opened, request.reply_encoding)
        outcome, news = self._idle(token, device, opened)
        if outcome is None:
            outcome = self._take(token, opened)
        if is_too_old(opened.header):
            raise too_old(outcome.stream)  # what it brought is kept: a push is never refused for age
        if news is None:
            with self._centre.store.reading() as session:
                news = _news(session, device, self._page(session.feed, device, opened))
        reply = self._reply(request.reply_encoding, opened.header, outcome, news, device)
        if opened.items:
            try:
                self.take_due(device, opened.header.epoch)
            except Unavailable as error:  # this request is committed, and its desk must hear so
                _log.warning("held requests of bundles wait for another exchange: %s", error.code)
        return reply

    def take(self, device: Device, opened: Opened) -> list[Answered]:
        """Applies a request of a bundle, which has no token; raises Refusal as `answer` does, or Unavailable."""
        at = self._centre.now()
        return self._take(Token(b"", device.id, at, at), opened, carried=True).answered

    def take_due(self, device: Device, epoch: str) -> None:
        """Applies what bundles of this past brought too early, as far as the gap before it is closed now."""
        while True:
            with self._centre.store.reading() as session:
                due = session.carried.due(device.id, epoch, session.inbox.stream(device.id, epoch).last_n)
            if not due:
                return
            self._take_held(device, due[0])

    def tell(
        self, device: Device, header: RequestHeader, answered: list[Answered], known: Sequence[Answered] | None
    ) -> tuple[bytes, FeedPage | None]:
        """The reply, in zstd, to a request that was taken before, and its page of changes.

        `known` is all that the desk has been answered by then; None = without changes. Raises
        Refusal(CURSOR) where the desk must compare, or Unavailable.
        """
        opened = Opened(header, [])
        with self._centre.store.reading() as session:
            stream = session.inbox.stream(device.id, header.epoch)
            counters = session.devices.counters(device.office, device.desk)
            outcome = _Outcome(_asked(session, device, opened, answered), stream, "", counters)
            page = None if known is None else self._page(session.feed, device, opened)
            news = _news(session, device, page)
        return self._reply("zstd", header, outcome, news, device, known), news.page

    def _take_held(self, device: Device, request: CarriedRequest) -> None:
        refusal = None
        opened = open_request(device, request.body or b"", "zstd", self._offices)
        try:
            self.take(device, opened)
        except Refusal as refused:
            if refused.number != ErrorNumber.REVOKED:  # which is said when its words are in quarantine
                refusal = refused.reply
        with self._centre.store.writing() as session:
            session.carried.settle(request, refusal)
        recognise(self._centre, opened.files)

    def _sender(self, request: Request) -> tuple[Token, Device]:
        with self._centre.store.reading() as session:
            known = session.devices.holder(hash_of(request.token))
        return known or self._lost_tokens.sender(request.body, request.encoding)

    def _idle(self, token: Token, device: Device, opened: Opened) -> tuple[_Outcome | None, _News | None]:
        """Outcome and news of an exchange that brings nothing and changes nothing, or None: it must write."""
        now = self._centre.clock()
        fresh = device.last_seen and now - read_utc(device.last_seen) < _SEEN_AGAIN
        if opened.items or device.revoked_at or not token.used_at or not fresh or needs_rotation(token, now):
            return None, None
        with self._centre.store.reading() as session:
            stream = session.inbox.stream(device.id, opened.header.epoch)
            check_past(session.inbox, device.id, opened.header, stream)
            if not stream.ordinal and session.inbox.epochs(device.id):
                return None, None
            counters = session.devices.counters(device.office, device.desk)
            outcome = _Outcome(_asked(session, device, opened, []), stream, "", counters)
            return outcome, _news(session, device, self._page(session.feed, device, opened))

    def _take(self, token: Token, opened: Opened, *, carried: bool = False) -> _Outcome:
        try:
            device, outcome = self._take_once(token, opened, carried=carried, isolated=False)
        except RowRefused:
            device, outcome = self._take_once(token, opened, carried=carried, isolated=True)
        if opened.items:
            self._told([answer.result for answer in outcome.answered])
        if device.revoked_at:
            raise Refusal(
                ErrorNumber.REVOKED,
                HTTPStatus.FORBIDDEN,
                "Loket ini sudah dicabut oleh kota. Kiriman terakhirnya ditahan di server kota dan tidak hilang.",
            ).knowing(outcome.stream.last_n, outcome.stream.last_hash)
        return outcome

    def _take_once(self, token: Token, opened: Opened, *, carried: bool, isolated: bool) -> tuple[Device, _Outcome]:
        with self._centre.store.writing() as session:
            now = self._centre.clock()
            at = self._centre.now()
            device = session.devices.get(token.device)
            if device is None:
                raise LookupError(token.device)
            sender = Sender(device, opened.header.epoch, at, carried)
            reception = Reception(session, sender, self._centre.new_id, isolated=isolated)
            answered, stream = reception.take(opened.header, opened.items)
            session.devices.seen(device.id, at, opened.header.program[:100])
            issued = "" if device.revoked_at else self._rotate(session, token, now, at)
            answered = _asked(session, device, opened, answered)
            return device, _Outcome(answered, stream, issued, reception.counters)

    def _rotate(self, session: Writing, token: Token, now: datetime, at: str) -> str:
        if not token.used_at:
            session.devices.use_token(token, at)
        if not needs_rotation(token, now):
            return ""
        issued = new_token(self._centre.random_bytes)
        session.devices.add_token(Token(hash_of(issued), token.device, at))
        return issued

    def _page(self, feed: Feed, device: Device, opened: Opened) -> FeedPage | None:
        """What is new to the desk; None where its cursor would miss what left since, but it still has something to say.

        Raises Refusal(CURSOR) when all is said: then it must compare what it holds.
        """
        header = opened.header
        cursor, mark = read_cursor(header.cursor)
        head, pruned = feed.position()
        if header.server_epoch != self._centre.identity.server_epoch or cursor > head:
            cursor = mark = 0  # a cursor of another past: everything again, which changes nothing at the desk
        if not header.cursor or cursor >= pruned or mark == pruned:
            return feed.page(device.office, cursor, FEED_PAGE, _PAGE_BYTES)
        if opened.items or header.ask:
            return None
        raise Refusal(
            ErrorNumber.CURSOR,
            HTTPStatus.GONE,
            "Loket ini lama tidak bertukar data; isinya dicocokkan dahulu dengan server kota.",
        )

    def _compare(self, device: Device, opened: Opened, encoding: str) -> bytes:
        """The reply to a desk that compares what it holds; its cursor is for the feed from this snapshot on."""
        request = opened.header
        if device.revoked_at:
            raise Refusal(ErrorNumber.REVOKED, HTTPStatus.FORBIDDEN, "Loket ini sudah dicabut oleh kota.")
        if opened.items or not {*request.buckets} <= {*range(BUCKETS)}:
            raise malformed()
        epoch, now = self._centre.identity.server_epoch, self._centre.now()
        with self._centre.store.reading() as session:
            lines = comparing.reply(session.feed, device.office, request, epoch, now)
        return encode_body(seal(lines, self._key, "server"), encoding)

    def _reply(
        self,
        encoding: str,
        request: RequestHeader,
        outcome: _Outcome,
        news: _News,
        device: Device,
        known: Sequence[Answered] | None = None,
    ) -> bytes:
        page = news.page
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
            needs_blobs=tuple(news.needed),
            schema=(1, SCHEMA),
            all_came=news.all_came,
        )
        fresh_desk = not request.cursor
        stream = f"{device.id}/{request.epoch}"
        lines = [encode_line(header), *(encode_line(answer.result) for answer in outcome.answered)]
        # What a desk knows of another past of ours it may know better than we do: then it is told everything.
        same_past = request.server_epoch in ("", self._centre.identity.server_epoch)
        if page:
            own = (known or outcome.answered) if same_past else ()
            lines += echo.changes(page.rows, own, stream, request.schema[1], fresh_desk=fresh_desk)
        return encode_body(seal(lines, self._key, "server"), encoding)


def _news(session: Reading, device: Device, page: FeedPage | None) -> _News:
    needed = session.attachments.needed(device.id, device.office, MAX_NEEDED_BLOBS)
    return _News(page, needed, session.devices.all_came(device.office))


def _asked(session: Reading, device: Device, opened: Opened, answered: list[Answered]) -> list[Answered]:
    """The answers of the reply: those of its items, or those of earlier ones where the desk asks for them."""
    return answers(session.inbox, device.id, opened.header) if opened.header.ask == ASK_ANSWERS else answered


def encode_body(message: bytes, encoding: str) -> bytes:
    """The message as `zstd`, `gzip` or `identity`."""
    if encoding == "zstd":
        return compress(message, level=12 if len(message) <= _SMALL else 3)
    if encoding == "gzip":
        return gzip.compress(message, 6, mtime=0)
    return message
