"""Texts that a clerk begins an answer with; what is filled in can be changed before it is said."""

from dataclasses import dataclass
from string import Template

import resources
from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.day_words import format_date
from kelurahan_client.domain.privacy import hides
from kelurahan_client.domain.words import STATUS_WORDS
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.handling import alive

_NOBODY = "Bapak/Ibu"


@dataclass(frozen=True, slots=True)
class Reply:
    """A text with its name, filled in for one complaint."""

    name: str
    text: str


def replies(desk: Desk, complaint_id: str) -> list[Reply]:
    """All texts in their order, with the names of this complaint; raises NotFound.

    A file of resources/replies is a text: the first line its name, the rest what is said, with `$words` to fill in.
    """
    with desk.store.read() as transaction:
        complaint = alive(transaction, complaint_id).complaint
        who = officer(transaction).name
    values = _values(desk, complaint, who)
    found = []
    for path in sorted(resources.path("replies", "").glob("*.txt")):
        name, _, text = path.read_text("utf-8").partition("\n")
        found.append(Reply(name.strip(), Template(text.strip()).safe_substitute(values)))
    return found


def _values(desk: Desk, complaint: Complaint, who: str) -> dict[str, str]:
    hidden = hides(complaint.anonymous) or hides(complaint.confidential)
    office = desk.reference.office(complaint.office)
    agency = desk.reference.agencies.get(complaint.agency)
    return {
        "nama": _NOBODY if hidden or not complaint.reporter_name else complaint.reporter_name,
        "nomor": complaint.reference,
        "judul": complaint.title,
        "kelurahan": office.name if office else complaint.office,
        "diterima": format_date(complaint.received_date),
        "skpd": agency.name if agency else complaint.agency_written or "SKPD yang berwenang",
        "status": STATUS_WORDS[complaint.status].lower(),
        "petugas": who,
    }
