"""The way from a request to the database: not too often from one desk, as many at once as there are connections.

Who waits here holds neither a connection nor a thread, so a busy database never stops the reading of requests, and a
desk that sends or reads slowly never stops the database. Nobody waits for ever.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

import anyio
import anyio.to_thread
from fastapi import Request

from central_server.bodies import Bodies
from central_server.errors import Unavailable
from central_server.limits import Limits
from central_server.rates import Rates

_Answer = TypeVar("_Answer")


class Watch(Protocol):
    """Who is told how many wait and how many are inside."""

    def waiting(self, change: int) -> None:
        """One more or one less waits."""

    def inside(self, change: int) -> None:
        """One more or one less is at the database."""


class Unwatched:
    """A watch that nobody keeps."""

    def waiting(self, change: int) -> None:
        """Nobody counts."""

    def inside(self, change: int) -> None:
        """Nobody counts."""


class Door:
    """Of one process and its event loop. `ticks` is a clock in seconds that never goes back."""

    def __init__(self, limits: Limits, ticks: Callable[[], float], watch: Watch) -> None:
        self.bodies = Bodies(limits)
        self._rates = Rates(limits.requests_per_minute, ticks)
        self._wait = limits.wait_seconds
        self._turns = asyncio.Semaphore(limits.connections)
        self._threads = anyio.CapacityLimiter(limits.connections)
        self._watch = watch

    async def run(self, work: Callable[..., _Answer], *arguments: object) -> _Answer:
        """What `work` returns, from a thread that may use one connection; raises Unavailable when no turn comes."""
        with _counted(self._watch.waiting):
            try:
                async with asyncio.timeout(self._wait):
                    await self._turns.acquire()
            except TimeoutError as error:
                raise Unavailable("Server kota sedang sibuk.", busy=True) from error
        try:
            with _counted(self._watch.inside):
                return await anyio.to_thread.run_sync(work, *arguments, limiter=self._threads)
        finally:
            self._turns.release()

    async def run_for(
        self, request: Request, token: str, work: Callable[..., _Answer], *arguments: object, cost: float = 1.0
    ) -> _Answer:
        """`run` for the desk that has `token`, of whose requests this is `cost`; raises Refusal(BUSY) for too many."""
        address = address_of(request)
        self._rates.admit(token, address, cost)
        answer = await self.run(work, *arguments)
        self._rates.accepted(token, address, cost)
        return answer


def address_of(request: Request) -> str:
    """Where the request comes from, "" = not known."""
    return request.client.host if request.client else ""


@contextmanager
def _counted(told: Callable[[int], None]) -> Iterator[None]:
    told(1)
    try:
        yield
    finally:
        told(-1)
