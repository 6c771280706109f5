"""Values of the past that a restore has lost, told by a desk that saw them and did not write them.

Such a desk knows at which revision they stood, and not what they were written over.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from central_server.rules import plain_values
from central_server.store.repeats import Since, newest_known, said_since, was_known
from central_server.store.shapes import Author, Record, Trace
from central_server.store.writer import Writer
from sync.protocol import Mutation, Op

_WHOLE = ""  # the name in the history of the record as it was made


def is_of_lost_past(mutation: Mutation, rev_floor: int) -> bool:
    """Whether it was said on a revision of a past that has ended: only a restore raises the floor."""
    return 0 < mutation.base_rev <= rev_floor


def gives_values_back(mutation: Mutation, rev_floor: int) -> bool:
    """Whether it tells what a complaint said at a revision that is not above the floor of the last restore."""
    plain = mutation.op is Op.PATCH and mutation.again and not mutation.was
    return plain and is_of_lost_past(mutation, rev_floor)


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
        newest = max(newest_known(records, record.id), self._whole_at(record, author))
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

    def keep_written_over(self, record: Record, mutation: Mutation, said_again: Iterable[str], author: Author) -> None:
        """Of fields that stood already at what it sets: over what that was written, if nobody else knows it.

        Somebody has put back what the backup has, and who wrote the value between may be gone.
        """
        if not is_of_lost_past(mutation, self._records.rev_floor):
            return
        before = plain_values(mutation.was)
        for name in said_again:
            if name in before and not was_known(self._records, record.id, name, before[name]):
                trace = Trace(record.id, record.rev, name, before[name], record.body.get(name), lost=True)
                self._records.trace(trace, author)

    def was_decided(self, record: str, field: str, conflict: str, author: Author) -> bool:
        """Whether somebody has decided this conflict since the restore, when it was not known here."""
        said = [self._mutation(one, author) for one in said_since(self._records, record, field)]
        return any(one is not None and (one.op, one.id) == (Op.RESOLVE, conflict) for one in said)

    def stood_since(self, record: str, field: str, author: Author) -> list[Any]:
        """The values that somebody, since the restore, has put there or has written over, giving nothing back."""
        values: list[Any] = []
        for one in said_since(self._records, record, field):
            said = self._mutation(one, author)
            if not one.lost and not (said is not None and gives_values_back(said, self._records.rev_floor)):
                values += [one.was, one.value]
        return values

    def _whole_at(self, record: Record, author: Author) -> int:
        """The revision at which somebody gave the whole record back since the restore; 0 = nobody had to."""
        made = (self._mutation(one, author) for one in said_since(self._records, record.id, _WHOLE))
        return max((one.base_rev for one in made if one is not None and one.op is Op.CREATE), default=0)

    def _mutation(self, line: Since, author: Author) -> Mutation | None:
        if line.mutation is None and line.said_in == (author.device, author.epoch):
            return self._under_way.get(line.n)
        return line.mutation
