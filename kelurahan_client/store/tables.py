"""Tables of the desk's database, as the newest migration leaves them.

`complaint.key` is the row's local number, in order of arrival: lists and search answer with keys, and the full-text
index `complaint_text` (made by the migration, since SQLAlchemy has no word for it) uses it as its rowid.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()

LIST_FILTERS = (
    *("status", "agency", "category", "channel", "classification", "sync_state", "import_id"),
    *("desk", "answered_on", "settled_on"),
)

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

complaint = Table(
    "complaint",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("reference", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("desk", Text, nullable=False),
    Column("classification", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("received_date", Text, nullable=False),
    Column("event_date", Text),
    Column("recorded_at", Text, nullable=False),
    Column("server_received_at", Text),
    Column("reporter_name", Text, nullable=False),
    Column("reporter_sex", Text, nullable=False),
    Column("reporter_nik", Text, nullable=False),
    Column("reporter_phone", Text, nullable=False),
    Column("reporter_address", Text, nullable=False),
    Column("rt", Text, nullable=False),
    Column("rw", Text, nullable=False),
    Column("resident", Boolean, nullable=False),
    Column("anonymous", Boolean),
    Column("confidential", Boolean),
    Column("title", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("agency_written", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("location_office", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("due_date", Text),
    Column("book_number", Text, nullable=False),
    Column("book_sheet", Text, nullable=False),
    Column("book_line", Integer),
    Column("warnings", Text, nullable=False),  # JSON list
    Column("rev", Integer, nullable=False),
    Column("sync_state", Text, nullable=False),
    Column("deleted", Boolean, nullable=False, server_default=text("0")),
    Column("resolved_on", Text),
    Column("extra", Text, nullable=False, server_default=text("'{}'")),  # JSON: fields of a newer program, kept
    Column("import_id", Text, ForeignKey("import_batch.id"), index=True),
    Column("fingerprint", Text, index=True),  # of the register-book row that it came from
    Column("answered_on", Text),  # what the story tells, see `moments`
    Column("settled_on", Text),
    Column("registered_by", Text, nullable=False, server_default=text("''")),  # "" = not known here
    # The two usual orders carry everything a list is filtered by, so that a filter never opens the rows themselves.
    Index("complaint_by_received", "deleted", "received_date", "key", *LIST_FILTERS, "due_date"),
    Index("complaint_by_due", "deleted", "due_date", "key", *LIST_FILTERS, "received_date"),
    Index("complaint_standing", "deleted", "status", "due_date"),
    Index("complaint_sync", "deleted", "sync_state", "key"),
    Index("complaint_by_title", "deleted", "title", "key"),
    Index("complaint_by_status", "deleted", "status", "key"),
    Index("complaint_by_agency", "deleted", "agency", "key"),
    Index("complaint_by_reference", "deleted", "reference", "key"),
    Index("complaint_settled", "deleted", "settled_on", "status", "received_date", "key"),
    Index("complaint_by_recording", "desk", "recorded_at"),
    Index("complaint_by_location", "deleted", "location", "key"),
)

entry = Table(  # what happened to a complaint, only ever added to
    "entry",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("complaint_id", Text, nullable=False),  # may arrive a page before its complaint
    Column("kind", Text, nullable=False),  # registered, status, follow_up, edit, notice
    Column("text", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("acknowledged", Boolean, nullable=False),
    Column("status_from", Text),
    Column("status_to", Text),
    Column("fields", Text, nullable=False, server_default=text("'{}'")),  # JSON: name -> [old, new]
    Index("entry_story", "complaint_id", "kind", "status_to", "at"),
)

attachment = Table(  # a file of a complaint; only ever added to
    "attachment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("complaint_id", Text, nullable=False, index=True),  # may arrive a page before its complaint
    Column("sha256", Text, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("acknowledged", Boolean, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("stored_at", Text),  # when the centre had its bytes, by its signed word
)

blob = Table(  # the bytes of files, however many attachments have them
    "blob",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("here", Boolean, nullable=False),
    Column("sent_at", Text),
)

draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("officer", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False, index=True),
    Column("fields", Text, nullable=False),  # JSON: whatever stands in the form, valid or not
    Column("discarded_at", Text),
    Column("begun_by", Text, nullable=False, server_default=text("''")),  # `officer` is who has it now
)

draft_attachment = Table(  # a file that waits with its draft; its bytes are a blob like any other
    "draft_attachment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("draft_id", Text, nullable=False, index=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("removed_at", Text),
)

half_written = Table(  # a text that was begun and not saved, see `services.half_written`
    "half_written",
    metadata,
    Column("subject", Text, primary_key=True),  # the complaint or the conflict that it is about, "" for none
    Column("kind", Text, primary_key=True),
    Column("part", Text, primary_key=True),  # where one subject has several of a kind
    Column("officer", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON: name -> what stands there
)

further_reporter = Table(  # who else brought a complaint; never leaves this machine, `id` is that of the follow-up
    "further_reporter",
    metadata,
    Column("id", Text, primary_key=True),
    Column("complaint_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("nik", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("rt", Text, nullable=False),
    Column("rw", Text, nullable=False),
    Column("resident", Boolean, nullable=False),
    Column("anonymous", Boolean),
    Column("confidential", Boolean),
    Column("channel", Text, nullable=False),
    Column("received_date", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("draft_id", Text, nullable=False),
    Column("undone_at", Text),
)

counter = Table(
    "counter",
    metadata,
    Column("year", Integer, primary_key=True),  # two digits
    Column("value", Integer, nullable=False),
)

outbox = Table(  # `line` and `hash` never change; the answer is written beside them
    "outbox",
    metadata,
    Column("epoch", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("op", Text, nullable=False),
    Column("record_id", Text, nullable=False, index=True),  # the complaint concerned
    Column("child_id", Text, nullable=False, server_default=text("''")),
    Column("line", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("tried_at", Text),
    Column("result", Text),  # None = not yet answered
    Column("number", Integer, nullable=False, server_default=text("0")),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("answered_at", Text),
    Index("outbox_waiting", "epoch", "n", "record_id", sqlite_where=text("result IS NULL")),
    Index("outbox_rejected", "record_id", sqlite_where=text("result = 'rejected'")),
    Index("outbox_merged", "answered_at", sqlite_where=text("result = 'merged'")),
)

conflict = Table(
    "conflict",
    metadata,
    Column("id", Text, primary_key=True),
    Column("complaint_id", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON as the centre sent it
    Column("open", Boolean, nullable=False),
    Column("rev", Integer, nullable=False, server_default=text("0")),
)

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("read", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("undone_at", Text),
)

book_page = Table(  # a page of a register book that is typed line by line
    "book_page",
    metadata,
    Column("id", Text, primary_key=True),
    Column("officer", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False, index=True),
    Column("book", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON: its lines, and how its scan is looked at
    Column("saved_at", Text),  # when all its lines had become complaints
    Column("discarded_at", Text),
)

book_scan = Table(  # the scans of a page, in order; their bytes lie encrypted beside the database
    "book_scan",
    metadata,
    Column("page_id", Text, ForeignKey("book_page.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("name", Text, nullable=False),
)

layout = Table(  # the mapping of columns that was last used for a book of this layout
    "layout",
    metadata,
    Column("signature", Text, primary_key=True),
    Column("mapping", Text, nullable=False),  # JSON: heading -> field
)

reference_item = Table(  # agencies, categories and national figures as the centre has them now
    "reference_item",
    metadata,
    Column("type", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("rev", Integer, nullable=False, server_default=text("0")),
)

unknown_record = Table(  # what a newer centre sent and only a newer program understands
    "unknown_record",
    metadata,
    Column("key", Integer, primary_key=True),  # in the order they came
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("line", LargeBinary, nullable=False),  # the change, as JSON
    Index("unknown_record_by_id", "type", "id", unique=True),
)

audit = Table(  # only ever added to, see `store.audit`
    "audit",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),  # the name, as it was then
    Column("subject", Text, nullable=False),  # id of the complaint or the closed day, "" for none
    Column("document", Text, nullable=False),  # of a print: what a second print is a copy of
    Column("body", Text, nullable=False),  # JSON
    Column("hash", LargeBinary, nullable=False),  # of the line before and this one
    Index("audit_by_subject", "subject"),
    Index("audit_by_document", "document"),
    Index("audit_filtered", "at", "kind", "actor", "subject"),
)

closed_day = Table(  # a day whose numbers were put down; never changed but for being opened again
    "closed_day",
    metadata,
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("closed_at", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("typed", Integer, nullable=False),
    Column("left_over", Integer, nullable=False),
    Column("recap", Text, nullable=False),  # JSON: the numbers and what was left over, as they were
    Column("reopened_at", Text),
    Column("reopened_by", Text, nullable=False, server_default=text("''")),
    Column("reopen_reason", Text, nullable=False, server_default=text("''")),
    Index("closed_day_once", "day", unique=True, sqlite_where=text("reopened_at IS NULL")),
)

counted_page = Table(  # how many lines of a day a person counted on a page of the register book
    "counted_page",
    metadata,
    Column("day", Text, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("officer", Text, nullable=False),
    Column("at", Text, nullable=False),
)

officer = Table(
    "officer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("retired_at", Text),
)

resent = Table(  # entries of the outbox that were refused and said again by others
    "resent",
    metadata,
    Column("epoch", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
)
