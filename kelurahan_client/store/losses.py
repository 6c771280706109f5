"""What this desk holds and a restored centre has lost: other desks' words too, which may be nowhere else any more.

A restored centre gives every record a revision above all that it gave before. So once everything has come anew, a
complaint with an older revision did not come; and of the story, what was not signed for again.
"""

from collections.abc import Collection

from sqlalchemy import delete, exists, func, select, update

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import TimelineEntry
from kelurahan_client.store import attachments, complaints, imports, lost_questions, settings
from kelurahan_client.store.complaints import Stored, seen_by
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.outbox import refused_children
from kelurahan_client.store.tables import complaint, conflict, entry, outbox, reference_item
from sync.protocol import REV_STEP, ResultKind

_EXPECTED = "expects_losses"  # true from the first word of a restored centre until everything has come anew
_TOLD = ("status", "follow_up")  # of the story; the rest is this machine's own, or the centre's
_SIGNED = (*_TOLD, "notice")  # what a centre tells of its own is not told to it, but it may have lost that too


def expect(transaction: Transaction, absent: Collection[str] | None = None) -> None:
    """The centre was restored: whatever it signed for, it has to sign for again.

    After a comparison that is, of the story, only what was held here and is `absent` there.
    """
    settings.put(transaction, _EXPECTED, True)
    own = select(outbox.c.n).where(outbox.c.child_id == entry.c.id, outbox.c.result == ResultKind.REJECTED)
    signed = (entry.c.kind.in_(_SIGNED), entry.c.acknowledged.is_(True), ~exists(own))
    doubted = update(entry).where(*signed).values(acknowledged=False)
    if absent is None:
        transaction.connection.execute(doubted)
    else:
        ids = sorted(absent)
        for start in range(0, len(ids), 500):
            transaction.connection.execute(doubted.where(entry.c.id.in_(ids[start : start + 500])))
    attachments.forget_sending(transaction)


def are_expected(transaction: Transaction) -> bool:
    """Whether the losses of a restored centre have yet to be looked for."""
    return bool(settings.get(transaction, _EXPECTED))


def looked_for(transaction: Transaction) -> None:
    """They were found, and are told."""
    settings.put(transaction, _EXPECTED, False)


def lost_complaints(transaction: Transaction, office: str) -> list[Stored]:
    """The complaints that this office sees, whoever recorded them, and that did not come anew."""
    floor = _floor(transaction)
    query = select(complaint.c.id).where(
        complaint.c.rev > 0, complaint.c.rev <= floor, complaint.c.deleted.is_(False), seen_by(office)
    )
    ids = list(transaction.connection.execute(query).scalars())
    found = complaints.get_many(transaction, ids)
    return [found[id_] for id_ in ids]


def lost_entries(transaction: Transaction, office: str) -> list[tuple[str, TimelineEntry]]:
    """(complaint, entry) of the story of what this office sees that did not come anew, in the order it happened."""
    waits = select(outbox.c.n).where(outbox.c.record_id == entry.c.complaint_id, outbox.c.result.is_(None))
    query = (
        select(entry.c.complaint_id)
        .join(complaint, complaint.c.id == entry.c.complaint_id)
        .where(entry.c.kind.in_(_TOLD), entry.c.acknowledged.is_(False), ~exists(waits))
        .where(complaint.c.deleted.is_(False), seen_by(office))
        .distinct()
    )
    lost: list[tuple[str, TimelineEntry]] = []
    for complaint_id in list(transaction.connection.execute(query).scalars()):
        refused = refused_children(transaction, complaint_id)
        story = complaints.timeline(transaction, complaint_id)
        unsigned = [one for one in reversed(story) if one.kind in _TOLD and not one.acknowledged]
        lost += [(complaint_id, one) for one in unsigned if one.id not in refused]
    return lost


def lost_files(transaction: Transaction, office: str) -> list[Attachment]:
    """The attachments of complaints that this office sees that did not come anew, whoever attached them."""
    return attachments.older_than(transaction, _floor(transaction), office)


def forget_questions(transaction: Transaction) -> None:
    """The centre has lost the conflicts that did not come anew: they stand here with every side, but it has none."""
    floor = _floor(transaction)
    found = imports.all_conflicts(transaction)
    lost_questions.remember(transaction, [one for one in found if 1 <= one.rev <= floor])
    old = conflict.c.rev.between(1, floor)
    transaction.connection.execute(update(conflict).where(old).values(rev=0))


def forget_reference(transaction: Transaction) -> None:
    """What the city entered after its backup and has to enter again: until then no desk shows it."""
    lost = reference_item.c.rev <= _floor(transaction)
    transaction.connection.execute(delete(reference_item).where(lost))


def _floor(transaction: Transaction) -> int:
    """Every revision that the restored centre has given is above this one."""
    newest = transaction.connection.execute(select(func.max(reference_item.c.rev))).scalar() or 0
    return newest // REV_STEP * REV_STEP


def withdraw(transaction: Transaction, ids: list[str]) -> None:
    """The centre has not signed for these complaints (any more)."""
    for start in range(0, len(ids), 500):
        part = complaint.c.id.in_(ids[start : start + 500])
        transaction.connection.execute(update(complaint).where(part).values(rev=0, server_received_at=None))
