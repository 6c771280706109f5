"""One chain of what must be answerable, in place of three tables; and who registered a complaint."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from alembic import op

revision = "0015"
down_revision = "0014"

_MADE = (
    """
    CREATE TABLE audit (
        n INTEGER NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        subject TEXT NOT NULL,
        document TEXT NOT NULL,
        body TEXT NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (n)
    )
    """,
    "CREATE INDEX audit_by_subject ON audit (subject)",
    "CREATE INDEX audit_by_document ON audit (document)",
    "CREATE INDEX audit_filtered ON audit (at, kind, actor, subject)",
    "ALTER TABLE complaint ADD COLUMN registered_by TEXT NOT NULL DEFAULT ''",
)
_GONE = ("DROP TABLE reveal", "DROP TABLE officer_log", "DROP TABLE print_log")
_WHO = """
    UPDATE complaint SET registered_by = coalesce(
        (
            SELECT json_extract(CAST(line AS TEXT), '$.actor') FROM outbox
            WHERE outbox.record_id = complaint.id AND outbox.op = 'create' ORDER BY outbox.rowid LIMIT 1
        ),
        (SELECT actor FROM import_batch WHERE import_batch.id = complaint.import_id),
        ''
    )
"""
_OLD = (  # kind, at, actor, subject, document, body, the print it was, the print that failed
    """
    SELECT CASE WHEN reason LIKE 'Ekspor: %' THEN 'export' ELSE 'reveal' END AS kind, at, actor,
        complaint_id AS subject, '' AS document, json_object('reason', reason) AS body, NULL AS print, NULL AS failed,
        at AS place, 0 AS part, "key" AS number
    FROM reveal
    """,
    """
    SELECT CASE what WHEN 'signed_in' THEN 'sign_in' ELSE 'officer' END, at, actor, '', '',
        json_object('what', what, 'whom', subject, 'detail', detail), NULL, NULL, at, 1, "key"
    FROM officer_log
    """,
    """
    SELECT 'print', at, actor, subject, document,
        json_object('kind', kind, 'title', title, 'size', size, 'medium', medium, 'printer', printer, 'copy', copy),
        "key", NULL, at, 2, "key"
    FROM print_log
    """,
    """
    SELECT 'unprinted', failed_at, actor, subject, document, json_object('title', title), NULL, "key",
        max(at, failed_at), 3, "key"
    FROM print_log WHERE failed_at IS NOT NULL
    """,
)


def upgrade() -> None:
    """What was logged begins the chain as it is, in the order of its times."""
    connection = op.get_bind()
    for statement in _MADE:
        op.execute(statement)
    digest, n = bytes(32), 0
    for n, row in enumerate(_rows(connection), start=1):
        line = json.dumps([n, *row], ensure_ascii=False, separators=(",", ":")).encode()
        digest = hashlib.sha256(digest + line).digest()
        connection.exec_driver_sql("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (n, *row, digest))
    end = json.dumps({"n": n, "hash": digest.hex()})
    connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('audit_tail', ?)", (end,))
    for statement in (*_GONE, _WHO):
        op.execute(statement)


def _rows(connection: Any) -> Iterator[tuple[str, ...]]:
    printed: dict[int, int] = {}
    query = f"{' UNION ALL '.join(_OLD)} ORDER BY place, part, number"
    for n, row in enumerate(connection.exec_driver_sql(query).all(), start=1):
        body = row.body
        if row.print is not None:
            printed[row.print] = n
        elif row.failed is not None:
            body = json.dumps({"of": printed[row.failed], **json.loads(body)}, ensure_ascii=False)
        yield row.kind, row.at, row.actor, row.subject, row.document, body
