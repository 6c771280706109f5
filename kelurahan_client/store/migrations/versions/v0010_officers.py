"""Officers with a PIN, and what was done about them."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make both tables; a desk has no officers until somebody names the first."""
    op.execute(
        """
        CREATE TABLE officer (
            id TEXT NOT NULL,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            added_at TEXT NOT NULL,
            retired_at TEXT,
            PRIMARY KEY (id)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE officer_log (
            "key" INTEGER NOT NULL,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            what TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY ("key")
        )
        """
    )
