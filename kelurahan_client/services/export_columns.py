"""What a file of complaints says of each: its columns, without anything that tells who somebody is unless asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kelurahan_client.domain.complaint import Complaint, SyncState
from kelurahan_client.domain.privacy import hides
from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS, PRIORITY_WORDS, STATUS_WORDS

HIDDEN = "Rahasia"
NOT_ASKED = "Belum ditanya"  # whether others may read it: hidden like *rahasia*, and the office can still ask
ANONYMOUS = "Anonim"

_SYNC_WORDS = {
    SyncState.PENDING: "Belum terkirim",
    SyncState.ACKNOWLEDGED: "Diterima server",
    SyncState.CONFLICT: "Konflik",
    SyncState.REJECTED: "Perlu dilihat",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what it says; `day` where that is a day."""

    heading: str
    width: int
    text: Callable[[Complaint], str]
    day: Callable[[Complaint], date | None] | None = None
    long: bool = False


def columns(reference: ReferenceData, *, with_identities: bool) -> list[Column]:
    """All columns of a workbook, in their order."""
    return [
        Column("Nomor", 18, lambda one: one.reference),
        Column("Diterima", 12, _nothing, lambda one: one.received_date),
        Column("Klasifikasi", 14, lambda one: CLASSIFICATION_WORDS[one.classification]),
        Column("Kanal", 14, lambda one: CHANNEL_WORDS[one.channel]),
        Column("Judul", 40, title, long=True),
        Column("Isi", 60, statement, long=True),
        Column("Kategori", 24, lambda one: reference.category_name(one.category), long=True),
        Column("Lokasi", 30, place, long=True),
        Column("RT", 6, lambda one: one.rt),
        Column("RW", 6, lambda one: one.rw),
        Column("Status", 18, lambda one: STATUS_WORDS[one.status]),
        Column("SKPD", 18, lambda one: agency(one, reference)),
        Column("Tenggat", 12, _nothing, lambda one: one.due_date),
        Column("Prioritas", 10, lambda one: PRIORITY_WORDS[one.priority]),
        Column("Anonim", 8, lambda one: _asked(one.anonymous)),
        Column("Rahasia", 8, lambda one: _asked(one.confidential)),
        Column("Kiriman", 16, lambda one: _SYNC_WORDS[one.sync_state]),
        Column("Nomor buku", 12, lambda one: one.book_number),
        Column("Lembar buku", 12, lambda one: one.book_sheet),
        *(_IDENTITY if with_identities else ()),
    ]


def title(complaint: Complaint) -> str:
    """The title, unless what was said is to stay hidden."""
    return _hidden(complaint) or complaint.title


def statement(complaint: Complaint) -> str:
    """What was said, unless it is to stay hidden."""
    return _hidden(complaint) or complaint.statement


def place(complaint: Complaint) -> str:
    """Where it happened, unless what was said is to stay hidden."""
    return _hidden(complaint) or complaint.location


def _hidden(complaint: Complaint) -> str:
    if not hides(complaint.confidential):
        return ""
    return NOT_ASKED if complaint.confidential is None else HIDDEN


def agency(complaint: Complaint, reference: ReferenceData) -> str:
    """The agency's short name, or what a register book said."""
    return reference.agency_name(complaint.agency) if complaint.agency else complaint.agency_written


def name(complaint: Complaint) -> str:
    """Who it was, for a file with identities; never behind *anonim*."""
    return ANONYMOUS if hides(complaint.anonymous) else complaint.reporter_name


def phone(complaint: Complaint) -> str:
    """The telephone, for a file with identities; never behind *anonim*."""
    return "" if hides(complaint.anonymous) else complaint.reporter_phone


def _address(complaint: Complaint) -> str:
    return "" if hides(complaint.anonymous) else complaint.reporter_address


def _nothing(_complaint: Complaint) -> str:
    return ""


def _asked(choice: bool | None) -> str:
    return "belum ditanya" if choice is None else "ya" if choice else "tidak"


_IDENTITY = (
    Column("Nama pelapor", 26, name),
    Column("Nomor HP", 18, phone),
    Column("Alamat pelapor", 36, _address, long=True),
)
