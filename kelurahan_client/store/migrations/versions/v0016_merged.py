"""What the centre has merged of late is found without reading all that was ever sent: Konflik tells it each time."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """An index of the answers of that kind alone."""
    op.execute("CREATE INDEX outbox_merged ON outbox (answered_at) WHERE result = 'merged'")
