"""Closed days, how many lines people counted on the pages of the register book, and refused changes said again."""

from alembic import op

revision = "0009"
down_revision = "0008"

_STATEMENTS = (
    """
    CREATE TABLE closed_day (
        id TEXT NOT NULL,
        day TEXT NOT NULL,
        since TEXT NOT NULL,
        until TEXT NOT NULL,
        closed_at TEXT NOT NULL,
        officer TEXT NOT NULL,
        typed INTEGER NOT NULL,
        left_over INTEGER NOT NULL,
        recap TEXT NOT NULL,
        reopened_at TEXT,
        reopened_by TEXT DEFAULT '' NOT NULL,
        reopen_reason TEXT DEFAULT '' NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE UNIQUE INDEX closed_day_once ON closed_day (day) WHERE reopened_at IS NULL
    """,
    """
    CREATE TABLE counted_page (
        day TEXT NOT NULL,
        page TEXT NOT NULL,
        lines INTEGER NOT NULL,
        officer TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (day, page)
    )
    """,
    """
    CREATE TABLE resent (
        epoch TEXT NOT NULL,
        n INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (epoch, n)
    )
    """,
    """
    CREATE INDEX complaint_by_recording ON complaint (desk, recorded_at)
    """,
)


def upgrade() -> None:
    """Add the tables, and the way to what was typed between two moments."""
    for statement in _STATEMENTS:
        op.execute(statement)
