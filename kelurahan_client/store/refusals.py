"""Changes that the centre refused and that still need a person: those that were said again do not."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, literal_column, select

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import outbox, resent
from sync.protocol import ResultKind

_SAID_AGAIN = select(resent.c.n).where(resent.c.epoch == outbox.c.epoch, resent.c.n == outbox.c.n).exists()

# Written out, since a bound value does not tell SQLite that the index of what was refused will do.
REFUSED: ColumnElement[bool] = and_(outbox.c.result == literal_column(f"'{ResultKind.REJECTED.value}'"), ~_SAID_AGAIN)


def said_again(transaction: Transaction, entries: Iterable[tuple[str, int]], at: datetime) -> None:
    """These entries, as (epoch, n), were refused and are said again by others; they stay in the chain."""
    rows = [{"epoch": epoch, "n": n, "at": utc_text(at)} for epoch, n in entries]
    transaction.connection.execute(insert(resent), rows)
