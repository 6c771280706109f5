"""One mutation against the records, under the head's lock: what stands afterwards, and what the desk is told.

Everything that is refused is refused before anything is staged, so that a rejected item leaves no trace in the records.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import msgspec

from central_server.answers import merged_result, result_of, signature_of
from central_server.conflicts import Conflicts
from central_server.deciding import Deciding
from central_server.files import announce, expect_from
from central_server.lost_past import LostPast, gives_values_back, is_of_lost_past
from central_server.lost_questions import LostQuestions
from central_server.notices import of_a_safer_choice
from central_server.rules import (
    STEP_FIELDS,
    Rejected,
    decided_values,
    is_offer,
    is_uuid,
    legal_step,
    offices_of,
    plain_values,
    target,
    whole_body,
)
from central_server.store.repeats import was_said
from central_server.store.session import Writing
from central_server.store.shapes import Author, Record, Trace
from central_server.store.writer import Writer
from kelurahan_client.domain.complaint import Status
from sync.merge import Merged, Verdict, merge_fields
from sync.protocol import Mutation, Op, RecordType, RejectionNumber, Result, ResultKind

_NOTICES: Mapping[Verdict, str] = {
    Verdict.CONFLICT: "Isian yang sama juga diubah pihak lain; keduanya disimpan sampai seorang petugas memilih.",
    Verdict.REFUSED: "Isian saat penerimaan hanya berubah lewat koreksi penyelia; usulan disimpan di riwayat.",
    Verdict.SAFER: "Isian yang sama juga diubah pihak lain; pilihan yang lebih aman yang berlaku.",
    Verdict.SERVER: "Status sudah lebih maju di server kota; langkah ini tercatat di riwayat.",
}
_RESTORED = "Pengaduan ini pernah dihapus; perubahan ini memunculkannya kembali."
_KEPT = "Pengaduan ini sudah diubah pihak lain, jadi tidak dihapus."
_NOWHERE = object()
_canonical = msgspec.json.Encoder(order="sorted")


class _Asked(NamedTuple):
    """One field that a mutation sets, and how it was merged."""

    field: str
    was: Any
    value: Any
    merged: Merged


class Applying:
    """Applies mutations within one writing transaction.

    `trusted` lets through what an admin releases from quarantine, whoever's complaint it is.
    """

    def __init__(self, session: Writing, new_id: Callable[[], str], *, trusted: bool = False) -> None:
        self._session = session
        self._records = session.records
        self._conflicts = Conflicts(session.records, new_id)
        self._deciding = Deciding(session.records, self._conflicts)
        self._lost_past = LostPast(session.records)
        self._lost_questions = LostQuestions(session.records, self._conflicts, self._lost_past)
        self._trusted = trusted
        self._ends: dict[tuple[str, str], Any] = {}

    def prefetch(self, mutations: list[Mutation]) -> None:
        """Reads at once what these mutations, of one desk and in this order, will touch; and where they will end."""
        self._lost_past.hear(mutations)
        for mutation in mutations:
            if mutation.op in (Op.PATCH, Op.TRANSITION):
                self._ends.update(((mutation.id, name), value) for name, value in mutation.set.items())
        ids: list[str] = []
        for mutation in mutations:
            named = (mutation.id, mutation.set.get("complaint"), mutation.set.get("step"))
            ids.extend(id_ for id_ in named if isinstance(id_, str) and is_uuid(id_))
        self._records.load(ids)

    def apply(
        self, mutation: Mutation, author: Author, sent: Mapping[str, Any], whole: dict[str, Any] | None = None
    ) -> Result:
        """The answer to a well-formed mutation that was `sent` with these fields; raises Rejected, changing nothing.

        `whole` is the `whole_body` of a creation, where it was made before the head was locked.
        """
        match mutation.op:
            case Op.CREATE:
                return self._create(mutation, author, _origin(sent), whole)
            case Op.PATCH:
                return self._amend(mutation, author, plain_values(mutation.set))
            case Op.TRANSITION:
                return self._transition(mutation, author)
            case Op.APPEND | Op.ATTACH:
                return self._append(mutation, author, _origin(sent))
            case Op.DELETE:
                return self._delete(mutation, author)
            case Op.RESOLVE:
                return self._resolve(mutation, author)
            case _:
                raise Rejected(RejectionNumber.SHAPE, "Perubahan ini belum didukung server kota; disimpan apa adanya.")

    def _create(self, mutation: Mutation, author: Author, origin: bytes, whole: dict[str, Any] | None) -> Result:
        known = self._records.get(mutation.id)
        of_lost_past = is_of_lost_past(mutation, self._records.rev_floor)
        if mutation.set["office"] != author.office and not (of_lost_past or self._trusted):
            raise Rejected(RejectionNumber.OFFICE, "Pengaduan ini dicatat atas nama kelurahan lain.")
        if known is not None and _is_given_back(known, mutation):
            return self._given_back(known, mutation, author)
        if known is not None:
            answer = result_of(mutation, author, _same(known, RecordType.COMPLAINT, origin).rev)
            received = known.body.get("server_received_at", answer.received_at)  # the first receipt is the one in law
            return msgspec.structs.replace(answer, received_at=received)
        body = (whole or whole_body(mutation)) | {"server_received_at": author.received_at}
        given_back = is_offer(mutation)
        record = Record(id=mutation.id, type=RecordType.COMPLAINT, body=body, origin=b"" if given_back else origin)
        made = self._records.create(record, offices_of(body), author)
        self._records.trace(Trace(made.id, made.rev, "", None, None, lost=False), author)
        return result_of(mutation, author, made.rev)

    def _given_back(self, known: Record, mutation: Mutation, author: Author) -> Result:
        """The same complaint, from its author and from a desk that had it: what stands stays, the rest is history."""
        for name, value in plain_values(mutation.set).items():
            if value != known.body.get(name):
                self._records.trace(Trace(known.id, known.rev, name, None, value, lost=True), author)
        self._records.send_again([known.id])
        if not self._records.scopes.was_seen_by(known.id, author.office):
            self._records.has_left(known.id, author.office, author.received_at)
        return result_of(mutation, author, known.rev)

    def _append(self, mutation: Mutation, author: Author, origin: bytes) -> Result:
        kind = RecordType(mutation.type)
        complaint = self._find(mutation, author)
        if kind is RecordType.CONFLICT:
            return self._lost_questions.ask_again(complaint, mutation, author)
        known = self._records.get(mutation.id)
        if known is not None:
            if _same(known, kind, origin).type == RecordType.ATTACHMENT:
                expect_from(self._session, known, author)
            return result_of(mutation, author, known.rev)
        restored = self._restore(complaint, author)
        body = dict(mutation.set) | signature_of(author)
        made = self._child(mutation.id, kind, complaint.id, body, origin, author)
        if kind is RecordType.ATTACHMENT:
            announce(self._session, made, author)
        return (
            merged_result(mutation, author, made.rev, [_RESTORED])
            if restored
            else result_of(mutation, author, made.rev)
        )

    def _resolve(self, mutation: Mutation, author: Author) -> Result:
        complaint = self._find(mutation, author)
        conflict = self._deciding.check(complaint, mutation)
        step, id_ = {}, mutation.set.get("step", "")
        if id_:
            step = _step(complaint.id, mutation.was["status"], mutation.set["value"], mutation.set["reason"])
        origin = _origin(step)
        known = self._records.get(id_) if id_ else None
        if known is not None:
            _same(known, RecordType.STATUS_STEP, origin)
        if conflict is None:  # the desk alone remembers the question: an edit like any other
            result = self._amend(mutation, author, decided_values(mutation))
            self._lost_questions.answered(complaint, mutation, author)
        else:
            self._restore(complaint, author)
            decided = self._deciding.decide(_found(self._records, complaint.id), conflict, mutation, author)
            result = result_of(mutation, author, decided.rev, decided.kind, decided.reason)
        if id_ and known is None:
            self._child(id_, RecordType.STATUS_STEP, complaint.id, step | signature_of(author), origin, author)
        return result

    def _transition(self, mutation: Mutation, author: Author) -> Result:
        complaint = self._find(mutation, author)
        values = mutation.set
        if mutation.again and not self._records.rev_floor:  # else it may have happened, in the past that a restore lost
            legal_step(Status(mutation.was["status"]), Status(values["status"]))
        step = _step(complaint.id, mutation.was["status"], values["status"], values.get("note", ""))
        origin, known = _origin(step), self._records.get(mutation.set["step"])
        if known is not None:
            _same(known, RecordType.STATUS_STEP, origin)
        fields = {name: value for name, value in mutation.set.items() if name not in STEP_FIELDS}
        result = self._amend(mutation, author, plain_values(fields | {"status": mutation.set["status"]}))
        if known is None:
            body = step | signature_of(author)
            self._child(mutation.set["step"], RecordType.STATUS_STEP, complaint.id, body, origin, author)
        return result

    def _amend(self, mutation: Mutation, author: Author, fields: dict[str, Any]) -> Result:
        """Merges `fields` into the complaint, each by its policy; the losers go to the history or to a conflict."""
        found = self._find(mutation, author)
        notices = [_RESTORED] if self._restore(found, author) else []
        before = _found(self._records, found.id)
        was = plain_values(mutation.was)
        if gives_values_back(mutation, self._records.rev_floor):
            was = self._lost_past.written_over(before, fields, mutation.base_rev, author)
        elif mutation.again:  # what was applied under its first number stays as it is, whatever came after it
            said = partial(was_said, self._records, before.id, author=author)
            fields = {name: value for name, value in fields.items() if not said(name, value)}
        merged = merge_fields(was, before.body, self._without_detours(before, was, fields, author))
        alone = found.only_by(author.stream, mutation.base_rev)
        changed = {name: part.value for name, part in merged.items() if part.value != before.body.get(name)}
        after = self._records.save(replace(before, body={**before.body, **changed}), author) if changed else before
        for name, part in merged.items():
            self._keep(after, before, _Asked(name, was.get(name), fields[name], part), author)
        said_again = [name for name, part in merged.items() if part.verdict is Verdict.SAME]
        self._lost_past.keep_written_over(after, mutation, said_again, author)
        if "location_office" in changed:
            self._records.move(after.id, offices_of(after.body), author.received_at)
        verdicts = {part.verdict for part in merged.values()}
        notices += [sentence for verdict, sentence in _NOTICES.items() if verdict in verdicts]
        if alone and not notices:
            return result_of(mutation, author, after.rev)
        if not changed:
            self._records.send_again([after.id])  # the desk shows its own value and must be told what stands
        if Verdict.CONFLICT in verdicts:
            return result_of(mutation, author, after.rev, ResultKind.CONFLICT, " ".join(notices))
        return merged_result(mutation, author, after.rev, notices)

    def _without_detours(
        self, record: Record, was: dict[str, Any], fields: dict[str, Any], author: Author
    ) -> dict[str, Any]:
        """The fields without those for which this very request ends at what stands: there is nothing to decide.

        A restored centre may have been given the last value by a colleague, before the author sends all of them again.
        """
        passed = {
            name: fields[name]
            for name, part in merge_fields(was, record.body, fields).items()
            if part.verdict is Verdict.CONFLICT and self._ends.get((record.id, name), _NOWHERE) == part.value
        }
        for name, value in passed.items():
            self._records.trace(Trace(record.id, record.rev, name, was.get(name), value, lost=True), author)
        return {name: value for name, value in fields.items() if name not in passed}

    def _keep(self, after: Record, before: Record, asked: _Asked, author: Author) -> None:
        """Writes what became of one field into the history and, where it is contended, into its conflict."""
        name, stands, stood = asked.field, asked.merged.value, before.body.get(asked.field)
        verdict = asked.merged.verdict
        if verdict is Verdict.CONFLICT or (stands != stood and self._records.conflict_on(after.id, name)):
            self._conflicts.contend(after, name, asked.was, asked.value, author)
        if stands != stood:
            self._records.trace(Trace(after.id, after.rev, name, stood, stands, lost=False), author)
        if verdict is not Verdict.SAME and asked.value != stands:
            self._records.trace(Trace(after.id, after.rev, name, asked.was, asked.value, lost=True), author)
        if verdict is Verdict.SAFER:
            of_a_safer_choice(self._records, after.id, name, author)

    def _delete(self, mutation: Mutation, author: Author) -> Result:
        complaint = self._find(mutation, author)
        if complaint.deleted:
            return result_of(mutation, author, complaint.rev)
        children = self._records.children(complaint.id)
        others = [child for child in children if child.stream != author.stream]
        if others or not complaint.only_by(author.stream, mutation.base_rev):
            self._records.trace(Trace(complaint.id, complaint.rev, "deleted", False, True, lost=True), author)
            self._records.send_again([complaint.id, *(child.id for child in children)])
            return merged_result(mutation, author, complaint.rev, [_KEPT])
        gone = self._records.save(replace(complaint, deleted=True), author)
        self._records.trace(Trace(gone.id, gone.rev, "deleted", False, True, lost=False), author)
        self._records.move(gone.id, (), author.received_at)
        return result_of(mutation, author, gone.rev)

    def _find(self, mutation: Mutation, author: Author) -> Record:
        """The complaint that the mutation speaks of; raises Rejected for one that this desk never saw."""
        id_ = target(mutation)
        record = self._records.get(id_)
        if record is None or record.type != RecordType.COMPLAINT:
            if any(held.creates for held in self._session.inbox.waiting([id_])):
                raise Rejected(RejectionNumber.WAITS, "Menunggu pengaduannya yang masih ditahan di server kota.")
            raise Rejected(RejectionNumber.UNKNOWN, "Pengaduan ini tidak ada di server kota.")
        if not self._trusted and not self._records.scopes.was_seen_by(id_, author.office):
            raise Rejected(RejectionNumber.OFFICE, "Pengaduan ini milik kelurahan lain.")
        return record

    def _restore(self, complaint: Record, author: Author) -> bool:
        """Brings a deleted complaint back, since somebody works on it."""
        if not complaint.deleted:
            return False
        kept = self._records.save(replace(complaint, deleted=False), author)
        self._records.trace(Trace(kept.id, kept.rev, "deleted", True, False, lost=False), author)
        self._records.move(kept.id, offices_of(kept.body), author.received_at)
        return True

    def _child(
        self, id_: str, kind: RecordType, complaint: str, body: dict[str, Any], origin: bytes, author: Author
    ) -> Record:
        child = Record(id=id_, type=kind, body=body, parent=complaint, origin=origin)
        return self._records.create(child, self._records.scopes.offices(complaint), author)


def _found(records: Writer, id_: str) -> Record:
    record = records.get(id_)
    if record is None:
        raise LookupError(id_)
    return record


def _same(known: Record, kind: RecordType, origin: bytes) -> Record:
    if known.type != kind or known.origin != origin:
        raise Rejected(RejectionNumber.ID, "Nomor pengenal data ini sudah dipakai untuk isi yang lain.")
    return known


def _step(complaint: str, start: str, goal: str, note: str) -> dict[str, Any]:
    return {"complaint": complaint, "from": start, "to": goal, "note": note}


def _is_given_back(known: Record, mutation: Mutation) -> bool:
    """Whether one of the two is what a desk gave back after a restore, and both are the same complaint."""
    if known.type != RecordType.COMPLAINT or not (is_offer(mutation) or not known.origin):
        return False
    return all(known.body.get(name) == mutation.set[name] for name in ("reference", "office", "desk"))


def _origin(values: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(_canonical.encode(values)).digest()
