"""Taking back a decision that the centre has not answered: the question is open again, and nothing leaves the chain."""

from typing import Any

import msgspec

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import SHARED_FIELDS, flat, from_json, to_json
from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services import deciding, handling
from kelurahan_client.services.desk import Desk, allow
from kelurahan_client.store import complaints, imports, outbox
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import Conflict
from sync.protocol import Mutation


def take_back(desk: Desk, conflict_id: str) -> Complaint:
    """The decision that the centre has not answered was wrong: the question is open again. Raises NotFound, InputError.

    The decision has its place in the chain, so it is followed by another that puts back what stood; should the first
    have arrived already, the centre opens the question again too.
    """
    with desk.store.write() as transaction:
        allow(transaction, Right.DECIDE)
        conflict = imports.get_conflict(transaction, conflict_id)
        if conflict is None:
            raise NotFound("Perbedaan isian itu tidak ada di komputer ini.", way_out="Kirim dan terima dahulu (F9).")
        stored = handling.alive(transaction, conflict.complaint_id)
        entry = outbox.last_decision(transaction, conflict.complaint_id, conflict_id)
        if entry is None or not conflict.decided:
            raise InputError(
                "Keputusan ini sudah dijawab server kota dan tidak dapat diurungkan.",
                way_out="Ubah isiannya bila keputusannya keliru.",
            )
        return _take_back(desk, transaction, conflict, stored, _MUTATION.decode(entry.line))


_MUTATION = msgspec.json.Decoder(Mutation)


def _take_back(desk: Desk, transaction: Transaction, conflict: Conflict, stored: Stored, said: Mutation) -> Complaint:
    old, field = stored.complaint, conflict.field
    known = field in SHARED_FIELDS
    stands = flat(old)[field] if known else stored.extra.get(field)
    before = said.was.get(field)
    if stands != said.set["value"]:
        raise InputError(
            "Isian ini sudah diubah lagi sesudah diputuskan, jadi keputusannya tidak dapat diurungkan.",
            way_out="Ubah isiannya bila keputusannya keliru.",
        )
    told = {name: said.set[name] for name in ("complaint", "field", "sides")}
    told |= {"value": before, "reason": "", "takes_back": True}
    was: dict[str, Any] = {field: stands}
    new: dict[str, Any] = {}
    if not known:
        new["extra"] = {**stored.extra, field: before}
    elif before != stands:
        new[field] = from_json(field, before)
        if field == "status":
            told["step"] = deciding.add_step(desk, transaction, old, new["status"], _TAKEN_BACK)
            told["reason"] = _TAKEN_BACK  # the step's note is the decision's reason
            new |= handling.ended_on(new["status"], local_date(desk.now()))
    if "due_date" in said.was and field != "due_date" and to_json(old.due_date) == said.set["due_date"]:
        told["due_date"], was["due_date"] = said.was["due_date"], said.set["due_date"]
        new["due_date"] = from_json("due_date", told["due_date"])
    deciding.tell(desk, transaction, conflict, old, told, was)
    new["sync_state"] = deciding.state_after(transaction, old.id)
    complaints.change(transaction, stored, new)
    return handling.alive(transaction, old.id).complaint


_TAKEN_BACK = "Keputusan diurungkan."
