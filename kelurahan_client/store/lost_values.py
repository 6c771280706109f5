"""Values that stood here and that a restored centre does not have: kept until they are back, or told to it.

Who wrote them sends them again by itself. Only when nobody else can come any more are they told from here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.fields import EDITABLE, Json, to_json
from kelurahan_client.store import complaints, settings
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from sync.protocol import REV_STEP

_LOST = "lost_values"


@dataclass(frozen=True, slots=True)
class LostValues:
    """What a complaint said at a revision that the centre has signed for; values in the way of JSON."""

    complaint_id: str
    rev: int
    values: dict[str, Json]


def is_of_another_life(rev: int, other: int) -> bool:
    """Whether the centre was restored between these two revisions; 0 = it has not signed for one."""
    return rev > 0 and other > 0 and rev // REV_STEP != other // REV_STEP


def of(complaint: Complaint, names: Iterable[str] = EDITABLE) -> LostValues:
    """What people may edit of the complaint as it stands here; with `names` only these."""
    values = {name: to_json(getattr(complaint, name)) for name in names if name in EDITABLE}
    return LostValues(complaint.id, complaint.rev, values)


def remember(transaction: Transaction, found: Iterable[LostValues]) -> None:
    """Keep these besides, until it is seen whether they are lost."""
    new = [one for one in found if one.rev > 0 and one.values]
    if new:
        _keep(transaction, [*kept(transaction), *new])


def kept(transaction: Transaction) -> list[LostValues]:
    """What is remembered, back or not."""
    return [LostValues(**one) for one in settings.get(transaction, _LOST) or []]


def missing(transaction: Transaction) -> list[tuple[Stored, LostValues]]:
    """What is not back yet, oldest first, with the complaint as it stands; what is back is remembered no longer."""
    before = kept(transaction)
    if not before:
        return []
    known = complaints.get_many(transaction, {one.complaint_id for one in before})
    found: list[tuple[Stored, LostValues]] = []
    unsure: list[LostValues] = []  # of complaints that the centre has yet to sign for
    for one in before:
        stored = known.get(one.complaint_id)
        if stored is None or stored.deleted:  # it was given back as a whole, if at all
            continue
        if not stored.complaint.rev:
            unsure.append(one)
        elif is_of_another_life(one.rev, stored.complaint.rev):
            here = of(stored.complaint, one.values).values
            left = {name: value for name, value in one.values.items() if here[name] != value}
            found += [(stored, LostValues(one.complaint_id, one.rev, left))] if left else []
    found.sort(key=lambda pair: pair[1].rev)
    left_over = [*(one for _, one in found), *unsure]
    if left_over != before:
        _keep(transaction, left_over)
    return found


def forget(transaction: Transaction, told: Sequence[LostValues]) -> None:
    """These were told to the centre."""
    _keep(transaction, [one for one in kept(transaction) if one not in told])


def _keep(transaction: Transaction, values: Sequence[LostValues]) -> None:
    settings.put(transaction, _LOST, [asdict(one) for one in values])
