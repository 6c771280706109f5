"""Which office sees which record, staged under the head's lock and written together."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from central_server.store import tables as t
from central_server.store.bulk import insert_rows

_CHANGING = ("seq", "present", "left_at")


class Scopes:
    """The scopes of the records that one writing transaction has read; every change carries the seq it is given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, bool]] = {}
        self._new: dict[tuple[str, str], dict[str, Any]] = {}
        self._changed: dict[tuple[str, str], dict[str, Any]] = {}

    def load(self, ids: Sequence[str]) -> None:
        """Reads the scopes of existing records."""
        self._known.update((id_, {}) for id_ in ids)
        for row in self._connection.execute(select(t.scope).where(t.scope.c.record.in_(ids))):
            self._known[row.record][row.office] = row.present

    def offices(self, id_: str) -> set[str]:
        """The offices that see the record now."""
        return {office for office, present in self._known.get(id_, {}).items() if present}

    def was_seen_by(self, id_: str, office: str) -> bool:
        """Whether the office sees the record or has seen it."""
        return office in self._known.get(id_, {})

    def show(self, id_: str, offices: Iterable[str], seq: int) -> None:
        """These offices see the record, and get it at `seq`, whether they saw it before or not."""
        for office in offices:
            self._set(id_, office, seq)

    def change(self, id_: str, offices: Iterable[str], seq: int, at: str) -> bool:
        """Only these offices see the record from `at` on; who sees it still is not told again. False = as before."""
        wanted, present = {*offices}, self.offices(id_)
        self.show(id_, wanted - present, seq)
        for office in present - wanted:
            self._set(id_, office, seq, left_at=at)
        return wanted != present

    def flush(self) -> None:
        """Writes what is staged."""
        insert_rows(self._connection, t.scope, list(self._new.values()))
        if self._changed:
            statement = (
                update(t.scope)
                .where(t.scope.c.office == bindparam("at_office"), t.scope.c.record == bindparam("of_record"))
                .values(seq=bindparam("new_seq"), present=bindparam("new_present"), left_at=bindparam("new_left_at"))
            )
            rows = [
                {"at_office": office, "of_record": id_} | {f"new_{name}": row[name] for name in _CHANGING}
                for (office, id_), row in self._changed.items()
            ]
            self._connection.execute(statement, rows)
        self._new.clear()
        self._changed.clear()

    def forget(self) -> None:
        """Drops what is staged and read."""
        self._known.clear()
        self._new.clear()
        self._changed.clear()

    def _set(self, id_: str, office: str, seq: int, left_at: str | None = None) -> None:
        present = left_at is None
        known = self._known.setdefault(id_, {})
        stored = office in known and (office, id_) not in self._new
        known[office] = present
        rows = self._changed if stored else self._new
        rows[office, id_] = {"office": office, "record": id_, "seq": seq, "present": present, "left_at": left_at}
