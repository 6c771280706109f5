"""The bytes of attachments on this machine: one encrypted file each, beside the database and under a key of its key.

A file is a header (mark and salt), then chunks of 64 KB, each sealed by ChaCha20-Poly1305 under a key of this file
alone (HKDF-SHA256 of the database key and the salt). The nonce is the chunk's number and whether it is the last, and
the blob's id is sealed in with each, so that nothing can be cut off, moved or exchanged unnoticed. Names on the disk
tell nothing either: they are a keyed hash of the id. What is being fetched grows chunk by chunk in a file of the same
make.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kelurahan_client.errors import DamagedData, DiskFull, DiskRefuses, no_room, why
from sync.durable import make_folder, sync_folder

CHUNK = 64 * 1024
SALT_BYTES = 16
_MARK = b"LKB1"
_HEADER = len(_MARK) + SALT_BYTES
_TAG = 16
_SEALED = CHUNK + _TAG


class BlobFiles:
    """Encrypted files in `folder`, by the SHA-256 of what is in them; `key` is the database's 32 bytes.

    Every method raises DiskFull where the disk refuses, and DamagedData for a file that is not what was written.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._name_key = _derived(key, None, b"lapor-kelurahan names of blobs v1")

    def put(self, sha256: str, content: bytes, salt: bytes) -> None:
        """Keep `content`, on the disk before this returns; what is here already stays, unless it is damaged."""
        if self.is_sound(sha256, len(content)):
            return
        part = self._file(sha256).with_suffix(".new")
        with _disk(part):
            make_folder(part.parent)
            with _opened(part, os.O_TRUNC) as file:
                file.write(_MARK + salt)
                for number, start in enumerate(range(0, len(content), CHUNK)):
                    last = start + CHUNK >= len(content)
                    file.write(self._sealed(sha256, salt, number, last, content[start : start + CHUNK]))
            _give_place(part, self._file(sha256))

    def has(self, sha256: str, size: int) -> bool:
        """Whether the whole blob of `size` bytes is here, by its length."""
        return _length(self._file(sha256)) == _HEADER + size + _TAG * -(-size // CHUNK)

    def is_sound(self, sha256: str, size: int) -> bool:
        """Whether the whole blob is here and every byte of it can be read."""
        if not self.has(sha256, size):
            return False
        try:
            self.read(sha256, size, 0, size)
        except DamagedData:
            return False
        return True

    def read(self, sha256: str, size: int, start: int, stop: int) -> bytes:
        """Bytes `start` to `stop` of a blob of `size` bytes."""
        first, end = start // CHUNK, -(-min(stop, size) // CHUNK)
        with _disk(self._file(sha256)), self._file(sha256).open("rb") as file:
            salt = _salt(file)
            chunks = self._chunks(sha256, salt, file, range(first, end), -(-size // CHUNK))
            return b"".join(chunks)[start - first * CHUNK : stop - first * CHUNK]

    def partial(self, sha256: str) -> int:
        """How many bytes of a blob that is being fetched are here: whole chunks."""
        return max(0, _length(self._part(sha256)) - _HEADER) // _SEALED * CHUNK

    def grow(self, sha256: str, piece: bytes, last: bool, salt: bytes) -> None:
        """Add what was fetched next: whole chunks, but at the end; `salt` is for the first piece of a blob."""
        part = self._part(sha256)
        number = self.partial(sha256) // CHUNK
        with _disk(part):
            make_folder(part.parent)
            with _opened(part, 0) as file:
                if number == 0:
                    file.truncate(0)
                    file.write(_MARK + salt)
                else:
                    salt = _salt(file)
                file.truncate(_HEADER + number * _SEALED)  # half a chunk, from when the power went
                file.seek(0, os.SEEK_END)
                for offset, start in enumerate(range(0, len(piece), CHUNK)):
                    ends = last and start + CHUNK >= len(piece)
                    file.write(self._sealed(sha256, salt, number + offset, ends, piece[start : start + CHUNK]))

    def finish(self, sha256: str, size: int) -> bool:
        """Hash what was fetched and keep it; False = it is something else or damaged, and was thrown away."""
        part = self._part(sha256)
        with _disk(part):
            if self._digest_of_part(sha256, size) != sha256:
                part.unlink(missing_ok=True)  # or the next fetch would go on from it for ever
                return False
            _give_place(part, self._file(sha256))
        return True

    def _digest_of_part(self, sha256: str, size: int) -> str:
        """SHA-256 of what was fetched; "" where it cannot be read."""
        count, digest = -(-size // CHUNK), hashlib.sha256()
        try:
            with _disk(self._part(sha256)), self._part(sha256).open("rb") as file:
                for chunk in self._chunks(sha256, _salt(file), file, range(count), count):
                    digest.update(chunk)
        except DamagedData:
            return ""
        return digest.hexdigest()

    def drop(self, sha256: str) -> None:
        """Take the blob, and what was fetched of it, off this machine."""
        with _disk(self._folder):
            self._file(sha256).unlink(missing_ok=True)
            self._part(sha256).unlink(missing_ok=True)

    def drop_strays(self, known: Iterable[str]) -> None:
        """Take off what belongs to no blob in `known`, as a power cut between a file and its row leaves it."""
        names = {self._file(sha256).name for sha256 in known}
        with _disk(self._folder):
            for path in sorted(self._folder.rglob("*")):
                if path.is_file() and path.stem not in names:
                    path.unlink()

    def _file(self, sha256: str) -> Path:
        name = hmac.digest(self._name_key, sha256.encode(), "sha256").hex()
        return self._folder / name[:2] / name

    def _part(self, sha256: str) -> Path:
        return self._file(sha256).with_suffix(".part")

    def _sealed(self, sha256: str, salt: bytes, number: int, last: bool, chunk: bytes) -> bytes:
        return _cipher(self._key, salt).encrypt(_nonce(number, last), chunk, bytes.fromhex(sha256))

    def _chunks(self, sha256: str, salt: bytes, file: BinaryIO, numbers: range, count: int) -> Iterator[bytes]:
        cipher, id_ = _cipher(self._key, salt), bytes.fromhex(sha256)
        file.seek(_HEADER + numbers.start * _SEALED)
        for number in numbers:
            try:
                yield cipher.decrypt(_nonce(number, number == count - 1), file.read(_SEALED), id_)
            except InvalidTag as error:
                raise _damaged() from error


def _salt(file: BinaryIO) -> bytes:
    file.seek(0)
    header = file.read(_HEADER)
    if len(header) != _HEADER or not header.startswith(_MARK):
        raise _damaged()
    return header[len(_MARK) :]


def _cipher(key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(key, salt, b"lapor-kelurahan blob v1"))


def _derived(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _length(path: Path) -> int:
    with _disk(path):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return -1


@contextmanager
def _opened(path: Path, more: int) -> Iterator[BinaryIO]:
    """A file that only its owner reads, on the disk when the block ends."""
    flags = os.O_RDWR | os.O_CREAT | more | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "r+b") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _give_place(part: Path, target: Path) -> None:
    part.replace(target)
    sync_folder(target.parent)


@contextmanager
def _disk(place: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise _damaged() from error
    except OSError as error:
        kind = DiskFull if no_room(error) else DiskRefuses
        raise kind(
            f"Berkas lampiran tidak dapat ditulis atau dibaca di {place.parent}: {why(error)}.",
            way_out="Kosongkan disk atau periksa izin folder data, lalu coba lagi.",
        ) from error


def _damaged() -> DamagedData:
    return DamagedData(
        "Berkas lampiran di komputer ini hilang atau rusak; pengaduannya sendiri tetap utuh.",
        way_out="Ambil lagi dari server kota, atau lampirkan lagi berkas aslinya.",
    )
