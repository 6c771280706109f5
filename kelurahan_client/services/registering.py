"""Making complaints out of intakes, in a transaction that the caller holds: number, row and outbox entry together."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from kelurahan_client.domain import deadlines, reference_number
from kelurahan_client.domain.complaint import Complaint, Intake, Status
from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.fields import filled, flat, utc_text
from kelurahan_client.domain.privacy import warnings_at_intake
from kelurahan_client.services.desk import Desk, identity, officer
from kelurahan_client.store import new_complaints, outbox, settings
from kelurahan_client.store.engine import Transaction
from sync.protocol import Op, RecordType

DECIDES_THE_DUE_DATE = frozenset({"classification", "category"})  # beside the status, which moves by steps


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the complaints of an import come from: the import, and a fingerprint for each row."""

    import_id: str
    fingerprints: tuple[str, ...]


def register_all(
    desk: Desk, transaction: Transaction, intakes: Sequence[Intake], origin: Origin | None = None
) -> list[Complaint]:
    """Give each checked intake its id, number and deadline, store it, and tell the outbox. In the order given.

    What its reporter was not asked goes with it as a warning, however it came.
    """
    if not intakes:
        return []
    me = identity(transaction)
    now = desk.now()
    year = local_date(now).year % 100
    numbers = settings.next_counters(transaction, year, len(intakes))
    made = [
        _complaint(desk, intake, me.office, me.desk, reference_number.make(me.office, me.desk, year, number), now)
        for intake, number in zip(intakes, numbers, strict=True)
    ]
    actor = officer(transaction).name
    new_complaints.insert_many(
        transaction,
        [
            new_complaints.NewRow(
                values=flat(complaint),
                import_id=origin.import_id if origin else None,
                fingerprint=origin.fingerprints[index] if origin else None,
                registered_by=actor,
            )
            for index, complaint in enumerate(made)
        ],
    )
    outbox.append(
        transaction,
        [
            outbox.Pending(
                op=Op.CREATE,
                type=RecordType.COMPLAINT,
                id=complaint.id,
                complaint_id=complaint.id,
                set=filled(complaint),
                was={},
                base_rev=0,
                actor=actor,
                device_time=utc_text(now),
            )
            for complaint in made
        ],
    )
    return made


def _complaint(desk: Desk, intake: Intake, office: str, letter: str, reference: str, now: datetime) -> Complaint:
    typed = {field.name: getattr(intake, field.name) for field in fields(Intake)}
    typed["warnings"] = warnings_at_intake(intake)
    return Complaint(
        **typed,
        id=desk.new_id(),
        reference=reference,
        office=office,
        desk=letter,
        recorded_at=now,
        due_date=due_date(desk, intake, Status.RECEIVED),
    )


def due_date(desk: Desk, intake: Intake, status: Status) -> date | None:
    """The day that counts for a complaint in `status`, by the desk's table and calendar."""
    category = desk.reference.categories.get(intake.category)
    return deadlines.due_date(
        intake.classification,
        status,
        intake.received_date,
        desk.reference.deadlines,
        desk.reference.calendar,
        supervision=category is not None and category.supervision,
    )
