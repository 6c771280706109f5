"""The bytes of attachments: taken from the desks piece by piece, and given to those whose office may see them."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from central_server import files
from central_server.blob_store import WrongOffset
from central_server.centre import Centre
from central_server.errors import Refusal
from central_server.rules import is_sha256
from central_server.store.attachments import Expected, Lacking
from central_server.store.shapes import Device
from central_server.tokens import sender
from sync.protocol import MAX_PIECE, ErrorNumber

_LOCKS = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a blob of `size` bytes the centre has."""

    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Content:
    """A range of a whole blob: bytes `start` to `stop` of `size`."""

    chunks: Iterator[bytes]
    start: int
    stop: int
    size: int


class Blobs:
    """Answers about the blobs of one centre; every method raises Refusal or Unavailable."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._store = centre.blobs
        self._locks = [threading.Lock() for _ in range(_LOCKS)]  # two answers about one blob never overlap here

    def standing(self, token: str, sha256: str) -> Standing:
        """How far the blob has come; what is whole although nobody had written it down is written down now."""
        expected = self._announced(token, sha256)
        with self._lock(sha256):
            return self._standing(sha256, expected)

    def take(self, token: str, sha256: str, offset: int, piece: bytes) -> Standing:
        """Adds a piece, on the disk before this returns; raises WrongOffset, or Refusal(BLOB_HASH) after the last."""
        expected = self._announced(token, sha256)
        with self._lock(sha256):
            known = self._standing(sha256, expected)
            if offset != known.offset:
                raise WrongOffset(known.offset)
            if known.offset == known.size or not piece:
                return known
            if offset + len(piece) > expected.size:
                raise Refusal(
                    ErrorNumber.TOO_LARGE,
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    "Berkas lebih besar dari yang diumumkan.",
                )
            size = self._store.add(sha256, offset, piece)
            if size == expected.size:
                self._finish(sha256)
            return Standing(size, expected.size)

    def content(self, token: str, sha256: str, start: int, stop: int | None) -> Content | None:
        """Bytes `start` to `stop` (None = the end) of a blob that the desk's office sees; None = no such range."""
        with self._centre.store.reading() as session:
            _token, device = sender(session, token)
            if device.revoked_at:
                raise Refusal(ErrorNumber.REVOKED, HTTPStatus.FORBIDDEN, "Loket ini sudah dicabut oleh kota.")
            expected = session.attachments.visible_to(device.office, sha256)
        if expected is None:
            raise _unknown("Berkas ini bukan lampiran pengaduan yang dilihat kelurahan ini.")
        if not expected.stored_at or not self._store.has(sha256):
            raise _unknown("Berkas ini belum sampai di server kota; loket asalnya belum selesai mengirim.")
        end = expected.size if stop is None else min(stop, expected.size)
        if not 0 <= start < end:
            return None
        return Content(self._store.read(sha256, start, end), start, end, expected.size)

    def carried(self, device: Device, sha256: str, size: int, chunks: Iterable[bytes]) -> bool:
        """Keeps a blob that came whole in a bundle; whether it is here now.

        It may come before its attachment is known, as long as that is held or in quarantine. False = it is of another
        size than announced, is not what its name says, or another process is adding to it; then it is asked for again.
        """
        with self._centre.store.reading() as session:
            expected = session.attachments.announced_by(device.id, device.office, sha256)
        if expected is not None and expected.size != size:
            return False
        with self._lock(sha256):
            if not self._store.has(sha256) and not self._fill(sha256, chunks):
                return False
            if expected is not None and not expected.stored_at:
                self._write_down(sha256)
        return True

    def _fill(self, sha256: str, chunks: Iterable[bytes]) -> bool:
        """Adds to what HTTP has brought of the blob, and hashes it."""
        known, end = self._store.partial(sha256), 0
        try:
            for piece in _pieces(chunks):
                start, end = end, end + len(piece)
                if end > known:
                    self._store.add(sha256, max(start, known), piece[max(known - start, 0) :])
        except WrongOffset:
            return False
        return self._store.finish(sha256)

    def _announced(self, token: str, sha256: str) -> Expected:
        # A withdrawn desk may finish what it has announced: these are citizens' papers.
        with self._centre.store.reading() as session:
            _token, device = sender(session, token)
            expected = session.attachments.announced_by(device.id, device.office, sha256)
        if expected is None:
            raise _unknown("Server kota belum mengenal berkas ini; lampirannya belum diterima atau masih ditahan.")
        return expected

    def _standing(self, sha256: str, expected: Expected) -> Standing:
        whole = self._store.has(sha256)
        if not whole:
            size = self._store.partial(sha256)
            if size < expected.size:
                return Standing(size, expected.size)
            whole = self._store.finish(sha256)  # the power went after its last piece
        if whole and not expected.stored_at:
            self._write_down(sha256)
        return Standing(expected.size if whole else 0, expected.size)

    def _finish(self, sha256: str) -> None:
        if not self._store.finish(sha256):
            raise Refusal(
                ErrorNumber.BLOB_HASH,
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "Berkas yang diterima tidak sama dengan yang diumumkan; dibuang, dan dapat dikirim lagi dari awal.",
            )
        self._write_down(sha256)

    def _write_down(self, sha256: str) -> None:
        with self._centre.store.writing() as session:
            files.arrived(session, sha256, self._centre.now())

    def _lock(self, sha256: str) -> threading.Lock:
        return self._locks[int(sha256[:2], 16) % _LOCKS]


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer steps, since each is brought to the disk before the next."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        if len(waiting) >= MAX_PIECE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def lacking(centre: Centre, *, verify: bool) -> list[Lacking]:
    """Every attachment whose bytes the centre lacks.

    `verify` first looks for the bytes of all: what is gone is asked of the desks again, what is here counts as arrived.
    """
    if verify:
        _verify(centre)
    with centre.store.reading() as session:
        return session.attachments.lacking()


def recognise(centre: Centre, hashes: Iterable[str]) -> None:
    """Files that came before anybody knew their attachments, in a bundle, have arrived as soon as these are known."""
    for sha256 in hashes:
        if is_sha256(sha256) and centre.blobs.has(sha256):
            with centre.store.writing() as session:
                files.arrived(session, sha256, centre.now())


def _verify(centre: Centre) -> None:
    with centre.store.reading() as session:
        believed = dict.fromkeys(session.attachments.stored(), True)
        believed |= dict.fromkeys((one.sha256 for one in session.attachments.lacking()), False)
    for sha256, was_here in believed.items():
        is_here = centre.blobs.has(sha256)
        if is_here == was_here:
            continue
        with centre.store.writing() as session:
            (files.arrived if is_here else files.lost)(session, sha256, centre.now())


def _unknown(sentence: str) -> Refusal:
    return Refusal(ErrorNumber.BLOB_UNKNOWN, HTTPStatus.NOT_FOUND, sentence)
