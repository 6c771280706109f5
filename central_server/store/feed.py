"""Reading: the feed of one office, and lists of complaints."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, case, literal, select, union_all

from central_server.store import tables as t
from central_server.store.shapes import FeedPage, FeedRow
from sync.protocol import UNCHANGING

EVERYBODY = "*"  # the scope of reference data
_STEP = 500  # rows read at once, so that a page of large rows never fills the memory


def read_cursor(text: str) -> tuple[int, int]:
    """The seq up to which a desk has heard, and what was pruned when it began; the inverse of `FeedPage.cursor`."""
    seq, _, mark = text.partition(".")
    return int(seq or 0), int(mark or 0)


class Feed:
    """The reader's side, within one snapshot."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> int:
        """The seq of the last change that this snapshot sees."""
        return int(self._connection.execute(select(t.head.c.seq)).scalar_one())

    def pruned(self) -> int:
        """The seq up to which it is forgotten what left an office."""
        return int(self._connection.execute(select(t.head.c.pruned)).scalar_one())

    def held(self, office: str) -> list[tuple[str, int]]:
        """Id and revision of every record that the office sees now; what never changes counts as revision 0."""
        rev = case((t.record.c.type.in_(UNCHANGING), 0), else_=t.record.c.rev).label("rev")
        statement = (
            select(t.record.c.id, rev)
            .join(t.scope, t.scope.c.record == t.record.c.id)
            .where(t.scope.c.office.in_((office, EVERYBODY)), t.scope.c.present.is_(True))
            .where(t.record.c.deleted.is_(False))
        )
        return [(row.id, row.rev) for row in self._connection.execute(statement)]

    def rows(self, ids: Sequence[str]) -> Iterator[tuple[str, str, int, bytes]]:
        """Type, id, rev and body (JSON) of records, in any order."""
        columns = (t.record.c.type, t.record.c.id, t.record.c.rev, t.record.c.body)
        for start in range(0, len(ids), _STEP):
            part = ids[start : start + _STEP]
            for type_, id_, rev, body in self._connection.execute(select(*columns).where(t.record.c.id.in_(part))):
                yield type_, id_, rev, body.encode()

    def of_type(self, type_: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Id and body of every record of a type that is not deleted, in the order of their ids."""
        statement = select(t.record.c.id, t.record.c.body).where(
            t.record.c.type == type_, t.record.c.deleted.is_(False)
        )
        for row in self._connection.execute(statement.order_by(t.record.c.id)):
            yield row.id, msgspec.json.decode(row.body)

    def position(self) -> tuple[int, int]:
        """`head` and `pruned` in one statement."""
        row = self._connection.execute(select(t.head.c.seq, t.head.c.pruned)).one()
        return int(row.seq), int(row.pruned)

    def page(self, office: str, cursor: int, rows: int, size: int) -> FeedPage:
        """Rows in (cursor, head] for `office` in the order of their seq: at most `rows`, and about `size` bytes."""
        head, pruned = self.position()
        found: list[FeedRow] = []
        taken = 0
        while len(found) < rows:
            step = min(_STEP, rows - len(found))
            part = self._rows(office, cursor, head, step)
            for row in part:
                found.append(row)
                cursor = row.seq
                taken += len(row.body)
                if taken > size:
                    return FeedPage(tuple(found), cursor, more=cursor < head, pruned=pruned)
            if len(part) < step:
                return FeedPage(tuple(found), head, more=False, pruned=pruned)
        return FeedPage(tuple(found), cursor, more=cursor < head, pruned=pruned)

    def _rows(self, office: str, cursor: int, head: int, limit: int) -> list[FeedRow]:
        # One ordered walk over the index for each scope: a single IN would sort everything for every page.
        parts = [_of_scope(scope, cursor, head, limit).subquery().select() for scope in (office, EVERYBODY)]
        merged = union_all(*parts).subquery()
        return [
            FeedRow(
                seq=row.seq,
                id=row.id,
                type=row.type,
                rev=row.rev,
                body=row.body.encode(),
                gone=row.deleted or not row.present,
                stream=row.stream,
                stream_from=row.stream_from,
            )
            for row in self._connection.execute(select(merged).order_by(merged.c.seq).limit(limit))
        ]

    def complaints(self, office: str | None) -> Iterator[dict[str, Any]]:
        """Every complaint, or those that `office` sees: the body with id, rev and whether a conflict is open."""
        conflict = select(literal(1)).where(t.open_conflict.c.complaint == t.record.c.id).exists()
        statement = (
            select(t.record.c.id, t.record.c.rev, t.record.c.body, conflict.label("conflict"))
            .where(t.record.c.type == "complaint", t.record.c.deleted.is_(False))
            .order_by(t.record.c.id)
        )
        if office is not None:
            seen = and_(t.scope.c.record == t.record.c.id, t.scope.c.office == office, t.scope.c.present.is_(True))
            statement = statement.where(select(literal(1)).where(seen).exists())
        for row in self._connection.execute(statement, execution_options={"yield_per": _STEP}):
            yield _complaint(row)


def _of_scope(scope: str, cursor: int, head: int, limit: int) -> Select[Any]:
    return (
        select(
            t.scope.c.seq,
            t.scope.c.present,
            t.record.c.id,
            t.record.c.type,
            t.record.c.rev,
            t.record.c.body,
            t.record.c.deleted,
            t.record.c.stream,
            t.record.c.stream_from,
        )
        .join(t.record, t.record.c.id == t.scope.c.record)
        .where(t.scope.c.office == scope, t.scope.c.seq > cursor, t.scope.c.seq <= head)
        .order_by(t.scope.c.seq)
        .limit(limit)
    )


def _complaint(row: Row[Any]) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.json.decode(row.body)
    return body | {"id": row.id, "rev": row.rev, "conflict": bool(row.conflict)}
