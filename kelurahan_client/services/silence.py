"""Closing what was resolved and of which nobody has said anything for ten working days.

It is no automatism: each step has an officer, so one sees the list and closes it. Desks that do so at the same time
make one step of the story: its id follows from the resolution that it ends.
"""

import uuid
from datetime import date

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.status import REOPENING_DAYS, silent_since
from kelurahan_client.services.desk import Desk, allow, allowed, right_for
from kelurahan_client.services.handling import take_step
from kelurahan_client.store import complaints, listing
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.listing import ListFilter, Sort

MOST = 500  # in one go; whoever has more asks again
REASON = f"Ditutup karena diam: tidak ada kabar selama {REOPENING_DAYS} hari kerja sejak selesai."


def silent_filter(desk: Desk) -> ListFilter:
    """The list of what may be closed today, the oldest first."""
    since = silent_since(desk.today(), desk.reference.calendar)
    return ListFilter(silent_since=since, sort=Sort.RECEIVED, descending=False)


def count_closable(desk: Desk, transaction: Transaction) -> int:
    """How many complaints this officer may close today, counted up to MOST + 1; 0 for one who may not do so."""
    if not allowed(transaction, right_for(Status.CLOSED)):
        return 0
    return listing.count_silent(transaction, silent_since(desk.today(), desk.reference.calendar), MOST + 1)


def closable(desk: Desk) -> list[str]:
    """The numbers of what may be closed today, the oldest first; raises NotAllowed."""
    with desk.store.read() as transaction:
        allow(transaction, right_for(Status.CLOSED))
        keys = listing.keys(transaction, silent_filter(desk), most_found=None)
        return [stored.complaint.reference for stored in complaints.by_keys(transaction, keys)]


def close_silent(desk: Desk, wanted: ListFilter) -> list[str]:
    """Close what is silent today and in this list, at most MOST, each with its reason; returns their numbers.

    What somebody has moved or written about since the list was shown stays as it is. Raises NotAllowed.
    """
    since = silent_since(desk.today(), desk.reference.calendar)
    if wanted.silent_since is None or wanted.silent_since > since:
        raise ValueError("only a list of what is silent is closed")
    with desk.store.write() as transaction:
        allow(transaction, right_for(Status.CLOSED))
        keys = listing.keys(transaction, wanted, most_found=None)[:MOST]
        found = complaints.get_many(transaction, [row.id for row in listing.page(transaction, keys)])
        for stored in found.values():
            step = _step_id(transaction, stored.complaint.id, stored.resolved_on)
            take_step(desk, transaction, stored, Status.CLOSED, REASON, step_id=step)
    return [stored.complaint.reference for stored in found.values()]


def _step_id(transaction: Transaction, complaint_id: str, resolved_on: date | None) -> str:
    """The same at every desk for the same resolution."""
    story = complaints.timeline(transaction, complaint_id)
    resolution = next((one.id for one in story if one.status_to == Status.RESOLVED), str(resolved_on))
    return str(uuid.uuid5(uuid.UUID(complaint_id), f"{resolution}: {REASON}"))
