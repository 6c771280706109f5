"""What was put on paper, when, by whom, and which copy of it that was."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the log of prints."""
    op.create_table(
        "print_log",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("size", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("printer", sa.Text, nullable=False),
        sa.Column("copy", sa.Integer, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("failed_at", sa.Text),
    )
    op.create_index("print_log_by_subject", "print_log", ["subject"])
    op.create_index(
        "print_log_copies", "print_log", ["document", "copy"], unique=True, sqlite_where=sa.text("failed_at IS NULL")
    )
