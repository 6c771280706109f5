"""After a restore of the centre: what it has lost and this desk still holds is told to it, whoever wrote it.

Each desk sends its own words again by itself (see `recovering`). This is for the words of those that cannot: a computer
that broke, or data that were restored too. Whoever comes later with the original finds it there; nothing is doubled.
"""

from collections.abc import Mapping
from dataclasses import replace

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import Status, TimelineEntry
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import filled, from_json, to_json, utc_text
from kelurahan_client.services.attachments import told as words_of
from kelurahan_client.services.desk import Desk, identity
from kelurahan_client.services.handling import ended_on
from kelurahan_client.services.registering import due_date
from kelurahan_client.store import attachments, complaints, losses, lost_questions, lost_values, outbox
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.lost_values import LostValues
from kelurahan_client.store.outbox import Pending
from sync import receiving
from sync.protocol import Op, RecordType


def offer(desk: Desk, *, all_came: bool) -> bool:
    """Put what a restored centre has lost into the outbox; whether there was any.

    Only with `all_came` also values of what it has, and conflicts: until then those who wrote them may send them
    themselves, and so ask again.
    """
    with desk.store.write() as transaction:
        if _offer_records(desk, transaction):
            return True
        if not all_came:
            return False
        pending = [*_values(desk, transaction), *_questions(desk, transaction)]
        if pending:
            outbox.append(transaction, pending)
            receiving.settle(transaction, receiving.Touched({one.complaint_id for one in pending}))
        return bool(pending)


def _offer_records(desk: Desk, transaction: Transaction) -> bool:
    """Complaints, their story and their files."""
    if not losses.are_expected(transaction):
        return False
    losses.looked_for(transaction)
    office = identity(transaction).office
    lost = {stored.complaint.id: stored for stored in losses.lost_complaints(transaction, office)}
    told = losses.lost_entries(transaction, office)
    pending = [_complaint(stored) for stored in lost.values()]
    for complaint_id, entry in told:
        stored = lost.get(complaint_id) or complaints.get_many(transaction, [complaint_id])[complaint_id]
        if entry.kind == "follow_up":
            values = {"complaint": complaint_id, "text": entry.text}
            pending.append(_again(stored, Op.APPEND, entry.id, values, {}, entry.actor, utc_text(entry.at)))
        elif entry.status_to is not None:
            pending.append(_step(desk, transaction, stored, entry, entry.status_to, whole=complaint_id in lost))
    files = losses.lost_files(transaction, office)
    owners = complaints.get_many(transaction, {item.complaint_id for item in files})
    pending += [_file(owners[item.complaint_id], item) for item in files]
    attachments.withdraw(transaction, [item.id for item in files])
    losses.withdraw(transaction, list(lost))
    losses.forget_questions(transaction)
    losses.forget_reference(transaction)
    outbox.append(transaction, pending)
    receiving.settle(transaction, receiving.Touched({one.complaint_id for one in pending}))
    return bool(pending)


def _values(desk: Desk, transaction: Transaction) -> list[Pending]:
    """What was edited since the backup by somebody who cannot say it any more."""
    missing = lost_values.missing(transaction)
    pending = []
    for stored, lost in missing:
        shown = {name: from_json(name, value) for name, value in lost.values.items()}
        complaints.change(transaction, stored, shown)
        pending.append(_value(stored, lost, utc_text(desk.now())))
    if missing:
        lost_values.forget(transaction, [lost for _, lost in missing])
    return pending


def _questions(desk: Desk, transaction: Transaction) -> list[Pending]:
    """The conflicts of which it has not every side, whole: with who wrote each, and what was decided."""
    missing = lost_questions.missing(transaction)
    at = utc_text(desk.now())
    pending = []
    for stored, lost in missing:
        said = _again(stored, Op.APPEND, lost.id, lost.body, {}, "", at)
        pending.append(replace(said, type=RecordType.CONFLICT, base_rev=lost.rev))
    if missing:
        lost_questions.forget(transaction, [lost for _, lost in missing])
    return pending


def _step(
    desk: Desk, transaction: Transaction, stored: Stored, entry: TimelineEntry, to: Status, *, whole: bool
) -> Pending:
    """A step; one on a complaint that the centre still has moves it on, here too (a `whole` one comes as it stands)."""
    complaint = stored.complaint
    values: dict[str, object] = {"status": to, "step": entry.id, "note": entry.text}
    was: dict[str, object] = {"status": entry.status_from}
    if not whole and complaint.status is entry.status_from:
        due = due_date(desk, complaint, to)
        if due != complaint.due_date:
            values["due_date"], was["due_date"] = to_json(due), to_json(complaint.due_date)
        moved = {"status": to, "due_date": due} | ended_on(to, local_date(entry.at))
        complaints.change(transaction, stored, moved)
    return _again(stored, Op.TRANSITION, complaint.id, values, was, entry.actor, utc_text(entry.at))


def _file(stored: Stored, item: Attachment) -> Pending:
    """An attachment; its bytes follow if they are here."""
    return _again(stored, Op.ATTACH, item.id, words_of(item), {}, item.actor, utc_text(item.at))


def _complaint(stored: Stored) -> Pending:
    complaint = stored.complaint
    values = stored.extra | filled(complaint)
    return _again(stored, Op.CREATE, complaint.id, values, {}, "", utc_text(complaint.recorded_at))


def _value(stored: Stored, lost: LostValues, at: str) -> Pending:
    """Values at a revision of the lost past: who wrote them over what is not known here."""
    said = _again(stored, Op.PATCH, stored.complaint.id, lost.values, {}, "", at)
    return replace(said, base_rev=lost.rev)


def _again(
    stored: Stored,
    op: Op,
    id_: str,
    values: Mapping[str, object],
    was: Mapping[str, object],
    actor: str,
    at: str,
) -> Pending:
    children = {Op.APPEND: RecordType.FOLLOW_UP, Op.ATTACH: RecordType.ATTACHMENT}
    return Pending(
        op=op,
        type=children.get(op, RecordType.COMPLAINT),
        id=id_,
        complaint_id=stored.complaint.id,
        set=values,
        was=was,
        base_rev=stored.complaint.rev,
        actor=actor,
        device_time=at,
        again=True,
    )
