"""The store as the rest of the centre sees it: a transaction with everything in it that may be read or changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DataError, IntegrityError

from central_server.errors import BadSettings
from central_server.store import tables as t
from central_server.store.devices import Devices
from central_server.store.engine import DATABASE_FILE, Database, open_engine, sqlite_url
from central_server.store.feed import Feed
from central_server.store.inbox import Inbox
from central_server.store.migrate import migrate
from central_server.store.shapes import Identity
from central_server.store.writer import Writer


class RowRefused(Exception):
    """The database does not take what was staged; everything since the savepoint, or the transaction, is undone."""


class Reading:
    """One snapshot."""

    def __init__(self, connection: Connection) -> None:
        self.devices = Devices(connection)
        self.inbox = Inbox(connection)
        self.feed = Feed(connection)
        self._connection = connection

    def identity(self) -> Identity | None:
        """Who this centre is; None before the first start."""
        row = self._connection.execute(select(t.identity)).first()
        return None if row is None else Identity(row.server_epoch, row.city, row.signing_key, row.sealing_key)


class Writing(Reading):
    """One writing transaction; it holds the head's lock from its first moment to the commit."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.records = Writer(connection)

    def add_identity(self, identity: Identity, at: str) -> None:
        """Makes this centre somebody; once."""
        self._connection.execute(
            insert(t.identity).values(
                id=1,
                server_epoch=identity.server_epoch,
                city=identity.city,
                signing_key=identity.signing_key,
                sealing_key=identity.sealing_key,
                created_at=at,
            )
        )

    def log_reveal(self, at: str, who: str, what: str) -> None:
        """Remembers that somebody asks to see identities."""
        self._connection.execute(insert(t.reveal).values(at=at, who=who, what=what))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Everything within, or nothing of it; raises RowRefused."""
        try:
            with self._connection.begin_nested():
                yield
                self.records.flush()
        except (DataError, IntegrityError) as error:
            self.records.forget()
            raise RowRefused(type(error.orig).__name__) from error


class Store:
    """Hands out transactions on a migrated database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One snapshot; raises Unavailable."""
        with self._database.reading() as connection:
            yield Reading(connection)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One writing transaction, flushed and committed at the end; raises Unavailable or RowRefused."""
        try:
            with self._database.writing() as connection:
                session = Writing(connection)
                yield session
                session.records.flush()
        except (DataError, IntegrityError) as error:
            raise RowRefused(type(error.orig).__name__) from error

    def close(self) -> None:
        """Gives all connections back."""
        self._database.close()


def open_store(data_dir: Path, database_url: str | None) -> Store:
    """The store at `database_url`, or in the file central.db of `data_dir`, with its tables brought up to date.

    Raises BadSettings, NewerDatabase or Unavailable.
    """
    if database_url is None:
        try:
            data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            (data_dir / DATABASE_FILE).touch(mode=0o600)  # citizens' identities and the centre's keys are in it
        except OSError as error:
            raise BadSettings(f"Folder data tidak dapat dibuat atau ditulisi: {data_dir}") from error
    database = Database(open_engine(database_url or sqlite_url(data_dir)))
    migrate(database)
    return Store(database)
