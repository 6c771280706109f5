"""What the centre tells this office: data that were restored or copied, numbers that were given twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import complaints, settings
from kelurahan_client.store.engine import Transaction

NEW_FOR = timedelta(days=14)
_MOST_UNREAD = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `reference` is the number of the complaint that it is about, "" = about the desk or the city."""

    at: datetime
    text: str
    reference: str


def newest(desk: Desk, limit: int = 100) -> list[Notice]:
    """The notices, newest first."""
    with desk.store.read() as transaction:
        return _newest(transaction, limit)


def unread(desk: Desk) -> list[Notice]:
    """Those of the last days that nobody at this desk has read, newest first; a new desk is not told of old ones."""
    with desk.store.read() as transaction:
        found = _newest(transaction, _MOST_UNREAD)
        read = settings.get(transaction, settings.NOTICES_READ)
    since = max(desk.now() - NEW_FOR, read_utc(read) if read else datetime.min.replace(tzinfo=UTC))
    return [notice for notice in found if notice.at > since]


def mark_read(desk: Desk, until: datetime) -> None:
    """Somebody has read what was told up to then."""
    with desk.store.write() as transaction:
        settings.put(transaction, settings.NOTICES_READ, utc_text(until))


def _newest(transaction: Transaction, limit: int) -> list[Notice]:
    found = complaints.notices(transaction, limit)
    about = complaints.get_many(transaction, {complaint_id for complaint_id, _entry in found if complaint_id})
    return [
        Notice(entry.at, entry.text, about[complaint_id].complaint.reference if complaint_id in about else "")
        for complaint_id, entry in found
    ]
