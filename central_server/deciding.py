"""A person decides a conflict: the record takes the value, the conflict is closed, and both keep who said so and why.

A decision that did not see every side leaves the conflict open. One that comes after another decision is a new question
where it says something else. Nothing of any decision is lost: it stays in the conflict, its value in the history.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from central_server.conflicts import Conflicts, centre_author
from central_server.rules import Rejected, decided_values, offices_of
from central_server.store.shapes import Author, Record, Trace
from central_server.store.writer import Writer
from sync.merge import decidable
from sync.protocol import Mutation, RecordType, RejectionNumber, ResultKind

_UNSEEN = "Ada usulan lain yang belum terlihat saat diputuskan; semuanya menunggu keputusan lagi."
_OTHERWISE = "Isian ini sudah diputuskan lain; keduanya menunggu keputusan lagi."


@dataclass(frozen=True, slots=True)
class Decided:
    """The revision of the complaint afterwards, and what the desk is told."""

    rev: int
    kind: ResultKind
    reason: str = ""


class Deciding:
    """Takes decisions within one writing transaction."""

    def __init__(self, records: Writer, conflicts: Conflicts) -> None:
        self._records = records
        self._conflicts = conflicts

    def check(self, complaint: Record, mutation: Mutation) -> Record:
        """The conflict that the mutation decides; raises Rejected, before anything was staged."""
        conflict = self._records.get(mutation.id)
        if conflict is None or conflict.type != RecordType.CONFLICT or conflict.parent != complaint.id:
            raise Rejected(RejectionNumber.UNKNOWN, "Perbedaan isian ini tidak ada di server kota.")
        if conflict.body["field"] != mutation.set["field"]:
            raise Rejected(RejectionNumber.FIELD, "Keputusan ini menyebut isian yang lain.")
        if conflict.body["field"] == "status":
            values = [side["value"] for side in conflict.body["sides"]]
            if mutation.set["value"] not in decidable(conflict.body["base"], values):
                raise Rejected(RejectionNumber.STEP, "Status ini bukan salah satu usulan dan bukan kelanjutannya.")
        return conflict

    def decide(self, complaint: Record, conflict: Record, mutation: Mutation, author: Author) -> Decided:
        """Closes the conflict with the chosen value, or says why it stays open."""
        field, values = conflict.body["field"], decided_values(mutation)
        stood, value = complaint.body.get(field), values[field]
        if conflict.body["state"] != "open":
            return self._again(complaint, conflict, mutation, author)
        unseen = {side["id"] for side in conflict.body["sides"]} - {*mutation.set["sides"]}
        if unseen:
            self._record(conflict, _decision(mutation, author, stood, stands=False), author)
            self._conflicts.contend(complaint, field, mutation.was.get(field), value, author)
            self._lose(complaint, field, stood, value, author)
            return Decided(complaint.rev, ResultKind.CONFLICT, _UNSEEN)
        after = self._take(complaint, values, author)
        self._records.trace(Trace(after.id, after.rev, field, stood, value, lost=False), author)
        self._record(conflict, _decision(mutation, author, stood, stands=True), author)
        self._records.questions.close(complaint.id, field)
        return Decided(after.rev, ResultKind.APPLIED)

    def _again(self, complaint: Record, conflict: Record, mutation: Mutation, author: Author) -> Decided:
        """A decision about what somebody has decided meanwhile."""
        field = conflict.body["field"]
        stood, value = complaint.body.get(field), decided_values(mutation)[field]
        self._record(conflict, _decision(mutation, author, stood, stands=stood == value), author)
        if stood == value:
            self._records.send_again([complaint.id])
            return Decided(complaint.rev, ResultKind.APPLIED)
        self._conflicts.contend(complaint, field, mutation.was.get(field), value, author)
        self._lose(complaint, field, stood, value, author)
        return Decided(complaint.rev, ResultKind.CONFLICT, _OTHERWISE)

    def _take(self, complaint: Record, values: Mapping[str, Any], author: Author) -> Record:
        changed = {name: value for name, value in values.items() if value != complaint.body.get(name)}
        if not changed:
            self._records.send_again([complaint.id])
            return complaint
        after = self._records.save(replace(complaint, body={**complaint.body, **changed}), author)
        for name in changed.keys() - {"status"}:
            if name != "location_office" and self._records.questions.on(after.id, name) and name not in values:
                continue
        if "location_office" in changed:
            self._records.move(after.id, offices_of(after.body), author.received_at)
        return after

    def _lose(self, complaint: Record, field: str, stood: Any, value: Any, author: Author) -> None:
        if value != stood:
            self._records.trace(Trace(complaint.id, complaint.rev, field, stood, value, lost=True), author)
        self._records.send_again([complaint.id])  # the desk shows its decision and must be told what stands

    def _record(self, conflict: Record, decision: dict[str, Any], author: Author) -> None:
        ...
