"""Copies of the desk's files: written, read back, and put in the place of the present ones.

The database is copied whole by SQLite (`VACUUM INTO`, under the same key), the files of attachments byte for byte: they
are encrypted already. A restore is only prepared while the program runs; `put_in_place` exchanges the files at the next
start, before anything is open, and each of its steps can be repeated after a power cut.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from kelurahan_client.config import Config
from kelurahan_client.errors import BackupError, Cancelled, DiskFull, DiskRefuses, StoreError, no_room, why

Step = Callable[[int], bool]
"""Told how many bytes are done; answers whether to go on."""

DATABASE = "desk.db"
BLOBS = "blobs"
OFFICERS = "officers.json"
_OPCODES = 20_000  # of SQLite between two questions: some milliseconds
_BLOCK = 1024 * 1024
_MAKE_ROOM = "Kosongkan disk atau stik USB, periksa izin folder, lalu coba lagi."
_READY = "ready"  # in the folder of a prepared restore: the name of the folder for what is there now


def vacuum_into(connection: Any, target: Path, step: Step | None) -> None:
    """Copy the database of a raw connection to `target`; raises Cancelled where `step` says so."""
    stopped = False

    def tell() -> int:
        nonlocal stopped
        done = target.stat().st_size if target.exists() else 0
        stopped = step is not None and not step(done)
        return int(stopped)

    connection.set_progress_handler(tell if step else None, _OPCODES)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except sqlcipher.OperationalError as error:
        if stopped:
            raise stopped_copying() from None
        if "disk is full" in str(error):  # of the place of the copy, not the desk's own
            raise DiskFull(_cannot(target, "tempatnya penuh"), way_out=_MAKE_ROOM) from error
        if "disk I/O error" in str(error):
            raise DiskRefuses(_cannot(target, "disk atau stiknya terlepas atau rusak"), way_out=_MAKE_ROOM) from error
        raise
    finally:
        connection.set_progress_handler(None, _OPCODES)


def stopped_copying() -> Cancelled:
    """The person does not want this copy any more."""
    return Cancelled("Penyalinan dihentikan; salinan yang belum selesai dihapus, data loket tidak berubah.")


def copied(source: Path, target: Path, step: Step) -> str:
    """Copy a file on to the disk and read it back; its SHA-256. Raises Cancelled, DiskFull, BackupError."""
    digest = hashlib.sha256()
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as read, target.open("wb") as written:
            while block := read.read(_BLOCK):
                digest.update(block)
                written.write(block)
                if not step(written.tell()):
                    raise stopped_copying()
            written.flush()
            os.fsync(written.fileno())
    if digest_of(target) != digest.hexdigest():
        raise BackupError(
            f"Salinan {target.name} tidak terbaca kembali seperti yang ditulis; data loket sendiri tidak berubah.",
            way_out="Pakai stik USB atau folder yang lain.",
        )
    return digest.hexdigest()


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with writing(file), file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def findings(database: Path, raw_key: bytes) -> list[str]:
    """What is wrong with a copy of the database under this key; it is opened read-only. Empty when it is whole."""
    try:
        connection = sqlcipher.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{raw_key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
            return found or [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        finally:
            connection.close()
    except sqlcipher.Error as error:
        return [str(error)]


def schema_of(database: Path, raw_key: bytes) -> str:
    """The schema of a copy that was found whole."""
    connection = sqlcipher.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute(f"PRAGMA key=\"x'{raw_key.hex()}'\"")
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    return str(found[0]) if found else ""


def blob_files(folder: Path) -> list[Path]:
    """The whole files of attachments in `folder`, without what is still being fetched."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.suffix) if folder.is_dir() else []


def make_ready(config: Config, aside: str) -> None:
    """What lies in `restore_dir` is whole: it becomes the desk's data at the next start."""
    mark = config.restore_dir / _READY
    with writing(mark), mark.open("w", encoding="ascii") as opened:
        opened.write(aside)
        opened.flush()
        os.fsync(opened.fileno())


def is_ready(config: Config) -> bool:
    """Whether other data take their place at the next start."""
    return (config.restore_dir / _READY).exists()


def forget(config: Config) -> None:
    """Nothing is restored at the next start; the mark goes first."""
    (config.restore_dir / _READY).unlink(missing_ok=True)
    shutil.rmtree(config.restore_dir, ignore_errors=True)


def put_in_place(config: Config) -> None:
    """Exchange the desk's data for what was prepared, if anything was; called under the lock, before opening.

    The present data go into a folder of `aside_dir`. The database is moved last: while it still lies in `restore_dir`,
    what stands in the data folder is either the old data or nothing.
    """
    if not is_ready(config):
        return
    with writing(config.data_dir):
        new = config.restore_dir / DATABASE
        aside = config.aside_dir / (config.restore_dir / _READY).read_text("ascii")
        if new.exists():
            aside.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in (f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE):
                _move(config.data_dir / name, aside / name)
            if not (aside / BLOBS).exists():
                _move(config.blob_dir, aside / BLOBS)
                (aside / BLOBS).mkdir(exist_ok=True, mode=0o700)
            _move(config.restore_dir / BLOBS, config.blob_dir)
            _move(config.restore_dir / OFFICERS, config.officers_file)  # only on a computer that had none
            new.replace(config.database)
        forget(config)


def _move(source: Path, target: Path) -> None:
    if source.exists() and not target.exists():
        source.replace(target)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Failures of the file system in our words."""
    try:
        yield
    except FileNotFoundError as error:
        raise StoreError(
            f"{place.name} tidak ditemukan lagi; data loket tidak berubah.",
            way_out="Periksa apakah stik USB masih terpasang, lalu coba lagi.",
        ) from error
    except OSError as error:
        kind = DiskFull if no_room(error) else DiskRefuses
        raise kind(_cannot(place, why(error)), way_out=_MAKE_ROOM) from error


def _cannot(place: Path, reason: str) -> str:
    return f"{place} tidak dapat ditulis atau dibaca: {reason}. Data loket tidak berubah."
