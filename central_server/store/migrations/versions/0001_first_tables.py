"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes all tables and the head."""
    _centre()
    _desks()
    _enrolment()
    _words()
    _quarantine()
    _records()
    _history()
    op.execute("INSERT INTO head (id, seq) VALUES (1, 0)")


def downgrade() -> None:
    """There is nothing before the first tables."""
    raise NotImplementedError("the first tables cannot be undone")


def _number() -> TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _centre() -> None:
    # The head of the changes and the centre's identity.
    op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", _number(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
    )
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("server_epoch", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealing_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
    )


def _desks() -> None:
    # Who may come.
    op.create_table(
        "device",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealing_key", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text()),
        sa.Column("last_seen", sa.Text()),
        sa.Column("program", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
    )
    op.create_index("ix_device_office_desk", "device", ["office", "desk"])
    op.create_table(
        "token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text()),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="fk_token_device"),
        sa.PrimaryKeyConstraint("hash", name="pk_token"),
    )
    op.create_index("ix_token_device", "token", ["device"])


def _enrolment() -> None:
    # Codes, and the numbers that desks have given.
    op.create_table(
        "enrol_code",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_by", sa.Text()),
        sa.Column("withdrawn_at", sa.Text()),
        sa.ForeignKeyConstraint(["used_by"], ["device.id"], name="fk_enrol_code_used_by"),
        sa.PrimaryKeyConstraint("hash", name="pk_enrol_code"),
    )
    op.create_table(
        "counter",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "desk", "year", name="pk_counter"),
    )


def _words() -> None:
    # What devices have said.
    op.create_table(
        "stream",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("last_n", _number(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["device"], ["device.id"], name="fk_stream_device"),
        sa.PrimaryKeyConstraint("device", "epoch", name="pk_stream"),
    )
    op.create_table(
        "mutation",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("n", _number(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("result", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device", "epoch", "n", name="pk_mutation"),
    )


def _quarantine() -> None:
    # What waits, and who saw identities.
    op.create_table(
        "quarantine",
        sa.Column("id", _number(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("n", _number(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("creates", sa.Boolean(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("held_at", sa.Text(), nullable=False),
        sa.Column("released_at", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
    )
    op.create_index("ix_quarantine_target", "quarantine", ["target"])
    op.create_table(
        "reveal",
        sa.Column("id", _number(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reveal"),
    )


def _records() -> None:
    # Records and who sees them.
    op.create_table(
        "record",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text()),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("seq", _number(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("stream_from", sa.Integer(), nullable=False),
        sa.Column("origin", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
    )
    op.create_index("ix_record_parent", "record", ["parent"])
    op.create_index("ix_record_type", "record", ["type"])
    op.create_table(
        "scope",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("seq", _number(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.id"], name="fk_scope_record"),
        sa.PrimaryKeyConstraint("office", "record", name="pk_scope"),
    )
    op.create_index("ix_scope_office_seq", "scope", ["office", "seq"])
    op.create_index("ix_scope_record", "scope", ["record"])
    op.create_table(
        "open_conflict",
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["complaint"], ["record.id"], name="fk_open_conflict_complaint"),
        sa.ForeignKeyConstraint(["conflict"], ["record.id"], name="fk_open_conflict_conflict"),
        sa.PrimaryKeyConstraint("complaint", "field", name="pk_open_conflict"),
    )


def _history() -> None:
    # Every submitted value.
    op.create_table(
        "history",
        sa.Column("id", _number(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("n", _number(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("device_time", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["record.id"], name="fk_history_record"),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
    )
    op.create_index("ix_history_record", "history", ["record"])
