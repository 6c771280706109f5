"""The conflict rules: pure, total, the same code at the desk and at the centre.

A merge looks at three values of one field: `was` (what the person saw), `server` (what stands), `desk` (what the person
wrote). It never looks at a clock. Whatever is not the new value is a loser and goes to the history or to a conflict.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kelurahan_client.domain.complaint import Priority, Status
from kelurahan_client.domain.status import steps_from


class Policy(StrEnum):
    """How two differing values of a field become one."""

    FIXED = "fixed"  # set at intake; only a supervisor's correction changes it
    SAFER = "safer"  # the value that protects the person more, with a notice
    PERSON = "person"  # a person decides
    STATUS = "status"  # by the status machine


POLICIES: Mapping[str, Policy] = {
    "id": Policy.FIXED,
    "reference": Policy.FIXED,
    "office": Policy.FIXED,
    "desk": Policy.FIXED,
    "received_date": Policy.FIXED,
    "channel": Policy.FIXED,
    "recorded_at": Policy.FIXED,
    "agency_written": Policy.FIXED,
    "book_number": Policy.FIXED,
    "book_sheet": Policy.FIXED,
    "book_line": Policy.FIXED,
    "warnings": Policy.FIXED,
    "anonymous": Policy.SAFER,
    "confidential": Policy.SAFER,
    "priority": Policy.SAFER,
    "status": Policy.STATUS,
}


def policy(field: str) -> Policy:
    """The policy of `field`; one that is not known here is decided by a person, so that nothing of it is lost."""
    return POLICIES.get(field, Policy.PERSON)


class Verdict(StrEnum):
    """Why a merged field has the value it has."""

    SAME = "same"  # both sides say the same, or nothing was asked
    DESK = "desk"  # the desk's change stands
    SERVER = "server"  # the server's value stands, and both are part of one story (status)
    SAFER = "safer"  # both changed; the safer value stands, with a notice
    FOLLOWS = "follows"  # the value goes with the status that stands
    CONFLICT = "conflict"  # the server's value stands until a person decides
    REFUSED = "refused"  # a fixed field; the server's value stands


@dataclass(frozen=True, slots=True)
class Merged:
    """A field's new value and the values that lost against it (each kept in the history or in a conflict)."""

    value: Any
    verdict: Verdict
    losers: tuple[Any, ...] = ()


def merge_field(field: str, was: Any, server: Any, desk: Any) -> Merged:
    """Three-way merge of one field; see the table in docs: fixed, safer, status, person."""
    if desk == server:
        return Merged(server, Verdict.SAME)
    if desk == was:
        return Merged(server, Verdict.SAME)
    rule = policy(field)
    if rule is Policy.FIXED:
        return Merged(server, Verdict.REFUSED, (desk,))
    if server == was:
        return Merged(desk, Verdict.DESK, (server,))
    if rule is Policy.SAFER:
        value, loser = (desk, server) if _danger(field, desk) < _danger(field, server) else (server, desk)
        return Merged(value, Verdict.SAFER, (loser,))
    if rule is Policy.STATUS:
        return merge_status(server, desk)
    return Merged(server, Verdict.CONFLICT, (desk,))


def _danger(field: str, value: Any) -> int:
    """Lower is safer: hidden before not asked before open; urgent before ordinary; an unknown word is least trusted."""
    if field == "priority":
        return 0 if value == Priority.URGENT else 1 if value == Priority.NORMAL else 2
    return 0 if value is True else 1 if value is None else 2


def merge_status(server: Any, desk: Any) -> Merged:
    """Two steps away from the same status.

    If exactly one order of the two is a legal path, the status at its end stands and nothing is lost. If both orders
    or none are legal, a person decides, and the server's status stands until then. But for that last case it does not
    matter who came first. Resolved and closed never reopen by a merge.
    """
    desk_after_server = _forward(server, desk)
    server_after_desk = _forward(desk, server)
    if desk_after_server and not server_after_desk:
        return Merged(desk, Verdict.DESK, (server,))
    if server_after_desk and not desk_after_server:
        return Merged(server, Verdict.SERVER, (desk,))
    return Merged(server, Verdict.CONFLICT, (desk,))


_ENDED = frozenset({Status.RESOLVED, Status.CLOSED})


def decidable(base: Any, sides: Sequence[Any]) -> frozenset[Status]:
    """The statuses that a person may choose to end a conflict: a side, or a legal step from the base or from a side."""
    found: set[Status] = set()
    for value in (base, *sides):
        try:
            status = Status(value)
        except ValueError:
            continue
        found.update(step.to for step in steps_from(status))
        if value in sides:
            found.add(status)
    return frozenset(found)


def _forward(first: Any, then: Any) -> bool:
    try:
        start, end = Status(first), Status(then)
    except ValueError:
        return False
    if start in _ENDED and end is not Status.CLOSED:
        return False
    return any(step.to is end for step in steps_from(start))


def merge_fields(was: Mapping[str, Any], server: Mapping[str, Any], desk: Mapping[str, Any]) -> dict[str, Merged]:
    """Every field that the desk set, merged; a name missing in `was` or `server` counts as never filled.

    The due date of a step is computed from its status, so it goes with the status that stands and is no question of
    its own.
    """
    merged = {
        field: merge_field(field, was.get(field, _empty(value)), server.get(field, _empty(value)), value)
        for field, value in desk.items()
    }
    status, due = merged.get("status"), merged.get("due_date")
    if status is not None and due is not None and due.verdict is Verdict.CONFLICT:
        server_due, desk_due = server.get("due_date"), desk["due_date"]
        stands, lost = (desk_due, server_due) if status.verdict is Verdict.DESK else (server_due, desk_due)
        merged["due_date"] = Merged(stands, Verdict.FOLLOWS, (lost,))
    return merged


def _empty(like: Any) -> Any:
    if isinstance(like, str):
        return ""
    return [] if isinstance(like, list) else None


def rebase(server: Mapping[str, Any], pending: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a desk shows: the server's record with the desk's unanswered changes on top, in the order they were made."""
    shown = dict(server)
    for changes in pending:
        shown.update(changes)
    return shown
