"""What somebody has begun to decide about a conflict and has not saved: on the disk, so that no power cut takes it."""

from dataclasses import dataclass

from kelurahan_client.services.desk import Desk
from kelurahan_client.store import settings

_MOST = 200


@dataclass(frozen=True, slots=True)
class HalfDecided:
    """What stands in the editor, the side (id) that is taken as it stands, or "", and the reason."""

    value: str = ""
    side: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        """Whether anything would be lost."""
        return bool(self.value or self.side or self.reason)


def of(desk: Desk, conflict_id: str) -> HalfDecided:
    """What was begun about this conflict, empty for nothing."""
    with desk.store.read() as transaction:
        kept = (settings.get(transaction, settings.HALF_DECIDED) or {}).get(conflict_id)
    return HalfDecided(*kept) if kept else HalfDecided()


def keep(desk: Desk, conflict_id: str, begun: HalfDecided) -> None:
    """Keep it; nothing forgets it. The oldest of many give way.

    The words of a side that is taken as it stands are not kept: they may have been looked at for a reason.
    """
    with desk.store.write() as transaction:
        kept = settings.get(transaction, settings.HALF_DECIDED) or {}
        before = dict(kept)
        kept.pop(conflict_id, None)
        if begun:
            kept[conflict_id] = ["" if begun.side else begun.value, begun.side, begun.reason]
        if kept != before:
            settings.put(transaction, settings.HALF_DECIDED, dict(list(kept.items())[-_MOST:]))
