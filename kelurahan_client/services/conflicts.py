"""Looking at conflicts: which of them wait for a person, what every side says, and what was decided today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

import msgspec

from kelurahan_client.domain.complaint import Complaint, Status, TimelineEntry
from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.fields import SHARED_FIELDS, Json, flat, read_utc, to_json, utc_text
from kelurahan_client.errors import NotFound
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk, Identity, identity
from kelurahan_client.store import complaints, imports, outbox
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import Conflict
from sync.merge import decidable
from sync.protocol import Mutation

HIDDEN = "••••"
_ALWAYS_HIDDEN = frozenset({"reporter_nik", "reporter_phone"})
_HIDDEN_IF_ANONYMOUS = frozenset({"reporter_name", "reporter_address"})
_MUTATION = msgspec.json.Decoder(Mutation)


@dataclass(frozen=True, slots=True)
class Side:
    """One value that somebody wrote: `here` = at this desk, `stands` = it is what the complaint shows."""

    id: str
    value: Json
    actor: str
    office: str
    desk: str
    at: datetime | None
    here: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided; while it `waits` for the centre's answer, this desk may take it back."""

    value: Json
    reason: str
    actor: str
    at: datetime | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A conflict in the worklist: of which complaint, who wrote the newest value that is not of this desk."""

    conflict_id: str
    complaint_id: str
    field: str
    reference: str
    title: str
    confidential: bool
    contender: Side | None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A complaint of which the centre put two changes together by itself today."""

    complaint_id: str
    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """What waits, the oldest question first; what was decided today, the newest first; what needed nobody."""

    open: tuple[Line, ...]
    decided: tuple[Line, ...]
    merged: tuple[MergedLine, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value before all sides came from: a desk's intake (no actor is kept), or somebody's change."""

    actor: str
    desk: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One conflict with all that a person needs to decide it; sides of this desk come first, then what stands.

    `hidden`: the values tell who somebody is and are masked; `reveal` gives the same case in clear, and is logged.
    """

    conflict_id: str
    complaint: Complaint
    field: str
    base: Json
    origin: Origin | None
    sides: tuple[Side, ...]
    open: bool
    decision: Decision | None
    hidden: bool
    statuses: tuple[Status, ...]  # that may be decided, where a status is contested


def worklist(desk: Desk) -> Worklist:
    """All conflicts that are open or were decided today (WITA); titles as they stand, identities never."""
    midnight = datetime.combine(desk.today(), time(), WITA)
    with desk.store.read() as transaction:
        me = identity(transaction)
        found = imports.open_conflicts(transaction)
        closed = imports.closed_since(transaction, utc_text(midnight))
        merged = outbox.merged_since(transaction, utc_text(midnight))
        known = complaints.get_many(
            transaction, {one.complaint_id for one in (*found, *closed)} | {one.complaint_id for one in merged}
        )
        known = {id_: stored for id_, stored in known.items() if not stored.deleted}
        lines = [
            _line(one, known[one.complaint_id], me, _decision(transaction, one))
            for one in (*closed, *found)
            if one.complaint_id in known
        ]
    undecided = {one.id for one in found if not one.decided}
    told = dict.fromkeys(one.complaint_id for one in merged if one.complaint_id in known)
    return Worklist(
        open=tuple(line for line in lines if line.conflict_id in undecided),
        decided=tuple(line for line in reversed(lines) if line.conflict_id not in undecided and line.decision),
        merged=tuple(_merged(known[id_].complaint) for id_ in told),
    )


def open_fields(transaction: Transaction) -> list[tuple[str, str]]:
    """(number of the complaint, field) of every conflict that nobody at this desk has decided, the oldest first."""
    found = [one for one in imports.open_conflicts(transaction) if not one.decided]
    known = complaints.get_many(transaction, {one.complaint_id for one in found})
    return [
        (known[one.complaint_id].complaint.reference, one.field)
        for one in found
        if one.complaint_id in known and not known[one.complaint_id].deleted
    ]


def case(desk: Desk, conflict_id: str) -> Case:
    """One conflict, identities masked; raises NotFound."""
    with desk.store.read() as transaction:
        return _case(transaction, conflict_id, clear=False)


def reveal(desk: Desk, conflict_id: str, reason: str) -> Case:
    """One conflict with its values in clear; the look is logged first. Raises NotFound, InputError."""
    lists.reveal(desk, case(desk, conflict_id).complaint.id, reason)
    with desk.store.read() as transaction:
        return _case(transaction, conflict_id, clear=True)


def _case(transaction: Transaction, conflict_id: str, *, clear: bool) -> Case:
    conflict = imports.get_conflict(transaction, conflict_id)
    stored = complaints.get(transaction, conflict.complaint_id) if conflict is not None else None
    if conflict is None or stored is None or stored.deleted:
        raise NotFound("Perbedaan isian itu tidak ada lagi di komputer ini.")
    hidden = not clear and _hides(conflict.field, stored.complaint)

    def shown(value: Json) -> Json:
        return _masked(conflict.field, value) if hidden else value

    sides = _sides(conflict, stored, identity(transaction))
    decision = _decision(transaction, conflict)
    return Case(
        conflict_id=conflict.id,
        complaint=lists.masked(stored.complaint),
        field=conflict.field,
        base=shown(conflict.body.get("base")),
        origin=_origin(transaction, conflict, stored.complaint),
        sides=tuple(replace(side, value=shown(side.value)) for side in sides),
        open=conflict.open and not conflict.decided,
        decision=replace(decision, value=shown(decision.value)) if decision else None,
        hidden=hidden,
        statuses=_statuses(conflict) if conflict.field == "status" else (),
    )


def _hides(field: str, complaint: Complaint) -> bool:
    return field in _ALWAYS_HIDDEN or (bool(complaint.anonymous) and field in _HIDDEN_IF_ANONYMOUS)


def _masked(field: str, value: Json) -> Json:
    if field in _ALWAYS_HIDDEN:
        masked: Json = lists.shown_value(field, value)
        return masked
    return HIDDEN if value else value


def _line(conflict: Conflict, stored: Stored, me: Identity, decision: Decision | None) -> Line:
    complaint = stored.complaint
    sides = _sides(conflict, stored, me)
    others = [side for side in sides if not side.here] or sides
    newest = max(others, key=_age) if others else None
    return Line(
        conflict_id=conflict.id,
        complaint_id=complaint.id,
        field=conflict.field,
        reference=complaint.reference,
        title=complaint.title,
        confidential=bool(complaint.confidential),
        contender=replace(newest, value=None) if newest is not None else None,
        decision=replace(decision, value=None) if decision is not None else None,
    )


def _age(side: Side) -> float:
    return side.at.timestamp() if side.at is not None else 0.0


def _merged(complaint: Complaint) -> MergedLine:
    return MergedLine(complaint.id, complaint.reference, "" if complaint.confidential else complaint.title)


def _sides(conflict: Conflict, stored: Stored, me: Identity) -> list[Side]:
    field = conflict.field
    stands = flat(stored.complaint)[field] if field in SHARED_FIELDS else stored.extra.get(field)
    found = [
        Side(
            id=str(side.get("id", "")),
            value=side.get("value"),
            actor=str(side.get("actor", "")),
            office=str(side.get("office", "")),
            desk=str(side.get("desk", "")),
            at=_when(side),
            here=(side.get("office"), side.get("desk")) == (me.office, me.desk),
            stands=side.get("value") == stands,
        )
        for side in conflict.body.get("sides", ())
    ]
    return sorted(found, key=lambda side: (not side.here, not side.stands))


def _when(said: Mapping[str, Any]) -> datetime | None:
    """By the clock of the desk where it was written; by the centre's where that desk said no readable time."""
    for name in ("device_time", "server_time"):
        try:
            return read_utc(str(said.get(name, "")))
        except (ValueError, OverflowError):
            continue
    return None


def _decision(transaction: Transaction, conflict: Conflict) -> Decision | None:
    if conflict.decided:
        entry = outbox.last_decision(transaction, conflict.complaint_id, conflict.id)
        if entry is None:
            return None
        said = _MUTATION.decode(entry.line)
        at = _when({"device_time": said.device_time})
        return Decision(said.set["value"], str(said.set["reason"]), said.actor, at, waits=True)
    stood = [one for one in conflict.body.get("decisions", ()) if one["stands"]]
    if conflict.open or not stood:
        return None
    last = stood[-1]
    return Decision(last["value"], str(last["reason"]), str(last["actor"]), _when(last), waits=False)


def _origin(transaction: Transaction, conflict: Conflict, complaint: Complaint) -> Origin | None:
    base, field = conflict.body.get("base"), conflict.field
    for entry in complaints.timeline(transaction, complaint.id):
        if _wrote(entry, field, base):
            return Origin(entry.actor, "", entry.at)
    return Origin("", complaint.desk, complaint.recorded_at)


def _wrote(entry: TimelineEntry, field: str, value: Json) -> bool:
    if field == "status":
        return entry.status_to is not None and entry.status_to == value
    return field in entry.fields and to_json(entry.fields[field][1]) == value


def _statuses(conflict: Conflict) -> tuple[Status, ...]:
    allowed = decidable(conflict.body.get("base"), [side["value"] for side in conflict.body.get("sides", ())])
    return tuple(status for status in Status if status in allowed)
