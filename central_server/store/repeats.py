"""Whether something was there before: a change that a desk issues again, a number that two copies of a desk gave."""

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import and_, func, or_, select

from central_server.store import tables as t
from central_server.store.shapes import Author, Record
from central_server.store.writer import Writer
from sync.protocol import Mutation
from sync.schemas import read_mutation


def was_said(records: Writer, id_: str, field: str, value: Any, author: Author) -> bool:
    """Whether this person, in this office and at this very moment of a desk's clock, has given the field this value.

    Not "at this desk": the same computer may come under another letter.
    """
    records.flush()
    h = t.history.c
    same = {h.record: id_, h.field: field, h.value: msgspec.json.encode(value).decode(), h.actor: author.actor}
    same |= {h.office: author.office, h.device_time: author.device_time}
    query = select(h.id).where(*(column == wanted for column, wanted in same.items())).limit(1)
    return records.connection.execute(query).first() is not None


def was_known(records: Writer, id_: str, field: str, value: Any) -> bool:
    """Whether the field is known to have had this value, or somebody has said so."""
    records.flush()
    h, said = t.history.c, msgspec.json.encode(value).decode()
    query = select(h.id).where(h.record == id_, h.field == field, or_(h.was == said, h.value == said)).limit(1)
    return records.connection.execute(query).first() is not None


def numbered(records: Writer, reference: str) -> list[Record]:
    """The complaints with this number: one, unless two copies of a desk gave it."""
    records.flush()
    query = select(t.record.c.id).where(t.record.c.reference == reference).order_by(t.record.c.id)
    ids = list(records.connection.execute(query).scalars())
    records.load(ids)
    return [found for id_ in ids if (found := records.get(id_)) is not None]


class Since(NamedTuple):
    """One line of a field's history since the restore.

    `mutation` is what wrote it, None = a line of no desk, or what is only just being said: number `n` in `said_in`, a
    device and its epoch.
    """

    was: Any
    value: Any
    lost: bool
    mutation: Mutation | None
    said_in: tuple[str, str]
    n: int


def newest_known(records: Writer, id_: str) -> int:
    """The last revision of the record that the backup held, in the numbers of the past before the restore; 0 = none."""
    h = t.history.c
    query = select(func.max(h.rev)).where(h.record == id_, h.rev <= records.rev_floor)
    return records.connection.execute(query).scalar() or 0


def said_since(records: Writer, id_: str, field: str) -> list[Since]:
    """What was said of the field since the restore, oldest first."""
    records.flush()
    h, m = t.history.c, t.mutation.c
    wrote = and_(m.device == h.device, m.epoch == h.epoch, m.n == h.n)
    query = (
        select(h.was, h.value, h.lost, h.device, h.epoch, h.n, m.line)
        .outerjoin(t.mutation, wrote)
        .where(h.record == id_, h.field == field, h.rev > records.rev_floor)
        .order_by(h.id)
    )
    return [
        Since(
            msgspec.json.decode(row.was),
            msgspec.json.decode(row.value),
            row.lost,
            None if row.line is None else read_mutation(row.line),
            (row.device, row.epoch),
            row.n,
        )
        for row in records.connection.execute(query)
    ]
