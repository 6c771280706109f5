"""Requests that came in bundles: what the last one of each desk asked, and what is held of any."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "carried_request",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("bundle", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("first_n", _NUMBER, nullable=False),
        sa.Column("last_n", _NUMBER, nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("taken_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="fk_carried_request_device"),
        sa.PrimaryKeyConstraint("device", "bundle", "ordinal", name="pk_carried_request"),
    )


def downgrade() -> None:
    """Takes the table away."""
    op.drop_table("carried_request")
