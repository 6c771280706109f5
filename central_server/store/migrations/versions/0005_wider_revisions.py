"""Revisions that have room for the second of a restore."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_COLUMNS = (("head", "rev_floor"), ("record", "rev"), ("record", "stream_from"), ("history", "rev"))


def upgrade() -> None:
    """Widens the columns; SQLite's have always been wide enough."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _COLUMNS:
            op.alter_column(table, column, type_=sa.BigInteger(), existing_nullable=False)


def downgrade() -> None:
    """Narrows them; raises the database's error where that does not fit any more."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column in _COLUMNS:
            op.alter_column(table, column, type_=sa.Integer(), existing_nullable=False)
