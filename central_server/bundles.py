"""Bundles of USB sticks at the centre: taken in as if their requests had come by HTTP, and answered by a bundle.

Each request goes through `Exchange.take`, in a transaction of its own, as over HTTP. What came too early, or is of a
past that the centre does not share, is held with its whole body in the database; a gap that is closed by another bundle
or over HTTP releases it. Nothing is kept of a reply: it is made anew from what stands in the database, for the last
bundle of the desk.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from central_server.blobs import Blobs
from central_server.centre import Centre
from central_server.enrolment import check_desk
from central_server.errors import OtherPast, Refusal, Unknown
from central_server.exchange import Exchange
from central_server.opening import Opened, malformed, open_request
from central_server.reception import Answered, answers, check_past
from central_server.rules import is_sha256
from central_server.store.shapes import CarriedRequest, Device
from central_server.waiting import OF_A_STICK
from kelurahan_client.errors import ForeignBundle
from sync.bundle import KEY_BYTES, Bundle, BundleHeader, BundleKind, Content, Part, PartKind, fingerprint, sealed
from sync.framing import encode_line
from sync.protocol import (
    ASK_BUCKETS,
    ASK_DIGESTS,
    MAX_BLOB_BYTES,
    MAX_RAW_BYTES,
    ErrorNumber,
    ErrorReply,
    RequestHeader,
    ResultKind,
)

_LONGEST_BODY = MAX_RAW_BYTES + 64 * 1024  # what does not compress is a little larger


@dataclass(slots=True)
class Taken:
    """What became of a bundle: its requests, the answers to its mutations, and its files."""

    device: Device
    bundle: str
    requests: list[CarriedRequest] = field(default_factory=list)
    results: Counter[ResultKind] = field(default_factory=Counter)
    replayed: int = 0  # of the results, those of mutations that were here before
    files: int = 0  # that are here now
    files_refused: int = 0

    @property
    def held(self) -> list[CarriedRequest]:
        """Requests that wait at the centre."""
        return [one for one in self.requests if one.body is not None]

    @property
    def refusals(self) -> list[ErrorReply]:
        """What the desk will be told instead of answers."""
        return [msgspec.json.decode(one.refusal, type=ErrorReply) for one in self.requests if one.refusal]


@dataclass(frozen=True, slots=True)
class Answer:
    """A bundle for a desk: its header and its bytes in pieces, made as they are asked for."""

    header: BundleHeader
    pieces: Iterator[bytes]


class Bundles:
    """Takes in and makes bundles for one centre; every method raises Unavailable too."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._exchange = Exchange(centre, lambda _results: None)  # a command has no figures for Prometheus
        self._blobs = Blobs(centre)
        self._key = Ed25519PrivateKey.from_private_bytes(centre.identity.signing_key)
        self._name = fingerprint(self._key.public_key().public_bytes_raw())

    def take(self, file: BinaryIO) -> Taken:
        """Everything of a desk's bundle, once it was read to its end and found whole; harmless if done again.

        Raises DamagedBundle, NewerBundle or ForeignBundle, and then nothing was taken.
        """
        bundle = Bundle(file)
        header = bundle.header
        device = self._sender(header)
        keys = (
            X25519PrivateKey.from_private_bytes(self._centre.identity.sealing_key),
            Ed25519PublicKey.from_public_bytes(device.signing_key),
        )
        bundle.check(*keys)
        taking = _Taking(self._centre, self._exchange, self._blobs, Taken(device, header.bundle))
        for content in bundle.contents(*keys):
            taking.take(content)
        taking.finish()
        return taking.taken

    def answer(self, office: str, desk: str) -> Answer:
        """The bundle for the desk that answers its last one; raises Unknown where it has brought none."""
        check_desk(self._centre, office, desk)
        with self._centre.store.reading() as session:
            brought = ((device, session.carried.latest(device.id)) for device in session.devices.at(office, desk))
            device = next((one for one, found in brought if found), None)
        if device is None:
            raise Unknown(f"Loket {desk} di {office} belum membawa bundel; impor bundelnya dahulu.")
        requests = self._requests(device)
        header = BundleHeader(
            kind=BundleKind.REPLY,
            server=self._name,
            city=self._centre.identity.city,
            device=device.id,
            bundle=self._centre.random_bytes(16).hex(),
            answers=requests[0].bundle,
            created=self._centre.now(),
        )
        pieces = sealed(
            header,
            self._contents(device, requests),
            recipient=X25519PublicKey.from_public_bytes(device.sealing_key),
            signer=self._key,
            content_key=self._centre.random_bytes(KEY_BYTES),
        )
        return Answer(header, pieces)

    def _requests(self, device: Device) -> list[CarriedRequest]:
        """What the desk's last bundle asked, when all of it that may be applied was."""
        with self._centre.store.reading() as session:
            epochs = dict.fromkeys(one.epoch for one in session.carried.latest(device.id))
        for epoch in epochs:
            self._exchange.take_due(device, epoch)
        with self._centre.store.reading() as session:
            return session.carried.latest(device.id)

    def _sender(self, header: BundleHeader) -> Device:
        if header.server != self._name:
            raise ForeignBundle(
                f"Bundel ini untuk server kota lain ({header.city[:60]}); tidak ada yang diterapkan.",
                way_out="Bawa stiknya ke server yang dituju.",
            )
        if header.kind is not BundleKind.REQUEST:
            raise ForeignBundle(
                "Bundel ini jawaban server kota untuk sebuah loket, bukan kiriman loket.",
                way_out="Bawa stiknya ke loket itu dan impor di sana.",
            )
        with self._centre.store.reading() as session:
            device = session.devices.get(header.device) if "\x00" not in header.device else None
        if device is None:
            raise ForeignBundle(
                "Loket yang mengirim bundel ini tidak dikenal server kota; tidak ada yang diterapkan.",
                way_out="Daftarkan lagi loket itu dengan kode baru; semua yang tersimpan di sana dikirim ulang.",
            )
        return device

    def _contents(self, device: Device, requests: Sequence[CarriedRequest]) -> Iterator[Content]:
        """Refusals first, then answers, then what changed for the desk; nothing else for one that was withdrawn."""
        if device.revoked_at:
            refusal = ErrorReply(int(ErrorNumber.REVOKED), "Loket ini sudah dicabut oleh kota.")
            yield _refusal(requests[0].nonce, refusal)
            return
        told: list[tuple[RequestHeader, list[Answered]]] = []
        for request in requests:
            found = self._standing(device, request)
            if isinstance(found, ErrorReply):
                yield _refusal(request.nonce, found)
            else:
                told.append((msgspec.json.decode(request.header, type=RequestHeader), found))
        for header, answered in told[:-1]:
            body, _page = self._exchange.tell(device, header, answered, None)
            yield _message(header, body)
        if told:
            yield from self._changes(device, told[-1], [one for _header, answered in told for one in answered])

    def _standing(self, device: Device, request: CarriedRequest) -> list[Answered] | ErrorReply:
        """The answers to a request that was taken, or why there are none, as things stand now."""
        if request.refusal and request.number != ErrorNumber.GAP:
            return msgspec.json.decode(request.refusal, type=ErrorReply)
        header = msgspec.json.decode(request.header, type=RequestHeader)
        with self._centre.store.reading() as session:
            try:
                check_past(session.inbox, device.id, header, session.inbox.stream(device.id, header.epoch))
            except OtherPast as refused:
                return refused.reply
            return [one for one in answers(session.inbox, device.id, header) if one.item.n <= request.last_n]

    def _changes(
        self, device: Device, last: tuple[RequestHeader, list[Answered]], answered: list[Answered]
    ) -> Iterator[Content]:
        """The last reply with the first page, and more replies with the pages after it, as to a desk that asks on."""
        header, own = last
        more = True
        while more:
            try:
                body, page = self._exchange.tell(device, header, own, answered)
            except Refusal as refused:  # the desk must compare, and that takes a network
                if own:
                    body, _page = self._exchange.tell(device, header, own, None)
                    yield _message(header, body)
                yield _refusal(header.nonce, refused.reply)
                return
            yield _message(header, body)
            more = page is not None and page.more
            if page is not None:
                epoch = self._centre.identity.server_epoch
                header = msgspec.structs.replace(header, cursor=page.cursor, server_epoch=epoch)
            own, answered = [], []


class _Taking:
    """A bundle on its way in."""

    def __init__(self, centre: Centre, exchange: Exchange, blobs: Blobs, taken: Taken) -> None:
        self._centre = centre
        self._exchange = exchange
        self._blobs = blobs
        self.taken = taken
        self._spoken_of: set[str] = set()  # files of this bundle's attachments

    def take(self, content: Content) -> None:
        """The next part; kinds that are not known are passed over."""
        if content.part.kind == PartKind.MESSAGE:
            self._request(content.part.nonce, content.whole(_LONGEST_BODY))
        elif content.part.kind == PartKind.BLOB:
            self._blob(content)

    def finish(self) -> None:
        """Writes down what the desk asked, and applies what may follow now of this bundle and of earlier ones."""
        taken = self.taken
        with self._centre.store.writing() as session:
            session.carried.keep(taken.device.id, taken.bundle, taken.requests)
        for epoch in dict.fromkeys(one.epoch for one in taken.requests if one.epoch):
            self._exchange.take_due(taken.device, epoch)

    def _request(self, nonce: str, body: bytes) -> None:
        opened: Opened | None = None
        refusal: ErrorReply | None = None
        try:
            opened = open_request(self.taken.device, body, "zstd", self._centre.offices)
            if opened.header.nonce != nonce or opened.header.ask in (ASK_DIGESTS, ASK_BUCKETS):
                raise malformed()
            self._spoken_of.update(opened.files)
            answered = self._exchange.take(self.taken.device, opened)
            self.taken.results.update(one.result.result for one in answered)
            self.taken.replayed += sum(one.result.replayed for one in answered)
        except Refusal as refused:
            refusal = refused.reply
        held = refusal is not None and refusal.number in OF_A_STICK and opened is not None and bool(opened.items)
        self.taken.requests.append(self._carried(nonce, opened, refusal, body if held else None))

    def _carried(
        self, nonce: str, opened: Opened | None, refusal: ErrorReply | None, body: bytes | None
    ) -> CarriedRequest:
        header = opened.header if opened else None
        return CarriedRequest(
            device=self.taken.device.id,
            bundle=self.taken.bundle,
            ordinal=len(self.taken.requests),
            nonce=nonce.replace("\x00", ""),
            epoch=header.epoch if header else "",
            first_n=header.first_n if header else 0,
            last_n=header.first_n + len(opened.items) - 1 if header and opened else 0,
            header=encode_line(header) if header else b"",
            number=refusal.number if refusal else 0,
            refusal=msgspec.json.encode(refusal) if refusal else b"",
            body=body,
            taken_at=self._centre.now(),
        )

    def _blob(self, content: Content) -> None:
        sha256, size = content.part.sha256, content.part.size
        good = is_sha256(sha256) and 0 < size <= MAX_BLOB_BYTES
        if good and self._is_wanted(sha256) and self._blobs.carried(self.taken.device, sha256, size, content.chunks):
            self.taken.files += 1
        else:
            self.taken.files_refused += 1

    def _is_wanted(self, sha256: str) -> bool:
        """Only files of which the desk has spoken, here or before, so that nobody fills the disk with others."""
        if sha256 in self._spoken_of:
            return True
        device = self.taken.device
        with self._centre.store.reading() as session:
            return session.attachments.announced_by(device.id, device.office, sha256) is not None


def _message(header: RequestHeader, body: bytes) -> Content:
    return Content(Part(PartKind.MESSAGE, len(body), nonce=header.nonce, after=header.cursor), [body])


def _refusal(nonce: str, refusal: ErrorReply) -> Content:
    body = msgspec.json.encode(refusal)
    return Content(Part(PartKind.REFUSAL, len(body), nonce=nonce), [body])
