"""What the pane asks of the use cases, as functions for the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import Complaint, Status, TimelineEntry
from kelurahan_client.domain.fields import EDITABLE, to_json
from kelurahan_client.errors import ChangedMeanwhile
from kelurahan_client.services import attachments, half_written, handling, joining, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import HalfWritten, Kind, Place
from kelurahan_client.services.lists import Detail
from kelurahan_client.store.further_reporters import FurtherReporter


@dataclass(frozen=True, slots=True)
class Opened:
    """A complaint with its files and what was half written about it."""

    detail: Detail
    files: tuple[Attachment, ...]
    half: tuple[HalfWritten, ...]
    others: tuple[FurtherReporter, ...] = ()  # who brought it too, masked


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who brought a complaint, in clear."""

    complaint: Complaint
    others: tuple[FurtherReporter, ...]


def opened(desk: Desk, complaint_id: str) -> Opened:
    """Everything that the pane shows of a complaint; raises NotFound."""
    return Opened(
        lists.detail(desk, complaint_id),
        tuple(attachments.attachments(desk, complaint_id)),
        half_written.about(desk, complaint_id),
        tuple(joining.masked_reporters(desk, complaint_id)),
    )


def reveal(desk: Desk, complaint_id: str, reason: str) -> Revealed:
    """The identities in clear, of all who brought it; that somebody looked is on the disk before they are read."""
    complaint = lists.reveal(desk, complaint_id, reason)
    return Revealed(complaint, tuple(joining.reporters(desk, complaint_id)))


def say(desk: Desk, complaint_id: str, text: str) -> TimelineEntry:
    """Add a follow-up; only then what was half typed is forgotten."""
    entry = handling.follow_up(desk, complaint_id, text)
    half_written.forget(desk, Place(Kind.FOLLOW_UP, complaint_id))
    return entry


def take_step(desk: Desk, complaint_id: str, to: Status, note: str, agency: str) -> Complaint:
    """Take a step; only then what was half written for it is forgotten."""
    complaint = handling.transition(desk, complaint_id, to, note, agency)
    half_written.forget(desk, Place(Kind.STEP, complaint_id, str(to)))
    return complaint


@dataclass(frozen=True, slots=True)
class Edited:
    """The complaint after an edit (identity in clear), and the values that would take the edit back."""

    complaint: Complaint
    before: dict[str, Any]


def edit(desk: Desk, complaint_id: str, changes: Mapping[str, Any], seen: Mapping[str, str]) -> Edited:
    """Correct fields and remember how to take it back; only then what was half written is forgotten.

    `seen` has what the officer saw (masked) in the fields that are changed. Raises ChangedMeanwhile where one of them
    is another by now, FieldErrors, NotFound. The old values are read here, in the worker, since the window knows
    identities only masked.
    """
    stood: list[Complaint] = []

    def look(old: Complaint) -> None:
        now = lists.masked(old)
        if any(str(getattr(now, name)) != value for name, value in seen.items()):
            raise ChangedMeanwhile("Isian itu diubah di tempat lain sementara Anda menulis.")
        stood.append(old)

    new = handling.edit(desk, complaint_id, changes, look=look)
    half_written.forget(desk, Place(Kind.EDIT, complaint_id))
    (old,) = stood
    before = {name: to_json(getattr(old, name)) for name in EDITABLE if getattr(old, name) != getattr(new, name)}
    return Edited(new, before)
