"""When desk and centre do not have the same past: one of them was restored, or the desk's data were copied.

Nothing is wiped on either side. What the centre has lost is sent again under its own number; what it knows under other
bytes is issued again in a new epoch.
"""

from kelurahan_client.errors import Behind, Forked, Known, Refused
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import epochs, outbox, settings
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.outbox import Entry
from sync import receiving
from sync.protocol import ReplyHeader, RequestHeader


def after_refusal(desk: Desk, request: RequestHeader, refused: Refused) -> None:
    """Put the outbox right after FORK or GAP, so that the next request can be accepted.

    Raises the refusal itself where it says too little, or is about something else.
    """
    known = refused.known
    if known is None or not isinstance(refused, Behind | Forked):
        raise refused
    with desk.store.write() as transaction:
        if isinstance(refused, Behind):
            moved = _send_what_was_lost(desk, transaction, request.epoch, known)
        elif known.common_n >= 0:
            moved = _part_ways(desk, transaction, request.epoch, known.common_n)
        else:
            moved = _look_further_back(desk, transaction, request)
        receiving.settle(transaction, receiving.Touched({one.complaint_id for one in moved}))


def as_another_device(desk: Desk, transaction: Transaction, server_epoch: str) -> None:
    """The centre knows this desk by a new device from now on: all that it is not known to have is issued again.

    A centre that has since gone on from a backup, in another `server_epoch`, may have lost anything.
    """
    heard = settings.get(transaction, settings.CURSOR) or {}
    everything = heard.get("server_epoch") != server_epoch
    moved = epochs.become_another(transaction, desk.random(16).hex(), everything=everything)
    receiving.settle(transaction, receiving.Touched({one.complaint_id for one in moved}))


def is_of_another_life(transaction: Transaction, epoch: str, header: ReplyHeader) -> bool:
    """Whether the centre has heard, under the numbers of this epoch, what is not in this desk's outbox.

    Then the answers that it repeats may be those to another copy of the desk.
    """
    if header.last_n > epochs.end_of(transaction, epoch).n:
        return True
    return not epochs.is_known(transaction, epoch, header.last_n, bytes.fromhex(header.last_hash))


def part_where_ahead(desk: Desk, transaction: Transaction, epoch: str, header: ReplyHeader) -> bool:
    """Begin a new epoch if all here is answered and the centre has heard more of the present one than there is."""
    end = outbox.tail(transaction)
    if epoch != end.epoch or header.last_n <= end.n or outbox.waiting(transaction, epoch, after=0, limit=1):
        return False
    _part_ways(desk, transaction, epoch, end.n)
    return True


def _send_what_was_lost(desk: Desk, transaction: Transaction, epoch: str, known: Known) -> list[Entry]:
    epochs.trust(transaction, epoch)
    kept = epochs.first_kept(transaction, epoch)
    # Restored from a backup that is older than the last one that was verified; or it heard this from another device,
    # and may still have it under that name.
    if known.last_n < kept or epochs.is_former(transaction, epoch):
        return _part_ways(desk, transaction, epoch, kept)
    if epochs.is_known(transaction, epoch, known.last_n, bytes.fromhex(known.last_hash)):
        return epochs.reopen(transaction, epoch, known.last_n)
    return epochs.reopen(transaction, epoch, kept)


def _look_further_back(desk: Desk, transaction: Transaction, request: RequestHeader) -> list[Entry]:
    """Even what was answered differs: everything is sent, and the centre finds the place."""
    kept = epochs.first_kept(transaction, request.epoch)
    if request.first_n - 1 <= kept:
        return _part_ways(desk, transaction, request.epoch, kept)
    return epochs.reopen(transaction, request.epoch, kept)


def _part_ways(desk: Desk, transaction: Transaction, epoch: str, common_n: int) -> list[Entry]:
    return epochs.issue_again(transaction, epoch, common_n, desk.random(16).hex())
