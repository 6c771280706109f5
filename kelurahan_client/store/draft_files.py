"""Rows of files that wait with a draft. Their bytes are blobs like any other, and are counted as here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import attachment, blob, draft_attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A picture or a PDF that was added to a form that is not registered yet."""

    id: str
    draft_id: str
    sha256: str  # hex, of the file's bytes
    size: int  # bytes
    media_type: str
    name: str
    at: datetime  # UTC


def add(transaction: Transaction, file: DraftFile) -> None:
    """A file was added; its bytes are on the disk already."""
    row = upsert(blob).values(sha256=file.sha256, size=file.size, here=True)
    run = transaction.connection.execute
    run(row.on_conflict_do_update(index_elements=["sha256"], set_={"here": True}))
    run(
        insert(draft_attachment).values(
            id=file.id,
            draft_id=file.draft_id,
            sha256=file.sha256,
            size=file.size,
            media_type=file.media_type,
            name=file.name,
            at=utc_text(file.at),
        )
    )


def of_draft(transaction: Transaction, draft_id: str) -> list[DraftFile]:
    """The files of a draft but those that were taken out, in the order they came."""
    query = select(draft_attachment).where(
        draft_attachment.c.draft_id == draft_id, draft_attachment.c.removed_at.is_(None)
    )
    rows = transaction.connection.execute(query.order_by(text("rowid"))).mappings()
    return [_file(row) for row in rows]


def get(transaction: Transaction, id_: str) -> DraftFile | None:
    """One file, taken out or not."""
    row = (
        transaction.connection.execute(select(draft_attachment).where(draft_attachment.c.id == id_)).mappings().first()
    )
    return _file(row) if row else None


def mark_removed(transaction: Transaction, id_: str, at: datetime | None) -> None:
    """The file was taken out of its draft; None: it is back."""
    values = {"removed_at": utc_text(at) if at is not None else None}
    transaction.connection.execute(update(draft_attachment).where(draft_attachment.c.id == id_).values(values))


def end(transaction: Transaction, draft_ids: Sequence[str]) -> list[str]:
    """These drafts are no more: forget their files. Returns the hashes, whose bytes may still be wanted by others."""
    found: list[str] = []
    for start in range(0, len(draft_ids), 500):
        gone = delete(draft_attachment).where(draft_attachment.c.draft_id.in_(draft_ids[start : start + 500]))
        found += transaction.connection.execute(gone.returning(draft_attachment.c.sha256)).scalars()
    return found


def forget_blobs(transaction: Transaction, hashes: Iterable[str]) -> list[str]:
    """Forget those of the blobs that no complaint and no draft has any more; their files may then be taken off."""
    gone: list[str] = []
    run = transaction.connection.execute
    for sha256 in dict.fromkeys(hashes):
        wanted = select(attachment.c.id).where(attachment.c.sha256 == sha256)
        waiting = select(draft_attachment.c.id).where(draft_attachment.c.sha256 == sha256)
        if run(wanted.limit(1)).first() is None and run(waiting.limit(1)).first() is None:
            run(delete(blob).where(blob.c.sha256 == sha256))
            gone.append(sha256)
    return gone


def _file(row: Any) -> DraftFile:
    return DraftFile(
        id=row["id"],
        draft_id=row["draft_id"],
        sha256=row["sha256"],
        size=row["size"],
        media_type=row["media_type"],
        name=row["name"],
        at=read_utc(row["at"]),
    )
