"""The changes of a reply, without those that the desk can tell itself.

A desk that sends 500 new complaints need not get their 500 bodies back: it knows them, and the answer tells revision
and time of receipt. A record is left out only if its present state is exactly the desk's own: last changed by a
mutation of this very request, every answer about it `applied`, and nobody else's change since the revision that the
desk's first mutation of it was based on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from central_server.reception import Answered
from central_server.store.shapes import FeedRow
from sync.framing import encode_line
from sync.protocol import SCHEMA, Change, Op, ResultKind
from sync.schemas import lowered


class RawChange(msgspec.Struct, tag_field="kind", tag="change", omit_defaults=True, frozen=True):
    """A `Change` whose body is the stored JSON, neither read nor written anew."""

    type: str
    id: str
    rev: int
    body: msgspec.Raw


@dataclass(slots=True)
class _Own:
    """What this request says of one record: based on `since`, at `rev` afterwards."""

    since: int
    rev: int
    deletes: bool = False
    applied: bool = True


def record_line(type_: str, id_: str, rev: int, body: bytes, schema: int) -> bytes:
    """A record for a desk that knows no newer `schema`."""
    if schema < SCHEMA:
        body = msgspec.json.encode(lowered(type_, msgspec.json.decode(body), schema))
    return encode_line(RawChange(type_, id_, rev, msgspec.Raw(body)))


def changes(
    rows: Iterable[FeedRow], answered: Sequence[Answered], stream: str, schema: int, *, fresh_desk: bool
) -> list[bytes]:
    """The lines of the feed's rows for the desk's `stream`, in a `schema` that it knows.

    A fresh desk has nothing that could go, so what is gone is not told to it.
    """
    own = _own_records(answered)
    lines: list[bytes] = []
    for row in rows:
        if (row.gone and fresh_desk) or _knows(own.get(row.id), row, stream):
            continue
        if row.gone:
            lines.append(encode_line(Change(type=row.type, id=row.id, rev=row.rev, gone=True)))
        else:
            lines.append(record_line(row.type, row.id, row.rev, row.body, schema))
    return lines


def _own_records(answered: Sequence[Answered]) -> dict[str, _Own]:
    own: dict[str, _Own] = {}
    for answer in answered:
        mutation, result = answer.item.mutation, answer.result
        if mutation is None:
            continue
        if mutation.op is Op.RESOLVE:  # the conflict is the centre's, and what it did to the complaint is told
            own[str(mutation.set.get("complaint"))] = _Own(since=0, rev=0, applied=False)
            continue
        applied = result.result is ResultKind.APPLIED
        known = own.setdefault(mutation.id, _Own(since=mutation.base_rev, rev=result.rev))
        known.rev = result.rev
        known.deletes = mutation.op is Op.DELETE
        known.applied = known.applied and applied
        step = mutation.set.get("step")
        if mutation.op is Op.TRANSITION and applied and isinstance(step, str):
            own[step] = _Own(since=0, rev=1)
    return own


def _knows(own: _Own | None, row: FeedRow, stream: str) -> bool:
    if own is None or not own.applied or own.rev != row.rev or (row.gone and not own.deletes):
        return False
    return row.stream == stream and row.stream_from <= own.since
