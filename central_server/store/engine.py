"""Connections to the centre's database and the two kinds of transaction on it.

SQLite: WAL, synchronous=FULL, foreign keys, writers begin with BEGIN IMMEDIATE. PostgreSQL: readers see one snapshot
(REPEATABLE READ), writers queue on the head's row. Foreign exceptions become ours here.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from central_server.errors import BadSettings, Unavailable

DATABASE_FILE = "central.db"


@dataclass(frozen=True, slots=True)
class Pool:
    """At most `connections`; whoever needs one, or a lock of the database, waits `wait_seconds` for it.

    PostgreSQL ends a transaction in which nothing happened for `stuck_seconds` (0 = never): a process that hangs, or a
    machine that has gone, must not keep the head's lock from the whole city.
    """

    connections: int = 12
    wait_seconds: float = 20.0
    stuck_seconds: float = 0.0


def open_engine(database_url: str, pool: Pool) -> Engine:
    """The engine for `sqlite:///FILE`, `postgresql://...` or `postgresql+psycopg://...`; raises BadSettings."""
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise BadSettings("Alamat basis data tidak dapat dibaca.") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise BadSettings("Basis data yang didukung: sqlite dan postgresql.")
    local = url.drivername == "sqlite"
    try:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=pool.connections,
            max_overflow=0,
            pool_timeout=pool.wait_seconds,
            pool_pre_ping=not local,
            hide_parameters=True,  # errors are logged; citizens' words are not
            isolation_level=None if local else "READ COMMITTED",
            connect_args=_sqlite_arguments(pool) if local else _postgresql_arguments(pool),
        )
    except (ArgumentError, NoSuchModuleError, TypeError) as error:
        raise BadSettings("Alamat basis data tidak dapat dipakai.") from error
    if local:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _sqlite_arguments(pool: Pool) -> dict[str, Any]:
    return {"timeout": pool.wait_seconds, "check_same_thread": False}


def _postgresql_arguments(pool: Pool) -> dict[str, Any]:
    milliseconds = {"lock_timeout": pool.wait_seconds, "idle_in_transaction_session_timeout": pool.stuck_seconds}
    options = [f"-c {name}={int(seconds * 1000)}" for name, seconds in milliseconds.items()]
    options.append("-c synchronous_commit=on")  # whatever its administrator set: what we acknowledge is on the disk
    return {"connect_timeout": 10, "options": " ".join(options)}


def sqlite_url(folder: Path) -> str:
    """The address of the database file in `folder`."""
    return f"sqlite:///{folder / DATABASE_FILE}"


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that it can be IMMEDIATE
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Hands out transactions; one writer at a time within this process, the database sees to the others."""

    def __init__(self, engine: Engine, wait_seconds: float) -> None:
        self.engine = engine
        self._wait = wait_seconds
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot of the database; raises Unavailable."""
        with translated(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits at the end and rolls back on any error; raises Unavailable."""
        if not self._turn.acquire(timeout=self._wait):
            raise Unavailable("Server kota sedang sibuk.", busy=True)
        try:
            with translated(), self.engine.connect() as connection:
                connection.execution_options(writes=True)
                with connection.begin():
                    yield connection
        finally:
            self._turn.release()

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


@contextmanager
def translated() -> Iterator[None]:
    """Passing faults of the database as Unavailable; what is left is a mistake of ours."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("Server kota sedang sibuk.", busy=True) from error
    except (OperationalError, InterfaceError) as error:
        busy = any(word in str(error.orig) for word in ("database is locked", "lock timeout", "deadlock"))
        sentence = "Server kota sedang sibuk." if busy else "Basis data server kota sedang tidak dapat dipakai."
        raise Unavailable(sentence, busy=busy) from error
    except DBAPIError as error:
        if type(error) is DatabaseError:  # none of its kinds: the file is damaged, or no database at all
            raise Unavailable("Basis data server kota rusak, atau berkas itu bukan basis data.", busy=False) from error
        if not error.connection_invalidated:
            raise
        raise Unavailable("Basis data server kota sedang tidak dapat dipakai.", busy=False) from error
