"""Rows of texts that were begun and not saved."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects.sqlite import insert

from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.moments import plain
from kelurahan_client.store.tables import complaint, half_written

Content = Mapping[str, Any]
"""What stands in each editor, as JSON."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is written: what kind of text, about which complaint or conflict, and in which part of it."""

    kind: str
    subject: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A text in its place; `officer` wrote in it last."""

    place: Place
    officer: str
    begun_at: datetime
    content: Content


def put(transaction: Transaction, place: Place, content: Content, officer: str, at: datetime) -> None:
    """Keep the newest state of the text; when it was begun stays."""
    text = json.dumps(content)  # in ASCII: an editor may hold half a character, which SQLite would refuse
    statement = insert(half_written).values(
        subject=place.subject, kind=place.kind, part=place.part, officer=officer, begun_at=utc_text(at), content=text
    )
    transaction.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["subject", "kind", "part"], set_={"officer": officer, "content": text}
        )
    )


def get(transaction: Transaction, place: Place) -> Row | None:
    """The text of a place."""
    found = transaction.connection.execute(select(half_written).where(_at(place))).mappings().first()
    return _row(found) if found else None


def about(transaction: Transaction, subject: str) -> list[Row]:
    """All texts about something, the oldest first."""
    query = select(half_written).where(half_written.c.subject == subject).order_by(half_written.c.begun_at)
    return [_row(row) for row in transaction.connection.execute(query).mappings()]


def of_complaints(transaction: Transaction) -> list[tuple[Row, str, str]]:
    """All texts about complaints that are here, each with the complaint's number and title, the newest first."""
    here = and_(complaint.c.id == half_written.c.subject, plain(complaint.c.deleted) == 0)  # or it begins with them all
    query = select(half_written, complaint.c.reference, complaint.c.title).join(complaint, here)
    rows = transaction.connection.execute(query.order_by(half_written.c.begun_at.desc())).mappings()
    return [(_row(row), row["reference"], row["title"]) for row in rows]


def remove(transaction: Transaction, place: Place) -> None:
    """It was saved, or thrown away."""
    transaction.connection.execute(delete(half_written).where(_at(place)))


def _at(place: Place) -> Any:
    table = half_written.c
    return and_(table.subject == place.subject, table.kind == place.kind, table.part == place.part)


def _row(row: Any) -> Row:
    return Row(
        place=Place(row["kind"], row["subject"], row["part"]),
        officer=row["officer"],
        begun_at=read_utc(row["begun_at"]),
        content=json.loads(row["content"]),
    )
