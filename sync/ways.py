"""What the engine needs of a way to the centre, whatever it is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

Cancel = Callable[[], bool]
"""Asked again and again: does the person want to stop?"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply of the exchange as it came: its body still compressed as `encoding` says."""

    body: bytes
    encoding: str


class Transport(Protocol):
    """What the engine needs of the way to the centre."""

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        """Send one compressed request and return the reply; calls `received` with the bytes read so far."""

    def blob_standing(self, sha256: str, token: str, cancelled: Cancel) -> int:
        """How many bytes of a blob the centre has."""

    def blob_piece(self, sha256: str, offset: int, piece: bytes, token: str, cancelled: Cancel) -> int:
        """Send the next piece of a blob; how many bytes the centre has now, whether it took the piece or not."""

    def blob_range(self, sha256: str, start: int, stop: int, token: str, cancelled: Cancel) -> bytes:
        """The bytes from `start` to `stop` of a blob."""


@runtime_checkable
class Watched(Protocol):
    """A way that can say how much of a request has gone out."""

    def watch(self, sent: Callable[[int], None]) -> None:
        """Call `sent`, from any thread, with the bytes of the next request of the exchange that have left."""
