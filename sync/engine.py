"""One exchange with the centre: send what waits, receive what changed, until both sides agree.

Never a transaction across the network: each round reads what to send, talks, then applies the whole reply in one write.
A round that fails at any point has changed nothing here, and sending it again changes nothing there.
"""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kelurahan_client import __version__
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.errors import Cancelled, ExchangeError, NetworkLogin, Untrusted
from kelurahan_client.services.desk import Desk, Identity, identity
from kelurahan_client.store import outbox, settings
from sync import receiving
from sync.framing import (
    BadFrame,
    compress,
    decode_header,
    decode_reply_items,
    decompress,
    encode_line,
    open_sealed,
    seal,
)
from sync.protocol import (
    MAX_ITEMS,
    MAX_RAW_BYTES,
    MAX_REPLY_RAW_BYTES,
    PROTOCOL,
    PROTOCOL_MIN,
    SCHEMA,
    Change,
    ReplyHeader,
    RequestHeader,
    Result,
    ResultKind,
)
from sync.transport import Transport

_HEADROOM = 64 * 1024  # of MAX_RAW_BYTES, for the header and the trailer
CLOCK_WARNING_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exchange is: the phase (sending, waiting, receiving, applying), items done of total, and bytes."""

    phase: str
    done: int
    total: int
    bytes: int


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an exchange did; `changed` names the kinds of record that pages must show anew."""

    sent: int = 0
    applied: int = 0
    merged: int = 0
    conflicts: int = 0
    rejected: int = 0
    received: int = 0
    round_trips: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    seconds: float = 0.0
    changed: frozenset[str] = frozenset()
    clock_offset_seconds: float = 0.0


@dataclass(slots=True)
class _Round:
    """One request: what goes into it, and what it must get back."""

    me: Identity
    epoch: str
    nonce: str
    items: list[outbox.Entry]
    header: RequestHeader
    outstanding: int
    body: bytes = b""
    results: list[Result] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def exchange(
    desk: Desk, transport: Transport, report: Report = lambda _: None, cancelled: Callable[[], bool] = lambda: False
) -> Outcome:
    """Reconcile with the centre. Raises NotEnrolled or an ExchangeError; what was acknowledged before it stays."""
    started = time.monotonic()
    outcome = Outcome()
    try:
        more = True
        while more:
            outcome, more = _round(desk, transport, outcome, report, cancelled)
    except ExchangeError as error:
        _remember_failure(desk, error)
        raise
    outcome = replace(outcome, seconds=round(time.monotonic() - started, 3))
    _remember_success(desk, outcome)
    return outcome


def _round(
    desk: Desk, transport: Transport, so_far: Outcome, report: Report, cancelled: Callable[[], bool]
) -> tuple[Outcome, bool]:
    if cancelled():
        raise Cancelled("Pengiriman dihentikan. Yang belum terkirim tetap menunggu.")
    current = _prepare(desk)
    total = so_far.sent + current.outstanding
    report(Progress("sending", so_far.sent, total, so_far.bytes_sent))
    answer = transport.exchange(
        current.body,
        current.me.token,
        cancelled,
        lambda size: report(Progress("receiving", so_far.sent, total, so_far.bytes_received + size)),
    )
    header = _open(current, answer.body, answer.encoding)
    report(Progress("applying", so_far.sent + len(current.results), total, so_far.bytes_received + len(answer.body)))
    touched = _apply(desk, current, header)
    outcome = _add(so_far, current, touched, len(answer.body), _offset(desk, header))
    report(Progress("applying", outcome.sent, total, outcome.bytes_received))
    return outcome, header.more or current.outstanding > len(current.items)


def _prepare(desk: Desk) -> _Round:
    """Read what goes out, and make the bytes; the transaction is over before the network is touched."""
    with desk.store.read() as transaction:
        me = identity(transaction)
        end = outbox.tail(transaction)
        items = outbox.waiting(transaction, end.epoch, after=0, limit=MAX_ITEMS)
        outstanding = outbox.count_waiting(transaction, end.epoch)
        cursor = settings.get(transaction, settings.CURSOR) or {"server_epoch": "", "cursor": ""}
        items = _that_fit(items)
        first = items[0].n if items else end.n + 1
        previous = outbox.hash_before(transaction, end.epoch, first)
    header = RequestHeader(
        device=me.device,
        epoch=end.epoch,
        nonce=desk.random(16).hex(),
        protocol=(PROTOCOL_MIN, PROTOCOL),
        schema=(1, SCHEMA),
        first_n=first,
        last_hash=previous.hex(),
        cursor=cursor["cursor"],
        server_epoch=cursor["server_epoch"],
        device_time=utc_text(desk.now()),
        program=__version__,
    )
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(me.signing_key))
    message = seal([encode_line(header), *(item.line for item in items)], key, "desk")
    return _Round(me, end.epoch, header.nonce, items, header, outstanding, compress(message))


def _that_fit(items: list[outbox.Entry]) -> list[outbox.Entry]:
    room = MAX_RAW_BYTES - _HEADROOM
    for index, item in enumerate(items):
        room -= len(item.line) + 1
        if room < 0 and index:
            return items[:index]
    return items


def _open(current: _Round, body: bytes, encoding: str) -> ReplyHeader:
    """Check the reply before a single item of it is believed."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(current.me.server_signing_key))
    try:
        lines = open_sealed(decompress(body, encoding, MAX_REPLY_RAW_BYTES), key, "server")
        header = decode_header(lines[0], ReplyHeader)
        items = decode_reply_items(lines[1:])
    except BadFrame as error:
        raise NetworkLogin(
            "Jawaban yang datang tidak utuh atau bukan dari server kota; tidak ada yang berubah.",
            way_out="Kirim lagi. Bila berulang, periksa apakah jaringan meminta login.",
        ) from error
    if header.nonce != current.nonce:
        raise Untrusted(
            "Jawaban yang datang bukan untuk pengiriman ini; tidak ada yang berubah.", way_out="Kirim lagi."
        )
    current.results = [item for item in items if isinstance(item, Result)]
    current.changes = [item for item in items if isinstance(item, Change)]
    answered = {result.n for result in current.results}
    if any(item.n not in answered for item in current.items):
        raise Untrusted("Server kota tidak menjawab semua yang dikirim; tidak ada yang berubah.", way_out="Kirim lagi.")
    return header


def _apply(desk: Desk, current: _Round, header: ReplyHeader) -> receiving.Touched:
    touched = receiving.Touched()
    now = utc_text(desk.now())
    with desk.store.write() as transaction:
        receiving.apply_results(transaction, current.epoch, current.results, now, touched)
        receiving.apply_changes(transaction, current.changes, touched)
        receiving.settle(transaction, touched)
        settings.put(transaction, settings.CURSOR, {"server_epoch": header.server_epoch, "cursor": header.cursor})
        if header.token:
            settings.put(
                transaction, settings.IDENTITY, settings.get(transaction, settings.IDENTITY) | {"token": header.token}
            )
    return touched


def _add(so_far: Outcome, current: _Round, touched: receiving.Touched, size: int, offset: float) -> Outcome:
    kinds = [result.result for result in current.results]
    return replace(
        so_far,
        sent=so_far.sent + len(current.items),
        applied=so_far.applied + kinds.count(ResultKind.APPLIED),
        merged=so_far.merged + kinds.count(ResultKind.MERGED),
        conflicts=so_far.conflicts + kinds.count(ResultKind.CONFLICT),
        rejected=so_far.rejected + kinds.count(ResultKind.REJECTED),
        received=so_far.received + touched.received,
        round_trips=so_far.round_trips + 1,
        bytes_sent=so_far.bytes_sent + len(current.body),
        bytes_received=so_far.bytes_received + size,
        changed=so_far.changed | touched.kinds,
        clock_offset_seconds=offset,
    )


def _offset(desk: Desk, header: ReplyHeader) -> float:
    """How far this machine's clock is from the centre's, in seconds; for the record and a warning only."""
    return round((desk.now() - read_utc(header.server_time)).total_seconds(), 1)


def _remember_success(desk: Desk, outcome: Outcome) -> None:
    with desk.store.write() as transaction:
        settings.put(
            transaction,
            settings.LAST_EXCHANGE,
            {
                "at": utc_text(desk.now()),
                "sent": outcome.sent,
                "received": outcome.received,
                "clock_offset_seconds": outcome.clock_offset_seconds,
            },
        )
        settings.put(transaction, settings.LAST_FAILURE, None)


def _remember_failure(desk: Desk, error: ExchangeError) -> None:
    if isinstance(error, Cancelled):
        return
    at = utc_text(desk.now())
    with desk.store.write() as transaction:
        before = settings.get(transaction, settings.LAST_FAILURE)
        same = before is not None and before["kind"] == type(error).__name__
        entry_end = outbox.tail(transaction)
        outbox.mark_tried(transaction, entry_end.epoch, entry_end.n, at)
        settings.put(
            transaction,
            settings.LAST_FAILURE,
            {
                "at": at,
                "since": before["since"] if same else at,
                "kind": type(error).__name__,
                "code": error.code,
                "title": error.title,
                "message": error.message,
                "way_out": error.way_out,
            },
        )


def failure_time(failure: dict[str, str]) -> datetime:
    """Since when the way to the centre has been failing in the same way."""
    return read_utc(failure["since"])
