"""Records of a newer centre in a table of their own, not among the agencies and categories."""

import json

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table, and move there what the first program kept among the reference items."""
    op.execute(
        """
        CREATE TABLE unknown_record (
            "key" INTEGER NOT NULL,
            type TEXT NOT NULL,
            id TEXT NOT NULL,
            rev INTEGER NOT NULL,
            line BLOB NOT NULL,
            PRIMARY KEY ("key")
        )
        """
    )
    op.execute("CREATE UNIQUE INDEX unknown_record_by_id ON unknown_record (type, id)")
    connection = op.get_bind()
    query = "SELECT type, code, body, rev FROM reference_item WHERE type NOT IN ('agency', 'category')"
    for type_, code, body, rev in connection.exec_driver_sql(query).all():
        line = {"kind": "change", "type": type_, "id": code, "rev": rev, "body": json.loads(body)}
        connection.exec_driver_sql(
            "INSERT INTO unknown_record (type, id, rev, line) VALUES (?, ?, ?, ?)",
            (type_, code, rev, json.dumps(line, ensure_ascii=False).encode()),
        )
    connection.exec_driver_sql("DELETE FROM reference_item WHERE type NOT IN ('agency', 'category')")
