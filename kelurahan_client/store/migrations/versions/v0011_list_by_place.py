"""The list can be sorted by place; without an index every row would be opened for it."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the index."""
    op.execute('CREATE INDEX IF NOT EXISTS complaint_by_location ON complaint (deleted, location, "key")')
