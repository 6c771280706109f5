"""Letting go what waits in quarantine: a person of the city has looked at it."""

from collections.abc import Iterable

from central_server import notices
from central_server.applying import Applying
from central_server.blobs import recognise
from central_server.centre import Centre
from central_server.errors import Unknown
from central_server.items import read_item
from central_server.rules import Rejected
from central_server.store.session import Writing
from central_server.store.shapes import Held
from central_server.waiting import apply_held
from sync.protocol import Op, Result

_LARGEST = 2**53


class StillHeld(Unknown):
    """The item cannot be applied as it is, whoever allows it."""

    code = "LK-4005"


def release(centre: Centre, id_: int) -> list[Result]:
    """Applies a held item although the desk might not, then what waits for it, in the order it came.

    The time of receipt is the one when it came. The device's first answer stays what it was; the desk learns of the
    release through the feed. What still cannot be applied stays in quarantine. Raises Unknown, StillHeld, Unavailable.
    """
    at = centre.now()
    with centre.store.writing() as session:
        held = session.inbox.held(id_) if 0 < id_ <= _LARGEST else None
        if held is None:
            raise Unknown(f"Tidak ada kiriman tertahan nomor {id_}.")
        if held.released_at:
            raise Unknown(f"Kiriman tertahan nomor {id_} sudah dilepas.")
        applying = Applying(session, centre.new_id, trusted=True)
        try:
            released = {held: apply_held(session, applying, held, at)}
        except Rejected as rejected:
            raise StillHeld(f"Belum dapat dilepas: {rejected.reason}") from rejected
        for other in session.inbox.waiting([held.target]) if held.target else ():
            try:
                released[other] = apply_held(session, applying, other, at)
            except Rejected:
                continue  # it keeps its place and its reason
        _tell_of_numbers(session, released, at)
    recognise(centre, [sha256 for one in released for sha256 in _files(one)])  # of a stick, these came before
    return list(released.values())


def reference_of(held: Held) -> str:
    """The number of the complaint that the item makes, which stands on a receipt; "" for any other item."""
    mutation = read_item(held.line).mutation if held.creates else None
    return str(mutation.set.get("reference", "")) if mutation is not None else ""


def _tell_of_numbers(session: Writing, released: Iterable[Held], at: str) -> None:
    """A complaint that waited may have the number of one that was recorded meanwhile."""
    for one in released:
        made = session.records.get(one.target) if one.creates else None
        if made is not None:
            notices.of_one_number(session.records, made, at)


def _files(held: Held) -> list[str]:
    mutation = read_item(held.line).mutation
    return [str(mutation.set.get("sha256"))] if mutation is not None and mutation.op is Op.ATTACH else []
