"""Values of the past that a restore has lost, told by a desk that saw them and did not write them.

Such a desk knows at which revision they stood, and not what they were written over.
"""

from collections.abc import Mapping
from typing import Any

from central_server.rules import is_offer
from central_server.store.repeats import newest_known, said_since
from central_server.store.shapes import Author, Record, Trace
from central_server.store.writer import Writer
from sync.protocol import Mutation, Op


def gives_values_back(mutation: Mutation, rev_floor: int) -> bool:
    """Whether it tells what a complaint said at a revision that is not above the floor of the last restore."""
    return mutation.op is Op.PATCH and mutation.again and not mutation.was and 0 < mutation.base_rev <= rev_floor


def written_over(
    records: Writer, record: Record, fields: Mapping[str, Any], rev: int, author: Author
) -> dict[str, Any]:
    """What each of the values, which stood at `rev`, counts as written over; a name that is missing: as never filled.

    What stands, where nobody has written since the restore, or only somebody who gave an older value back. What the
    backup has, where somebody has: then both are sides. The value itself, which changes nothing, where it is known
    since the restore, or older than what is known or than the whole complaint that was given back; an older one is kept
    in the history.
    """
    newest = max(newest_known(records, record.id), _given_back_at(records, record.id))
    was: dict[str, Any] = {}
    for name, value in fields.items():
        since = said_since(records, record.id, name)
        standing = [one for one in since if not one.lost]
        last = standing[-1].mutation if standing else None
        given_back = last.base_rev if last is not None and gives_values_back(last, records.rev_floor) else 0
        if any(value in (one.was, one.value) for one in since):
            was[name] = value
        elif rev <= max(newest, given_back):
            records.trace(Trace(record.id, record.rev, name, None, value, lost=True), author)
            was[name] = value
        elif standing and not given_back:
            was[name] = standing[0].was
        elif name in record.body:
            was[name] = record.body[name]
    return was


def _given_back_at(records: Writer, id_: str) -> int:
    """The revision at which a colleague gave the whole complaint back; 0 = it was not given back."""
    said = [one.mutation for one in said_since(records, id_, "") if one.mutation is not None]
    return max((mutation.base_rev for mutation in said if is_offer(mutation)), default=0)
