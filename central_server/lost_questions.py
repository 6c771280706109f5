"""Conflicts of the past that a restore has lost, told whole by a desk that was told them.

Such a desk knows every side, who wrote it, and what was decided. A question that nobody has answered is asked again, of
what is not known by now; one that was decided is history.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec

from central_server.answers import merged_result, result_of
from central_server.conflicts import Conflicts, centre_author
from central_server.lost_past import LostPast, is_of_lost_past
from central_server.rules import Rejected, plain_values
from central_server.store.shapes import Author, Record, Trace
from central_server.store.writer import Writer
from sync.protocol import ConflictSide, Mutation, RecordType, RejectionNumber, Result, ResultKind

_KIND = RecordType.CONFLICT
_OPEN, _DECIDED = "open", "resolved"


class _Decision(msgspec.Struct, frozen=True):
    """What every desk reads of a decision."""

    value: Any
    was: Any
    reason: str
    actor: str
    office: str
    desk: str
    device_time: str
    server_time: str
    stands: bool


class _Question(msgspec.Struct, frozen=True):
    """What every desk reads of a conflict."""

    complaint: str
    field: str
    sides: list[ConflictSide]
    state: str
    base: Any = None
    decisions: list[_Decision] = []


class LostQuestions:
    """Takes them within one writing transaction."""

    def __init__(self, records: Writer, conflicts: Conflicts, past: LostPast) -> None:
        self._records = records
        self._conflicts = conflicts
        self._past = past

    def ask_again(self, complaint: Record, mutation: Mutation, author: Author) -> Result:
        """Keep the conflict, or those of its sides that are not known; raises Rejected, changing nothing."""
        question = self._read(mutation)
        known = self._records.get(mutation.id)
        if known is not None and (known.type, known.parent) != (_KIND, complaint.id):
            raise Rejected(RejectionNumber.ID, "Nomor pengenal data ini sudah dipakai untuk isi yang lain.")
        answered = self._past.was_decided(complaint.id, question.field, mutation.id, author)
        if known is None and (answered or question.state == _DECIDED):
            self._create(complaint, mutation.id, {**mutation.set, "state": _DECIDED}, author)
            return merged_result(mutation, author, complaint.rev, [])
        missing = self._missing(complaint, question, author)
        if not missing:
            return merged_result(mutation, author, complaint.rev, [])
        self._ask(complaint, mutation, question, missing, author)
        self._records.send_again([complaint.id])
        return result_of(mutation, author, complaint.rev, ResultKind.CONFLICT)

    def answered(self, before: Record, mutation: Mutation, author: Author) -> None:
        """Keep the decision about a conflict that is not known here, also where it changed nothing.

        A colleague may yet give the question back: then it is not asked again.
        """
        field, value = mutation.set["field"], mutation.set["value"]
        complaint = self._records.get(before.id) or before
        stands = complaint.body.get(field)
        if stands == before.body.get(field):
            lost = stands != value
            self._records.trace(Trace(complaint.id, complaint.rev, field, stands, value, lost=lost), author)

    def _read(self, mutation: Mutation) -> _Question:
        if not is_of_lost_past(mutation, self._records.rev_floor):
            raise Rejected(RejectionNumber.SHAPE, "Perbedaan isian ini bukan dari sebelum server kota dipulihkan.")
        try:
            question = msgspec.convert(mutation.set, _Question)
        except msgspec.ValidationError as error:
            raise Rejected(RejectionNumber.FIELD, "Perbedaan isian ini tidak dapat dibaca.") from error
        if question.state not in (_OPEN, _DECIDED) or not question.sides:
            raise Rejected(RejectionNumber.FIELD, "Perbedaan isian ini tidak dapat dibaca.")
        for side in question.sides:
            plain_values({question.field: side.value})
        return question

    def _missing(self, complaint: Record, question: _Question, author: Author) -> list[ConflictSide]:
        """The sides that do not stand, that no conflict has, and that nobody has written over since the restore."""
        known = [complaint.body.get(question.field), *self._past.stood_since(complaint.id, question.field, author)]
        for child in self._records.children(complaint.id):
            if child.type == _KIND and child.body["field"] == question.field:
                known += [side["value"] for side in child.body["sides"]]
        return [side for side in question.sides if side.value not in known]

    def _ask(
        self,
        complaint: Record,
        mutation: Mutation,
        question: _Question,
        missing: Sequence[ConflictSide],
        author: Author,
    ) -> None:
        asked = self._records.conflict_on(complaint.id, question.field)
        if asked is not None:
            body = {**asked.body, "sides": [*asked.body["sides"], *_plain(missing)]}
            self._records.save(replace(asked, body=body), centre_author(author.received_at))
            return
        stands = complaint.body.get(question.field)
        first = next((side for side in question.sides if side.value == stands), None)
        sides = [first or self._conflicts.standing(complaint, question.field), *missing]
        body = dict(mutation.set) | {"sides": _plain(sides), "state": _OPEN}
        known = self._records.get(mutation.id)
        if known is None:
            self._create(complaint, mutation.id, body, author)
        else:  # decided in the backup, and asked anew after it
            self._records.save(replace(known, body=body), centre_author(author.received_at))
        self._records.questions.open(complaint.id, question.field, mutation.id)

    def _create(self, complaint: Record, id_: str, body: dict[str, Any], author: Author) -> None:
        made = Record(id=id_, type=_KIND, body=body, parent=complaint.id)
        self._records.create(made, self._records.scopes.offices(complaint.id), centre_author(author.received_at))


def _plain(sides: Sequence[ConflictSide]) -> list[Any]:
    return [msgspec.to_builtins(side) for side in sides]
