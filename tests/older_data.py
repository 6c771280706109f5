"""Data of a desk made those of an older program: what later migrations made is taken away again."""

from kelurahan_client.store.engine import Transaction

_SINCE_0014 = (
    "DROP INDEX outbox_merged",
    "ALTER TABLE complaint DROP COLUMN registered_by",
    "DROP TABLE audit",
    "DELETE FROM meta WHERE name = 'audit_tail'",
    'CREATE TABLE reveal ("key" INTEGER PRIMARY KEY, complaint_id TEXT, actor TEXT, at TEXT, reason TEXT)',
    'CREATE TABLE officer_log ("key" INTEGER PRIMARY KEY, at TEXT, actor TEXT, what TEXT, subject TEXT, detail TEXT)',
    'CREATE TABLE print_log ("key" INTEGER PRIMARY KEY, kind TEXT, title TEXT, subject TEXT, document TEXT, size TEXT, '
    "medium TEXT, printer TEXT, copy INTEGER, actor TEXT, at TEXT, failed_at TEXT)",
)
_SINCE_0013 = (*_SINCE_0014, "DROP TABLE half_written")
_TAKEN = {"0014": _SINCE_0014, "0013": _SINCE_0013, "0012": _SINCE_0013}  # 0013 has made nothing


def make_older(transaction: Transaction, version: str) -> None:
    """Leave the data as the program of this schema would have."""
    for statement in _TAKEN[version]:
        transaction.connection.exec_driver_sql(statement)
    transaction.connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (version,))
