"""Requests that came in bundles: what a desk's last one asked, so that it can be answered, and what is held.

A held request came too early, or of another past than the centre knows; it is kept with its body, whole, until it can
be applied.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from central_server.store import tables as t
from central_server.store.shapes import CarriedRequest
from sync.protocol import ErrorNumber, ErrorReply


class Carried:
    """The requests of bundles, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, device: str, bundle: str, requests: Sequence[CarriedRequest]) -> None:
        """The requests of the desk's newest bundle, in place of those of the one before; what is held stays."""
        c, run = t.carried_request.c, self._connection.execute
        run(delete(t.carried_request).where(c.device == device, (c.bundle == bundle) | c.body.is_(None)))
        run(update(t.carried_request).where(c.device == device).values(latest=False))
        if requests:
            run(insert(t.carried_request), [asdict(one) | {"latest": True} for one in requests])

    def latest(self, device: str) -> list[CarriedRequest]:
        """The requests of the desk's newest bundle, in their order."""
        c = t.carried_request.c
        return self._found(c.device == device, c.latest)

    def held(self, bundle: str | None = None) -> list[CarriedRequest]:
        """Every request that could not be applied yet, by desk; with `bundle` only those of this one."""
        named = () if bundle is None else (t.carried_request.c.bundle == bundle,)
        return self._found(t.carried_request.c.body.is_not(None), *named)

    def due(self, device: str, epoch: str, last_n: int) -> list[CarriedRequest]:
        """Those of one past of one desk that came too early, and do not any more when it has come to `last_n`."""
        c = t.carried_request.c
        early = (c.body.is_not(None), c.number == ErrorNumber.GAP, c.first_n <= last_n + 1)
        return self._found(c.device == device, c.epoch == epoch, *early)

    def settle(self, request: CarriedRequest, refusal: ErrorReply | None) -> None:
        """What became of a held request: applied, or refused for this; then it stays."""
        if refusal is not None:
            self._change(request, number=refusal.number, refusal=msgspec.json.encode(refusal))
            return
        self._change(request, number=0, refusal=b"")
        self.let_go(request)

    def let_go(self, request: CarriedRequest) -> None:
        """It is not held any more. Of the desk's newest bundle it is still known, so that the desk can be answered."""
        self._change(request, body=None)
        older = t.carried_request.c.latest.is_(False)
        self._connection.execute(delete(t.carried_request).where(*_same(request), older))

    def _change(self, request: CarriedRequest, **values: Any) -> None:
        self._connection.execute(update(t.carried_request).where(*_same(request)).values(**values))

    def _found(self, *where: ColumnElement[bool]) -> list[CarriedRequest]:
        c = t.carried_request.c
        statement = select(t.carried_request).where(*where).order_by(c.device, c.epoch, c.first_n, c.bundle, c.ordinal)
        return [_request(row) for row in self._connection.execute(statement)]


def _same(request: CarriedRequest) -> tuple[ColumnElement[bool], ...]:
    c = t.carried_request.c
    return (c.device == request.device, c.bundle == request.bundle, c.ordinal == request.ordinal)


def _request(row: Row[Any]) -> CarriedRequest:
    return CarriedRequest(
        device=row.device,
        bundle=row.bundle,
        ordinal=row.ordinal,
        nonce=row.nonce,
        epoch=row.epoch,
        first_n=row.first_n,
        last_n=row.last_n,
        header=row.header,
        number=row.number,
        refusal=row.refusal,
        body=row.body,
        taken_at=row.taken_at,
    )
