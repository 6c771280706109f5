"""Files of drafts, who began a draft, further reporters of a complaint, and how often each word is in the index."""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """
    ALTER TABLE draft ADD COLUMN begun_by TEXT DEFAULT '' NOT NULL
    """,
    """
    UPDATE draft SET begun_by = officer
    """,
    """
    CREATE TABLE draft_attachment (
        id TEXT NOT NULL,
        draft_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        name TEXT NOT NULL,
        at TEXT NOT NULL,
        removed_at TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_draft_attachment_draft_id ON draft_attachment (draft_id)
    """,
    """
    CREATE INDEX ix_draft_attachment_sha256 ON draft_attachment (sha256)
    """,
    """
    CREATE TABLE further_reporter (
        id TEXT NOT NULL,
        complaint_id TEXT NOT NULL,
        name TEXT NOT NULL,
        nik TEXT NOT NULL,
        phone TEXT NOT NULL,
        address TEXT NOT NULL,
        rt TEXT NOT NULL,
        rw TEXT NOT NULL,
        resident BOOLEAN NOT NULL,
        anonymous BOOLEAN,
        confidential BOOLEAN,
        channel TEXT NOT NULL,
        received_date TEXT NOT NULL,
        statement TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        draft_id TEXT NOT NULL,
        undone_at TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_further_reporter_complaint_id ON further_reporter (complaint_id)
    """,
    """
    CREATE VIRTUAL TABLE complaint_words USING fts5vocab('complaint_text', 'row')
    """,
)


def upgrade() -> None:
    """Add them; the drafts of before were begun by whoever has them."""
    for statement in _STATEMENTS:
        op.execute(statement)
