"""When a record left an office, up to where such rows were pruned, and how far a desk's clock was off."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the columns; what left before counts as having left long ago."""
    op.add_column("scope", sa.Column("left_at", sa.Text()))
    op.add_column(
        "head",
        sa.Column("pruned", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, server_default="0"),
    )
    op.add_column("mutation", sa.Column("clock_offset", sa.Float()))


def downgrade() -> None:
    """Takes the columns away."""
    op.drop_column("mutation", "clock_offset")
    op.drop_column("head", "pruned")
    op.drop_column("scope", "left_at")
