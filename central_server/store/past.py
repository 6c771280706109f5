"""What was ever said about a complaint: every value that anybody submitted, in the order in which it came."""

from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select

from central_server.store import tables as t


class Past:
    """The history, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_reference(self, reference: str) -> list[dict[str, Any]]:
        """Every submitted value of the complaints with this number, oldest first; `lost` = it does not stand by it.

        The first line of a complaint has an empty field: that it was recorded. `clock_offset` is how many seconds the
        desk's clock was ahead when this was sent.
        """
        h, m = t.history, t.mutation
        named = select(t.record.c.id).where(t.record.c.reference == reference)
        same = and_(m.c.device == h.c.device, m.c.epoch == h.c.epoch, m.c.n == h.c.n)
        query = select(h, m.c.clock_offset).outerjoin(m, same).where(h.c.record.in_(named)).order_by(h.c.record, h.c.id)
        return [
            {
                "field": row["field"],
                "was": msgspec.json.decode(row["was"]),
                "value": msgspec.json.decode(row["value"]),
                "lost": row["lost"],
                "actor": row["actor"],
                "office": row["office"],
                "desk": row["desk"],
                "device_time": row["device_time"],
                "clock_offset": row["clock_offset"],
                "received_at": row["received_at"],
            }
            for row in self._connection.execute(query).mappings()
        ]

    def last_change(self, record: str) -> tuple[str, str]:
        """Who changed a record last, and when; nobody and never where nothing was submitted for it."""
        h = t.history.c
        query = select(h.actor, h.received_at).where(h.record == record).order_by(h.id.desc()).limit(1)
        row = self._connection.execute(query).first()
        return (row.actor, row.received_at) if row else ("", "")
