"""Saying again what the centre has refused, after somebody has put right what was wrong with it.

The refused entries stay in the chain and in the centre's quarantine; others with the same ids follow them. The creation
of a complaint says what stands in it now, so that a correction is in it; what came after says the same as before.
"""

from typing import Any

import msgspec

from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.domain.fields import EDITABLE, filled
from kelurahan_client.errors import InputError
from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.store import complaints, outbox, refusals
from sync.protocol import Mutation, Op

_MUTATION = msgspec.json.Decoder(Mutation)


def send_again(desk: Desk, complaint_id: str) -> int:
    """Say again all of a complaint that the centre has refused; how many changes. Raises NotFound, InputError."""
    with desk.store.write() as transaction:
        stored = handling.alive(transaction, complaint_id)
        refused = outbox.rejected_of(transaction, complaint_id)
        if not refused:
            raise InputError("Tidak ada kiriman yang ditolak pada pengaduan ini.")
        actor = officer(transaction).name
        again = [_again(_MUTATION.decode(entry.line), stored.complaint, actor) for entry in refused]
        outbox.append(transaction, again)
        refusals.said_again(transaction, [(entry.epoch, entry.n) for entry in refused], desk.now())
        complaints.change(transaction, stored, {"sync_state": SyncState.PENDING})
    return len(again)


def _again(said: Mutation, complaint: Complaint, actor: str) -> outbox.Pending:
    told: dict[str, Any] = dict(said.set)
    if said.op is Op.CREATE:
        told = {name: value for name, value in told.items() if name not in EDITABLE}
        told |= {name: value for name, value in filled(complaint).items() if name in EDITABLE}
    return outbox.Pending(
        op=said.op,
        type=said.type,
        id=said.id,
        complaint_id=complaint.id,
        set=told,
        was=said.was,
        base_rev=said.base_rev,
        actor=said.actor or actor,
        device_time=said.device_time,
    )
