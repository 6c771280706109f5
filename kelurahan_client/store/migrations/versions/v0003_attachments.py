"""Files that complaints have, and where their bytes are."""

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    """
    CREATE TABLE attachment (
        id TEXT NOT NULL,
        complaint_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        name TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        acknowledged BOOLEAN NOT NULL,
        rev INTEGER NOT NULL,
        stored_at TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_attachment_complaint_id ON attachment (complaint_id)
    """,
    """
    CREATE INDEX ix_attachment_sha256 ON attachment (sha256)
    """,
    """
    CREATE TABLE blob (
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        here BOOLEAN NOT NULL,
        sent_at TEXT,
        PRIMARY KEY (sha256)
    )
    """,
)


def upgrade() -> None:
    """Add the tables; what came before has no files."""
    for statement in _STATEMENTS:
        op.execute(statement)
