"""Where the bytes of files are kept: the role, and the folder that plays it by default.

A blob is named by its SHA-256 and never changes. While it comes it is a partial blob that only grows; `finish` hashes
the whole of it, and only what has the right hash becomes a blob. Everything is on the disk before a method returns. Two
processes may add the same bytes at once: what is written twice is the same.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from central_server.errors import BadSettings, Unavailable
from sync.durable import make_folder, sync_folder

CHUNK = 256 * 1024


class WrongOffset(Exception):
    """A piece does not begin where the partial blob ends, at `size`."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class BlobStore(Protocol):
    """Keeps blobs. Every method raises Unavailable when the place cannot be read or written."""

    def has(self, sha256: str) -> bool:
        """Whether the whole blob is here."""

    def partial(self, sha256: str) -> int:
        """How many bytes of an unfinished blob are here."""

    def add(self, sha256: str, offset: int, piece: bytes) -> int:
        """Adds a piece at the end of the partial blob; its new size. Raises WrongOffset."""

    def finish(self, sha256: str) -> bool:
        """Hashes the partial blob and makes it a blob; False = its hash is another, and it was thrown away."""

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` to `stop` of a blob, in chunks."""


class FolderStore:
    """Blobs as files `ab/cd/abcd…` below a folder, partial ones in `partial/`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, sha256: str) -> bool:
        """Whether the file is there."""
        try:
            return self._file(sha256).is_file()
        except OSError as error:  # a disk that cannot be read has not lost the file
            raise _unusable(error) from error

    def partial(self, sha256: str) -> int:
        """The length of the unfinished file."""
        try:
            return self._unfinished(sha256).stat().st_size
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise _unusable(error) from error

    def add(self, sha256: str, offset: int, piece: bytes) -> int:
        """Writes at the end of the unfinished file, and to the disk."""
        target = self._unfinished(sha256)
        try:
            made = not target.exists()
            make_folder(target.parent)
            descriptor = os.open(target, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                size = file.seek(0, os.SEEK_END)
                if offset != size:
                    raise WrongOffset(size)
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if made:
                sync_folder(target.parent)
        except OSError as error:
            raise _unusable(error) from error
        return offset + len(piece)

    def finish(self, sha256: str) -> bool:
        """Gives the file its place; one that another process has just placed is as good."""
        source, target = self._unfinished(sha256), self._file(sha256)
        try:
            with source.open("rb") as file:
                right = hashlib.file_digest(file, "sha256").hexdigest() == sha256
            if not right:
                source.unlink(missing_ok=True)
                return False
            make_folder(target.parent)
            source.replace(target)
            sync_folder(target.parent)
        except FileNotFoundError:
            return self.has(sha256)
        except OSError as error:
            raise _unusable(error) from error
        return True

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """Reads the file."""
        try:
            with self._file(sha256).open("rb") as file:
                file.seek(start)
                while start < stop and (chunk := file.read(min(CHUNK, stop - start))):
                    start += len(chunk)
                    yield chunk
        except OSError as error:
            raise _unusable(error) from error

    def _file(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _unfinished(self, sha256: str) -> Path:
        return self._folder / "partial" / sha256


def open_blob_store(address: str | None, data_dir: Path) -> BlobStore:
    """The store at `s3://BUCKET/PREFIX?endpoint=URL`, or the folder `blobs` in `data_dir`; raises BadSettings."""
    if address is None:
        return FolderStore(data_dir / "blobs")
    if not address.startswith("s3://"):
        raise BadSettings("Tempat berkas yang didukung: folder data, atau s3://BUCKET/AWALAN?endpoint=ALAMAT.")
    from central_server.blob_s3 import open_s3  # noqa: PLC0415  # its library is an extra that most cities do without

    return open_s3(address)


def _unusable(error: OSError) -> Unavailable:
    return Unavailable(f"Tempat berkas server kota sedang tidak dapat dipakai ({error.strerror}).", busy=False)
