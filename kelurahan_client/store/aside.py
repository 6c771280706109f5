"""Records that only a newer program understands: kept aside, whole, until this is one."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import unknown_record
from sync.protocol import Change

_LINE = msgspec.json.Decoder(Change)


def put(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Keep these records; a newer state of one takes the place of the older."""
    for change in changes:
        values = {"rev": change.rev, "line": msgspec.json.encode(change)}
        statement = insert(unknown_record).values(type=change.type, id=change.id, **values)
        transaction.connection.execute(
            statement.on_conflict_do_update(index_elements=["type", "id"], set_=values),
        )


def drop(transaction: Transaction, keys: Iterable[tuple[str, str]]) -> None:
    """These records, by type and id, have left, or have come in a state that is understood."""
    if count(transaction):  # hardly ever
        for type_, id_ in keys:
            transaction.connection.execute(
                delete(unknown_record).where(unknown_record.c.type == type_, unknown_record.c.id == id_)
            )


def count(transaction: Transaction) -> int:
    """How many records are kept aside."""
    return transaction.connection.execute(select(func.count()).select_from(unknown_record)).scalar_one()


def take(transaction: Transaction) -> list[Change]:
    """All of them, in the order they came; they are not kept here any more."""
    lines = transaction.connection.execute(select(unknown_record.c.line).order_by(unknown_record.c.key)).scalars()
    found = [_LINE.decode(line) for line in lines]
    transaction.connection.execute(delete(unknown_record))
    return found
