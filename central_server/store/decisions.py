"""What people have decided about held requests of bundles: added, and never taken away."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from central_server.store import tables as t
from central_server.store.shapes import CarriedRequest, Decision, Person

DISCARDED = "discarded"
RELEASED = "released"
_OF_THE_REQUEST = ("device", "bundle", "epoch", "first_n", "last_n", "number", "body", "taken_at")


class Decisions:
    """The decisions, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, decisions: Iterable[Decision]) -> None:
        """Keeps these; their `id` is given here."""
        for one in decisions:
            request = {name: getattr(one.request, name) for name in _OF_THE_REQUEST}
            said = {"kind": one.kind, "why": one.why, "who": one.person.name, "at": one.person.at}
            self._connection.execute(insert(t.stick_decision).values(**said, missing=one.missing, **request))

    def all(self) -> list[Decision]:
        """All of them, oldest first."""
        return self._found()

    def kept(self, bundle: str) -> list[Decision]:
        """What was discarded of this bundle and is nowhere else."""
        return self._found(t.stick_decision.c.bundle == bundle, t.stick_decision.c.body.is_not(None))

    def forget_bodies(self, decisions: Iterable[Decision]) -> None:
        """What was discarded is somewhere else now."""
        c = t.stick_decision.c
        ids = [one.id for one in decisions]
        self._connection.execute(update(t.stick_decision).where(c.id.in_(ids)).values(body=None))

    def _found(self, *where: ColumnElement[bool]) -> list[Decision]:
        statement = select(t.stick_decision).where(*where).order_by(t.stick_decision.c.id)
        return [_decision(row) for row in self._connection.execute(statement)]


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    request = {name: getattr(row, name) for name in _OF_THE_REQUEST}
    return Decision(
        request=CarriedRequest(**request, ordinal=0, nonce="", header=b"", refusal=b""),
        kind=row.kind,
        why=row.why,
        person=Person(row.who, row.at),
        missing=row.missing,
        id=row.id,
    )
