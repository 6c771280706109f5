"""Many rows into one table at once, as cheaply as each database can.

To PostgreSQL they go as one JSON value that it takes apart itself: one statement whatever their number, and far less
work here than a statement for each row, while everybody else waits for the head's lock.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, Connection, Insert, Table, Text, bindparam, cast, func, insert, select

_FEW = 3  # rows that are as quick one by one


def insert_rows(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts rows that all name the same columns; raises what SQLAlchemy raises for a row that is refused."""
    if not rows:
        return
    if connection.dialect.name != "postgresql" or len(rows) <= _FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    packed = msgspec.json.encode([{name: _plain(value) for name, value in row.items()} for row in rows])
    connection.execute(_from_json(table, names), {"rows": packed.decode()})


def _from_json(table: Table, names: list[str]) -> Insert:
    columns = [Column(name, table.c[name].type) for name in names]
    unpacked = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    given = unpacked.table_valued(*columns).render_derived(name="given", with_types=True)
    return insert(table).from_select(names, select(*given.c))


def _plain(value: Any) -> Any:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value
