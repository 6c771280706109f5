"""Intake: drafts, checking what was typed, registering it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kelurahan_client.domain import words
from kelurahan_client.domain.complaint import Complaint, Intake, Priority
from kelurahan_client.domain.fields import INTAKE_FIELDS
from kelurahan_client.domain.validation import Checked, check_intake
from kelurahan_client.errors import FieldErrors, InputError, NotFound
from kelurahan_client.services import draft_files
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.registering import register_all
from kelurahan_client.store import drafts
from kelurahan_client.store.drafts import Draft

_MAX_DRAFT = 100_000  # characters of all fields together; more is no form
_MOST_LINES = 1_048_576  # rows of the largest sheet
_KEEP_DISCARDED = timedelta(days=7)


def save_draft(desk: Desk, fields: Mapping[str, Any], draft_id: str | None = None) -> Draft:
    """Keep the state of a form, valid or not; a new draft where `draft_id` is None. On the disk when this returns."""
    if sum(len(value) for value in fields.values() if isinstance(value, str)) > _MAX_DRAFT:
        raise InputError("Isian terlalu panjang untuk disimpan sebagai draf.", way_out="Ringkas isi laporannya.")
    id_ = draft_id or desk.new_id()
    with desk.store.write() as transaction:
        drafts.put(transaction, id_, officer(transaction).name, dict(fields), desk.now())
        found = drafts.get(transaction, id_)
    if found is None:
        raise NotFound("Draf tidak ditemukan setelah disimpan.")
    return found


def open_drafts(desk: Desk) -> list[Draft]:
    """The drafts of this office's desk, newest first; drafts discarded a week ago are forgotten here."""
    with desk.store.write() as transaction:
        gone = drafts.remove_discarded_before(transaction, desk.now() - _KEEP_DISCARDED)
        left = draft_files.end(transaction, gone)
        found = drafts.all_open(transaction)
    draft_files.take_off(desk, left)
    return found


def take_over(desk: Desk, draft_id: str) -> Draft:
    """Go on with the draft of somebody else; who began it stays written. Raises NotFound."""
    with desk.store.write() as transaction:
        drafts.give(transaction, draft_id, officer(transaction).name)
        found = drafts.get(transaction, draft_id)
    if found is None:
        raise NotFound("Draf itu sudah tidak ada.", way_out="Mungkin sudah disimpan atau dibuang; lihat Daftar.")
    return found


def discard_draft(desk: Desk, draft_id: str) -> None:
    """Put a draft aside; `restore_draft` undoes it for a week."""
    with desk.store.write() as transaction:
        drafts.discard(transaction, draft_id, desk.now())


def restore_draft(desk: Desk, draft_id: str) -> Draft:
    """Bring a discarded draft back; raises NotFound."""
    with desk.store.write() as transaction:
        drafts.restore(transaction, draft_id)
        found = drafts.get(transaction, draft_id)
    if found is None:
        raise NotFound("Draf itu sudah tidak ada.", way_out="Ketik lagi pengaduannya.")
    return found


@dataclass(frozen=True, slots=True)
class Registered:
    """What the clerk tells the citizen: the number, and what was noticed."""

    complaint: Complaint
    warnings: tuple[str, ...]


def check(desk: Desk, intake: Intake) -> Checked:
    """What is wrong or odd with an intake, without writing anything."""
    return check_intake(intake, today=desk.today(), reference=desk.reference)


def register(desk: Desk, intake: Intake, draft_id: str | None = None) -> Registered:
    """Make a complaint of `intake` with the files of its draft, and end the draft; on the disk when this returns.

    Row, files and outbox entries are written together. Raises FieldErrors when it cannot be accepted; then the draft
    stays as it is.
    """
    checked = _accepted(desk, intake)
    with desk.store.write() as transaction:
        complaint = register_all(desk, transaction, [checked])[0]
        left: list[str] = []
        if draft_id is not None:
            draft_files.attach_all(desk, transaction, draft_id, complaint.id)
            left = draft_files.end(transaction, [draft_id])
            drafts.remove(transaction, draft_id)
    draft_files.take_off(desk, left)
    return Registered(complaint, complaint.warnings)


def add_all(desk: Desk, given: Sequence[Mapping[str, Any]]) -> list[Complaint]:
    """Register complaints given as flat JSON objects: all of them, or none if one cannot be accepted."""
    checked: list[Intake] = []
    errors: dict[str, str] = {}
    for number, values in enumerate(given, start=1):
        try:
            checked.append(_accepted(desk, read_intake(values, today=desk.today())))
        except FieldErrors as error:
            prefix = f"{number}. " if len(given) > 1 else ""
            errors |= {f"{prefix}{name}": f"{prefix}{sentence}" for name, sentence in error.fields.items()}
    if errors:
        raise FieldErrors(errors)
    with desk.store.write() as transaction:
        return register_all(desk, transaction, checked)


def _accepted(desk: Desk, intake: Intake) -> Intake:
    checked = check(desk, intake)
    if checked.errors:
        raise FieldErrors(checked.errors)
    return checked.intake


def read_intake(values: Mapping[str, Any], *, today: date) -> Intake:
    """An intake from flat JSON: codes or Indonesian words, ISO dates. Raises FieldErrors naming each bad field."""
    errors: dict[str, str] = {}
    read: dict[str, Any] = {"received_date": today}
    if not isinstance(values, Mapping):
        raise FieldErrors({"": "Tiap pengaduan harus berupa objek JSON."})
    for name, value in values.items():
        if name not in INTAKE_FIELDS or name == "warnings":
            errors[name] = f"Isian “{name[:60]}” tidak dikenal."
            continue
        try:
            read[name] = _read_value(name, value)
        except (ValueError, TypeError):
            errors[name] = _BAD.get(name, f"Isian “{name}” tidak dapat dibaca: {str(value)[:40]!r}.")
    read.setdefault("statement", "")
    if errors:
        raise FieldErrors(errors)
    return Intake(**read)


_BAD = {
    "received_date": "Tanggal diterima ditulis seperti 2026-08-03.",
    "event_date": "Tanggal kejadian ditulis seperti 2026-08-03.",
    "classification": "Klasifikasi: pengaduan, aspirasi, atau permintaan informasi.",
    "channel": "Kanal: tatap muka, surat, buku register, kotak saran, telepon, LAPOR!, call center, atau lainnya.",
    "priority": "Prioritas: biasa atau mendesak.",
    "anonymous": "“anonymous” diisi true atau false.",
    "confidential": "“confidential” diisi true atau false.",
    "resident": "“resident” diisi true atau false.",
    "book_line": "Baris buku diisi dengan angka, mulai dari 1.",
}


def _read_value(name: str, value: Any) -> Any:
    if name in ("received_date", "event_date"):
        return None if value in (None, "") and name == "event_date" else date.fromisoformat(_text(value))
    if name in ("anonymous", "confidential", "resident"):
        if not isinstance(value, bool) and not (value is None and name != "resident"):
            raise TypeError(name)
        return value
    if name == "book_line":
        if isinstance(value, bool) or not isinstance(value, int | None):
            raise TypeError(name)
        if value is not None and not 1 <= value <= _MOST_LINES:
            raise ValueError(name)
        return value
    if name in ("classification", "channel", "priority"):
        return _choice(name, _text(value))
    return "" if value is None else _text(value)


def _choice(name: str, value: str) -> Any:
    if name == "classification":
        found: Any = words.read_classification(value)
    elif name == "channel":
        found = words.read_channel(value)
    else:
        found = words.read_priority(value) if value else Priority.NORMAL
    if found is None:
        raise ValueError(value)
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
