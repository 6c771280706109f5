"""Everything that the centre keeps in a newer schema: the same records, in other words, with the same revisions."""

import msgspec
from sqlalchemy import Column, Connection, bindparam, select, update

from central_server.store import tables as t
from sync.protocol import RecordType
from sync.schemas import raised

_STEP = 500  # rows at once


def raise_records(connection: Connection, known: int) -> None:
    """Rewrites what was written in the schema `known`; nobody is told, since nothing has changed."""
    last = ""
    while True:
        query = select(t.record.c.id, t.record.c.type, t.record.c.body).where(t.record.c.id > last)
        rows = connection.execute(query.order_by(t.record.c.id).limit(_STEP)).all()
        if not rows:
            break
        last = rows[-1].id
        bodies = [(row, dict(raised(row.type, msgspec.json.decode(row.body), known))) for row in rows]
        values = [
            {"of_record": row.id, "new_body": text}
            for row, body in bodies
            if (text := msgspec.json.encode(body).decode()) != row.body
        ]
        if values:
            statement = update(t.record).where(t.record.c.id == bindparam("of_record"))
            connection.execute(statement.values(body=bindparam("new_body")), values)
    for column in (t.history.c.field, t.open_conflict.c.field):
        _raise_names(connection, column, known)


def _raise_names(connection: Connection, column: Column[str], known: int) -> None:
    """The names of complaints' fields in a column."""
    for name in connection.execute(select(column).distinct()).scalars().all():
        new = raised(RecordType.CONFLICT, {"field": name}, known).get("field", name)
        if new != name:
            connection.execute(update(column.table).where(column == name).values({column.name: new}))
