"""What waits is counted by complaint, which the index of it can say without opening an entry."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Put the complaint into the index."""
    op.execute("DROP INDEX outbox_waiting")
    op.execute("CREATE INDEX outbox_waiting ON outbox (epoch, n, record_id) WHERE result IS NULL")
