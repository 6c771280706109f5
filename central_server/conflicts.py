"""Open questions: one record for each field of a complaint on which people wrote different things."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec

from central_server.store.shapes import Author, Record
from central_server.store.writer import Writer
from sync.protocol import ConflictSide, RecordType

_KIND = RecordType.CONFLICT


def centre_author(received_at: str) -> Author:
    """The centre itself as the author of a change."""
    return Author("", "", 0, "", "", "", "", received_at)


class Conflicts:
    """Opens conflicts and adds sides to them, within one writing transaction."""

    def __init__(self, records: Writer, new_id: Callable[[], str]) -> None:
        self._records = records
        self._new_id = new_id

    def contend(
        self, complaint: Record, field: str, was: Any, value: Any, author: Author, *, decides: bool = False
    ) -> None:
        """One more value for a field on which another stands.

        Opens the conflict with the standing value as its first side, or adds a side to the open one. A desk that
        goes on from its own side moves that side; its earlier value is in the history. Whoever `decides` moves none.
        """
        side = ConflictSide(
            id=self._new_id(),
            value=value,
            actor=author.actor,
            office=author.office,
            desk=author.desk,
            device_time=author.device_time,
            server_time=author.received_at,
        )
        centre = centre_author(author.received_at)
        known = self._records.conflict_on(complaint.id, field)
        if known is None:
            sides = [self.standing(complaint, field), side]
            body = {
                "complaint": complaint.id,
                "field": field,
                "base": was,
                "sides": [msgspec.to_builtins(one) for one in sides],
                "state": "open",
            }
            conflict = Record(id=self._new_id(), type=_KIND, body=body, parent=complaint.id)
            made = self._records.create(conflict, self._records.scopes.offices(complaint.id), centre)
            self._records.questions.open(complaint.id, field, made.id)
            return
        present = msgspec.convert(known.body["sides"], list[ConflictSide])
        if any(one.value == value for one in present):
            return
        others = [one for one in present if decides or not _continues(one, was, author)]
        body = {**known.body, "sides": [msgspec.to_builtins(one) for one in (*others, side)]}
        self._records.save(replace(known, body=body), centre)

    def standing(self, complaint: Record, field: str) -> ConflictSide:
        """The value that the complaint has in the field, as a side."""
        written = self._records.written(complaint.id, field)
        return ConflictSide(
            id=self._new_id(),
            value=complaint.body.get(field),
            actor=written.actor,
            office=written.office,
            desk=written.desk,
            device_time=written.device_time,
            server_time=written.received_at,
        )


def _continues(side: ConflictSide, was: Any, author: Author) -> bool:
    return side.value == was and (side.office, side.desk) == (author.office, author.desk)
