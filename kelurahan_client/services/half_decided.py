"""What somebody has begun to decide about a conflict and has not saved: on the disk, so that no power cut takes it."""

from dataclasses import asdict, dataclass

from kelurahan_client.services import half_written
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import Kind, Place


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
    found = half_written.of(desk, Place(Kind.DECISION, conflict_id))
    return HalfDecided(**found.content) if found else HalfDecided()


def keep(desk: Desk, conflict_id: str, begun: HalfDecided) -> None:
    """Keep it; nothing forgets it.

    The words of a side that is taken as it stands are not kept: they may have been looked at for a reason.
    """
    content = asdict(begun) | ({"value": ""} if begun.side else {})
    half_written.keep(desk, Place(Kind.DECISION, conflict_id), content if begun else {})
