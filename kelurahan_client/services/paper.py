"""A document on its way to paper: what the use cases hand to whoever previews, prints or keeps it as PDF."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PaperSize(StrEnum):
    """What comes out of the printer."""

    A4 = "A4"
    A5 = "A5"
    ROLL_80 = "80mm"  # a receipt printer's roll, as long as the text needs


class PaperKind(StrEnum):
    """What a document is, for the log of prints and for the printer that is remembered."""

    RECEIPT = "receipt"
    REFERRAL = "referral"  # the letter to an agency
    REPLY = "reply"  # the letter to the reporter
    DAY_RECAP = "day_recap"
    REPORT = "report"
    RECOVERY = "recovery"  # an officer's recovery code; its text is never logged


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in the HTML that Qt's text documents read; sizes within it are in points.

    `images` are PNG bytes by the name that `html` gives them in `src`. `subject` is the id of the complaint or of the
    closed day that the document is about, "" for none. `file_name` is offered when it is kept as PDF, without a folder.
    """

    kind: PaperKind
    title: str
    html: str
    size: PaperSize
    subject: str = ""
    file_name: str = ""
    images: Mapping[str, bytes] = field(default_factory=dict)
