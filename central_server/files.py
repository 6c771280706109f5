"""Attachment records and their bytes: what is announced, what has arrived, and what every desk is told of it.

An attachment's record comes with the other mutations; its bytes follow. When they are whole and on the disk, the record
gets `stored_at`, so that each desk concerned hears of it in a signed reply.
"""

from dataclasses import replace

from central_server.conflicts import centre_author
from central_server.store.session import Writing
from central_server.store.shapes import Author, Record


def announce(session: Writing, record: Record, author: Author) -> None:
    """A new attachment: its bytes are expected from the author's device, unless the centre has them already."""
    sha256 = record.body["sha256"]
    session.records.flush()
    stored_at = session.attachments.stored_at(sha256)
    session.attachments.add(record.id, sha256, record.body["size"], author.device, stored_at)
    if stored_at:
        _tell(session, [record.id], stored_at, author.received_at)


def expect_from(session: Writing, record: Record, author: Author) -> None:
    """A known attachment is said again; after a restore it may have come from a colleague who has not got the bytes."""
    session.attachments.expect_from(record.id, author.device)


def arrived(session: Writing, sha256: str, at: str) -> None:
    """The bytes are whole and on the disk."""
    _tell(session, session.attachments.mark(sha256, at), at, at)


def lost(session: Writing, sha256: str, at: str) -> None:
    """The bytes are not here any more; the desks that have them will be asked for them."""
    _tell(session, session.attachments.mark(sha256, ""), "", at)


def _tell(session: Writing, records: list[str], stored_at: str, at: str) -> None:
    """Writes into the records whether the centre has their bytes; every office that sees them gets them."""
    session.records.load(records)
    for id_ in records:
        record = session.records.get(id_)
        if record is None:
            raise LookupError(id_)
        body = {name: value for name, value in record.body.items() if name != "stored_at"}
        if stored_at:
            body["stored_at"] = stored_at
        session.records.save(replace(record, body=body), centre_author(at))
