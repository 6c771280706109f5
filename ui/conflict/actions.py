"""What the page asks of the use cases, as functions for the worker."""

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.services import conflicts, deciding, half_decided
from kelurahan_client.services.conflicts import Case
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_decided import HalfDecided
from ui.conflict.model import CaseView, case_view


def load(desk: Desk, conflict_id: str) -> CaseView:
    """One conflict, compared word by word; raises NotFound."""
    return case_view(conflicts.case(desk, conflict_id), desk.reference)


def load_with_begun(desk: Desk, conflict_id: str) -> tuple[CaseView, HalfDecided]:
    """The same, with what somebody had begun to decide."""
    return load(desk, conflict_id), half_decided.of(desk, conflict_id)


def reveal(desk: Desk, conflict_id: str, reason: str) -> CaseView:
    """The same in clear, logged; raises NotFound, InputError."""
    return case_view(conflicts.reveal(desk, conflict_id, reason), desk.reference)


def decide(desk: Desk, case: Case, draft: HalfDecided) -> Complaint:
    """Keep a decision that saw exactly the sides of `case`. Raises NotFound, InputError, FieldErrors."""
    seen = [side.id for side in case.sides]
    if draft.side:
        return deciding.take_side(desk, case.conflict_id, draft.side, draft.reason, seen=seen)
    return deciding.write_value(desk, case.conflict_id, draft.value, draft.reason, seen=seen)
