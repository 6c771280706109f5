"""The store as the rest of the centre sees it: a transaction with everything in it that may be read or changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from central_server.errors import BadSettings
from central_server.store import archive
from central_server.store import tables as t
from central_server.store.attachments import Attachments
from central_server.store.carried import Carried
from central_server.store.decisions import Decisions
from central_server.store.devices import Devices
from central_server.store.engine import DATABASE_FILE, Database, Pool, open_engine, sqlite_url
from central_server.store.feed import Feed
from central_server.store.figures import Figures, read_figures
from central_server.store.inbox import Inbox
from central_server.store.migrate import migrate
from central_server.store.past import Past
from central_server.store.raising import raise_records
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
        self.attachments = Attachments(connection)
        self.past = Past(connection)
        self.carried = Carried(connection)
        self.decisions = Decisions(connection)
        self._connection = connection

    def figures(self, seen_since: str) -> Figures:
        """Counts of everything; `seen_since` is a time as it is stored."""
        return read_figures(self._connection, seen_since)

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

    def schema(self) -> int:
        """The schema in which the records are written."""
        return int(self._connection.execute(select(t.head.c.schema)).scalar_one())

    def raise_schema(self, newest: int) -> None:
        """Rewrites the records in this program's schema; before anything was read or staged."""
        raise_records(self._connection, self.schema())
        self._connection.execute(update(t.head).values(schema=newest))

    def prune(self, before: str) -> int:
        """Forgets what left an office before this time, and up to which seq that is; how many rows.

        A desk whose cursor is older can no longer be told by the feed what left, and must compare.
        """
        old = (t.scope.c.present.is_(False), func.coalesce(t.scope.c.left_at, "") < before)
        upto = self._connection.execute(select(func.max(t.scope.c.seq)).where(*old)).scalar()
        if upto is None:
            return 0
        known = self._connection.execute(select(t.head.c.pruned)).scalar_one()
        self._connection.execute(update(t.head).values(pruned=max(known, upto)))
        return self._connection.execute(delete(t.scope).where(*old)).rowcount

    def log_reveal(self, at: str, who: str, what: str) -> None:
        """Remembers that somebody asks to see identities."""
        self._connection.execute(insert(t.reveal).values(at=at, who=who, what=what))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Everything within, or nothing of it, and nothing of what was staged before; raises RowRefused."""
        self.records.flush()  # what was answered before must not go with what is refused now
        try:
            with self._connection.begin_nested():
                yield
                self.records.flush()
        except (DataError, IntegrityError) as error:
            self.records.forget()
            raise RowRefused(type(error.orig).__name__) from error


@dataclass(frozen=True, slots=True)
class Dump:
    """One snapshot as lines (see `archive`) with the revision of its tables; `rows` sums up what was read so far."""

    session: Reading
    revision: str
    lines: Iterator[bytes]
    rows: archive.Sum


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

    @contextmanager
    def dumping(self) -> Iterator[Dump]:
        """Everything as one snapshot sees it, for a backup; raises Unavailable."""
        with self._database.reading() as connection:
            rows = archive.Sum()
            yield Dump(Reading(connection), archive.revision(connection), archive.lines(connection, rows), rows)

    def close(self) -> None:
        """Gives all connections back."""
        self._database.close()


@contextmanager
def empty_database(data_dir: Path, database_url: str | None) -> Iterator[Connection]:
    """A writing transaction on a database without tables; committed at the end. Raises BadSettings or Unavailable."""
    database = _database(data_dir, database_url, Pool())
    try:
        with database.writing() as connection:
            yield connection
    finally:
        database.close()


def open_store(data_dir: Path, database_url: str | None, pool: Pool) -> Store:
    """The store at `database_url`, or in the file central.db of `data_dir`, with its tables brought up to date.

    Raises BadSettings, NewerDatabase or Unavailable.
    """
    database = _database(data_dir, database_url, pool)
    migrate(database)
    return Store(database)


def _database(data_dir: Path, database_url: str | None, pool: Pool) -> Database:
    if database_url is None:
        try:
            data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            (data_dir / DATABASE_FILE).touch(mode=0o600)  # citizens' identities and the centre's keys are in it
        except OSError as error:
            raise BadSettings(f"Folder data tidak dapat dibuat atau ditulisi: {data_dir}") from error
    return Database(open_engine(database_url or sqlite_url(data_dir), pool), pool.wait_seconds)
