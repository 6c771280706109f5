"""How often a desk may come: a bucket of tokens for each, in the memory of one process.

A desk is known by its bearer token once that was accepted here. Whoever was not yet shares the bucket of the address
that it comes from, and gets back what it took when it turns out to be a desk; so strangers use up their address's
bucket and never that of a desk that works behind the same address.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from central_server.errors import Refusal
from sync.protocol import ErrorNumber

_STRANGERS = 5  # an address of strangers may come this many times less often than one desk
_KEPT = 10_000  # buckets of each kind; the one that was used longest ago goes first


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class _Buckets:
    """Buckets of `size` tokens that fill up again within a minute."""

    def __init__(self, size: float, ticks: Callable[[], float]) -> None:
        self.size = size
        self._ticks = ticks
        self._known: OrderedDict[bytes, _Bucket] = OrderedDict()

    def __contains__(self, key: bytes) -> bool:
        return key in self._known

    def take(self, key: bytes, cost: float) -> float:
        """Takes `cost` tokens; 0, or the seconds until there are as many, and then nothing was taken."""
        now = self._ticks()
        bucket = self._known.setdefault(key, _Bucket(self.size, now))
        self._known.move_to_end(key)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        bucket.tokens = min(self.size, bucket.tokens + (now - bucket.at) * self.size / 60)
        bucket.at = now
        if bucket.tokens < cost:
            return (cost - bucket.tokens) * 60 / self.size
        bucket.tokens -= cost
        return 0.0


class Rates:
    """Used in the event loop alone. `ticks` is a clock in seconds that never goes back; `per_minute` 0 = no limit."""

    def __init__(self, per_minute: int, ticks: Callable[[], float]) -> None:
        self._limited = per_minute > 0
        self._desks = _Buckets(float(per_minute), ticks)
        self._addresses = _Buckets(max(1.0, per_minute / _STRANGERS), ticks)

    def admit(self, token: str, address: str, cost: float = 1.0) -> None:
        """Counts a request; raises Refusal(BUSY, 429) with the seconds to wait."""
        if not self._limited:
            return
        desk = _key(token)
        known = desk in self._desks
        wait = self._desks.take(desk, cost) if known else self._addresses.take(address.encode(), cost)
        if wait:
            raise Refusal(
                ErrorNumber.BUSY,
                HTTPStatus.TOO_MANY_REQUESTS,
                "Loket ini terlalu sering mengirim. Tidak ada yang hilang; tunggu sebentar lalu kirim lagi."
                if known
                else "Terlalu banyak kiriman tanpa kunci masuk yang dikenal dari jaringan ini. Coba lagi nanti.",
                retry_after=max(1.0, wait),
            )

    def accepted(self, token: str, address: str, cost: float = 1.0) -> None:
        """The token of an admitted request was a desk's."""
        desk = _key(token)
        if self._limited and desk not in self._desks:
            self._desks.take(desk, cost)
            self._addresses.take(address.encode(), -cost)


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
