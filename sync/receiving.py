"""Applying a reply at the desk: answers, changes and the new cursor in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kelurahan_client.domain.complaint import SyncState, TimelineEntry
from kelurahan_client.domain.fields import SHARED_FIELDS, complaint_from, flat, from_json, read_utc
from kelurahan_client.store import (
    aside,
    attachments,
    complaints,
    imports,
    lost_questions,
    lost_values,
    new_complaints,
    outbox,
    settings,
)
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.lost_values import LostValues
from sync.merge import rebase
from sync.protocol import REFERENCE, SCHEMA, Change, Mutation, Op, RecordType, Result, ResultKind
from sync.reading import attachment, conflict, decisions, entry, is_readable, new_rows, reading, unknown
from sync.schemas import read_mutation

_TYPES = frozenset(RecordType)
_WRITING = frozenset({Op.PATCH, Op.TRANSITION, Op.RESOLVE})  # what they set stands on top of the centre's record
_OWN_NAMES = frozenset({"step", "note"})  # of a transition's `set`: they speak of the step, not of the complaint


@dataclass(slots=True)
class Touched:
    """Which complaints a reply spoke of, `new` ones among them, and which kinds of record changed."""

    complaints: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    received: int = 0


def apply_results(transaction: Transaction, epoch: str, results: list[Result], at: str, touched: Touched) -> None:
    """Write the answers beside the outbox entries, and the new revisions into the complaints."""
    if not results:
        return
    numbers = [result.n for result in results]
    entries = outbox.by_numbers(transaction, epoch, min(numbers), max(numbers))
    outbox.answer(transaction, epoch, results, at)
    signed: list[str] = []
    revisions: dict[str, tuple[int, str]] = {}
    for result in results:
        entry = entries.get(result.n)
        if entry is None:
            continue
        touched.complaints.add(entry.complaint_id)
        touched.kinds.add(RecordType.COMPLAINT)
        if result.result is ResultKind.REJECTED:
            continue
        if entry.op is Op.RESOLVE and result.result is not ResultKind.CONFLICT:
            imports.answer_decision(transaction, entry.child_id)
        if entry.op is Op.ATTACH:
            attachments.acknowledge(transaction, entry.child_id, result.rev)
        signed += entry.children()
        rev, received = revisions.get(entry.complaint_id, (0, ""))
        received = received or (result.received_at if entry.op is Op.CREATE else "")
        # A merged record has more than this desk knows: its revision comes with its content, maybe a page later. What
        # hangs on it has a revision of its own.
        own = entry.op not in (Op.RESOLVE, Op.APPEND, Op.ATTACH)
        known = result.rev if own and result.result is ResultKind.APPLIED else 0
        revisions[entry.complaint_id] = (max(rev, known), received)
    complaints.acknowledge_entries(transaction, signed)
    complaints.set_revisions(transaction, revisions)


def apply_changes(transaction: Transaction, changes: Iterable[Change], touched: Touched, schema: int = SCHEMA) -> None:
    """Bring the feed's records in: complaints first, then what hangs on them.

    What a centre of a newer `schema` says and this program does not understand is kept aside; from any other it is an
    error, and the whole reply waits.
    """
    by_type: dict[str, list[Change]] = {}
    known = _understood(transaction, list(changes), touched, newer=schema > SCHEMA)
    for change in known:
        by_type.setdefault(change.type, []).append(change)
    _apply_complaints(transaction, by_type.pop(RecordType.COMPLAINT, []), touched)
    _apply_entries(transaction, by_type.pop(RecordType.FOLLOW_UP, []), touched)
    _apply_entries(transaction, by_type.pop(RecordType.STATUS_STEP, []), touched)
    _apply_entries(transaction, by_type.pop(RecordType.NOTICE, []), touched)
    _apply_attachments(transaction, by_type.pop(RecordType.ATTACHMENT, []), touched)
    _apply_conflicts(transaction, by_type.pop(RecordType.CONFLICT, []), touched)
    _let_go(transaction, known, touched)
    complaints.set_resolution_days(transaction, touched.complaints)
    for type_ in REFERENCE:
        for change in by_type.get(type_, ()):
            if change.gone:
                settings.drop_reference(transaction, type_, change.id)
            else:
                settings.put_reference(transaction, type_, change.id, change.body, change.rev)


def _understood(transaction: Transaction, changes: list[Change], touched: Touched, *, newer: bool) -> list[Change]:
    """The changes without those that only a newer program understands; these are kept aside, whole."""
    for change in changes:
        touched.received += 1
        touched.kinds.add(change.type)
    known = [one for one in changes if one.type in _TYPES and (not newer or is_readable(one))]
    aside.drop(transaction, [(one.type, one.id) for one in changes])
    if len(known) < len(changes):
        understood = {id(one) for one in known}
        aside.put(transaction, [one for one in changes if id(one) not in understood and not one.gone])
    return known


def _apply_complaints(transaction: Transaction, changes: list[Change], touched: Touched) -> None:
    known = complaints.get_many(transaction, [change.id for change in changes])
    new: list[Change] = []
    lost: list[LostValues] = []
    for change in changes:
        touched.complaints.add(change.id)
        stored = known.get(change.id)
        if stored is not None:
            replaced = _update(transaction, stored, change)
            if lost_values.is_of_another_life(stored.complaint.rev, change.rev):
                lost.append(lost_values.of(stored.complaint, replaced))
        elif not change.gone:
            new.append(change)
            touched.new.add(change.id)
    new_complaints.insert_many(transaction, new_rows(new))
    lost_values.remember(transaction, lost)


def _update(transaction: Transaction, stored: Stored, change: Change) -> list[str]:
    """The fields whose values gave way to the centre's."""
    if change.gone:
        # Also under unsent work: it is sent all the same, and the centre tells a second time only what comes back.
        complaints.change(transaction, stored, {"deleted": True})
        return []
    waiting = [read_mutation(entry.line) for entry in outbox.unanswered_of(transaction, stored.complaint.id)]
    mine = [_fields_of(mutation) for mutation in waiting if mutation.op in _WRITING]
    shown = rebase(change.body, mine)
    with reading():
        values: dict[str, Any] = {name: from_json(name, shown[name]) for name in SHARED_FIELDS if name in shown}
        values |= _cleared(shown)
        values = {name: value for name, value in values.items() if value != getattr(stored.complaint, name)}
        replaced = [*values]
        values["rev"] = change.rev
        if received := change.body.get("server_received_at"):
            values["server_received_at"] = read_utc(received)
    if extra := unknown(change.body):
        values["extra"] = extra
    if stored.deleted and not any(mutation.op is Op.DELETE for mutation in waiting):
        values["deleted"] = False
    if "status" in values:
        values["resolved_on"] = None  # the day of a new end is found in the story, once that is complete
    complaints.change(transaction, stored, values)
    return replaced


def _fields_of(mutation: Mutation) -> dict[str, Any]:
    if mutation.op is Op.RESOLVE:
        due = {name: value for name, value in mutation.set.items() if name == "due_date"}
        chosen = (
            {str(mutation.set["field"]): mutation.set["value"]} if {"field", "value"} <= mutation.set.keys() else {}
        )
        return due | chosen
    if mutation.op is not Op.TRANSITION:
        return mutation.set
    return {name: value for name, value in mutation.set.items() if name not in _OWN_NAMES}


def _cleared(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A field that the centre no longer sends stands at its empty value there."""
    empty = flat(complaint_from("", {"received_date": shown["received_date"], "statement": "", **_IDENTITY}))
    return {name: from_json(name, empty[name]) for name in SHARED_FIELDS if name not in shown and name not in _IDENTITY}


_IDENTITY: dict[str, Any] = {"reference": "", "office": "", "desk": "", "recorded_at": "2000-01-01T00:00:00Z"}


def _apply_entries(transaction: Transaction, changes: list[Change], touched: Touched) -> None:
    entries: list[TimelineEntry] = []
    owners: list[str] = []
    for change in changes:
        if change.gone:
            continue
        owners.append(str(change.body.get("complaint", "")))
        entries.append(entry(change))
    complaints.add_entries(transaction, owners, entries)
    complaints.take_signed(transaction, entries)
    touched.complaints.update(owners)


def _apply_attachments(transaction: Transaction, changes: list[Change], touched: Touched) -> None:
    attachments.withdraw(transaction, [change.id for change in changes if change.gone])
    for change in changes:
        if change.gone:
            continue
        item = attachment(change)
        attachments.receive(transaction, item, change.rev, str(change.body.get("stored_at", "")))
        touched.complaints.add(item.complaint_id)


def _apply_conflicts(transaction: Transaction, changes: list[Change], touched: Touched) -> None:
    told: list[TimelineEntry] = []
    decided: list[str] = []
    for change in changes:
        if change.gone:  # comes without a body
            touched.complaints.update(imports.close_conflict(transaction, change.id))
            continue
        question = conflict(change)
        before = imports.get_conflict(transaction, question.id)
        if before is not None and lost_questions.is_replaced(before, question):
            lost_questions.remember(transaction, [before])
        imports.put_conflict(transaction, question)
        if question.open:
            imports.supersede(transaction, question)
        elif before is None:
            imports.supersede_lost(transaction, question)
        touched.complaints.add(question.complaint_id)
        found = decisions(question)
        told += found
        decided += [question.complaint_id] * len(found)
    complaints.add_entries(transaction, decided, told)


def _let_go(transaction: Transaction, changes: list[Change], touched: Touched) -> None:
    """What the centre had refused and a person there has let go: its content comes with the feed, so it is in."""
    arrived = {change.id: change for change in changes}
    for complaint_id in outbox.open_standings(transaction, touched.complaints)[1]:
        newest: dict[str, Any] = {}  # what this desk set last, field by field
        released = []
        for said in reversed(outbox.said_of(transaction, complaint_id)):
            mutation = read_mutation(said.line)
            mine = _fields_of(mutation) if mutation.op in _WRITING else {}
            if mutation.op is Op.CREATE:
                mine = {"reference": mutation.set.get("reference")}
            newest = {**mine, **newest}
            if said.result is ResultKind.REJECTED and _is_in(said, {name: newest[name] for name in mine}, arrived):
                released.append(said)
        outbox.release(transaction, released, "Diterima setelah diperiksa petugas kota.")
        complaints.acknowledge_entries(transaction, [id_ for one in released for id_ in one.children()])


def _is_in(refused: outbox.Entry, mine: Mapping[str, Any], arrived: Mapping[str, Change]) -> bool:
    """Whether the feed brought what was refused: its own record, or the complaint with the values that it set."""
    whole = arrived.get(refused.complaint_id)
    if refused.op is Op.DELETE:
        return whole is not None and whole.gone
    children = [arrived.get(id_) for id_ in refused.children() if id_]
    if children:
        return all(child is not None and not child.gone for child in children)
    if whole is None or whole.gone or not mine:
        return False
    return all(whole.body.get(name, "") == ("" if value is None else value) for name, value in mine.items())


def settle(transaction: Transaction, touched: Touched) -> None:
    """Give every touched complaint the sync state that follows from its entries and conflicts."""
    waiting, rejected = outbox.open_standings(transaction, touched.complaints)
    in_conflict = imports.complaints_in_conflict(transaction)
    as_inserted = touched.new - waiting - rejected - in_conflict  # a fresh desk has a hundred thousand of them
    complaints.set_sync_states(
        transaction,
        {
            id_: SyncState.REJECTED
            if id_ in rejected
            else SyncState.CONFLICT
            if id_ in in_conflict
            else SyncState.PENDING
            if id_ in waiting
            else SyncState.ACKNOWLEDGED
            for id_ in touched.complaints - as_inserted
        },
    )
    complaints.acknowledge_all(transaction, touched.complaints - waiting - rejected - as_inserted)
