"""What people have typed at a desk, and how things are called there: it stays as it is in every language."""

from collections.abc import Iterator
from contextlib import suppress

import msgspec
from sqlalchemy import select

from kelurahan_client.services.desk import Desk
from kelurahan_client.store import tables

_TABLES = (
    tables.complaint,
    tables.entry,
    tables.conflict,
    tables.draft,
    tables.draft_attachment,
    tables.attachment,
    tables.officer,
    tables.book_page,
    tables.book_scan,
    tables.import_batch,
    tables.audit,
)


def typed_at(desk: Desk) -> list[str]:
    """The texts of a desk's data, whole and line by line; names of places, agencies, categories; the data's folder."""
    reference = desk.reference
    named = [
        *(one.name for one in reference.offices.values()),
        *(name for one in reference.agencies.values() for name in (one.name, one.short_name)),
        *(one.name for one in reference.categories.values()),
        *(one.district for one in reference.offices.values()),
        str(desk.store.config.data_dir),
    ]
    with desk.store.read() as transaction:
        rows = [row for table in _TABLES for row in transaction.connection.execute(select(table))]
    written = [text for row in rows for value in row for text in _strings(value)]
    both = {*named, *(one.replace("&", "&&") for one in named), *written, *(one.rstrip(".") for one in written)}
    return sorted((one for one in both if len(one) > 2), key=len, reverse=True)


def _strings(value: object) -> Iterator[str]:
    """The texts of a column, also those within its JSON."""
    if isinstance(value, str):
        if value[:1] in ("{", "[", '"'):
            with suppress(msgspec.DecodeError):  # it only looks like it
                yield from _strings(msgspec.json.decode(value))
        yield from (value, *value.splitlines())
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
