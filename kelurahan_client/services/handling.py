"""What is done with a complaint once it has a number: corrected, followed up, moved a step on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kelurahan_client.domain import words
from kelurahan_client.domain.complaint import MAX_NOTE, Complaint, Intake, Status, SyncState, TimelineEntry
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import EDITABLE, FIELDS, INTAKE_FIELDS, to_json, utc_text
from kelurahan_client.domain.reference_number import parse
from kelurahan_client.domain.roles import Right
from kelurahan_client.domain.status import check_step
from kelurahan_client.domain.text import clean_text
from kelurahan_client.domain.validation import check_intake
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services.desk import Desk, allow, officer, right_for
from kelurahan_client.services.intake import read_intake
from kelurahan_client.services.registering import DECIDES_THE_DUE_DATE, due_date
from kelurahan_client.store import complaints, outbox
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from sync.protocol import Op, RecordType

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def find(desk: Desk, reference: str) -> Complaint:
    """The complaint with this number, typed in any way, or with this id; raises NotFound or InputError."""
    with desk.store.read() as transaction:
        return by_reference(transaction, reference).complaint


def by_reference(transaction: Transaction, reference: str) -> Stored:
    """The stored complaint with this number or id; raises NotFound, or InputError for a number that was given twice."""
    if _ID.fullmatch(reference.strip()):
        return alive(transaction, reference.strip())
    read = parse(reference)
    if read is None:
        raise InputError(
            f"“{reference[:40]}” bukan nomor pengaduan: huruf periksanya tidak cocok.",
            way_out="Cocokkan dengan tanda terima, misalnya 0403A-26-00017-K.",
        )
    found = complaints.by_reference(transaction, read.text)
    if not found:
        raise NotFound(f"Pengaduan {read.text} tidak ada di komputer ini.", way_out="Kirim dan terima dahulu (F9).")
    if len(found) > 1:
        ids = ", ".join(f"{one.complaint.id} ({one.complaint.reporter_name or 'tanpa nama'})" for one in found)
        raise InputError(
            f"Nomor {read.text} dipakai {len(found)} pengaduan.", way_out=f"Sebut salah satunya dengan idnya: {ids}."
        )
    return found[0]


def edit(
    desk: Desk,
    complaint_id: str,
    changes: Mapping[str, Any],
    remark: Callable[[str], None] = lambda _: None,
    look: Callable[[Complaint], None] = lambda _: None,
) -> Complaint:
    """Correct fields (flat JSON values or words); `remark` gets a sentence for each thing that is odd about them now.

    `look` sees the complaint as it stood, in the same transaction, and may raise. Another agency for a complaint that
    was referred is a referral. Raises FieldErrors, NotAllowed, NotFound. Unchanged values write nothing.
    """
    _refuse_fixed(changes)
    with desk.store.write() as transaction:
        stored = alive(transaction, complaint_id)
        old = stored.complaint
        look(old)
        read = read_intake({"statement": old.statement, **changes}, today=old.received_date)
        new = corrected(desk, old, {name: getattr(read, name) for name in changes}, remark)
        if not new:
            return old
        if "agency" in new and old.status is Status.REFERRED:
            allow(transaction, Right.REFER)
        if DECIDES_THE_DUE_DATE & new.keys():
            due = due_date(desk, replace(old, **new), old.status)
            new |= {"due_date": due} if due != old.due_date else {}
        _write_edit(desk, transaction, stored, new)
        return alive(transaction, complaint_id).complaint


def corrected(desk: Desk, old: Complaint, typed: Mapping[str, Any], remark: Callable[[str], None]) -> dict[str, Any]:
    """The fields that get another value: those of `typed`, and what the check moves because of them; or FieldErrors.

    What was already odd about the complaint stays as it is; only what is typed now can be wrong.
    """
    before = check_intake(_intake_of(old), today=desk.today(), reference=desk.reference)
    after = check_intake(replace(_intake_of(old), **typed), today=desk.today(), reference=desk.reference)
    wrong = {name: text for name, text in after.errors.items() if name in typed or name not in before.errors}
    if wrong:
        raise FieldErrors(wrong)
    for sentence in after.warnings:
        if sentence not in before.warnings:
            remark(sentence)
    return {
        name: value
        for name in EDITABLE
        if (value := getattr(after.intake, name)) != getattr(old, name)
        and (name in typed or value != getattr(before.intake, name))
    }


def _refuse_fixed(changes: Mapping[str, Any]) -> None:
    if not changes:
        raise InputError("Tidak ada isian yang diubah.", way_out="Tulis ISIAN=NILAI, misalnya location=…")
    errors = {}
    for name in changes:
        if name == "status":
            errors[name] = "Status diubah lewat langkah (transition), bukan lewat isian."
        elif name in FIELDS and name not in EDITABLE:
            errors[name] = f"Isian “{name}” tidak bisa diubah setelah pengaduan diterima."
        elif name not in EDITABLE:
            errors[name] = f"Isian “{name[:60]}” tidak dikenal."
    if errors:
        raise FieldErrors(errors)


def _intake_of(complaint: Complaint) -> Intake:
    return Intake(**{name: getattr(complaint, name) for name in INTAKE_FIELDS})


def _write_edit(desk: Desk, transaction: Transaction, stored: Stored, new: dict[str, Any]) -> None:
    old = stored.complaint
    was = {name: getattr(old, name) for name in new}
    _tell(
        desk,
        transaction,
        old,
        op=Op.PATCH,
        set_={name: to_json(value) for name, value in new.items()},
        was={name: to_json(value) for name, value in was.items()},
    )
    complaints.change(transaction, stored, new | _pending(old))
    entry = TimelineEntry(
        id=desk.new_id(),
        kind="edit",
        text="",
        actor=officer(transaction).name,
        at=desk.now(),
        acknowledged=False,
        fields={name: (was[name], value) for name, value in new.items()},
    )
    complaints.add_entries(transaction, [old.id], [entry])


def follow_up(desk: Desk, complaint_id: str, text: str) -> TimelineEntry:
    """Add a note to a complaint; it can never be changed or taken away. Raises InputError, NotFound."""
    cleaned = read_note(text)
    if not cleaned:
        raise InputError("Tindak lanjut masih kosong.", way_out="Tulis apa yang dikerjakan atau dijawab.")
    with desk.store.write() as transaction:
        stored = alive(transaction, complaint_id)
        entry = TimelineEntry(
            id=desk.new_id(),
            kind="follow_up",
            text=cleaned,
            actor=officer(transaction).name,
            at=desk.now(),
            acknowledged=False,
        )
        _tell(
            desk,
            transaction,
            stored.complaint,
            op=Op.APPEND,
            set_={"complaint": complaint_id, "text": cleaned},
            child=(RecordType.FOLLOW_UP, entry.id),
        )
        complaints.add_entries(transaction, [complaint_id], [entry])
        complaints.change(transaction, stored, _pending(stored.complaint))
    return entry


def transition(desk: Desk, complaint_id: str, to: Status, note: str = "", agency: str = "") -> Complaint:
    """Move a complaint one legal step; a referral may name the agency. Raises IllegalStep, InputError, NotFound."""
    reason = read_note(note)
    with desk.store.write() as transaction:
        allow(transaction, right_for(to))
        stored = alive(transaction, complaint_id)
        check_step(
            stored.complaint.status,
            to,
            reason,
            resolved_on=stored.resolved_on,
            today=desk.today(),
            calendar=desk.reference.calendar,
        )
        take_step(desk, transaction, stored, to, reason, agency=agency)
        return alive(transaction, complaint_id).complaint


def take_step(
    desk: Desk,
    transaction: Transaction,
    stored: Stored,
    to: Status,
    reason: str,
    *,
    agency: str = "",
    step_id: str = "",
) -> None:
    """Write a step that was found to be legal: row, story and outbox. Raises FieldErrors for an agency."""
    old = stored.complaint
    new: dict[str, Any] = {"status": to, "due_date": due_date(desk, old, to)}
    if to is Status.REFERRED:
        new |= _referral(desk, old, agency)
    elif agency:
        raise FieldErrors({"agency": "SKPD hanya dipilih pada langkah disposisi (referred)."})
    new = {name: value for name, value in new.items() if value != getattr(old, name) or name == "status"}
    step = new_step(desk, transaction, old.status, to, reason, step_id)
    _tell(
        desk,
        transaction,
        old,
        op=Op.TRANSITION,
        set_={name: to_json(value) for name, value in new.items()} | {"step": step.id, "note": reason},
        was={name: to_json(getattr(old, name)) for name in new},
    )
    complaints.add_entries(transaction, [old.id], [step])
    complaints.change(transaction, stored, new | _pending(old) | ended_on(to, local_date(step.at)))


def new_step(
    desk: Desk, transaction: Transaction, was: Status, to: Status, reason: str, step_id: str = ""
) -> TimelineEntry:
    """The step as the story tells it, by whoever is at work now; not stored yet."""
    return TimelineEntry(
        id=step_id or desk.new_id(),
        kind="status",
        text=reason,
        actor=officer(transaction).name,
        at=desk.now(),
        acknowledged=False,
        status_from=was,
        status_to=to,
    )


def ended_on(status: Status, day: date) -> dict[str, date | None]:
    """The `resolved_on` that goes with a new status: the day for an end that can be reopened, else none."""
    return {"resolved_on": day if status in (Status.RESOLVED, Status.CLOSED) else None}


def _referral(desk: Desk, old: Complaint, agency: str) -> dict[str, str]:
    wanted = agency or old.agency
    if not wanted:
        raise FieldErrors({"agency": "Pilih SKPD tujuan disposisi."})
    found = desk.reference.find_agency(wanted, old.location_office or old.office)
    if found is None:
        raise FieldErrors({"agency": f"SKPD “{wanted[:60]}” tidak dikenal."})
    return {"agency": found.code}


def read_status(text: str) -> Status:
    """The status for a code or an Indonesian word; raises InputError that names them all."""
    found = words.read_status(text)
    if found is None:
        raise InputError(f"Status “{text[:40]}” tidak dikenal.", way_out="Yang ada: " + ", ".join(Status) + ".")
    return found


def read_note(text: str) -> str:
    """A note or a reason, cleaned; raises InputError for one that is too long."""
    if len(text) > MAX_NOTE:
        raise InputError(
            f"Catatan {len(text)} huruf terlalu panjang; paling panjang {MAX_NOTE}.", way_out="Ringkas catatannya."
        )
    return clean_text(text).text


def alive(transaction: Transaction, complaint_id: str) -> Stored:
    """The stored complaint, unless it is not here or was deleted; raises NotFound."""
    stored = complaints.get(transaction, complaint_id)
    if stored is None or stored.deleted:
        raise NotFound("Pengaduan itu tidak ada di komputer ini.")
    return stored


def _pending(complaint: Complaint) -> dict[str, Any]:
    """A change makes an acknowledged complaint wait again; a conflict or a rejection stays in sight."""
    return {"sync_state": SyncState.PENDING} if complaint.sync_state is SyncState.ACKNOWLEDGED else {}


def _tell(
    desk: Desk,
    transaction: Transaction,
    complaint: Complaint,
    *,
    op: Op,
    set_: Mapping[str, Any],
    was: Mapping[str, Any] | None = None,
    child: tuple[RecordType, str] | None = None,
) -> None:
    type_, id_ = child or (RecordType.COMPLAINT, complaint.id)
    outbox.append(
        transaction,
        [
            outbox.Pending(
                op=op,
                type=type_,
                id=id_,
                complaint_id=complaint.id,
                set=set_,
                was=was or {},
                base_rev=complaint.rev,
                actor=officer(transaction).name,
                device_time=utc_text(desk.now()),
            )
        ],
    )
