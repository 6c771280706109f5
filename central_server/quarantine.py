"""Letting go what waits in quarantine: a person of the city has looked at it."""

from collections.abc import Callable

from central_server.applying import Applying
from central_server.errors import Unknown
from central_server.rules import Rejected
from central_server.store.session import Store
from central_server.waiting import apply_held
from sync.protocol import Result

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
            results = [apply_held(session, applying, held, at)]
        except Rejected as rejected:
            raise StillHeld(f"Belum dapat dilepas: {rejected.reason}") from rejected
        for other in session.inbox.waiting([held.target]) if held.target else ():
            try:
                results.append(apply_held(session, applying, other, at))
            except Rejected:
                continue  # it keeps its place and its reason
        return results
