"""A person decides a conflict: the record takes the value, the conflict is closed, and both keep who said so and why.

A decision that did not see every side leaves the conflict open. One that comes after another decision is a new question
where it says something else. No decision is lost: it stays in the conflict, its value in the history.

Whoever decided may take it back: the field gets what stood before, and the question is open again, unless somebody has
changed the field since.
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
# More than these is kept as it came.
_OF_A_DECISION = frozenset("complaint field value sides side reason step due_date takes_back".split())
_CHANGED_SINCE = "Isian ini sudah berubah lagi sejak keputusan yang diurungkan; yang sekarang tetap berlaku."
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
        if mutation.set.get("takes_back"):
            return conflict  # what is put back stood here once
        if body["field"] == "status" and mutation.set["value"] not in decidable(body["base"], values):
            raise Rejected(RejectionNumber.STEP, "Status ini bukan salah satu usulan dan bukan kelanjutannya.")
        return conflict

    def decide(self, complaint: Record, conflict: Record, mutation: Mutation, author: Author) -> Decided:
        """Closes the conflict with the chosen value, or says why there is still a question."""
        field = conflict.body["field"]
        values = decided_values(mutation)
        stood, value = complaint.body.get(field), values[field]
        decision = _decision(mutation, author, stood, value)
        earlier = _earlier(conflict, decision, takes_back=bool(mutation.set.get("takes_back")))
        if earlier is not None:  # issued again under another number, after a restore
            self._records.send_again([complaint.id, conflict.id])
            return Decided(complaint.rev, ResultKind.APPLIED if earlier["stands"] else ResultKind.CONFLICT)
        is_open = conflict.body["state"] == "open"
        if mutation.set.get("takes_back"):
            return self._take_back(complaint, conflict, mutation, author)
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

    def _take_back(self, complaint: Record, conflict: Record, mutation: Mutation, author: Author) -> Decided:
        """Opens the question again; where somebody has gone on from the decided value, there is nothing to put back."""
        field, body = conflict.body["field"], conflict.body
        decision = _decision(mutation, author, complaint.body.get(field), mutation.set["value"])
        decision |= {"takes_back": True, "stands": False}
        mine = _standing_decision(body, mutation.was.get(field), author)
        if body["state"] == "open":  # it never stood: the question was open all the time
            self._records.send_again([complaint.id])
            self._keep(conflict, decision, "open", author)
            return Decided(complaint.rev, ResultKind.CONFLICT)
        if mine is None or complaint.body.get(field) != mine["value"] or self._records.conflict_on(complaint.id, field):
            self._records.send_again([complaint.id])
            self._keep(conflict, decision, body["state"], author)
            self._records.trace(
                Trace(complaint.id, complaint.rev, field, mutation.was.get(field), mutation.set["value"], lost=True),
                author,
            )
            return Decided(complaint.rev, ResultKind.MERGED, _CHANGED_SINCE)
        values = {field: mine["was"]}
        if "due_date" in mutation.set and complaint.body.get("due_date") == mutation.was.get("due_date"):
            values["due_date"] = mutation.set["due_date"]
        after = self._take(complaint, field, values, author)
        self._keep(conflict, decision | {"value": mine["was"]}, "open", author, withdrawn=mine)
        self._records.questions.open(complaint.id, field, conflict.id)
        return Decided(after.rev, ResultKind.CONFLICT)

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

    def _keep(
        self,
        conflict: Record,
        decision: dict[str, Any],
        state: str,
        author: Author,
        withdrawn: Mapping[str, Any] | None = None,
    ) -> None:
        """Adds a decision to its conflict, in the centre's name, so that every desk is told, the sender too."""
        present = self._records.get(conflict.id) or conflict
        said = present.body.get("decisions", ())
        decisions = [*(one | {"stands": False} if one == withdrawn else one for one in said), decision]
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


def _standing_decision(body: Mapping[str, Any], value: Any, author: Author) -> dict[str, Any] | None:
    """What the author's desk decided, if that was `value` and nobody else has decided the same."""
    said: list[dict[str, Any]] = [one for one in body.get("decisions", ()) if one["stands"]]
    if (
        len(said) != 1
        or said[0]["value"] != value
        or (said[0]["office"], said[0]["desk"]) != (author.office, author.desk)
    ):
        return None
    return said[0]


def _earlier(conflict: Record, decision: Mapping[str, Any], *, takes_back: bool) -> Mapping[str, Any] | None:
    for known in conflict.body.get("decisions", ()):
        if known.get("takes_back", False) == takes_back and all(known[name] == decision[name] for name in _SAID_BEFORE):
            return dict(known)
    return None
