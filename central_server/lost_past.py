"""Values of the past that a restore has lost, told by a desk that saw them and did not write them.

Such a desk knows at which revision they stood, and not what they were written over.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from central_server.store.repeats import Since, newest_known, said_since
from central_server.store.shapes import Author, Record, Trace
from central_server.store.writer import Writer
from sync.protocol import Mutation, Op


def gives_values_back(mutation: Mutation, rev_floor: int) -> bool:
    """Whether it tells what a complaint said at a revision that is not above the floor of the last restore."""
    return mutation.op is Op.PATCH and mutation.again and not mutation.was and 0 < mutation.base_rev <= rev_floor


class LostPast:
    """What such values meet, within one writing transaction."""

    def __init__(self, records: Writer) -> None:
        self._records = records
        self._under_way: dict[int, Mutation] = {}

    def hear(self, mutations: Iterable[Mutation]) -> None:
        """These, of one desk, are being applied, and are not written down yet."""
        self._under_way.update((mutation.n, mutation) for mutation in mutations)

    def written_over(self, record: Record, fields: Mapping[str, Any], rev: int, author: Author) -> dict[str, Any]:
        """What each of the values, which stood at `rev`, counts as written over; a missing name: as never filled.

        What stands, where nobody has written since the restore, or only somebody who gave an older value back. What the
        backup has, where somebody has: then both are sides. The value itself, which changes nothing, where it is known
        since the restore, or older than what is known; an older one is kept in the history.
        """
        records = self._records
        newest = newest_known(records, record.id)
        was: dict[str, Any] = {}
        for name, value in fields.items():
            since = said_since(records, record.id, name)
            standing = [one for one in since if not one.lost]
            last = self._mutation(standing[-1], author) if standing else None
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

    def _mutation(self, line: Since, author: Author) -> Mutation | None:
        if line.mutation is None and line.said_in == (author.device, author.epoch):
            return self._under_way.get(line.n)
        return line.mutation
