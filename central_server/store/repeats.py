"""Whether something was there before: a change that a desk issues again, a number that two copies of a desk gave."""

from typing import Any

import msgspec
from sqlalchemy import select

from central_server.store import tables as t
from central_server.store.shapes import Author, Record
from central_server.store.writer import Writer


def was_said(records: Writer, id_: str, field: str, value: Any, author: Author) -> bool:
    """Whether this person, at this desk and at this very moment of its clock, has given the field this value."""
    records.flush()
    h = t.history.c
    same = {h.record: id_, h.field: field, h.value: msgspec.json.encode(value).decode(), h.actor: author.actor}
    same |= {h.office: author.office, h.desk: author.desk, h.device_time: author.device_time}
    query = select(h.id).where(*(column == wanted for column, wanted in same.items())).limit(1)
    return records.connection.execute(query).first() is not None


def numbered(records: Writer, reference: str) -> list[Record]:
    """The complaints with this number: one, unless two copies of a desk gave it."""
    records.flush()
    query = select(t.record.c.id).where(t.record.c.reference == reference).order_by(t.record.c.id)
    ids = list(records.connection.execute(query).scalars())
    records.load(ids)
    return [found for id_ in ids if (found := records.get(id_)) is not None]
