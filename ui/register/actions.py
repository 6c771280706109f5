"""What the pane asks of the use cases, as functions for the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kelurahan_client.domain.attachments import Attachment
from kelurahan_client.domain.complaint import Complaint, TimelineEntry
from kelurahan_client.domain.fields import EDITABLE, to_json
from kelurahan_client.services import attachments, handling, joining, list_memory, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import Detail
from kelurahan_client.store.further_reporters import FurtherReporter


@dataclass(frozen=True, slots=True)
class Opened:
    """A complaint with its files and what was half typed about it."""

    detail: Detail
    files: tuple[Attachment, ...]
    unsaid: str
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
        list_memory.unsaid(desk, complaint_id),
        tuple(joining.masked_reporters(desk, complaint_id)),
    )


def reveal(desk: Desk, complaint_id: str, reason: str) -> Revealed:
    """The identities in clear, of all who brought it; that somebody looked is on the disk before they are read."""
    complaint = lists.reveal(desk, complaint_id, reason)
    return Revealed(complaint, tuple(joining.reporters(desk, complaint_id)))


def say(desk: Desk, complaint_id: str, text: str) -> TimelineEntry:
    """Add a follow-up; only then what was half typed is forgotten."""
    entry = handling.follow_up(desk, complaint_id, text)
    list_memory.keep_unsaid(desk, complaint_id, "")
    return entry


@dataclass(frozen=True, slots=True)
class Edited:
    """The complaint after an edit (identity in clear), and the values that would take the edit back."""

    complaint: Complaint
    before: dict[str, Any]


def edit(desk: Desk, reference: str, changes: Mapping[str, Any]) -> Edited:
    """Correct fields and remember how to take it back; raises FieldErrors, NotFound.

    The old values are read here, in the worker, since the window knows identities only masked.
    """
    old = handling.find(desk, reference)
    new = handling.edit(desk, old.id, changes)
    before = {name: to_json(getattr(old, name)) for name in EDITABLE if getattr(old, name) != getattr(new, name)}
    return Edited(new, before)
