"""Pages of a register book while they are typed, and which scans they are typed from."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make both tables."""
    op.execute(
        """
        CREATE TABLE book_page (
            id TEXT NOT NULL,
            officer TEXT NOT NULL,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            book TEXT NOT NULL,
            number TEXT NOT NULL,
            content TEXT NOT NULL,
            saved_at TEXT,
            discarded_at TEXT,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_book_page_updated_at ON book_page (updated_at)")
    op.execute(
        """
        CREATE TABLE book_scan (
            page_id TEXT NOT NULL,
            position INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            media_type TEXT NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (page_id, position),
            FOREIGN KEY(page_id) REFERENCES book_page (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_book_scan_sha256 ON book_scan (sha256)")
