"""Items that wait for their complaint: it came to a restored centre later than what other desks say of it."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from central_server import rules
from central_server.applying import Applying
from central_server.items import read_item
from central_server.rules import Rejected
from central_server.store.session import RowRefused, Writing
from central_server.store.shapes import Author, Device, Held
from sync.protocol import ErrorNumber, Mutation, Op, RejectionNumber, Result

# For these a request of a bundle is held; its changes keep the number where a person lets them into quarantine.
OF_A_STICK = frozenset({ErrorNumber.GAP, ErrorNumber.FORK})
_SAID_AGAIN = OF_A_STICK | {RejectionNumber.WITHDRAWN}  # whose desk may say it in another life
_OF_WHAT_IS_LOST = frozenset({RejectionNumber.UNKNOWN, RejectionNumber.OFFICE})
LATER = "Pengaduannya belum kembali di server kota; perubahan ini disimpan dan diterapkan begitu pengaduannya datang."


def is_lost_here(mutation: Mutation | None, rejected: Rejected, rev_floor: int) -> bool:
    """Whether it speaks of what a restore has lost: a complaint, or only the move that brought it to the office."""
    if mutation is None or not mutation.base_rev or not rev_floor:
        return False
    moved = rejected.number == RejectionNumber.OFFICE and mutation.op is not Op.CREATE
    return rejected.number == RejectionNumber.UNKNOWN or (moved and mutation.base_rev <= rev_floor)


def apply_waiting(session: Writing, applying: Applying, came: Iterable[str], at: str) -> None:
    """What waits for these complaints is applied now, in the order it came; the rest stays in quarantine."""
    wanted = list(came)
    for held in session.inbox.waiting(wanted) if wanted else ():
        if held.number in _OF_WHAT_IS_LOST:
            try:
                apply_held(session, applying, held, at)
            except Rejected:
                continue  # it keeps its place and its reason


def apply_held(session: Writing, applying: Applying, held: Held, at: str) -> Result:
    """One item from quarantine, with the time of receipt when it came; raises Rejected, and then it stays there."""
    item = read_item(held.line)
    mutation = item.mutation
    device = session.devices.get(held.device)
    if mutation is None or device is None:
        raise Rejected(RejectionNumber.SHAPE, "isinya tidak dikenal program server ini.")
    rules.shape(mutation)
    if held.number in _SAID_AGAIN:  # it may have done so before, or still do so: it counts once
        mutation = msgspec.structs.replace(mutation, again=True)
    try:
        with session.savepoint():
            author = replace(author_of(mutation, device, held.epoch, held.held_at), released=True)
            result = applying.apply(mutation, author, item.sent)
    except RowRefused as refused:
        raise Rejected(RejectionNumber.REFUSED, "basis data menolak isiannya.") from refused
    session.inbox.release(held.id, at)
    return result


def author_of(mutation: Mutation, device: Device, epoch: str, received_at: str) -> Author:
    """Who made this mutation."""
    return Author(
        device=device.id,
        epoch=epoch,
        n=mutation.n,
        office=device.office,
        desk=device.desk,
        actor=mutation.actor,
        device_time=mutation.device_time,
        received_at=received_at,
    )
