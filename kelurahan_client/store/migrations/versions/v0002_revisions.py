"""The revision of every record that the centre may change, so that both sides can compare what they hold."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; 0 = not known, and asked for at the next comparison."""
    op.execute("ALTER TABLE conflict ADD COLUMN rev INTEGER DEFAULT 0 NOT NULL")
    op.execute("ALTER TABLE reference_item ADD COLUMN rev INTEGER DEFAULT 0 NOT NULL")
