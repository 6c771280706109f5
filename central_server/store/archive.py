"""Every row of the database as a line of JSON, and back: the same on both databases, for any revision of the tables.

A line is either an object that names the table and its columns, or an array: one row of the table named last.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from alembic.migration import MigrationContext
from sqlalchemy import (
    Connection,
    Inspector,
    LargeBinary,
    MetaData,
    Table,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import OperationalError, StatementError

from central_server.errors import BadSettings, DamagedBackup
from central_server.store import tables as t
from central_server.store.engine import Database, Pool, open_engine
from central_server.store.migrate import upgrade
from sync.protocol import REV_STEP

_STEP = 500  # rows at once
_FIRST_RESTORE = datetime(2026, 1, 1, tzinfo=UTC)  # none was before; seconds are counted from here


class TableLine(msgspec.Struct, frozen=True):
    """What the rows after it are: the names of their columns, and which of these hold bytes (base64)."""

    table: str
    columns: tuple[str, ...]
    binary: tuple[str, ...] = ()


class Sum:
    """What the rows are, whatever their order: their number in each table, and a hash of all of them."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self._total = 0

    def add(self, table: str, line: bytes) -> None:
        """One more row."""
        self.counts[table] = self.counts.get(table, 0) + 1
        digest = hashlib.sha256(table.encode() + b" " + line).digest()
        self._total = (self._total + int.from_bytes(digest, "big")) % 2**256

    @property
    def state(self) -> str:
        """The hash, in hex."""
        return f"{self._total:064x}"


def revision(connection: Connection) -> str:
    """The revision of the tables; "" where there are none yet."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def lines(connection: Connection, rows: Sum) -> Iterator[bytes]:
    """All tables, each after those that it refers to; counted in `rows`."""
    for table in t.metadata.sorted_tables:
        name = str(table.name)
        yield msgspec.json.encode(_table_line(table))
        for row in connection.execute(table.select(), execution_options={"yield_per": _STEP}):
            line = msgspec.json.encode(tuple(map(_canonical, row)))
            rows.add(name, line)
            yield line


def _canonical(value: Any) -> Any:
    """The value as both databases give it back: PostgreSQL keeps a zero below zero, SQLite does not."""
    return value + 0.0 if isinstance(value, float) else value


def fill(connection: Connection, wanted: str, given: Iterable[bytes]) -> None:
    """Makes the tables of revision `wanted` in an empty database and puts the rows of the lines into them.

    Then brings them to the present revision. Raises DamagedBackup, BadSettings or NewerDatabase.
    """
    if revision(connection):
        raise BadSettings("Basis data tujuan tidak kosong; pemulihan tidak menimpa apa pun.")
    upgrade(connection, wanted)
    filling = _Filling(connection)
    for line in given:
        filling.take(line)
    filling.finish()
    upgrade(connection, "head")


class _Filling:
    """Collects rows and writes them together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._inspector: Inspector = inspect(connection)
        self._named: TableLine | None = None
        self._table: Table | None = None
        self._rows: list[dict[str, Any]] = []

    def take(self, line: bytes) -> None:
        """The next line."""
        try:
            if line.startswith(b"{"):
                self.finish()
                self._begin(msgspec.json.decode(line, type=TableLine))
            elif self._named is None:
                raise DamagedBackup("Cadangan rusak: baris tanpa tabel.")
            else:
                self._rows.append(_row(self._named, msgspec.json.decode(line, type=list[Any])))
        except (msgspec.MsgspecError, ValueError) as error:
            raise DamagedBackup("Cadangan rusak: ada baris yang tidak dapat dibaca.") from error
        if len(self._rows) >= _STEP:
            self._write()

    def finish(self) -> None:
        """Writes what is left of a table, and makes its numbering go on after its last row."""
        self._write()
        if self._named and self._connection.dialect.name == "postgresql" and "id" in self._named.columns:
            name = self._named.table
            counted = self._connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name})
            if counted.scalar():
                last = f"(SELECT coalesce(max(id), 0) + 1 FROM {name})"  # noqa: S608  # a table that was just found
                sequence = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last}, false)"
                self._connection.execute(text(sequence))
        self._named = None

    def _begin(self, named: TableLine) -> None:
        if not self._inspector.has_table(named.table):
            raise DamagedBackup("Cadangan rusak: menyebut tabel yang tidak ada.")
        self._table = Table(named.table, MetaData(), autoload_with=self._connection, resolve_fks=False)
        if not {*named.columns} <= {*self._table.columns.keys()}:
            raise DamagedBackup("Cadangan rusak: menyebut kolom yang tidak ada.")
        self._connection.execute(delete(self._table))  # what the migrations put into a new database
        self._named = named

    def _write(self) -> None:
        if self._rows and self._table is not None:
            try:
                self._connection.execute(insert(self._table), self._rows)
            except OperationalError:  # the database, not the row
                raise
            except StatementError as error:
                raise DamagedBackup("Cadangan rusak: ada baris yang ditolak basis data.") from error
        self._rows = []


def begin_new_past(connection: Connection, server_epoch: str, at: datetime) -> None:
    """What was filled in goes on as another centre with the same keys.

    Desks see the new epoch and ask for everything; no revision that they have seen is given to another state. The
    second of the restore is in the new floor, since one backup may be restored twice and knows nothing of the first
    time; a clock that is behind only costs that.
    """
    connection.execute(update(t.identity).values(server_epoch=server_epoch))
    before = connection.execute(select(t.head.c.rev_floor)).scalar_one()
    seconds = max(0, int((at - _FIRST_RESTORE).total_seconds()))
    floor = max(before + REV_STEP, seconds * REV_STEP)
    connection.execute(update(t.head).values(rev_floor=floor))
    lifted = t.record.c.rev + (floor - before)
    connection.execute(update(t.record).values(rev=lifted, stream_from=lifted))
    connection.execute(update(t.stream).values(durable_n=t.stream.c.last_n))
    connection.execute(update(t.device).values(last_seen=None))  # each has yet to come to this one


def summed(folder: Path, wanted: str, given: Iterable[bytes]) -> Sum:
    """The rows of the lines once they have been through a database of their own in `folder`."""
    pool = Pool()
    database = Database(open_engine(f"sqlite:///{folder / 'verify.db'}", pool), pool.wait_seconds)
    try:
        with database.writing() as connection:
            fill(connection, wanted, given)
        found = Sum()
        with database.reading() as connection:
            for _line in lines(connection, found):
                pass
    finally:
        database.close()
    return found


def _table_line(table: Table) -> TableLine:
    names = tuple(str(column.name) for column in table.columns)
    binary = tuple(str(column.name) for column in table.columns if isinstance(column.type, LargeBinary))
    return TableLine(str(table.name), names, binary)


def _row(named: TableLine, values: list[Any]) -> dict[str, Any]:
    row = dict(zip(named.columns, values, strict=True))
    for name in named.binary:
        if row[name] is not None:
            row[name] = base64.b64decode(row[name], validate=True)
    return row
