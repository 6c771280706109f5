"""What the pane asks of the use cases, as functions for the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.fields import EDITABLE, to_json
from kelurahan_client.services import handling
from kelurahan_client.services.desk import Desk


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
