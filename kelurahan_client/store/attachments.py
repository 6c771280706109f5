"""Rows of attachments, and of the blobs that they speak of: which bytes are here, which are at the centre.

A blob is one row however many attachments have it. An attachment is only ever added; what the centre says of it (that
it signed for it, that it has the bytes) is written beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store import settings
from kelurahan_client.store.complaints import seen_by
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import attachment, blob, complaint, draft_attachment, outbox
from sync.protocol import Op


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of a file by their SHA-256 in hex."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Tried:
    """How the last try to send the bytes of a file ended: when, what stopped it, and how many the centre has of it."""

    at: str
    bytes: int
    code: str
    message: str
    way_out: str
    not_before: str = ""  # the centre was busy, and asked for time until then


def add(transaction: Transaction, item: Attachment) -> None:
    """A file was attached at this desk; its bytes are on the disk already."""
    row = upsert(blob).values(sha256=item.sha256, size=item.size, here=True)
    run = transaction.connection.execute
    run(row.on_conflict_do_update(index_elements=["sha256"], set_={"here": True}))
    run(insert(attachment).values(_values(item) | {"rev": 0}))


def receive(transaction: Transaction, item: Attachment, rev: int, stored_at: str) -> None:
    """An attachment as the centre has it now; `stored_at` "" = it lacks the bytes."""
    run = transaction.connection.execute
    run(upsert(blob).values(sha256=item.sha256, size=item.size, here=False).on_conflict_do_nothing())
    told = {"acknowledged": True, "rev": rev, "stored_at": stored_at or None}
    statement = upsert(attachment).values(_values(item) | told)
    run(statement.on_conflict_do_update(index_elements=["id"], set_=told))


def older_than(transaction: Transaction, rev: int, office: str) -> list[Attachment]:
    """What the centre had signed for at this revision or an earlier one, of complaints that the office sees."""
    query = (
        _query()
        .join(complaint, complaint.c.id == attachment.c.complaint_id)
        .where(attachment.c.acknowledged.is_(True), attachment.c.rev.between(1, rev))
        .where(seen_by(office), complaint.c.deleted.is_(False))
    )
    return _attachments(transaction, query.order_by(attachment.c.id))


def withdraw(transaction: Transaction, ids: Sequence[str]) -> None:
    """The centre does not show these to this desk (any more)."""
    for start in range(0, len(ids), 500):
        part = attachment.c.id.in_(ids[start : start + 500])
        transaction.connection.execute(update(attachment).where(part).values(rev=0))


def acknowledge(transaction: Transaction, id_: str, rev: int) -> None:
    """The centre has signed for an attachment."""
    values = {"acknowledged": True, "rev": func.max(attachment.c.rev, rev)}
    transaction.connection.execute(update(attachment).where(attachment.c.id == id_).values(values))


def lacks(transaction: Transaction, needed: Sequence[str]) -> None:
    """The centre says that it has not got these bytes, whatever it said before."""
    if needed:
        run = transaction.connection.execute
        run(update(blob).where(blob.c.sha256.in_(needed)).values(sent_at=None))
        run(update(attachment).where(attachment.c.sha256.in_(needed)).values(stored_at=None))


def forget_sending(transaction: Transaction) -> None:
    """Another past of the centre was told, or none: only what it signs for anew has come to it."""
    transaction.connection.execute(update(blob).where(blob.c.sent_at.is_not(None)).values(sent_at=None))


def of_complaint(transaction: Transaction, complaint_id: str) -> list[Attachment]:
    """The files of a complaint, oldest first."""
    query = _query().where(attachment.c.complaint_id == complaint_id)
    return _attachments(transaction, query.order_by(attachment.c.at, attachment.c.id))


def of_blob(transaction: Transaction, sha256: str) -> list[Attachment]:
    """The attachments that have these bytes."""
    return _attachments(transaction, _query().where(attachment.c.sha256 == sha256).order_by(attachment.c.id))


def with_files(transaction: Transaction, complaint_ids: Sequence[str]) -> set[str]:
    """Those of the complaints that have a file."""
    found: set[str] = set()
    for start in range(0, len(complaint_ids), 500):
        part = attachment.c.complaint_id.in_(complaint_ids[start : start + 500])
        found.update(transaction.connection.execute(select(attachment.c.complaint_id).where(part)).scalars())
    return found


def unsent(transaction: Transaction) -> list[Blob]:
    """What is here and the centre lacks, of attachments that it has signed for, small first."""
    query = (
        select(blob.c.sha256, blob.c.size)
        .join(attachment, attachment.c.sha256 == blob.c.sha256)
        .where(blob.c.here.is_(True), blob.c.sent_at.is_(None), _ours_to_send())
        .group_by(blob.c.sha256, blob.c.size)
        .having(func.max(attachment.c.acknowledged) == 1, func.max(attachment.c.stored_at).is_(None))
        .order_by(blob.c.size, blob.c.sha256)
    )
    return [Blob(row.sha256, row.size) for row in transaction.connection.execute(query)]


def unstored(transaction: Transaction) -> list[Blob]:
    """What is here and the centre is not known to have, of attachments that it has signed for or will hear of.

    A bundle tells of an attachment and brings its bytes at once; a desk that gets no answers any more offers what was
    let go of quarantine; for people these are the files that are not sent yet. What a colleague attached and nobody has
    fetched is not among them. Small first.
    """
    same = attachment.c.sha256 == blob.c.sha256
    ours = _ours_to_send()
    stored = select(attachment.c.id).where(same, ours, attachment.c.stored_at.is_not(None)).exists()
    heard = select(outbox.c.child_id).where(outbox.c.result.is_(None), outbox.c.op == Op.ATTACH)
    signed_or_heard = attachment.c.acknowledged.is_(True) | attachment.c.id.in_(heard)
    told = select(attachment.c.id).where(same, ours, signed_or_heard).exists()
    query = (
        select(blob.c.sha256, blob.c.size)
        .where(blob.c.here.is_(True), blob.c.sent_at.is_(None), ~stored, told)
        .order_by(blob.c.size, blob.c.sha256)
    )
    return [Blob(row.sha256, row.size) for row in transaction.connection.execute(query)]


def _ours_to_send() -> ColumnElement[bool]:
    """What the centre shows to this desk, or was told from here: of others that left, it takes no bytes."""
    said = (outbox.c.record_id == attachment.c.complaint_id) & (outbox.c.child_id == attachment.c.id)
    return or_(attachment.c.rev > 0, select(outbox.c.n).where(said).exists())


def here(transaction: Transaction) -> list[Blob]:
    """Every blob whose bytes are on this machine."""
    query = select(blob.c.sha256, blob.c.size).where(blob.c.here.is_(True))
    return [Blob(row.sha256, row.size) for row in transaction.connection.execute(query)]


def spare(transaction: Transaction) -> list[Blob]:
    """What is here, the centre has signed for having, and nothing waits with that it has not signed for.

    The same file may also wait with a form, taken out of it or not, or with a complaint that is not sent: until the
    centre knows of these, this copy is theirs.
    """
    same = attachment.c.sha256 == blob.c.sha256
    stored = select(attachment.c.id).where(same, attachment.c.stored_at.is_not(None)).exists()
    unsigned = select(attachment.c.id).where(same, attachment.c.acknowledged.is_(False)).exists()
    waiting = select(draft_attachment.c.id).where(draft_attachment.c.sha256 == blob.c.sha256).exists()
    query = select(blob.c.sha256, blob.c.size).where(blob.c.here.is_(True), stored, ~unsigned, ~waiting)
    return [Blob(row.sha256, row.size) for row in transaction.connection.execute(query)]


def tried(transaction: Transaction) -> dict[str, Tried]:
    """The last try of each file that could not be sent when files were last sent, by SHA-256."""
    return {sha256: Tried(**one) for sha256, one in (settings.get(transaction, settings.FILES_TRIED) or {}).items()}


def keep_tried(transaction: Transaction, tries: Mapping[str, Tried]) -> None:
    """These are the files that could not be sent, and no others."""
    settings.put(transaction, settings.FILES_TRIED, {sha256: asdict(one) for sha256, one in tries.items()})


def mark_sent(transaction: Transaction, sha256: str, at: str) -> None:
    """The centre's answer was that it has all bytes; its signed word follows with the next reply."""
    transaction.connection.execute(update(blob).where(blob.c.sha256 == sha256).values(sent_at=at))


def mark_here(transaction: Transaction, hashes: Iterable[str], is_here: bool) -> None:
    """The bytes came to this machine, or left it."""
    for sha256 in hashes:
        transaction.connection.execute(update(blob).where(blob.c.sha256 == sha256).values(here=is_here))


def _values(item: Attachment) -> dict[str, object]:
    return {
        "id": item.id,
        "complaint_id": item.complaint_id,
        "sha256": item.sha256,
        "media_type": item.media_type,
        "name": item.name,
        "actor": item.actor,
        "at": utc_text(item.at),
        "acknowledged": item.acknowledged,
    }


def _query() -> Select[tuple[object, ...]]:
    return select(attachment, blob.c.size, blob.c.here).join(blob, blob.c.sha256 == attachment.c.sha256)


def _attachments(transaction: Transaction, query: Select[tuple[object, ...]]) -> list[Attachment]:
    return [
        Attachment(
            id=row["id"],
            complaint_id=row["complaint_id"],
            sha256=row["sha256"],
            size=row["size"],
            media_type=row["media_type"],
            name=row["name"],
            actor=row["actor"],
            at=read_utc(row["at"]),
            acknowledged=bool(row["acknowledged"]),
            at_centre=row["stored_at"] is not None,
            here=bool(row["here"]),
        )
        for row in transaction.connection.execute(query).mappings()
    ]
