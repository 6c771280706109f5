"""The bytes of attachments on their way: after all mutations, small first, in pieces that suit the link.

A cut costs what was on the wire: the centre says how far it has come, and the next piece begins there. One file that
cannot be sent never holds up the others, and none of it makes an exchange fail.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import (
    Busy,
    Cancelled,
    DamagedData,
    ExchangeError,
    LaporError,
    NotFound,
    Offline,
    Refused,
    Revoked,
    Untrusted,
)
from kelurahan_client.services.desk import Desk, identity
from kelurahan_client.store import attachments
from kelurahan_client.store.attachments import Blob, Tried
from kelurahan_client.store.blob_files import SALT_BYTES
from sync.protocol import MAX_PIECE, MIN_PIECE
from sync.refusals import not_before
from sync.transport import Cancel, Transport

_log = logging.getLogger(__name__)
_QUICK_SECONDS = 1.0
_SLOW_SECONDS = 4.0
_FAILED_FILES = 2  # one after the other; a single one that something on the way takes offence at holds up no others
_FAILURES = 3  # one after the other without a byte in between, and the network is taken for gone

Report = Callable[[int, int, int], None]  # files done, files in all, bytes so far
Ticks = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round of files came to: files and bytes that the centre has now, files that still wait, and why."""

    files: int = 0
    bytes: int = 0
    waiting: int = 0
    stopped_by: LaporError | None = None  # the last of what kept them from the centre


def next_size(size: int, seconds: float) -> int:
    """The size of the next piece, after one of `size` bytes took so long: between MIN_PIECE and MAX_PIECE."""
    if seconds < _QUICK_SECONDS:
        return min(size * 2, MAX_PIECE)
    if seconds > _SLOW_SECONDS:
        return max(size // 2, MIN_PIECE)
    return size


def send(
    desk: Desk,
    transport: Transport,
    report: Report = lambda *_: None,
    cancelled: Cancel = lambda: False,
    ticks: Ticks = time.monotonic,
    *,
    unanswered: bool = False,
) -> Delivered:
    """Send what the centre lacks, until the way is gone; raises a StoreError, and nothing for what the network did.

    What became of each file that still waits is kept, for whoever asks why. `unanswered`: also files of attachments
    that the centre has not signed for. A withdrawn desk never hears which of its words were let go of quarantine; the
    centre takes the files of those, and knows no others.
    """
    with desk.store.read() as transaction:
        waiting = attachments.unstored(transaction) if unanswered else attachments.unsent(transaction)
        before = attachments.tried(transaction)
    tries = {blob.sha256: before[blob.sha256] for blob in waiting if blob.sha256 in before}
    way = _Way(desk, transport, cancelled, ticks)
    done = moved = failed = 0
    stopped_by: LaporError | None = None
    for blob in waiting:
        report(done, len(waiting), moved)
        try:
            for size in way.deliver(blob):
                moved += size
                report(done, len(waiting), moved)
        except (DamagedData, ExchangeError) as error:
            _log.warning("an attachment of %d bytes waits: %s", blob.size, error.code)
            stopped_by = error
            tries[blob.sha256] = _tried(desk, error, way.at_centre)
            failed += not isinstance(error, DamagedData | Refused)
            if failed == _FAILED_FILES or isinstance(error, Busy | Revoked | Cancelled):
                break
            continue
        failed = 0
        with desk.store.write() as transaction:
            attachments.mark_sent(transaction, blob.sha256, utc_text(desk.now()))
        tries.pop(blob.sha256, None)
        done += 1
        report(done, len(waiting), moved)
    if tries != before:
        with desk.store.write() as transaction:
            attachments.keep_tried(transaction, tries)
    return Delivered(done, moved, len(waiting) - done, stopped_by)


def _tried(desk: Desk, error: LaporError, at_centre: int) -> Tried:
    now = desk.now()
    return Tried(utc_text(now), at_centre, error.code, error.message, error.way_out, not_before(error, now))


def fetch(
    desk: Desk,
    transport: Transport,
    sha256: str,
    report: Report = lambda *_: None,
    cancelled: Cancel = lambda: False,
    ticks: Ticks = time.monotonic,
) -> None:
    """Bring the bytes of an attachment to this machine, unless they are here; what was cut off goes on from there.

    Raises NotFound for a file that no attachment here has, an ExchangeError, or a StoreError.
    """
    files = desk.store.blob_files
    with desk.store.read() as transaction:
        found = attachments.of_blob(transaction, sha256)
    if not found:
        raise NotFound(f"Tidak ada lampiran dengan sidik {sha256[:16]}… di komputer ini.")
    size = found[0].size
    if not files.is_sound(sha256, size):
        _Way(desk, transport, cancelled, ticks).bring(Blob(sha256, size), lambda so_far: report(0, 1, so_far))
    with desk.store.write() as transaction:  # together, or `free_space` would find a file that no row speaks of
        if not (files.is_sound(sha256, size) or files.finish(sha256, size)):
            raise Untrusted("Berkas yang datang bukan berkas yang dilampirkan; dibuang.", way_out="Ambil lagi.")
        attachments.mark_here(transaction, [sha256], True)
    report(1, 1, size)


class _Way:
    """Pieces to and from the centre, of a size that the link suits and that it keeps from file to file."""

    def __init__(self, desk: Desk, transport: Transport, cancelled: Cancel, ticks: Ticks) -> None:
        self._desk = desk
        self._transport = transport
        self._cancelled = cancelled
        self._ticks = ticks
        self._size = MIN_PIECE
        self.at_centre = 0  # bytes of the file that was sent last, as far as the centre has said
        with desk.store.read() as transaction:
            self._token = identity(transaction).token

    def deliver(self, blob: Blob) -> Iterator[int]:
        """Sends what the centre lacks of a blob; yields how many bytes more it has, each time that it says so."""
        failures, best, offset, self.at_centre = 0, -1, -1, 0
        while offset < blob.size:
            asks = offset < 0
            try:
                told = self._standing(blob) if asks else self._piece(blob, offset)
            except Offline:
                failures = self._failed(failures)
                if failures == _FAILURES:
                    raise
                offset = -1  # only the centre knows how much of the piece has come through
                continue
            if told > best:
                failures = 0
                if best >= 0:
                    yield told - best
                best = self.at_centre = told
            elif not asks:
                failures = self._failed(failures)
                if failures == _FAILURES:
                    raise Untrusted("Server kota tidak menyimpan potongan berkas yang dikirim.", way_out="Kirim lagi.")
            offset = told

    def bring(self, blob: Blob, arrived: Callable[[int], None]) -> None:
        """Adds to the partial blob here until it is whole."""
        files, failures = self._desk.store.blob_files, 0
        start = files.partial(blob.sha256)
        while start < blob.size:
            self._stop()
            stop = min(start + self._size, blob.size)
            began = self._ticks()
            try:
                piece = self._transport.blob_range(blob.sha256, start, stop, self._token, self._cancelled)
            except Offline:
                failures = self._failed(failures)
                if failures == _FAILURES:
                    raise
                continue
            failures = 0
            self._size = next_size(self._size, self._ticks() - began)
            files.grow(blob.sha256, piece, stop == blob.size, self._desk.random(SALT_BYTES))
            start = stop
            arrived(start)

    def _standing(self, blob: Blob) -> int:
        self._stop()
        return self._transport.blob_standing(blob.sha256, self._token, self._cancelled)

    def _piece(self, blob: Blob, offset: int) -> int:
        self._stop()
        stop = min(offset + self._size, blob.size)
        piece = self._desk.store.blob_files.read(blob.sha256, blob.size, offset, stop)
        began = self._ticks()
        told = self._transport.blob_piece(blob.sha256, offset, piece, self._token, self._cancelled)
        self._size = next_size(self._size, self._ticks() - began)
        return told

    def _failed(self, failures: int) -> int:
        self._size = max(self._size // 2, MIN_PIECE)
        return failures + 1

    def _stop(self) -> None:
        if self._cancelled():
            raise Cancelled("Pengiriman berkas dihentikan. Yang sudah sampai tetap, sisanya menunggu.")
