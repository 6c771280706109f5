"""What tells restored and cloned data apart: epochs in order, what a backup holds, the complaints of a number."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_STEP = 500


def upgrade() -> None:
    """Adds the columns, and writes the number of every complaint into its own."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("head", sa.Column("rev_floor", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("stream", sa.Column("durable_n", number, nullable=False, server_default="0"))
    op.add_column("stream", sa.Column("ordinal", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("record", sa.Column("reference", sa.Text()))
    op.create_index("ix_record_reference", "record", ["reference"])
    _write_references(op.get_bind())


def downgrade() -> None:
    """Takes the columns away."""
    op.drop_index("ix_record_reference", "record")
    op.drop_column("record", "reference")
    op.drop_column("stream", "ordinal")
    op.drop_column("stream", "durable_n")
    op.drop_column("head", "rev_floor")


def _write_references(connection: sa.Connection) -> None:
    record = sa.table("record", sa.column("id"), sa.column("type"), sa.column("body"), sa.column("reference"))
    last = ""
    while True:
        query = sa.select(record.c.id, record.c.body).where(record.c.type == "complaint", record.c.id > last)
        rows = connection.execute(query.order_by(record.c.id).limit(_STEP)).all()
        if not rows:
            return
        last = rows[-1].id
        statement = sa.update(record).where(record.c.id == sa.bindparam("of")).values(reference=sa.bindparam("number"))
        connection.execute(statement, [{"of": row.id, "number": json.loads(row.body).get("reference")} for row in rows])
