"""What a document may tell of the person who complained, and of what was said."""

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.concealing import conceal
from kelurahan_client.domain.privacy import hides


def hides_person(complaint: Complaint) -> bool:
    """Whether no paper may say who it was: asked for as *anonim* or *rahasia*, or never asked."""
    return hides(complaint.anonymous) or hides(complaint.confidential)


def hides_content(complaint: Complaint) -> bool:
    """Whether a paper that leaves the office in somebody's pocket may not say what it was about."""
    return hides(complaint.confidential)


def reporter(complaint: Complaint) -> str:
    """The name for a document, "" where it stays hidden."""
    return "" if hides_person(complaint) else complaint.reporter_name


def discreet(complaint: Complaint, text: str) -> str:
    """A text of the complaint without what would betray a person who is to stay hidden."""
    return without_particulars(complaint, text) if hides_person(complaint) else text


def without_particulars(complaint: Complaint, text: str) -> str:
    """A text without what is known of the person who brought the complaint."""
    return conceal(
        text,
        name=complaint.reporter_name,
        phone=complaint.reporter_phone,
        nik=complaint.reporter_nik,
        address=complaint.reporter_address,
    )
