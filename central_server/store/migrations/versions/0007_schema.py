"""In which schema the records are written, so that a newer program knows what to raise."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the column; all there is was written in the first schema."""
    op.add_column("head", sa.Column("schema", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Takes the column away."""
    op.drop_column("head", "schema")
