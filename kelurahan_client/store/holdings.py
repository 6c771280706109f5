"""What this desk holds of the centre's records, by id and revision: to be compared with what the centre holds."""

from dataclasses import dataclass

from sqlalchemy import false, or_, select

from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import attachment, complaint, conflict, entry, reference_item, unknown_record
from sync.protocol import UNCHANGING, RecordType

_KINDS = {
    "status": RecordType.STATUS_STEP,
    "follow_up": RecordType.FOLLOW_UP,
    "notice": RecordType.NOTICE,
}  # of the story; the others are this machine's own words


@dataclass(frozen=True, slots=True)
class Holding:
    """One record of the centre's that is here; what never changes has no revision (0)."""

    type: str
    id: str
    rev: int


def held(transaction: Transaction) -> list[Holding]:
    """Every record that the centre has given or signed for, but for what has left this desk."""
    run = transaction.connection.execute
    here = complaint.c.deleted == false()
    found = [
        Holding(RecordType.COMPLAINT, row.id, row.rev)
        for row in run(select(complaint.c.id, complaint.c.rev).where(here, complaint.c.rev > 0))
    ]
    told = (
        select(entry.c.id, entry.c.kind)
        .outerjoin(complaint, complaint.c.id == entry.c.complaint_id)
        .where(entry.c.kind.in_(_KINDS), entry.c.acknowledged.is_(True), or_(entry.c.complaint_id == "", here))
    )
    found += [Holding(_KINDS[row.kind], row.id, 0) for row in run(told)]
    questions = select(conflict.c.id, conflict.c.rev).join(complaint, complaint.c.id == conflict.c.complaint_id)
    found += [Holding(RecordType.CONFLICT, row.id, row.rev) for row in run(questions.where(here, conflict.c.rev > 0))]
    files = select(attachment.c.id, attachment.c.rev).join(complaint, complaint.c.id == attachment.c.complaint_id)
    found += [Holding(RecordType.ATTACHMENT, row.id, row.rev) for row in run(files.where(here, attachment.c.rev > 0))]
    items = select(reference_item.c.type, reference_item.c.code, reference_item.c.rev)
    found += [Holding(row.type, row.code, row.rev) for row in run(items)]
    others = select(unknown_record.c.type, unknown_record.c.id, unknown_record.c.rev)
    aside = {row.id: Holding(row.type, row.id, 0 if row.type in UNCHANGING else row.rev) for row in run(others)}
    return [one for one in found if one.id not in aside] + list(aside.values())
