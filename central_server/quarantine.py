"""Letting go what waits in quarantine: a person of the city has looked at it."""

from collections.abc import Callable
from dataclasses import replace

from central_server import rules
from central_server.applying import Applying
from central_server.errors import Unknown
from central_server.reception import author_of
from central_server.rules import Rejected
from central_server.store.session import RowRefused, Store, Writing
from central_server.store.shapes import Held
from sync.protocol import RejectionNumber, Result

_LARGEST = 2**53


class StillHeld(Unknown):
    """The item cannot be applied as it is, whoever allows it."""

    code = "LK-4005"


def release(store: Store, id_: int, new_id: Callable[[], str], at: str) -> list[Result]:
    """Applies a held item although the desk might not, then what waits for it, in the order it came.

    The time of receipt is the one when it came. The device's first answer stays what it was; the desk learns of the
    release through the feed. What still cannot be applied stays in quarantine. Raises Unknown, StillHeld, Unavailable.
    """
    with store.writing() as session:
        held = session.inbox.held(id_) if 0 < id_ <= _LARGEST else None
        if held is None:
            raise Unknown(f"Tidak ada kiriman tertahan nomor {id_}.")
        if held.released_at:
            raise Unknown(f"Kiriman tertahan nomor {id_} sudah dilepas.")
        applying = Applying(session, new_id, trusted=True)
        try:
            results = [_apply(session, applying, held, at)]
        except Rejected as rejected:
            raise StillHeld(f"Belum dapat dilepas: {rejected.reason}") from rejected
        for other in session.inbox.waiting([held.target]) if held.target else ():
            try:
                results.append(_apply(session, applying, other, at))
            except Rejected:
                continue  # it keeps its place and its reason
        return results


def _apply(session: Writing, applying: Applying, held: Held, at: str) -> Result:
    _n, _id, mutation = rules.read_item(held.line)
    device = session.devices.get(held.device)
    if mutation is None or device is None:
        raise Rejected(RejectionNumber.SHAPE, "isinya tidak dikenal program server ini.")
    rules.shape(mutation)
    try:
        with session.savepoint():
            author = replace(author_of(mutation, device, held.epoch, held.held_at), released=True)
            result = applying.apply(mutation, author)
    except RowRefused as refused:
        raise Rejected(RejectionNumber.REFUSED, "basis data menolak isiannya.") from refused
    session.inbox.release(held.id, at)
    return result
