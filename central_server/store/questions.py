"""Which field of which complaint has an open conflict, staged under the head's lock and written together."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from central_server.store import tables as t


class Questions:
    """The open conflicts of the complaints that one writing transaction has read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, str]] = {}
        self._opened: dict[tuple[str, str], str] = {}
        self._closed: list[tuple[str, str]] = []

    def load(self, ids: Sequence[str]) -> None:
        """Reads the open conflicts of complaints."""
        self._known.update((id_, {}) for id_ in ids)
        for row in self._connection.execute(select(t.open_conflict).where(t.open_conflict.c.complaint.in_(ids))):
            self._known[row.complaint][row.field] = row.conflict

    def on(self, complaint: str, field: str) -> str | None:
        """The id of the open conflict on this field."""
        return self._known.get(complaint, {}).get(field)

    def open(self, complaint: str, field: str, conflict: str) -> None:
        """The field is contested from now on."""
        self._known.setdefault(complaint, {})[field] = conflict
        self._opened[complaint, field] = conflict

    def close(self, complaint: str, field: str) -> None:
        """The field has been decided."""
        self._known.get(complaint, {}).pop(field, None)
        if self._opened.pop((complaint, field), None) is None:
            self._closed.append((complaint, field))

    def flush(self) -> None:
        """Writes what is staged; the records that it names are there already."""
        table = t.open_conflict
        for complaint, field in self._closed:
            self._connection.execute(delete(table).where(table.c.complaint == complaint, table.c.field == field))
        if self._opened:
            rows = [
                {"complaint": complaint, "field": field, "conflict": conflict}
                for (complaint, field), conflict in self._opened.items()
            ]
            self._connection.execute(insert(table), rows)
        self._opened.clear()
        self._closed.clear()

    def forget(self) -> None:
        """Drops what is staged and read."""
        self._known.clear()
        self._opened.clear()
        self._closed.clear()
