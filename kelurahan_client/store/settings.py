"""Single values that belong to the data: the desk's identity, cursors, counters, the officer."""

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.tables import layout, reference_item

IDENTITY = "identity"  # what the enrolment gave; see services.desk.Identity
OUTBOX_TAIL = "outbox_tail"
PRUNED = "pruned"  # {epoch: the number of its first entry that is kept}, where entries were forgotten
CURSOR = "cursor"  # {"server_epoch", "cursor"}
LAST_EXCHANGE = "last_exchange"  # {"at", "sent", "received", ...}
LAST_FAILURE = "last_failure"  # {"at", "since", "code", "message", "in_doubt": {epoch: n}, ...} or absent
FILES_TRIED = "files_tried"  # {sha256 of a file that waits: its last try}; see store.attachments.Tried
BUNDLES = "bundles"  # [{"id", "requests": [{"header", "last_n"}]}], newest last: those that an answer may come for
CENTRE_SCHEMA = "centre_schema"  # the newest that the centre knows; absent = as new as this program's
SCHEMA = "schema"  # of the field set in which these data are kept; absent = the first
NETWORK = "network"  # {"proxy", "direct", "authority"}; see services.network
RECEIPT_SIZE = "receipt_size"  # what receipts are printed on; see services.paper.PaperSize
PRINTERS = "printers"  # {"kind size": the printer such a document last went to}
SCAN_FOLDER = "scan_folder"  # where the office's scanner puts its files, as a path
AUDIT_TAIL = "audit_tail"  # {"n", "hash"} of the newest line; see store.audit
OFFICER = "officer"  # {"name", "role"}, on a desk without officers
RECOVERY_SEEN = "recovery_seen"  # true once somebody said that the recovery code was kept
LOCK_MINUTES = "lock_minutes"  # of quiet until the window locks itself
EXCHANGE_TIMES = "exchange_times"  # {"minutes", "at": ["08:00"]}; see services.preferences
NOTICES_READ = "notices_read"  # UTC text of the newest notice that somebody here has read
LAST_BACKUP = "last_backup"  # {"at", "folder"}; see services.backups
DEMO = "demo"  # true where the data are a sample; see services.demo
SAVED_FILTERS = "saved_filters"  # {name: filter}; see services.saved_filters
LIST_COLUMNS = "list_columns"  # {"codes", "widths"}
OWN_REPLIES = "own_replies"  # {name: text with $words}; see services.own_replies


# Written as SQL: every registration runs these, and building them from objects each time cost as much as the rest.
_GET = "SELECT value FROM meta WHERE name = ?"
_PUT = "INSERT INTO meta(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
_COUNTER = "SELECT value FROM counter WHERE year = ?"
_RAISE = (
    "INSERT INTO counter(year, value) VALUES (?, ?) "
    "ON CONFLICT(year) DO UPDATE SET value = excluded.value WHERE counter.value < excluded.value"
)


def get(transaction: Transaction, name: str) -> Any:
    """The value of `name`, or None."""
    found = transaction.connection.exec_driver_sql(_GET, (name,)).scalar()
    return None if found is None else json.loads(found)


def put(transaction: Transaction, name: str, value: Any) -> None:
    """Keep a JSON value under `name`."""
    transaction.connection.exec_driver_sql(_PUT, (name, json.dumps(value, ensure_ascii=False)))


def next_counters(transaction: Transaction, year: int, how_many: int) -> range:
    """Reserve `how_many` numbers of the desk's counter for a two-digit year; they are never given again."""
    current = transaction.connection.exec_driver_sql(_COUNTER, (year,)).scalar() or 0
    raise_counter(transaction, year, current + how_many)
    return range(current + 1, current + how_many + 1)


def raise_counter(transaction: Transaction, year: int, value: int) -> None:
    """Make sure that numbers up to `value` are not given again."""
    transaction.connection.exec_driver_sql(_RAISE, (year, value))


def remembered_mapping(transaction: Transaction, signature: str) -> dict[str, str] | None:
    """The column mapping that was last used for books of this layout."""
    found = transaction.connection.execute(select(layout.c.mapping).where(layout.c.signature == signature)).scalar()
    return None if found is None else json.loads(found)


def remember_mapping(transaction: Transaction, signature: str, mapping: dict[str, str]) -> None:
    """Keep a mapping for the next book of the same layout."""
    text = json.dumps(mapping, ensure_ascii=False)
    statement = insert(layout).values(signature=signature, mapping=text)
    transaction.connection.execute(
        statement.on_conflict_do_update(index_elements=["signature"], set_={"mapping": text})
    )


def put_reference(transaction: Transaction, type_: str, code: str, body: dict[str, Any], rev: int = 0) -> None:
    """Keep an agency, a category or a national figure as the centre has it."""
    values = {"body": json.dumps(body, ensure_ascii=False), "rev": rev}
    statement = insert(reference_item).values(type=type_, code=code, **values)
    transaction.connection.execute(statement.on_conflict_do_update(index_elements=["type", "code"], set_=values))


def drop_reference(transaction: Transaction, type_: str, code: str) -> None:
    """The centre does not have this item any more."""
    transaction.connection.execute(
        delete(reference_item).where(reference_item.c.type == type_, reference_item.c.code == code)
    )


def reference_items(transaction: Transaction) -> list[tuple[str, str, dict[str, Any]]]:
    """(type, code, body) of all reference items that came from the centre."""
    rows = transaction.connection.execute(select(reference_item))
    return [(row.type, row.code, json.loads(row.body)) for row in rows]


def reference_bodies(transaction: Transaction, type_: str) -> list[dict[str, Any]]:
    """The bodies of the reference items of one type."""
    bodies = transaction.connection.execute(select(reference_item.c.body).where(reference_item.c.type == type_))
    return [json.loads(body) for body in bodies.scalars()]
