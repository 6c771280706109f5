"""Complaints that are not here yet, one that was just registered or the thousands of a page of the feed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import Text

from kelurahan_client.domain.fields import FIELDS, Json
from kelurahan_client.store import moments, text_index
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A complaint to be stored, by all its fields (as `fields.flat` gives them), and where it came from."""

    values: Mapping[str, Json]
    extra: Mapping[str, Json] | None = None
    import_id: str | None = None
    fingerprint: str | None = None
    registered_by: str = ""  # the officer, "" where it was another desk's


def insert_many(transaction: Transaction, rows: Sequence[NewRow]) -> None:
    """Store complaints and index their words."""
    if not rows:
        return
    run = transaction.connection.exec_driver_sql
    last: int = run("SELECT coalesce(max(key), 0) FROM complaint").scalar_one()
    # Past SQLAlchemy, which takes as long for the parameters of a row as SQLite for the row.
    run(_INSERT, [_parameters(key, row) for key, row in enumerate(rows, last + 1)])
    text_index.index(transaction, [(key, row.values) for key, row in enumerate(rows, last + 1)])
    if any(row.values["rev"] for row in rows):  # what the centre tells may come after its story
        moments.renew_after(transaction, last)


_TEXTS = tuple(
    name
    for name in FIELDS
    if isinstance(complaint.c[name].type, Text) and not complaint.c[name].nullable and name != "warnings"
)
_OTHERS = tuple(name for name in FIELDS if name not in _TEXTS and name != "warnings")
_COLUMNS = (*_TEXTS, *_OTHERS, "key", "warnings", "extra", "import_id", "fingerprint", "registered_by")
# The driver asks Python about every None and every truth value how it is to be stored, which takes as long as the rest
# of the row; so they go as '' and as numbers.
_PLACES = ("nullif(?, '')" if complaint.c[name].nullable else "?" for name in _COLUMNS)
_INSERT = f"INSERT INTO complaint ({', '.join(_COLUMNS)}) VALUES ({', '.join(_PLACES)})"  # noqa: S608  # our own names
_PLAIN: dict[Json, Json] = {None: "", False: 0, True: 1}
_texts_of = itemgetter(*_TEXTS)
_others_of = itemgetter(*_OTHERS)


def _parameters(key: int, row: NewRow) -> tuple[object, ...]:
    others = _others_of(row.values)
    return (
        *_texts_of(row.values),
        *map(_PLAIN.get, others, others),
        key,
        _json(row.values["warnings"]) if row.values["warnings"] else "[]",
        _json(row.extra) if row.extra else "{}",
        row.import_id or "",
        row.fingerprint or "",
        row.registered_by,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
