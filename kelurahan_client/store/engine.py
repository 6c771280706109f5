"""Opening the encrypted file, and transactions on it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filelock
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from kelurahan_client.config import Config
from kelurahan_client.domain.entry_errors import SignInNeeded
from kelurahan_client.domain.roles import Officer
from kelurahan_client.errors import AlreadyOpen, DamagedData, DiskFull, LaporError, StoreError, WrongKey, why
from kelurahan_client.store import backups, schema
from kelurahan_client.store.blob_files import BlobFiles
from kelurahan_client.store.key import Key, Keyring, find_key, make_key

_log = logging.getLogger(__name__)
_BUSY_SECONDS = 20
_CACHE, _LARGE_CACHE = "PRAGMA cache_size=-8000", "PRAGMA cache_size=-128000"  # KiB
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    _CACHE,
)


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction; the functions of this package take it, and nobody else looks inside.

    `who` has signed in; None on a desk that has no officers.
    """

    connection: Connection
    who: Officer | None = None


class Store:
    """One desk's data. Open it with `open_store`, close it when done; it may be used from several worker threads.

    `at_work` has signed in, and stands behind everything that is written; None on a desk that has no officers.
    """

    def __init__(
        self, config: Config, engine: Engine, key: Key, lock: filelock.BaseFileLock, keyring: Keyring | None = None
    ) -> None:
        self.config = config
        self.key = key
        self.keyring = keyring
        self.at_work: Officer | None = None
        self.blob_files = BlobFiles(config.blob_dir, key.raw)
        self.scan_files = BlobFiles(config.scan_dir, key.raw)
        self._engine = engine
        self._lock = lock
        self._refused_thread: int | None = None

    @property
    def key_place(self) -> str:
        """Where the key is kept, see `Key`."""
        return self.key.place

    def refuse_thread(self, ident: int) -> None:
        """From now on the thread `ident` (the window's) may not touch the data."""
        self._refused_thread = ident

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """One consistent picture of the data; writes inside it are rolled back."""
        with self._begin("DEFERRED") as connection:
            try:
                yield Transaction(connection, self.at_work)
            finally:
                connection.rollback()

    @contextmanager
    def write(self, *, large: bool = False) -> Iterator[Transaction]:
        """A transaction that is on the disk (fsync) when the block ends, or has no effect if it raised.

        `large` lets its pages, thousands of them, stay in memory: each is encrypted and written once, and the next
        large transaction finds those of the indexes there. An ordinary one gives the memory back.
        """
        with self._begin("IMMEDIATE") as connection:
            connection.exec_driver_sql(_LARGE_CACHE if large else _CACHE)
            yield Transaction(connection, self.at_work)
            connection.commit()

    @contextmanager
    def _begin(self, mode: str) -> Iterator[Connection]:
        if threading.get_ident() == self._refused_thread:
            raise RuntimeError("the window's thread must not touch the data")
        try:
            with self._engine.connect().execution_options(begin_mode=mode) as connection:
                connection.begin()
                yield connection
        except DBAPIError as error:
            raise translate(error, self.config.database) from error

    def check(self) -> list[str]:
        """What SQLite and SQLCipher find wrong with the file; an empty list when it is whole."""
        with self.read() as transaction:
            run = transaction.connection.exec_driver_sql
            found = [str(row[0]) for row in run("PRAGMA cipher_integrity_check")]
            if found:  # SQLite cannot look at pages that do not decrypt
                return found
            # A search makes this connection see what others have written to the index since; quick_check alone does
            # not, and then calls a healthy index corrupt (SQLite 3.53).
            run("SELECT rowid FROM complaint_text WHERE complaint_text MATCH 'a' LIMIT 1").all()
            found += [str(row[0]) for row in run("PRAGMA quick_check") if row[0] != "ok"]
            found += [f"foreign key: {tuple(row)}" for row in run("PRAGMA foreign_key_check")]
        return found

    def backup(self, target: Path, step: backups.Step | None = None) -> None:
        """A whole, encrypted copy at `target` (same key), made while others may go on reading.

        `step` is told how many bytes are written, and answers whether to go on; if not, Cancelled is raised.
        """
        if target.exists():
            raise StoreError(f"{target} sudah ada; cadangan tidak ditimpa.")
        try:
            _vacuum_into(self._engine, target, step)
        except DBAPIError as error:
            raise translate(error, target) from error

    def close(self) -> None:
        """Give back every connection and the lock."""
        self._engine.dispose()
        self._lock.release()


def open_store(
    config: Config, keyring: Keyring | None, *, now: datetime | None = None, key: Key | None = None
) -> Store:
    """Open the desk's data, making them at the first start, and bring them to this program's schema.

    `key` is what the vault gave to an officer; without one a desk that has officers raises SignInNeeded. Raises
    AlreadyOpen, WrongKey, DamagedData, NewerData, DiskFull or StoreError; nothing is overwritten by any of them.
    """
    lock = _lock(config)
    try:
        backups.put_in_place(config)
        key = key or _key(config, keyring)
        engine = _engine(config.database, key.raw)
        try:
            _open(config, engine, now or datetime.now(UTC))
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        lock.release()
        raise
    return Store(config, engine, key, lock, keyring)


def check_unused(config: Config) -> None:
    """Raise AlreadyOpen where another window or command has the data open now."""
    _lock(config).release()


def put_restored_in_place(config: Config) -> None:
    """What was prepared becomes the data of a desk that is closed, as its next opening would do. Raises AlreadyOpen."""
    lock = _lock(config)
    try:
        backups.put_in_place(config)
    finally:
        lock.release()


def _lock(config: Config) -> filelock.BaseFileLock:
    _make_folder(config.data_dir)
    try:
        lock = filelock.FileLock(config.lock_file, thread_local=False)
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise AlreadyOpen(
            "Data loket ini sedang dipakai oleh Lapor Kelurahan yang lain.",
            way_out="Tutup jendela atau perintah yang satunya, lalu coba lagi.",
        ) from error
    except OSError as error:
        raise _unusable(config.lock_file, error) from error
    return lock


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(place: Path, error: OSError) -> StoreError:
    return StoreError(
        f"{place} tidak dapat dipakai ({why(error)}).",
        way_out="Periksa izin folder dan ruang disk, lalu coba lagi.",
    )


def _key(config: Config, keyring: Keyring | None) -> Key:
    if config.officers_file.exists():
        raise SignInNeeded("Loket ini dijaga PIN petugas.", way_out="Masuk dahulu dengan nama dan PIN.")
    key = find_key(config.database, config.key_file, keyring)
    if key is not None:
        return key
    if config.database.exists():
        raise WrongKey(
            "Kunci data loket ini tidak ditemukan; data tidak diubah.",
            way_out="Masuklah dengan akun komputer yang biasa, atau kembalikan kunci dari cadangan.",
        )
    return make_key(config.database, config.key_file, keyring)


def _engine(database: Path, raw_key: bytes) -> Engine:
    def connect() -> Any:
        connection = sqlcipher.connect(
            str(database), timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{raw_key.hex()}'\"")
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool, pool_size=4, pool_use_lifo=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin_mode', 'DEFERRED')}")

    return engine


def _open(config: Config, engine: Engine, now: datetime) -> None:
    try:
        with engine.connect() as connection:
            state = schema.state(connection)
            if state is schema.State.CURRENT:
                return
        if state is schema.State.OLDER:
            _make_folder(config.backup_dir)
            _vacuum_into(engine, config.backup_dir / f"before-{schema.HEAD}-{now:%Y%m%dT%H%M%S}.db")
        with engine.connect() as connection:
            schema.migrate(connection)
    except DBAPIError as error:
        raise translate(error, config.database) from error


def _vacuum_into(engine: Engine, target: Path, step: backups.Step | None = None) -> None:
    raw = engine.raw_connection()
    try:
        backups.vacuum_into(raw.driver_connection, target, step)
    except sqlcipher.Error as error:
        raise DatabaseError.instance("VACUUM INTO", None, error, sqlcipher.Error) from error
    finally:
        raw.close()


_DAMAGED = (
    "Data loket ini rusak; tidak ada yang ditimpa.",
    "Jangan hapus berkasnya. Kembalikan dari cadangan, atau hubungi admin kota.",
)
_SENTENCES: tuple[tuple[str, type[LaporError], str, str], ...] = (
    (
        "file is not a database",
        WrongKey,
        "Kunci tidak cocok dengan data loket ini, atau berkasnya bukan data Lapor Kelurahan; tidak ada yang ditimpa.",
        "Kembalikan kunci atau data dari cadangan, atau hubungi admin kota.",
    ),
    ("malformed", DamagedData, *_DAMAGED),
    ("vtable constructor failed", DamagedData, *_DAMAGED),  # of the search index
    (
        "disk is full",
        DiskFull,
        "Disk penuh; perubahan terakhir belum tersimpan, yang sebelumnya aman.",
        "Kosongkan disk, lalu simpan lagi.",
    ),
    (
        "disk I/O error",
        DamagedData,
        "Disk tidak dapat dibaca atau ditulis; perubahan terakhir belum tersimpan.",
        "Periksa disk komputer ini, lalu coba lagi.",
    ),
    (
        "readonly database",
        StoreError,
        "Data loket ini tidak boleh ditulis; perubahan terakhir belum tersimpan.",
        "Periksa izin folder data.",
    ),
    (
        "unable to open database",
        StoreError,
        "Data loket ini tidak dapat dibuka.",
        "Periksa izin folder data dan ruang disk.",
    ),
    (
        "locked",
        StoreError,
        "Data sedang ditulis oleh pekerjaan lain.",
        "Tunggu sebentar, lalu coba lagi.",
    ),
)


def translate(error: DBAPIError, database: Path) -> Exception:
    """Our error for a database driver's; one that is a mistake of ours comes back as it is."""
    words = str(error.orig)
    for part, kind, message, way_out in _SENTENCES:
        if part in words:
            _log.error("%s: %s", database, words)
            return kind(message, way_out=way_out)
    return error
