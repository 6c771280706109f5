"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

_STATEMENTS = (
    """
    CREATE TABLE "conflict" (
        id TEXT NOT NULL,
        complaint_id TEXT NOT NULL,
        field TEXT NOT NULL,
        body TEXT NOT NULL,
        open BOOLEAN NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_conflict_complaint_id ON "conflict" (complaint_id)
    """,
    """
    CREATE TABLE counter (
        year INTEGER NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (year)
    )
    """,
    """
    CREATE TABLE draft (
        id TEXT NOT NULL,
        officer TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        fields TEXT NOT NULL,
        discarded_at TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_draft_updated_at ON draft (updated_at)
    """,
    """
    CREATE TABLE entry (
        "key" INTEGER NOT NULL,
        id TEXT NOT NULL,
        complaint_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        acknowledged BOOLEAN NOT NULL,
        status_from TEXT,
        status_to TEXT,
        fields TEXT DEFAULT '{}' NOT NULL,
        PRIMARY KEY ("key"),
        UNIQUE (id)
    )
    """,
    """
    CREATE INDEX ix_entry_complaint_id ON entry (complaint_id)
    """,
    """
    CREATE TABLE import_batch (
        id TEXT NOT NULL,
        file_name TEXT NOT NULL,
        sheet TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        read INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        duplicates INTEGER NOT NULL,
        rejected INTEGER NOT NULL,
        undone_at TEXT,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE layout (
        signature TEXT NOT NULL,
        mapping TEXT NOT NULL,
        PRIMARY KEY (signature)
    )
    """,
    """
    CREATE TABLE meta (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE outbox (
        epoch TEXT NOT NULL,
        n INTEGER NOT NULL,
        op TEXT NOT NULL,
        record_id TEXT NOT NULL,
        child_id TEXT DEFAULT '' NOT NULL,
        line BLOB NOT NULL,
        hash BLOB NOT NULL,
        recorded_at TEXT NOT NULL,
        tried_at TEXT,
        result TEXT,
        number INTEGER DEFAULT 0 NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        answered_at TEXT,
        PRIMARY KEY (epoch, n)
    )
    """,
    """
    CREATE INDEX ix_outbox_record_id ON outbox (record_id)
    """,
    """
    CREATE INDEX outbox_rejected ON outbox (record_id) WHERE result = 'rejected'
    """,
    """
    CREATE INDEX outbox_waiting ON outbox (epoch, n) WHERE result IS NULL
    """,
    """
    CREATE TABLE reference_item (
        type TEXT NOT NULL,
        code TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (type, code)
    )
    """,
    """
    CREATE TABLE reveal (
        "key" INTEGER NOT NULL,
        complaint_id TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE INDEX ix_reveal_complaint_id ON reveal (complaint_id)
    """,
    """
    CREATE TABLE complaint (
        "key" INTEGER NOT NULL,
        id TEXT NOT NULL,
        reference TEXT NOT NULL,
        office TEXT NOT NULL,
        desk TEXT NOT NULL,
        classification TEXT NOT NULL,
        channel TEXT NOT NULL,
        received_date TEXT NOT NULL,
        event_date TEXT,
        recorded_at TEXT NOT NULL,
        server_received_at TEXT,
        reporter_name TEXT NOT NULL,
        reporter_sex TEXT NOT NULL,
        reporter_nik TEXT NOT NULL,
        reporter_phone TEXT NOT NULL,
        reporter_address TEXT NOT NULL,
        rt TEXT NOT NULL,
        rw TEXT NOT NULL,
        resident BOOLEAN NOT NULL,
        anonymous BOOLEAN,
        confidential BOOLEAN,
        title TEXT NOT NULL,
        statement TEXT NOT NULL,
        category TEXT NOT NULL,
        agency TEXT NOT NULL,
        agency_written TEXT NOT NULL,
        note TEXT NOT NULL,
        location TEXT NOT NULL,
        location_office TEXT NOT NULL,
        priority TEXT NOT NULL,
        status TEXT NOT NULL,
        due_date TEXT,
        book_number TEXT NOT NULL,
        book_sheet TEXT NOT NULL,
        book_line INTEGER,
        warnings TEXT NOT NULL,
        rev INTEGER NOT NULL,
        sync_state TEXT NOT NULL,
        deleted BOOLEAN DEFAULT 0 NOT NULL,
        resolved_on TEXT,
        extra TEXT DEFAULT '{}' NOT NULL,
        import_id TEXT,
        fingerprint TEXT,
        PRIMARY KEY ("key"),
        UNIQUE (id),
        FOREIGN KEY(import_id) REFERENCES import_batch (id)
    )
    """,
    """
    CREATE INDEX complaint_by_agency ON complaint (deleted, agency, "key")
    """,
    """
    CREATE INDEX complaint_by_due ON complaint (deleted, due_date, "key", status, agency, category,
        channel, classification, sync_state, import_id, received_date)
    """,
    """
    CREATE INDEX complaint_by_received ON complaint (deleted, received_date, "key", status, agency,
        category, channel, classification, sync_state, import_id, due_date)
    """,
    """
    CREATE INDEX complaint_by_reference ON complaint (deleted, reference, "key")
    """,
    """
    CREATE INDEX complaint_by_status ON complaint (deleted, status, "key")
    """,
    """
    CREATE INDEX complaint_by_title ON complaint (deleted, title, "key")
    """,
    """
    CREATE INDEX complaint_resolved ON complaint (deleted, resolved_on)
    """,
    """
    CREATE INDEX complaint_standing ON complaint (deleted, status, due_date)
    """,
    """
    CREATE INDEX complaint_sync ON complaint (deleted, sync_state, "key")
    """,
    """
    CREATE INDEX ix_complaint_fingerprint ON complaint (fingerprint)
    """,
    """
    CREATE INDEX ix_complaint_import_id ON complaint (import_id)
    """,
    """
    CREATE VIRTUAL TABLE complaint_text USING fts5(
        reference, reporter, digits, title, statement, place, facets,
        content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'
    )
    """,
)


def upgrade() -> None:
    """Make every table and index."""
    for statement in _STATEMENTS:
        op.execute(statement)
