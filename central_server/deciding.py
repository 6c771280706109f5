"""A person decides a conflict: the record takes the value, the conflict is closed, and both keep who said so and why.

A decision that did not see every side leaves the conflict open. One that comes after another decision is a new question
where it says something else. No decision is lost: it stays in the conflict, its value in the history.
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
_OTHERWISE = "Isian ini sudah berubah sejak diputuskan; kedua nilainya menunggu keputusan lagi."
_OF_A_DECISION = frozenset("complaint field value sides side reason step due_date".split())  # more is kept as it came
_SAID_BEFORE = ("value", "reason", "actor", "office", "desk", "device_time")  # the same in all: the same decision


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

    def check(self, complaint: Record, mutation: Mutation) -> Record | None:
        """The conflict that the mutation decides, None if a restored centre has lost it.

        Raises Rejected, before anything is staged.
        """
        conflict = self._records.get(mutation.id)
        if conflict is None:  # a restored centre may ask the same question under another id
            conflict = self._records.conflict_on(complaint.id, mutation.set["field"])
        if conflict is None and self._records.rev_floor and mutation.base_rev:
            return None
        if conflict is None or conflict.type != RecordType.CONFLICT or conflict.parent != complaint.id:
            raise Rejected(RejectionNumber.UNKNOWN, "Perbedaan isian ini tidak ada di server kota.")
        body = conflict.body
        if body["field"] != mutation.set["field"]:
            raise Rejected(RejectionNumber.FIELD, "Keputusan ini menyebut isian yang lain.")
        values = [side["value"] for side in body["sides"]]
        if body["field"] == "status" and mutation.set["value"] not in decidable(body["base"], values):
            raise Rejected(RejectionNumber.STEP, "Status ini bukan salah satu usulan dan bukan kelanjutannya.")
        return conflict

    def decide(self, complaint: Record, conflict: Record, mutation: Mutation, author: Author) -> Decided:
        """Closes the conflict with the chosen value, or says why there is still a question."""
        field = conflict.body["field"]
        values = decided_values(mutation)
        stood, value = complaint.body.get(field), values[field]
        decision = _decision(mutation, author, stood, value)
        earlier = _earlier(conflict, decision)
        if earlier is not None:  # issued again under another number, after a restore
            self._records.send_again([complaint.id, conflict.id])
            return Decided(complaint.rev, ResultKind.APPLIED if earlier["stands"] else ResultKind.CONFLICT)
        is_open = conflict.body["state"] == "open"
        unseen = {side["id"] for side in conflict.body["sides"]} - {*mutation.set["sides"]}
        if is_open and not unseen:
            after = self._take(complaint, field, values, author)
            self._keep(conflict, decision | {"stands": True}, "resolved", author)
            self._records.questions.close(complaint.id, field)
            return Decided(after.rev, ResultKind.APPLIED)
        self._records.send_again([complaint.id])  # the desk shows its decision and must be told what stands
        if not is_open and stood == value:
            self._keep(conflict, decision | {"stands": True}, "resolved", author)
            return Decided(complaint.rev, ResultKind.APPLIED)
        self._conflicts.contend(complaint, field, mutation.was.get(field), value, author, decides=True)
        self._keep(conflict, decision | {"stands": False}, conflict.body["state"], author)
        self._records.trace(Trace(complaint.id, complaint.rev, field, stood, value, lost=True), author)
        return Decided(complaint.rev, ResultKind.CONFLICT, _UNSEEN if is_open else _OTHERWISE)

    def _take(self, complaint: Record, field: str, values: Mapping[str, Any], author: Author) -> Record:
        """Writes the values into the complaint; a due date that is a question of its own is left to that one."""
        before = complaint.body
        left = {name for name in values if name != field and self._records.questions.on(complaint.id, name)}
        changed = {name: value for name, value in values.items() if value != before.get(name) and name not in left}
        after = complaint
        if changed:
            after = self._records.save(replace(complaint, body={**before, **changed}), author)
        else:
            self._records.send_again([complaint.id])
        for name in (field, *(other for other in values if other != field and values[other] != before.get(other))):
            trace = Trace(after.id, after.rev, name, before.get(name), values[name], lost=name in left)
            self._records.trace(trace, author)
        if "location_office" in changed:
            self._records.move(after.id, offices_of(after.body), author.received_at)
        return after

    def _keep(self, conflict: Record, decision: dict[str, Any], state: str, author: Author) -> None:
        """Adds a decision to its conflict, in the centre's name, so that every desk is told, the sender too."""
        present = self._records.get(conflict.id) or conflict
        decisions = [*present.body.get("decisions", ()), decision]
        body = {**present.body, "decisions": decisions, "state": state}
        self._records.save(replace(present, body=body), centre_author(author.received_at))


def _decision(mutation: Mutation, author: Author, stood: Any, value: Any) -> dict[str, Any]:
    more = {name: said for name, said in mutation.set.items() if name not in _OF_A_DECISION}
    return more | {
        "value": value,
        "was": stood,
        "side": mutation.set.get("side", ""),
        "reason": mutation.set["reason"],
        "actor": author.actor,
        "office": author.office,
        "desk": author.desk,
        "device_time": author.device_time,
        "server_time": author.received_at,
    }


def _earlier(conflict: Record, decision: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for known in conflict.body.get("decisions", ()):
        if all(known[name] == decision[name] for name in _SAID_BEFORE):
            return dict(known)
    return None
