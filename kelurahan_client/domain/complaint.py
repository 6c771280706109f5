"""The complaint as everybody on every floor sees it.

Codes are the words that officials use, in ASCII; statuses are the domain's English terms. A field that nobody has
filled is "" or None, never a guess.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Classification(StrEnum):
    """What the citizen brings."""

    COMPLAINT = "pengaduan"
    ASPIRATION = "aspirasi"
    INFORMATION = "permintaan_informasi"


class Channel(StrEnum):
    """How it reached the desk."""

    IN_PERSON = "tatap_muka"
    LETTER = "surat"
    REGISTER_BOOK = "buku_register"
    SUGGESTION_BOX = "kotak_saran"
    PHONE = "telepon"
    LAPOR = "lapor"
    CALL_CENTER = "call_center"
    OTHER = "lainnya"


class Priority(StrEnum):
    """Raised only by a person; a merge keeps the higher."""

    NORMAL = "biasa"
    URGENT = "mendesak"


class Status(StrEnum):
    """Where a complaint stands; the legal steps are in `status`."""

    RECEIVED = "received"
    VERIFIED = "verified"
    IN_PROGRESS = "in_progress"
    REFERRED = "referred"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"
    OUT_OF_JURISDICTION = "out_of_jurisdiction"
    ARCHIVED = "archived"


class SyncState(StrEnum):
    """What the centre knows of a complaint; only ACKNOWLEDGED may be shown in green."""

    PENDING = "pending"
    ACKNOWLEDGED = "acknowledged"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a person says and a clerk types: everything of a complaint that is not given by the program.

    `anonymous` and `confidential` are None where nobody was asked (a register book does not say).
    """

    classification: Classification = Classification.COMPLAINT
    channel: Channel = Channel.IN_PERSON
    received_date: date
    event_date: date | None = None
    reporter_name: str = ""
    reporter_sex: str = ""  # "L", "P" or ""
    reporter_nik: str = ""  # 16 digits or ""
    reporter_phone: str = ""  # as typed; E.164 is derived
    reporter_address: str = ""
    rt: str = ""  # three digits or ""
    rw: str = ""
    resident: bool = True
    anonymous: bool | None = None
    confidential: bool | None = None
    title: str = ""
    statement: str
    category: str = ""  # code of resources/reference/categories.csv or ""
    agency: str = ""  # code of resources/reference/agencies.csv or ""
    agency_written: str = ""  # the agency as the book has it
    note: str = ""
    location: str = ""
    location_office: str = ""  # Kemendagri code of the kelurahan where it happened, "" = the recording office
    priority: Priority = Priority.NORMAL
    book_number: str = ""  # "No." in the book
    book_sheet: str = ""
    book_line: int | None = None  # 1-based row of the sheet
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(Intake):
    """A registered complaint with its identity, its four times and its standing."""

    id: str  # UUIDv7; its time part is never read
    reference: str
    office: str  # Kemendagri code, 63.71.04.1003
    desk: str  # one letter
    recorded_at: datetime  # UTC, the desk's clock
    server_received_at: datetime | None = None  # UTC, the server's clock
    status: Status = Status.RECEIVED
    due_date: date | None = None
    rev: int = 0  # the server's revision that this row was last reconciled with; 0 = never
    sync_state: SyncState = SyncState.PENDING


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened to a complaint, for ever.

    `kind` is registered, status, follow_up, edit, notice, or attachment, whose text is the name of its file.
    """

    id: str
    kind: str
    text: str
    actor: str
    at: datetime  # UTC, the clock of the desk where it happened
    acknowledged: bool
    status_from: Status | None = None
    status_to: Status | None = None
    fields: dict[str, tuple[object, object]] = field(default_factory=dict)  # edits: name -> (old, new)


MAX_STATEMENT = 20_000  # characters; the longest real text known has 8,471
MAX_NOTE = 5_000
MAX_LINE = 300  # names, titles, addresses, locations
