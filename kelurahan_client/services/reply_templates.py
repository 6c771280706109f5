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
from kelurahan_client.store import settings

_NOBODY = "Bapak/Ibu"


@dataclass(frozen=True, slots=True)
class Reply:
    """A text with its name, filled in for one complaint; `own` where officers of this desk wrote it."""

    name: str
    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class OwnReply:
    """A text that officers of this desk wrote, with `$words` to fill in."""

    name: str
    text: str


def replies(desk: Desk, complaint_id: str) -> list[Reply]:
    """All texts, the desk's own first, with the names of this complaint; raises NotFound.

    A file of resources/replies is a text: the first line its name, the rest what is said, with `$words` to fill in.
    """
    with desk.store.read() as transaction:
        complaint = alive(transaction, complaint_id).complaint
        values = blanks(desk, complaint, officer(transaction).name)
        own: dict[str, str] = settings.get(transaction, settings.OWN_REPLIES) or {}
    found = [Reply(name, _filled(own[name], values), own=True) for name in sorted(own, key=str.casefold)]
    for path in sorted(resources.path("replies", "").glob("*.txt")):
        name, _, text = path.read_text("utf-8").partition("\n")
        found.append(Reply(name.strip(), _filled(text.strip(), values)))
    return found


def _filled(text: str, values: dict[str, str]) -> str:
    return Template(text).safe_substitute(values)


def blanks(desk: Desk, complaint: Complaint, who: str) -> dict[str, str]:
    """What each word of a text is filled in with, for one complaint and the officer `who`."""
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
