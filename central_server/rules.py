"""Whether one mutation may be applied: pure checks, before the database is asked.

`shape` refuses what can never be stored. `standing` refuses what this desk may not say by itself; an admin who releases
it from quarantine may let it through.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kelurahan_client.domain import reference_number
from kelurahan_client.domain.complaint import MAX_NOTE, MAX_STATEMENT, Status
from kelurahan_client.domain.fields import LOCAL, SHARED_FIELDS, complaint_from, flat, from_json, to_json
from kelurahan_client.domain.status import steps_from
from kelurahan_client.domain.words import STATUS_WORDS
from sync.protocol import MAX_BLOB_BYTES, Mutation, Op, RecordType, RejectionNumber

STEP_FIELDS: Final = frozenset({"status", "step", "note"})  # of a transition: they speak of the step itself
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DEEPEST = 16  # levels of a value that we do not know
_LARGEST = 2**53
_MAX_ACTOR = 300
_LONGEST_NAME = 100
_LONG = {"statement": MAX_STATEMENT, "text": MAX_STATEMENT}
_OWN = frozenset({"id", *LOCAL})
_ABOUT_A_COMPLAINT = frozenset({Op.APPEND, Op.ATTACH, Op.RESOLVE})  # their `set` names it


class Rejected(Exception):
    """This mutation is not applied; it waits in quarantine with a number and an Indonesian sentence."""

    def __init__(self, number: RejectionNumber, reason: str) -> None:
        super().__init__(reason)
        self.number = number
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk that sends, as it was enrolled."""

    office: str
    desk: str
    offices: frozenset[str]  # every kelurahan of the city


def target(mutation: Mutation) -> str:
    """The id of the complaint that a mutation speaks of, "" if it names none."""
    named = mutation.set.get("complaint", "") if mutation.op in _ABOUT_A_COMPLAINT else mutation.id
    return named if is_uuid(named) else ""


def offices_of(body: Mapping[str, Any]) -> set[str]:
    """The offices that see a complaint: where it was recorded, and where it happened."""
    return {body["office"], body.get("location_office") or body["office"]}


def decided_values(mutation: Mutation) -> dict[str, Any]:
    """What a decision writes into the complaint: the field that was contested, and the due date that goes with it.

    Raises Rejected for a value of a wrong type.
    """
    values = {mutation.set["field"]: mutation.set["value"]}
    if "due_date" in mutation.set:
        values.setdefault("due_date", mutation.set["due_date"])
    return plain_values(values)


def is_uuid(value: object) -> bool:
    """Whether the value is a UUID as it is written everywhere here: small letters, with hyphens."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def is_sha256(value: object) -> bool:
    """Whether the value is a SHA-256 as it is written everywhere here: 64 hex digits, small letters."""
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def shape(mutation: Mutation) -> None:
    """Raises Rejected for what cannot be stored or is not understood, whoever says it."""
    if not is_uuid(mutation.id):
        raise Rejected(RejectionNumber.ID, "Nomor pengenal data bukan UUID.")
    if not 0 <= mutation.base_rev <= _LARGEST:
        raise Rejected(RejectionNumber.SHAPE, "Nomor revisi tidak masuk akal.")
    if len(mutation.actor) > _MAX_ACTOR or len(mutation.device_time) > _MAX_ACTOR:
        raise Rejected(RejectionNumber.FIELD, "Nama petugas atau jam loket terlalu panjang.")
    for value in (mutation.actor, mutation.device_time, mutation.set, mutation.was):
        _storable(value, 0)
    if any(len(name) > _LONGEST_NAME for name in (*mutation.set, *mutation.was)):
        raise Rejected(RejectionNumber.FIELD, "Nama isian terlalu panjang.")
    check = _SHAPES.get((mutation.op, mutation.type))
    if check is None:
        raise Rejected(
            RejectionNumber.SHAPE,
            f"Perubahan “{mutation.op}” pada “{mutation.type[:40]}” belum didukung server kota; disimpan apa adanya.",
        )
    check(mutation)


def standing(mutation: Mutation, desk: Desk) -> None:
    """Raises Rejected for what is well formed but not this desk's to say."""
    values = mutation.set
    if mutation.op is Op.RESOLVE:
        values = decided_values(mutation) | {"reason": mutation.set["reason"]}
    for name, value in values.items():
        if isinstance(value, str) and len(value) > _LONG.get(name, MAX_NOTE):
            raise Rejected(RejectionNumber.FIELD, f"Isian “{name[:40]}” terlalu panjang.")
    place = values.get("location_office", "")
    if place and place not in desk.offices:
        raise Rejected(RejectionNumber.FIELD, "Kelurahan lokasi tidak dikenal.")
    if mutation.op is not Op.CREATE:
        return
    office, letter = mutation.set["office"], mutation.set["desk"]
    offered = is_offer(mutation) and office in desk.offices and desk.office in (office, place)
    # A computer may come under another letter than it had when it wrote what it says again.
    own = office == desk.office and (letter == desk.desk or mutation.again)
    if not (offered or own):
        raise Rejected(RejectionNumber.OFFICE, "Pengaduan ini dicatat atas nama kelurahan atau loket lain.")
    number = reference_number.parse(mutation.set["reference"])
    well_written = number is not None and number.text == mutation.set["reference"]
    if number is None or not well_written or (number.office, number.desk) != (short_code(office), letter):
        raise Rejected(RejectionNumber.OFFICE, "Nomor pengaduan bukan nomor loket ini.")


def is_offer(mutation: Mutation) -> bool:
    """Whether a desk gives back a complaint that this centre has once signed for: any desk that saw it may."""
    return mutation.op is Op.CREATE and mutation.again and mutation.base_rev > 0


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored: known fields in their one way of writing, unknown ones as they came.

    Raises Rejected for a known field with a value of a wrong type.
    """
    plain: dict[str, Any] = {}
    for name, value in values.items():
        if name not in SHARED_FIELDS:
            plain[name] = value
            continue
        try:
            plain[name] = to_json(from_json(name, value))
        except (TypeError, ValueError, OverflowError) as error:
            raise Rejected(RejectionNumber.FIELD, f"Isian “{name}” tidak dapat dibaca.") from error
    return plain


def whole_body(mutation: Mutation) -> dict[str, Any]:
    """The body of a complaint that a well-formed mutation creates: all shared fields, unknown ones as they came."""
    known = flat(complaint_from(mutation.id, mutation.set))
    return dict(mutation.set) | {name: value for name, value in known.items() if name not in _OWN}


def short_code(office: str) -> str:
    """`0403` of an office, "" for a code that is none."""
    try:
        return reference_number.short_code(office)
    except ValueError:
        return ""


def _storable(value: Any, depth: int) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise Rejected(RejectionNumber.FIELD, "Ada tanda yang tidak dapat disimpan (bita nol).")
    elif isinstance(value, dict | list):
        if depth > _DEEPEST:
            raise Rejected(RejectionNumber.SHAPE, "Isian bertingkat terlalu dalam.")
        for part in value:
            _storable(part, depth + 1)
        if isinstance(value, dict):
            for part in value.values():
                _storable(part, depth + 1)


def _create(mutation: Mutation) -> None:
    try:
        complaint_from(mutation.id, mutation.set)
    except (TypeError, ValueError, OverflowError) as error:
        raise Rejected(RejectionNumber.FIELD, "Isian pengaduan tidak lengkap atau tidak dapat dibaca.") from error
    _none_of_ours(mutation.set)
    for name in ("received_date", "recorded_at"):
        if not mutation.set[name]:
            raise Rejected(RejectionNumber.FIELD, f"Isian “{name}” kosong.")


def _patch(mutation: Mutation) -> None:
    _none_of_ours(mutation.set)
    if "status" in mutation.set:
        raise Rejected(RejectionNumber.STEP, "Status hanya berubah lewat langkah status.")
    plain_values(mutation.set)
    plain_values(mutation.was)


def _append(mutation: Mutation) -> None:
    if not is_uuid(mutation.set.get("complaint")):
        raise Rejected(RejectionNumber.ID, "Tindak lanjut tidak menyebut pengaduannya.")
    if not isinstance(mutation.set.get("text"), str):
        raise Rejected(RejectionNumber.FIELD, "Tindak lanjut tanpa teks.")


def _lost_question(mutation: Mutation) -> None:
    """A conflict that a restored centre has lost, as it once told it."""
    if not (mutation.again and mutation.base_rev):
        raise Rejected(RejectionNumber.SHAPE, "Perbedaan isian dibuka oleh server kota, bukan oleh loket.")
    if not is_uuid(mutation.set.get("complaint")):
        raise Rejected(RejectionNumber.ID, "Perbedaan isian tidak menyebut pengaduannya.")


def _attach(mutation: Mutation) -> None:
    if not is_uuid(mutation.set.get("complaint")):
        raise Rejected(RejectionNumber.ID, "Lampiran tidak menyebut pengaduannya.")
    if not is_sha256(mutation.set.get("sha256")):
        raise Rejected(RejectionNumber.FIELD, "Lampiran tanpa sidik berkas.")
    size = mutation.set.get("size")
    if type(size) is not int or not 0 < size <= MAX_BLOB_BYTES:
        raise Rejected(RejectionNumber.FIELD, "Ukuran lampiran tidak masuk akal.")
    if not all(isinstance(mutation.set.get(name), str) for name in ("media_type", "name")):
        raise Rejected(RejectionNumber.FIELD, "Lampiran tanpa jenis atau nama.")
    if "stored_at" in mutation.set:
        raise Rejected(RejectionNumber.FIELD, "Isian “stored_at” bukan isian yang dikirim.")


def _transition(mutation: Mutation) -> None:
    if not is_uuid(mutation.set.get("step")) or mutation.set["step"] == mutation.id:
        raise Rejected(RejectionNumber.ID, "Langkah status tanpa nomor pengenal.")
    if not isinstance(mutation.set.get("note", ""), str):
        raise Rejected(RejectionNumber.FIELD, "Catatan langkah bukan teks.")
    fields = {name: value for name, value in mutation.set.items() if name not in STEP_FIELDS}
    _none_of_ours(fields)
    plain_values(fields)
    plain_values(mutation.was)
    try:
        start, goal = Status(mutation.was.get("status", "")), Status(mutation.set.get("status", ""))
    except ValueError as error:
        raise Rejected(RejectionNumber.STEP, "Status tidak dikenal.") from error
    if not mutation.again:  # `again` it may be what a decision made
        legal_step(start, goal)


def legal_step(start: Status, goal: Status) -> None:
    """Raises Rejected for a step that a person cannot take."""
    if all(step.to is not goal for step in steps_from(start)):
        raise Rejected(
            RejectionNumber.STEP, f"Tidak ada langkah dari “{STATUS_WORDS[start]}” ke “{STATUS_WORDS[goal]}”."
        )


def _resolve(mutation: Mutation) -> None:
    values, field = mutation.set, mutation.set.get("field")
    if not is_uuid(values.get("complaint")):
        raise Rejected(RejectionNumber.ID, "Keputusan tidak menyebut pengaduannya.")
    if not isinstance(field, str) or not field or "value" not in values or not isinstance(values.get("reason"), str):
        raise Rejected(RejectionNumber.FIELD, "Keputusan tanpa isian, nilai, atau alasan.")
    sides = values.get("sides")
    if not isinstance(sides, list) or not all(isinstance(side, str) for side in (*sides, values.get("side", ""))):
        raise Rejected(RejectionNumber.SHAPE, "Keputusan tidak menyebut usulan yang dilihat.")
    if values.get("takes_back", True) is not True:
        raise Rejected(RejectionNumber.SHAPE, "Keputusan yang diurungkan tidak dapat dibaca.")
    _none_of_ours([field])
    decided_values(mutation)
    if "step" not in values:
        return
    if not is_uuid(values["step"]) or values["step"] in (mutation.id, values["complaint"]):
        raise Rejected(RejectionNumber.ID, "Langkah status tanpa nomor pengenal.")
    if field != "status" or mutation.was.get("status") not in [*Status]:
        raise Rejected(RejectionNumber.STEP, "Status tidak dikenal.")


def _delete(_mutation: Mutation) -> None:
    """A deletion says nothing but the id."""


def _none_of_ours(values: Iterable[str]) -> None:
    for name in values:
        if name in _OWN:
            raise Rejected(RejectionNumber.FIELD, f"Isian “{name}” bukan isian yang dikirim.")


_SHAPES: Final[Mapping[tuple[Op, str], Callable[[Mutation], None]]] = {
    (Op.CREATE, RecordType.COMPLAINT): _create,
    (Op.PATCH, RecordType.COMPLAINT): _patch,
    (Op.APPEND, RecordType.FOLLOW_UP): _append,
    (Op.APPEND, RecordType.CONFLICT): _lost_question,
    (Op.ATTACH, RecordType.ATTACHMENT): _attach,
    (Op.TRANSITION, RecordType.COMPLAINT): _transition,
    (Op.DELETE, RecordType.COMPLAINT): _delete,
    (Op.RESOLVE, RecordType.CONFLICT): _resolve,
}
