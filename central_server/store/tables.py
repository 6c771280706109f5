"""The tables of the centre, the same on SQLite and on PostgreSQL.

Everything that a desk may see is a row of `record`; `scope` says which office sees it and in which order it changed for
that office. Everything else is bookkeeping: who may come, what they have said, and what it was before.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in INTEGER keys

# One row. Whoever writes locks it first and holds it to the commit, so that seq is seen in the order it was given.
head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", _Number, nullable=False),
    Column("pruned", _Number, nullable=False, server_default="0"),  # up to here, what left an office is forgotten
    Column("schema", Integer, nullable=False, server_default="1"),  # in which the records are written
    Column("rev_floor", _Number, nullable=False, server_default="0"),  # raised by a restore: every later rev is above
)

# One row, made at the first start under the head's lock, so that several processes on one database agree.
identity = Table(
    "identity",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("server_epoch", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("signing_key", LargeBinary, nullable=False),  # Ed25519, 32 raw private bytes
    Column("sealing_key", LargeBinary, nullable=False),  # X25519, 32 raw private bytes
    Column("created_at", Text, nullable=False),
)

device = Table(
    "device",
    metadata,
    Column("id", Text, primary_key=True),
    Column("office", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("signing_key", LargeBinary, nullable=False),  # Ed25519, 32 raw public bytes
    Column("sealing_key", LargeBinary, nullable=False),  # X25519, 32 raw public bytes
    Column("enrolled_at", Text, nullable=False),
    Column("revoked_at", Text),
    Column("last_seen", Text),
    Column("program", Text, nullable=False, default=""),
    Index(None, "office", "desk"),
)

# What a device has said within one of its epochs: h(last_n) is the end of its hash chain.
stream = Table(
    "stream",
    metadata,
    Column("device", Text, ForeignKey("device.id"), nullable=False),
    Column("epoch", Text, nullable=False),
    Column("last_n", _Number, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
    Column("durable_n", _Number, nullable=False, server_default="0"),  # up to here it is in a verified backup
    Column("ordinal", Integer, nullable=False, server_default="1"),  # of the device's epochs, as they were first heard
    PrimaryKeyConstraint("device", "epoch"),
)

token = Table(
    "token",
    metadata,
    Column("hash", LargeBinary, primary_key=True),  # SHA-256; the token itself is never kept
    Column("device", Text, ForeignKey("device.id"), nullable=False, index=True),
    Column("issued_at", Text, nullable=False),
    Column("used_at", Text),  # first use
)

enrol_code = Table(
    "enrol_code",
    metadata,
    Column("hash", LargeBinary, primary_key=True),  # SHA-256 of the letters without hyphens
    Column("office", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_by", Text, ForeignKey("device.id")),
    Column("withdrawn_at", Text),
)

# The highest reference number known of a desk, so that one that is enrolled again never gives a number twice.
counter = Table(
    "counter",
    metadata,
    Column("office", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("year", Text, nullable=False),  # two digits
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("office", "desk", "year"),
)

record = Table(
    "record",
    metadata,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("parent", Text, index=True),  # the complaint of a follow-up, a step or a conflict
    Column("rev", _Number, nullable=False),
    Column("seq", _Number, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("deleted", Boolean, nullable=False),
    Column("stream", Text, nullable=False),  # device/epoch of the last change; "" = the centre itself
    Column("stream_from", _Number, nullable=False),  # every revision after this one is that stream's
    Column("origin", LargeBinary, nullable=False),  # SHA-256 of what created it
    Column("reference", Text, index=True),  # a complaint's number; two desks with the same past may have given it
    Index(None, "type"),
)

# Which office sees a record ("*": every one) and when that last changed; absent = it left that office.
scope = Table(
    "scope",
    metadata,
    Column("office", Text, nullable=False),
    Column("record", Text, ForeignKey("record.id"), nullable=False, index=True),
    Column("seq", _Number, nullable=False),
    Column("present", Boolean, nullable=False),
    Column("left_at", Text),  # of an absent one
    PrimaryKeyConstraint("office", "record"),
    Index(None, "office", "seq"),
)

# Every value that anybody submitted, winner or not. A creation is one row with an empty field name.
history = Table(
    "history",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("record", Text, ForeignKey("record.id"), nullable=False, index=True),
    Column("rev", _Number, nullable=False),
    Column("field", Text, nullable=False),
    Column("was", Text, nullable=False),  # JSON
    Column("value", Text, nullable=False),  # JSON
    Column("lost", Boolean, nullable=False),
    Column("device", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("n", _Number, nullable=False),
    Column("office", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("device_time", Text, nullable=False),
    Column("received_at", Text, nullable=False),
)

mutation = Table(
    "mutation",
    metadata,
    Column("device", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("n", _Number, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # h(n)
    Column("line", LargeBinary, nullable=False),  # the bytes as they came
    Column("result", LargeBinary, nullable=False),  # the answer, as JSON
    Column("clock_offset", Float),  # seconds that the desk's clock was ahead when it sent this; unknown = empty
    PrimaryKeyConstraint("device", "epoch", "n"),
)

open_conflict = Table(
    "open_conflict",
    metadata,
    Column("complaint", Text, ForeignKey("record.id"), nullable=False),
    Column("field", Text, nullable=False),
    Column("conflict", Text, ForeignKey("record.id"), nullable=False),
    PrimaryKeyConstraint("complaint", "field"),
)

# Items that were not applied, whole; `target` is the complaint they speak of.
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("device", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("n", _Number, nullable=False),
    Column("office", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("creates", Boolean, nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("number", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("held_at", Text, nullable=False),
    Column("released_at", Text),
)

# What the last bundle of each desk asked (`latest`), and every request of any that is held: those have a `body`.
carried_request = Table(
    "carried_request",
    metadata,
    Column("device", Text, ForeignKey("device.id"), nullable=False),
    Column("bundle", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("first_n", _Number, nullable=False),
    Column("last_n", _Number, nullable=False),
    Column("header", LargeBinary, nullable=False),  # its first line; empty where that cannot be read
    Column("number", Integer, nullable=False),  # of the refusal; 0 = it was applied
    Column("refusal", LargeBinary, nullable=False),  # an ErrorReply as JSON
    Column("body", LargeBinary),
    Column("taken_at", Text, nullable=False),
    PrimaryKeyConstraint("device", "bundle", "ordinal"),
)

# What a person has decided about held requests of bundles; only ever added. A discarded one whose changes were nowhere
# else then has a `body`, until it is released all the same.
stick_decision = Table(
    "stick_decision",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("kind", Text, nullable=False),  # discarded, released
    Column("why", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("missing", Integer, nullable=False),  # of its changes, how many were nowhere else
    Column("device", Text, ForeignKey("device.id"), nullable=False),
    Column("bundle", Text, nullable=False, index=True),
    Column("epoch", Text, nullable=False),
    Column("first_n", _Number, nullable=False),
    Column("last_n", _Number, nullable=False),
    Column("number", Integer, nullable=False),  # of the refusal for which it was held
    Column("body", LargeBinary),
    Column("taken_at", Text, nullable=False),
)

# Which file each attachment record speaks of, and since when the centre has its bytes, safe on the disk.
attachment = Table(
    "attachment",
    metadata,
    Column("record", Text, ForeignKey("record.id"), primary_key=True),
    Column("sha256", Text, nullable=False, index=True),  # hex
    Column("size", _Number, nullable=False),
    Column("device", Text, nullable=False),  # that attached it, and will send the bytes
    Column("stored_at", Text, index=True),
)

reveal = Table(
    "reveal",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
)
