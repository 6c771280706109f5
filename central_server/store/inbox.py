"""What devices have said: their streams, every mutation with its answer, and the quarantine."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, select, update

from central_server.store import tables as t
from central_server.store.bulk import insert_rows
from central_server.store.shapes import Held, Said, Stream
from sync.framing import CHAIN_START


class Inbox:
    """The mutations and the quarantine, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stream(self, device: str, epoch: str) -> Stream:
        """How far the device has come in this epoch; a new epoch starts at 0."""
        row = self._connection.execute(
            select(t.stream).where(t.stream.c.device == device, t.stream.c.epoch == epoch)
        ).first()
        return Stream(0, CHAIN_START) if row is None else Stream(row.last_n, row.last_hash, row.durable_n, row.ordinal)

    def epochs(self, device: str) -> int:
        """How many epochs of the device were heard; the newest has this ordinal."""
        newest = select(func.max(t.stream.c.ordinal)).where(t.stream.c.device == device)
        return self._connection.execute(newest).scalar() or 0

    def begin(self, device: str, epoch: str, ordinal: int) -> Stream:
        """The device starts a new past."""
        values = {"last_n": 0, "last_hash": CHAIN_START, "ordinal": ordinal}
        self._connection.execute(insert(t.stream).values(device=device, epoch=epoch, **values))
        return Stream(0, CHAIN_START, 0, ordinal)

    def streams(self) -> list[tuple[str, str, int]]:
        """(device, epoch, last n) of everything that was heard."""
        rows = self._connection.execute(select(t.stream.c.device, t.stream.c.epoch, t.stream.c.last_n))
        return [(row.device, row.epoch, row.last_n) for row in rows]

    def make_durable(self, streams: Iterable[tuple[str, str, int]]) -> None:
        """A verified backup holds these; what an earlier one held stays so."""
        rows = [{"of_device": device, "of_epoch": epoch, "upto": n} for device, epoch, n in streams]
        if rows:
            known = and_(t.stream.c.device == bindparam("of_device"), t.stream.c.epoch == bindparam("of_epoch"))
            newer = and_(known, t.stream.c.durable_n < bindparam("upto"))
            self._connection.execute(update(t.stream).where(newer).values(durable_n=bindparam("upto")), rows)

    def advance(self, device: str, epoch: str, stream: Stream) -> None:
        """The device has come this far; `stream.ordinal` 0 = nothing was heard in this epoch before."""
        values = {"last_n": stream.last_n, "last_hash": stream.last_hash}
        if stream.ordinal:
            where = (t.stream.c.device == device, t.stream.c.epoch == epoch)
            self._connection.execute(update(t.stream).where(*where).values(values))
        else:
            self._connection.execute(insert(t.stream).values(device=device, epoch=epoch, **values))

    def said(self, device: str, epoch: str, first: int, last: int) -> dict[int, Said]:
        """The mutations n = first..last that were taken before."""
        m = t.mutation
        rows = self._connection.execute(
            select(m.c.n, m.c.hash, m.c.line, m.c.result)
            .where(m.c.device == device, m.c.epoch == epoch, m.c.n.between(first, last))
            .order_by(m.c.n)
        )
        return {row.n: Said(row.n, row.hash, row.line, row.result) for row in rows}

    def remember(self, device: str, epoch: str, said: Iterable[Said], clock_offset: float | None) -> None:
        """Keeps mutations with their answers for ever, and how far the desk's clock was off when it sent them."""
        same = {"device": device, "epoch": epoch, "clock_offset": clock_offset}
        rows = [same | {"n": one.n, "hash": one.hash, "line": one.line, "result": one.result} for one in said]
        insert_rows(self._connection, t.mutation, rows)

    def lines(self, device: str) -> Iterator[bytes]:
        """Everything the device has ever said, as it came; also what came on a stick and went into quarantine."""
        for table in (t.mutation, t.quarantine):
            statement = select(table.c.line).where(table.c.device == device)
            # Said of the statement: on the connection it would hold for every later one, also those that write.
            yield from self._connection.execute(statement, execution_options={"yield_per": 500}).scalars()

    # Quarantine

    def hold(self, items: Sequence[Held]) -> None:
        """Puts items into quarantine; their `id` is given here."""
        rows = [
            {
                "device": item.device,
                "epoch": item.epoch,
                "n": item.n,
                "office": item.office,
                "desk": item.desk,
                "target": item.target,
                "creates": item.creates,
                "line": item.line,
                "number": item.number,
                "reason": item.reason,
                "held_at": item.held_at,
            }
            for item in items
        ]
        insert_rows(self._connection, t.quarantine, rows)

    def held(self, id_: int) -> Held | None:
        """One item, released or not."""
        row = self._connection.execute(select(t.quarantine).where(t.quarantine.c.id == id_)).first()
        return None if row is None else _held(row)

    def waiting(self, targets: Iterable[str] | None = None) -> list[Held]:
        """Items not released yet, oldest first; with `targets` only those that speak of these complaints."""
        statement = select(t.quarantine).where(t.quarantine.c.released_at.is_(None)).order_by(t.quarantine.c.id)
        if targets is not None:
            statement = statement.where(t.quarantine.c.target.in_(list(targets)))
        return [_held(row) for row in self._connection.execute(statement)]

    def hold_for(self, id_: int, number: int, reason: str) -> None:
        """The item stays for another reason than before."""
        values = {"number": int(number), "reason": reason}
        self._connection.execute(update(t.quarantine).where(t.quarantine.c.id == id_).values(values))

    def release(self, id_: int, at: str) -> None:
        """The item was applied."""
        self._connection.execute(update(t.quarantine).where(t.quarantine.c.id == id_).values(released_at=at))


def _held(row: Row[Any]) -> Held:
    return Held(
        id=row.id,
        device=row.device,
        epoch=row.epoch,
        n=row.n,
        office=row.office,
        desk=row.desk,
        target=row.target,
        creates=row.creates,
        line=row.line,
        number=row.number,
        reason=row.reason,
        held_at=row.held_at,
        released_at=row.released_at or "",
    )
