"""What the centre tells this office: data that were restored or copied, numbers that were given twice."""

from dataclasses import dataclass
from datetime import datetime

from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `reference` is the number of the complaint that it is about, "" = about the desk or the city."""

    at: datetime
    text: str
    reference: str


def newest(desk: Desk, limit: int = 100) -> list[Notice]:
    """The notices, newest first."""
    with desk.store.read() as transaction:
        found = complaints.notices(transaction, limit)
        about = complaints.get_many(transaction, {complaint_id for complaint_id, _entry in found if complaint_id})
    return [
        Notice(entry.at, entry.text, about[complaint_id].complaint.reference if complaint_id in about else "")
        for complaint_id, entry in found
    ]
