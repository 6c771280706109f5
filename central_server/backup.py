"""The centre's own backup: one file for both databases, read back before it counts, and the way back from it.

zstd of lines: a header, every table with its rows, a trailer with the number of rows, their hash and the SHA-256 of
everything before it. Only when the file was read into a database of its own and that holds the same rows, desks are
told that their work is safe (`durable_n`). A restored centre keeps its keys and begins a new epoch.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import zstandard

from central_server import notices
from central_server.errors import BadSettings, DamagedBackup
from central_server.store import archive
from central_server.store.session import Store, Writing, empty_database
from kelurahan_client import __version__
from kelurahan_client.domain.fields import read_utc
from sync.durable import sync_folder

_FORMAT = 1
_LONGEST = 64 * 1024 * 1024  # of a line; a record has 100 KB at most


class _Header(msgspec.Struct, tag_field="kind", tag="backup", frozen=True):
    """First line; `format` counts the ways of writing such a file."""

    format: int
    revision: str
    server_epoch: str
    made_at: str
    program: str


class _Trailer(msgspec.Struct, tag_field="kind", tag="end", frozen=True):
    """Last line; `sha256` is of all bytes before it, `state` of the rows in any order."""

    counts: dict[str, int]
    state: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was read back and found to hold what the database held."""

    file: str
    made_at: str
    server_epoch: str
    rows: int
    bytes: int
    state: str

    def as_json(self) -> dict[str, Any]:
        """For the command line."""
        return asdict(self)


def make(store: Store, target: Path, at: str) -> Backup:
    """Writes everything of one moment into `target`, reads it back, and tells the desks what is safe now.

    Raises BadSettings, DamagedBackup or Unavailable; then there is no such file, and nothing counts as safe.
    """
    if target.exists():
        raise BadSettings(f"{target} sudah ada; cadangan tidak ditimpa.")
    part = target.with_name(target.name + ".part")
    try:
        with _created(part) as file, store.dumping() as dump:
            streams = dump.session.inbox.streams()
            identity = dump.session.identity()
            epoch = identity.server_epoch if identity else ""
            header = _Header(_FORMAT, dump.revision, epoch, at, __version__)
            _write(file, header, dump.lines, dump.rows)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".verify-") as folder, _opened(part) as lines:
            found = archive.summed(Path(folder), lines.header.revision, lines)
            _same(lines.trailer, found)
        size = part.stat().st_size
        part.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise BadSettings(f"Cadangan tidak dapat ditulis ke {target}: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    with store.writing() as session:
        session.inbox.make_durable(streams)
    return Backup(str(target), at, epoch, sum(dump.rows.counts.values()), size, dump.rows.state)


def restore(
    data_dir: Path, database_url: str | None, source: Path, at: str, random_bytes: Callable[[int], bytes]
) -> Backup:
    """Puts the backup into an empty database as a centre with the same keys and a new epoch.

    All of it or nothing. Raises BadSettings, DamagedBackup, NewerDatabase or Unavailable.
    """
    epoch = random_bytes(12).hex()
    try:
        with _opened(source) as lines, empty_database(data_dir, database_url) as connection:
            archive.fill(connection, lines.header.revision, lines)
            header, trailer = lines.header, lines.trailer
            if header.revision == archive.revision(connection):  # else the rows have been brought up to date
                found = archive.Sum()
                for _line in archive.lines(connection, found):
                    pass
                _same(trailer, found)
            archive.begin_new_past(connection, epoch, read_utc(at))
            records = Writing(connection).records
            notices.of_a_restored_centre(records, epoch, header.made_at, at)
            records.flush()
        size = source.stat().st_size
    except OSError as error:
        raise BadSettings(f"Cadangan {source} tidak dapat dibaca: {error.strerror or error}.") from error
    return Backup(str(source), header.made_at, epoch, sum(trailer.counts.values()), size, trailer.state)


def _same(trailer: _Trailer, found: archive.Sum) -> None:
    if (trailer.counts, trailer.state) != (found.counts, found.state):
        raise DamagedBackup("Cadangan yang dibaca kembali tidak sama dengan isi basis data; jangan dipakai.")


@contextmanager
def _created(part: Path) -> Iterator[BinaryIO]:
    """A file that only its owner reads (identities and keys are in it), on the disk when the block ends."""
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _write(file: BinaryIO, header: _Header, rows: Iterator[bytes], summed: archive.Sum) -> None:
    digest = hashlib.sha256()
    with zstandard.ZstdCompressor(level=6, write_checksum=True).stream_writer(file, closefd=False) as packed:

        def put(line: bytes) -> None:
            digest.update(line + b"\n")
            packed.write(line + b"\n")

        put(msgspec.json.encode(header))
        for line in rows:
            put(line)
        trailer = _Trailer(summed.counts, summed.state, digest.hexdigest())
        packed.write(msgspec.json.encode(trailer) + b"\n")


class _Lines:
    """The lines between header and trailer; `trailer` is there, and believed, once all were read."""

    def __init__(self, packed: BinaryIO) -> None:
        self._lines = _split(packed)
        self._digest = hashlib.sha256()
        self._trailer: _Trailer | None = None
        try:
            self.header = msgspec.json.decode(self._next(), type=_Header)
        except (msgspec.MsgspecError, ValueError) as error:
            raise DamagedBackup("Berkas ini bukan cadangan server kota.") from error
        if self.header.format != _FORMAT:
            raise DamagedBackup("Cadangan ini ditulis oleh program server yang lebih baru.")

    def __iter__(self) -> Iterator[bytes]:
        while True:
            before = self._digest.copy()
            line = self._next()
            if line.startswith(b'{"kind":"end"'):
                self._end(line, before.hexdigest())
                return
            yield line

    @property
    def trailer(self) -> _Trailer:
        """The last line."""
        if self._trailer is None:
            raise DamagedBackup("Cadangan terpotong: bagian akhirnya tidak ada.")
        return self._trailer

    def _next(self) -> bytes:
        line = next(self._lines, None)
        if line is None:
            raise DamagedBackup("Cadangan terpotong: bagian akhirnya tidak ada.")
        self._digest.update(line + b"\n")
        return line

    def _end(self, line: bytes, sha256: str) -> None:
        try:
            trailer = msgspec.json.decode(line, type=_Trailer)
        except msgspec.MsgspecError as error:
            raise DamagedBackup("Cadangan rusak: bagian akhirnya tidak dapat dibaca.") from error
        if trailer.sha256 != sha256 or next(self._lines, None) is not None:
            raise DamagedBackup("Cadangan rusak: isinya tidak sama dengan yang ditulis.")
        self._trailer = trailer


def _split(packed: BinaryIO) -> Iterator[bytes]:
    rest = b""
    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            while chunk := reader.read(256 * 1024):
                *whole, rest = (rest + chunk).split(b"\n")
                yield from whole
                if len(rest) > _LONGEST:
                    raise DamagedBackup("Cadangan rusak: ada baris yang terlalu panjang.")
    except zstandard.ZstdError as error:
        raise DamagedBackup("Cadangan rusak atau bukan cadangan server kota.") from error
    if rest:
        yield rest


@contextmanager
def _opened(source: Path) -> Iterator[_Lines]:
    with source.open("rb") as file:
        yield _Lines(file)
