"""Counts of what the database holds, for the operator's curves; nothing that names anybody."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from central_server.store import tables as t


@dataclass(frozen=True, slots=True)
class Figures:
    """`desks` are devices that are not withdrawn, `desks_seen` those of them that came lately; sizes are in bytes."""

    seq: int
    open_conflicts: int
    held: int
    desks: int
    desks_seen: int
    blobs: int
    blob_bytes: int
    blobs_lacking: int


def read_figures(connection: Connection, seen_since: str) -> Figures:
    """The figures of one snapshot; `seen_since` is a time as it is stored."""
    present = t.device.c.revoked_at.is_(None)
    files = (
        select(t.attachment.c.sha256, func.max(t.attachment.c.size).label("size"))
        .where(t.attachment.c.stored_at.is_not(None))
        .group_by(t.attachment.c.sha256)
        .subquery()
    )
    count = func.count()
    lacking = select(func.count(t.attachment.c.sha256.distinct())).where(t.attachment.c.stored_at.is_(None))
    row = connection.execute(
        select(
            select(t.head.c.seq).scalar_subquery(),
            select(count).select_from(t.open_conflict).scalar_subquery(),
            select(count).where(t.quarantine.c.released_at.is_(None)).scalar_subquery(),
            select(count).where(present).scalar_subquery(),
            select(count).where(present, t.device.c.last_seen >= seen_since).scalar_subquery(),
            select(count).select_from(files).scalar_subquery(),
            select(func.coalesce(func.sum(files.c.size), 0)).scalar_subquery(),
            lacking.scalar_subquery(),
        )
    ).one()
    return Figures(*(int(value) for value in row))
