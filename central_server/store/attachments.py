"""Files that complaints have: who may send and who may see them, and whether the centre has their bytes."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from central_server.store import tables as t


@dataclass(frozen=True, slots=True)
class Expected:
    """A file as an attachment announces it: its size in bytes, and when the centre had it whole ("" = not yet)."""

    size: int
    stored_at: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """An attachment whose bytes are not here, with where it came from."""

    record: str
    complaint: str
    sha256: str
    size: int
    device: str
    office: str
    desk: str


class Attachments:
    """The files of attachment records, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def announced_by(self, device: str, office: str, sha256: str) -> Expected | None:
        """The file, if this device attached it or its office sees it: what may be sent."""
        return self._expected(or_(t.attachment.c.device == device, _seen_by(office)), sha256)

    def visible_to(self, office: str, sha256: str) -> Expected | None:
        """The file, if the office sees a complaint that has it: what may be fetched."""
        return self._expected(_seen_by(office), sha256)

    def needed(self, device: str, office: str, limit: int) -> list[str]:
        """SHA-256 of files that are not here: those of this device, and of its office's withdrawn devices."""
        left_behind = and_(t.device.c.office == office, t.device.c.revoked_at.is_not(None))
        statement = (
            select(t.attachment.c.sha256)
            .join(t.device, t.device.c.id == t.attachment.c.device)
            .where(t.attachment.c.stored_at.is_(None), or_(t.attachment.c.device == device, left_behind))
            .distinct()
            .order_by(t.attachment.c.sha256)
            .limit(limit)
        )
        return list(self._connection.execute(statement).scalars())

    def lacking(self) -> list[Lacking]:
        """Every attachment whose bytes are not here, by desk."""
        statement = (
            select(
                t.attachment.c.record,
                t.record.c.parent,
                t.attachment.c.sha256,
                t.attachment.c.size,
                t.attachment.c.device,
                t.device.c.office,
                t.device.c.desk,
            )
            .join(t.record, t.record.c.id == t.attachment.c.record)
            .join(t.device, t.device.c.id == t.attachment.c.device)
            .where(t.attachment.c.stored_at.is_(None))
            .order_by(t.device.c.office, t.device.c.desk, t.attachment.c.record)
        )
        return [
            Lacking(row.record, row.parent or "", row.sha256, row.size, row.device, row.office, row.desk)
            for row in self._connection.execute(statement)
        ]

    def stored(self) -> list[str]:
        """SHA-256 of every file that the centre believes to have."""
        statement = select(t.attachment.c.sha256).where(t.attachment.c.stored_at.is_not(None)).distinct()
        return list(self._connection.execute(statement).scalars())

    def stored_at(self, sha256: str) -> str:
        """When the centre had the file whole; "" = not yet."""
        statement = (
            select(t.attachment.c.stored_at)
            .where(t.attachment.c.sha256 == sha256, t.attachment.c.stored_at.is_not(None))
            .limit(1)
        )
        return self._connection.execute(statement).scalar() or ""

    def add(self, record: str, sha256: str, size: int, device: str, stored_at: str) -> None:
        """One more attachment; its record is written already."""
        values = {"record": record, "sha256": sha256, "size": size, "device": device, "stored_at": stored_at or None}
        self._connection.execute(insert(t.attachment).values(values))

    def expect_from(self, record: str, device: str) -> None:
        """This device says that it attached the file: as long as the bytes are not here, they are asked of it."""
        lacking = (t.attachment.c.record == record, t.attachment.c.stored_at.is_(None))
        self._connection.execute(update(t.attachment).where(*lacking).values(device=device))

    def mark(self, sha256: str, stored_at: str) -> list[str]:
        """The bytes are here since `stored_at` ("" = they are not); the records that this changes."""
        otherwise = t.attachment.c.stored_at.is_(None) if stored_at else t.attachment.c.stored_at.is_not(None)
        statement = (
            update(t.attachment)
            .where(t.attachment.c.sha256 == sha256, otherwise)
            .values(stored_at=stored_at or None)
            .returning(t.attachment.c.record)
        )
        return sorted(self._connection.execute(statement).scalars())

    def _expected(self, allowed: ColumnElement[bool], sha256: str) -> Expected | None:
        statement = (
            select(t.attachment.c.size, t.attachment.c.stored_at)
            .where(t.attachment.c.sha256 == sha256, allowed)
            .limit(1)
        )
        row = self._connection.execute(statement).first()
        return None if row is None else Expected(row.size, row.stored_at or "")


def _seen_by(office: str) -> ColumnElement[bool]:
    seen = and_(t.scope.c.record == t.attachment.c.record, t.scope.c.office == office, t.scope.c.present)
    return select(t.scope.c.record).where(seen).exists()
