"""Deciding a conflict: a person takes one of the values that were written, or writes the right one, and says why.

The complaint shows the decision at once and waits; the centre closes the conflict, or says what this desk had not seen.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kelurahan_client.domain.complaint import Complaint, Status, SyncState
from kelurahan_client.domain.dates import read_date
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import EDITABLE, SHARED_FIELDS, Json, flat, from_json, to_json, utc_text
from kelurahan_client.domain.roles import Right
from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk, allow, officer
from kelurahan_client.services.intake import read_intake
from kelurahan_client.services.lists import shown_value
from kelurahan_client.services.registering import DECIDES_THE_DUE_DATE, due_date
from kelurahan_client.store import complaints, imports, outbox
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import Conflict
from sync.merge import decidable
from sync.protocol import Op, RecordType

Remark = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Choice:
    """What is decided: the value as JSON, the side that it is (or ""), and why."""

    value: Json
    side: str
    reason: str


def take_side(
    desk: Desk, conflict_id: str, side: str, reason: str = "", *, seen: Collection[str] | None = None
) -> Complaint:
    """One side (its id, or its number from 1) has the right value. Raises NotFound, InputError, FieldErrors.

    `seen`: the ids of the sides that the person saw; a side that has come since is an InputError.
    """
    why = handling.read_note(reason)
    with desk.store.write() as transaction:
        conflict, stored = _open(transaction, conflict_id, seen)
        numbered = enumerate(conflict.body["sides"], start=1)
        found = [one for number, one in numbered if side in (one["id"], str(number))]
        if not found:
            raise NotFound("Usulan itu tidak ada pada perbedaan ini.", way_out="Lihat lagi daftar usulannya.")
        value = found[0]["value"]
        _check_side(desk, stored.complaint, conflict.field, value)
        return _decide(desk, transaction, conflict, stored, _Choice(value, found[0]["id"], why))


def write_value(
    desk: Desk,
    conflict_id: str,
    value: Any,
    reason: str,
    remark: Remark = lambda _: None,
    *,
    seen: Collection[str] | None = None,
) -> Complaint:
    """None of the sides is right: this value (JSON, or words as a person writes them) is, for this reason.

    `remark` gets a sentence for each thing that is odd about it. `seen` and errors as for `take_side`.
    """
    why = handling.read_note(reason)
    if not why:
        raise InputError("Tulis alasan keputusan ini.", way_out="Misalnya: sudah ditelepon, pelapor membenarkan.")
    with desk.store.write() as transaction:
        conflict, stored = _open(transaction, conflict_id, seen)
        written = _read_value(desk, stored.complaint, conflict, value, remark)
        same = [one["id"] for one in conflict.body["sides"] if one["value"] == written]
        return _decide(desk, transaction, conflict, stored, _Choice(written, same[0] if same else "", why))


def as_json(conflict: Conflict) -> dict[str, Any]:
    """The conflict as the command line prints it: its sides numbered from 1, identities masked."""

    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        return {**values} | {name: shown_value(conflict.field, values[name]) for name in _VALUES if name in values}

    found = shown(conflict.body) | {"id": conflict.id, "field": conflict.field, "decided": conflict.decided}
    sides = [{"number": number} | shown(side) for number, side in enumerate(conflict.body["sides"], start=1)]
    return found | {"sides": sides, "decisions": [shown(said) for said in conflict.body.get("decisions", ())]}


_VALUES = ("base", "value", "was")


def _open(transaction: Transaction, conflict_id: str, seen: Collection[str] | None) -> tuple[Conflict, Stored]:
    allow(transaction, Right.DECIDE)
    conflict = imports.get_conflict(transaction, conflict_id)
    if conflict is None:
        raise NotFound("Perbedaan isian itu tidak ada di komputer ini.", way_out="Kirim dan terima dahulu (F9).")
    if not conflict.open:
        raise InputError("Perbedaan ini sudah diputuskan.", way_out="Ubah isiannya bila keputusannya keliru.")
    if conflict.decided:
        raise InputError(
            "Perbedaan ini sudah diputuskan di loket ini dan menunggu dikirim.",
            way_out="Kirim dahulu (F9); sesudahnya isiannya dapat diubah lagi.",
        )
    if seen is not None and {side["id"] for side in conflict.body["sides"]} - {*seen}:
        raise InputError(
            "Ada isi lain yang baru datang; keputusan ini belum disimpan.",
            way_out="Lihat dahulu isi yang baru, lalu simpan lagi.",
        )
    return conflict, handling.alive(transaction, conflict.complaint_id)


def _check_side(desk: Desk, old: Complaint, field: str, value: Json) -> None:
    """Raises FieldErrors where the value of a side may not stand in the complaint."""
    if field not in SHARED_FIELDS:
        return  # of a newer program: kept as it is
    try:
        typed = from_json(field, value)
    except (TypeError, ValueError) as error:
        raise FieldErrors({field: "Usulan ini tidak dapat dibaca program ini."}) from error
    if field in EDITABLE:
        handling.corrected(desk, old, {field: typed}, lambda _: None)


def _read_value(desk: Desk, old: Complaint, conflict: Conflict, value: Any, remark: Remark) -> Json:
    """What was typed for the contested field, checked like an edit."""
    field = conflict.field
    if field == "status":
        return _read_status(old, conflict, str(value))
    if field in ("due_date", "event_date") and value not in (None, ""):
        value = _read_day(field, str(value), old.received_date)
    if field == "due_date":
        if not value:
            raise FieldErrors({field: "Batas waktu masih kosong. Tulis seperti 3/8/2026."})
        return str(value)
    if field not in EDITABLE:
        raise FieldErrors({field: "Isian ini belum dikenal program ini; pilih salah satu usulan."})
    flag = {"true": True, "false": False}.get(str(value)) if field in _FLAGS else None
    read = read_intake({"statement": old.statement, field: value if flag is None else flag}, today=old.received_date)
    new = handling.corrected(desk, old, {field: getattr(read, field)}, remark)
    if others := new.keys() - {field}:
        raise FieldErrors({field: f"Nilai ini juga mengubah isian lain ({', '.join(sorted(others))}); ubah dahulu."})
    return to_json(new.get(field, getattr(old, field)))


def _read_day(field: str, text: str, near: date) -> str:
    """A date as people write it, as ISO text; a day to come is allowed, as a due date is one."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        found = read_date(text, today=near + timedelta(days=3_660), near=near)
    if found.value is None:
        raise FieldErrors({field: found.problem})
    return found.value.isoformat()


_FLAGS = frozenset({"anonymous", "confidential", "resident"})


def _read_status(old: Complaint, conflict: Conflict, text: str) -> Json:
    wanted = handling.read_status(text)
    allowed = decidable(conflict.body["base"], [side["value"] for side in conflict.body["sides"]])
    if wanted not in allowed:
        words = ", ".join(f"“{STATUS_WORDS[status]}”" for status in Status if status in allowed)
        raise FieldErrors({"status": f"Yang dapat diputuskan: {words}."})
    if wanted is Status.REFERRED and not old.agency:
        raise FieldErrors({"status": "Disposisi perlu SKPD tujuan; isi dahulu SKPD-nya."})
    return wanted.value


def _decide(desk: Desk, transaction: Transaction, conflict: Conflict, stored: Stored, choice: _Choice) -> Complaint:
    old, field = stored.complaint, conflict.field
    stands = flat(old)[field] if field in SHARED_FIELDS else stored.extra.get(field)
    was: dict[str, Any] = {field: stands}
    told: dict[str, Any] = {
        "complaint": old.id,
        "field": field,
        "value": choice.value,
        "sides": [side["id"] for side in conflict.body["sides"]],
        "reason": choice.reason,
    }
    if choice.side:
        told["side"] = choice.side
    new: dict[str, Any] = {}
    if field not in SHARED_FIELDS:
        new["extra"] = {**stored.extra, field: choice.value}
    elif choice.value != stands:
        new[field] = from_json(field, choice.value)
        new |= _what_follows(desk, transaction, old, field, new[field])
        if "due_date" in new and field != "due_date":
            told["due_date"], was["due_date"] = to_json(new["due_date"]), to_json(old.due_date)
        if field == "status":
            told["step"] = add_step(desk, transaction, old, new["status"], choice.reason)
    tell(desk, transaction, conflict, old, told, was)
    new["sync_state"] = state_after(transaction, old.id)
    complaints.change(transaction, stored, new)
    return handling.alive(transaction, old.id).complaint


def _what_follows(desk: Desk, transaction: Transaction, old: Complaint, field: str, value: Any) -> dict[str, Any]:
    """What is computed from the decided value: the due date, unless that is contested too, and the day of an end."""
    new: dict[str, Any] = {}
    if field == "status" or field in DECIDES_THE_DUE_DATE:
        after = replace(old, **{field: value})
        due = due_date(desk, after, after.status)
        contested = any(one.field == "due_date" for one in imports.open_conflicts(transaction, old.id))
        if due != old.due_date and not contested:
            new["due_date"] = due
    if field == "status":
        new |= handling.ended_on(value, local_date(desk.now()))
    return new


def add_step(desk: Desk, transaction: Transaction, old: Complaint, to: Status, reason: str) -> str:
    """The status step of a decision, in the story; gives its id."""
    step = handling.new_step(desk, transaction, old.status, to, reason)
    complaints.add_entries(transaction, [old.id], [step])
    return step.id


def tell(
    desk: Desk,
    transaction: Transaction,
    conflict: Conflict,
    old: Complaint,
    told: dict[str, Any],
    was: dict[str, Any],
) -> None:
    """Put a decision, or one that is taken back, into the outbox."""
    decision = outbox.Pending(
        op=Op.RESOLVE,
        type=RecordType.CONFLICT,
        id=conflict.id,
        complaint_id=old.id,
        set=told,
        was=was,
        base_rev=old.rev,
        actor=officer(transaction).name,
        device_time=utc_text(desk.now()),
    )
    outbox.append(transaction, [decision])


def state_after(transaction: Transaction, complaint_id: str) -> SyncState:
    """A decision waits like any change; another conflict or a refusal stays in sight."""
    _waiting, rejected = outbox.open_standings(transaction, [complaint_id])
    if rejected:
        return SyncState.REJECTED
    undecided = complaint_id in imports.complaints_in_conflict(transaction)
    return SyncState.CONFLICT if undecided else SyncState.PENDING
