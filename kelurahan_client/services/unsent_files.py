"""The files of this desk that the centre has not got: how many, which, how far they came, and what stopped them.

What a colleague attached and nobody here has fetched is none of them: another desk sends it.
"""

from dataclasses import dataclass
from datetime import datetime

from kelurahan_client.domain.fields import read_utc
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import attachments, complaints
from kelurahan_client.store.attachments import Tried
from kelurahan_client.store.engine import Transaction


@dataclass(frozen=True, slots=True)
class UnsentFiles:
    """All of them: how many, and their bytes; `tried` is the latest try that failed, None if none did."""

    count: int = 0
    bytes: int = 0
    tried: Tried | None = None

    def must_wait(self, now: datetime) -> bool:
        """Whether the centre was busy when a file was sent, and has asked for more time.

        A clock that was put back since then makes nobody wait.
        """
        last = self.tried
        if last is None or not last.not_before:
            return False
        return read_utc(last.at) <= now < read_utc(last.not_before)


@dataclass(frozen=True, slots=True)
class UnsentFile:
    """One of them, with the complaint that it belongs to; `tried` None = it was never on its way."""

    name: str
    size: int
    complaint_id: str
    reference: str
    announced: bool  # the centre has signed for the attachment, and only the bytes are missing
    tried: Tried | None


def standing(transaction: Transaction) -> UnsentFiles:
    """How many there are."""
    waiting = attachments.unstored(transaction)
    if not waiting:
        return UnsentFiles()
    known = attachments.tried(transaction)
    tries = [known[blob.sha256] for blob in waiting if blob.sha256 in known]
    return UnsentFiles(
        count=len(waiting),
        bytes=sum(blob.size for blob in waiting),
        tried=max(tries, key=lambda one: one.at, default=None),
    )


def listed(desk: Desk, limit: int) -> list[UnsentFile]:
    """The first of them: those that were tried before those that were not, and then small first, as they are sent."""
    with desk.store.read() as transaction:
        known = attachments.tried(transaction)
        waiting = sorted(attachments.unstored(transaction), key=lambda blob: blob.sha256 not in known)[:limit]
        files = [attachments.of_blob(transaction, blob.sha256)[0] for blob in waiting]
        of = complaints.get_many(transaction, {file.complaint_id for file in files})
    return [
        UnsentFile(
            name=file.name,
            size=file.size,
            complaint_id=file.complaint_id,
            reference=of[file.complaint_id].complaint.reference,
            announced=file.acknowledged,
            tried=known.get(file.sha256),
        )
        for file in files
        if file.complaint_id in of
    ]
