"""Counts wrong codes of each address, in memory, so that nobody tries codes until one fits."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus

from central_server.errors import Refusal
from sync.protocol import ErrorNumber

_ALLOWED = 10  # wrong codes in a window
_WINDOW = 15 * 60.0  # seconds
_ADDRESSES = 10_000  # remembered at most; the longest ago goes first


class Attempts:
    """`ticks` is a clock in seconds that never goes back."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def admit(self, address: str) -> None:
        """Raises Refusal(BUSY) for an address with too many wrong codes of late."""
        with self._lock:
            recent = self._recent(address)
            if len(recent) < _ALLOWED:
                return
            wait = recent[0] + _WINDOW - self._ticks()
        raise Refusal(
            ErrorNumber.BUSY,
            HTTPStatus.TOO_MANY_REQUESTS,
            "Terlalu banyak kode salah dari jaringan ini. Coba lagi beberapa menit lagi.",
            retry_after=max(1.0, wait),
        )

    def failed(self, address: str) -> None:
        """One more wrong code from this address."""
        with self._lock:
            recent = self._recent(address)
            self._failures[address] = [*recent, self._ticks()][-_ALLOWED:]
            self._failures.move_to_end(address)
            while len(self._failures) > _ADDRESSES:
                self._failures.popitem(last=False)

    def _recent(self, address: str) -> list[float]:
        since = self._ticks() - _WINDOW
        return [at for at in self._failures.get(address, ()) if at > since]
