"""The exchange without a network: a bundle that carries this desk's words to the centre, and the one that answers it.

Every bundle says everything that the centre has not answered, so that each is enough by itself: a stick that is lost,
doubled, late, or overtaken by the network costs nothing. What was asked is remembered by the bundle's name; an answer
is believed for these alone, and applied page by page, where it goes on from what this desk holds.
"""

import base64
import logging
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import (
    Behind,
    Cancelled,
    DamagedData,
    ForeignBundle,
    Forked,
    OutdatedBundle,
    Refused,
    Untrusted,
)
from kelurahan_client.services.desk import Desk, Identity, identity
from kelurahan_client.store import attachments, outbox, settings
from kelurahan_client.store.attachments import Blob
from sync import applying, recovering
from sync.bundle import KEY_BYTES, Bundle, BundleHeader, BundleKind, Content, Part, PartKind, fingerprint, sealed
from sync.bundle_file import new_file, opened
from sync.offering import offer
from sync.protocol import MAX_PIECE, MAX_REPLY_RAW_BYTES, ErrorNumber, RequestHeader, ResultKind
from sync.refusals import refusal
from sync.sending import Heard, Round, prepare_all

_log = logging.getLogger(__name__)
_REMEMBERED = 50  # bundles that an answer may still come for


@dataclass(frozen=True, slots=True)
class Exported:
    """What a bundle holds, and its size in bytes."""

    bundle: str
    requests: int
    sent: int
    files: int
    files_unreadable: int
    bytes: int


@dataclass(slots=True)
class Imported:
    """What an answer did: results by kind, records received, pages applied.

    `skipped` = pages that are older than what this desk has, of which only the results were taken; `again` = requests
    that the centre could not accept, whose words go out anew; `waiting` = words without an answer now.
    """

    answers: str
    results: Counter[ResultKind] = field(default_factory=Counter)
    received: int = 0
    pages: int = 0
    skipped: int = 0
    again: int = 0
    waiting: int = 0
    changed: set[str] = field(default_factory=set)


Report = Callable[[int, int], None]
"""Called with the bytes that are done, and how many there are in all, 0 where nobody knows."""
Cancel = Callable[[], bool]


def export(
    desk: Desk, target: Path, report: Report = lambda _done, _total: None, cancelled: Cancel = lambda: False
) -> Exported:
    """Write everything that the centre has not answered into a new file, with the files that it lacks.

    Raises NotEnrolled, InputError where the file exists or cannot be written, DiskFull, Cancelled; then there is no
    such file.
    """
    bundle = desk.random(16).hex()
    with desk.store.read() as transaction:
        me = identity(transaction)
        header = _header(desk, me, bundle, outbox.tail(transaction).epoch)
        blobs = attachments.unstored(transaction)
    asked: list[dict[str, Any]] = []
    readable = [blob for blob in blobs if _is_readable(desk, blob)]
    pieces = sealed(
        header,
        _contents(desk, bundle, asked, readable),
        recipient=X25519PublicKey.from_public_bytes(base64.b64decode(me.server_sealing_key)),
        signer=Ed25519PrivateKey.from_private_bytes(base64.b64decode(me.signing_key)),
        content_key=desk.random(KEY_BYTES),
    )
    with new_file(target, bundle[:8]) as file:
        size = 0
        for piece in pieces:
            if cancelled():
                raise Cancelled("Penyimpanan ke USB dihentikan; tidak ada berkas setengah jadi yang ditinggalkan.")
            size += file.write(piece)
            report(size, sum(blob.size for blob in readable))
        _remember(desk, bundle, asked)
    sent = sum(one["sent"] for one in asked)
    return Exported(bundle, len(asked), sent, len(readable), len(blobs) - len(readable), size)


def _header(desk: Desk, me: Identity, bundle: str, epoch: str) -> BundleHeader:
    return BundleHeader(
        kind=BundleKind.REQUEST,
        server=fingerprint(base64.b64decode(me.server_signing_key)),
        city=me.city,
        device=me.device,
        bundle=bundle,
        epoch=epoch,
        created=utc_text(desk.now()),
    )


def _contents(desk: Desk, bundle: str, asked: list[dict[str, Any]], blobs: list[Blob]) -> Iterator[Content]:
    for one in prepare_all(desk, bundle):
        last_n = one.items[-1].n if one.items else one.header.first_n - 1
        asked.append({"header": msgspec.to_builtins(one.header), "last_n": last_n, "sent": len(one.items)})
        yield Content(Part(PartKind.MESSAGE, len(one.body), nonce=one.header.nonce), [one.body])
    for blob in blobs:
        yield Content(Part(PartKind.BLOB, blob.size, sha256=blob.sha256), _pieces(desk, blob))


def _pieces(desk: Desk, blob: Blob) -> Iterator[bytes]:
    for start in range(0, blob.size, MAX_PIECE):
        yield desk.store.blob_files.read(blob.sha256, blob.size, start, start + MAX_PIECE)


def _is_readable(desk: Desk, blob: Blob) -> bool:
    """A file that is damaged here must not keep the others from the stick."""
    try:
        for _piece in _pieces(desk, blob):
            pass
    except DamagedData:
        _log.warning("an attachment of %d bytes cannot be read here", blob.size)
        return False
    return True


def _remember(desk: Desk, bundle: str, asked: list[dict[str, Any]]) -> None:
    at = utc_text(desk.now())
    with desk.store.write() as transaction:
        known = settings.get(transaction, settings.BUNDLES) or []
        settings.put(transaction, settings.BUNDLES, [*known, {"id": bundle, "requests": asked}][-_REMEMBERED:])
        for one in asked:
            outbox.mark_tried(transaction, one["header"]["epoch"], one["last_n"], at)


def take_in(
    desk: Desk, source: Path, report: Report = lambda _done, _total: None, cancelled: Cancel = lambda: False
) -> Imported:
    """Apply the centre's answer, once it was read to its end and found whole; harmless if done again.

    Raises UnreadableFile, a BundleError, NotEnrolled, Cancelled, or what the centre has refused (a Refused); the pages
    that were applied before it stay, each in a transaction of its own as over the network.
    """
    with desk.store.read() as transaction:
        me = identity(transaction)
        known = settings.get(transaction, settings.BUNDLES) or []
    keys = (
        X25519PrivateKey.from_private_bytes(base64.b64decode(me.sealing_key)),
        Ed25519PublicKey.from_public_bytes(base64.b64decode(me.server_signing_key)),
    )
    with opened(source) as file:
        bundle = Bundle(file)
        header = bundle.header
        _check_address(me, header)
        bundle.check(*keys)
        asked = next((one["requests"] for one in known if one["id"] == header.answers), None)
        if asked is None:
            raise OutdatedBundle(
                "Bundel ini menjawab kiriman yang tidak dikenal komputer ini; tidak ada yang berubah.",
                way_out="Buat bundel baru di sini dan bawa ke server kota.",
            )
        taking = _Taking(desk, me, asked, Imported(header.answers))
        whole = os.fstat(file.fileno()).st_size
        for content in bundle.contents(*keys):
            if cancelled():
                raise Cancelled("Pengambilan jawaban dihentikan. Yang sudah diterapkan tetap; ambil berkas itu lagi.")
            taking.take(content)
            report(file.tell(), whole)
    return taking.finish()


def _check_address(me: Identity, header: BundleHeader) -> None:
    if header.server != fingerprint(base64.b64decode(me.server_signing_key)):
        raise ForeignBundle(
            f"Bundel ini dari atau untuk server kota lain ({header.city[:60]}); tidak ada yang berubah."
        )
    if header.kind is not BundleKind.REPLY:
        raise ForeignBundle(
            "Bundel ini kiriman sebuah loket, bukan jawaban server kota.", way_out="Bawa stiknya ke server kota."
        )
    if header.device != me.device:
        raise ForeignBundle(
            "Bundel ini jawaban untuk loket lain; tidak ada yang berubah.",
            way_out="Pilih berkas jawaban loket ini, atau minta kepada admin kota.",
        )


class _Taking:
    """An answer on its way in: `expected` is where the next page must go on from, as (server epoch, cursor)."""

    def __init__(self, desk: Desk, me: Identity, asked: list[dict[str, Any]], done: Imported) -> None:
        self._desk = desk
        self._me = me
        self._done = done
        headers = [msgspec.convert(one["header"], RequestHeader) for one in asked]
        self._asked = {header.nonce: header for header in headers}
        self._last = {header.nonce: one["last_n"] for header, one in zip(headers, asked, strict=True)}
        self._expected = (headers[0].server_epoch, headers[0].cursor)
        self._fits = self._position() == self._expected
        self._complete = self._all_came = False
        self._refused: Refused | None = None

    def take(self, content: Content) -> None:
        """The next part; kinds that are not known are passed over."""
        if content.part.kind not in (PartKind.MESSAGE, PartKind.REFUSAL):
            return
        request = self._asked.get(content.part.nonce)
        if request is None:
            raise OutdatedBundle("Bundel ini menjawab kiriman yang tidak dikenal komputer ini.")
        body = content.whole(MAX_REPLY_RAW_BYTES)
        if content.part.kind == PartKind.REFUSAL:
            self._refuse(request, body)
        else:
            self._apply(request, content.part.after, body)

    def finish(self) -> Imported:
        """What was done; raises the centre's refusal where it leaves nothing to do here."""
        if self._complete:
            offer(self._desk, all_came=self._all_came)
        if self._refused is not None:
            raise self._refused
        with self._desk.store.read() as transaction:
            self._done.waiting = outbox.count_waiting(transaction)
        return self._done

    def _refuse(self, request: RequestHeader, body: bytes) -> None:
        error = refusal(HTTPStatus.CONFLICT, {}, body)
        if not isinstance(error, Refused):
            raise error
        if not isinstance(error, Behind | Forked):
            self._refused = error
            if error.number == ErrorNumber.CURSOR:
                error.way_out = "Kirim sekali lewat jaringan; sesudah itu bundel dapat dipakai lagi."
        elif self._fits:  # else the network has brought more since, and has put it right
            recovering.after_refusal(self._desk, request, error)
            self._done.again += 1

    def _apply(self, request: RequestHeader, after: str, body: bytes) -> None:
        if after != self._expected[1]:
            raise OutdatedBundle(
                "Jawaban ini tidak menyambung: ada bagian yang tidak ikut. Yang menyambung sudah diterapkan.",
                way_out="Buat bundel baru di sini dan bawa ke server kota.",
            )
        header = msgspec.structs.replace(request, server_epoch=self._expected[0], cursor=after)
        current = Round(self._me, [], header, 0, answers_challenge=False)
        reply = applying.open_answer(current, body, "zstd")
        self._check_answers(request, {result.n for result in current.results})
        present = self._position()
        if present == self._expected:
            touched, _more = applying.apply(self._desk, current, Heard(), reply)
            self._done.pages += 1
            self._complete, self._all_came = not reply.more, reply.all_came
        elif present[0] == reply.server_epoch:
            touched = applying.apply_answers(self._desk, current, reply)
            self._done.skipped += 1
        else:
            raise OutdatedBundle(
                "Jawaban ini dibuat sebelum server kota dipulihkan dari cadangan; tidak ada yang berubah.",
                way_out="Buat bundel baru di sini dan bawa ke server kota.",
            )
        self._done.results.update(result.result for result in current.results)
        self._done.received += touched.received
        self._done.changed |= touched.kinds
        if reply.cursor:
            self._expected = (reply.server_epoch, reply.cursor)

    def _check_answers(self, request: RequestHeader, answered: set[int]) -> None:
        """The first reply to each request answers all of it."""
        last = self._last.pop(request.nonce, 0)
        if not {*range(request.first_n, last + 1)} <= answered:
            raise Untrusted("Server kota tidak menjawab semua yang dikirim; tidak ada yang berubah.")

    def _position(self) -> tuple[str, str]:
        with self._desk.store.read() as transaction:
            known = settings.get(transaction, settings.CURSOR) or {"server_epoch": "", "cursor": ""}
        return known["server_epoch"], known["cursor"]
