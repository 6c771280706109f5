"""Files that complaints have, and whether their bytes are here."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "attachment",
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.Text()),
        sa.ForeignKeyConstraint(["record"], ["record.id"], name="fk_attachment_record"),
        sa.PrimaryKeyConstraint("record", name="pk_attachment"),
    )
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])
    op.create_index("ix_attachment_stored_at", "attachment", ["stored_at"])


def downgrade() -> None:
    """Takes the table away; the records stay, and say themselves what they have."""
    op.drop_table("attachment")
