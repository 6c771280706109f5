"""A newer program starts on the data of an older one: records in its schema, and what only it understands is let go."""

from collections.abc import Callable

from central_server import rules
from central_server.applying import Applying
from central_server.errors import NewerDatabase
from central_server.items import read_item
from central_server.rules import Desk, Rejected
from central_server.store.session import Writing
from central_server.store.shapes import Held
from central_server.waiting import apply_held
from sync.protocol import SCHEMA, RejectionNumber

# What an older program may have refused only because it did not know better.
_NOT_UNDERSTOOD = frozenset({RejectionNumber.SHAPE, RejectionNumber.FIELD, RejectionNumber.STEP})
_HUNG_ON_IT = frozenset({RejectionNumber.WAITS, RejectionNumber.UNKNOWN})


def bring_up(session: Writing, offices: frozenset[str], new_id: Callable[[], str], at: str) -> None:
    """Once for each schema, under the head's lock; raises NewerDatabase where another program was newer than this.

    Released is what this program understands and the desk may say, in the order it came, and what hung on it. All
    else keeps its place in quarantine, with the reason that it has now.
    """
    known = session.schema()
    if known > SCHEMA:
        raise NewerDatabase("Basis data dipakai oleh program server yang lebih baru; pasang program terbaru dahulu.")
    if known == SCHEMA:
        return
    session.raise_schema(SCHEMA)
    applying = Applying(session, new_id)
    came: set[str] = set()
    for held in session.inbox.waiting():
        if held.number in _NOT_UNDERSTOOD or (held.number in _HUNG_ON_IT and held.target in came):
            try:
                _check(held, offices)
                came |= {held.target, apply_held(session, applying, held, at).id}
            except Rejected as rejected:
                session.inbox.hold_for(held.id, rejected.number, rejected.reason)


def _check(held: Held, offices: frozenset[str]) -> None:
    mutation = read_item(held.line).mutation
    if mutation is not None:
        rules.shape(mutation)
        rules.standing(mutation, Desk(held.office, held.desk, offices))
