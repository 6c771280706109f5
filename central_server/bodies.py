"""Reading what a desk sends: whole before anything else happens, within bounds of bytes and of time."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from fastapi import Request

from central_server.errors import Refusal, Unavailable
from central_server.limits import Limits
from sync.protocol import ErrorNumber

_LONGEST_PAUSE = 60.0  # seconds without a single byte


class TooSlow(Refusal):
    """A body that did not come in the time that there was for it."""

    def __init__(self) -> None:
        sentence = "Kiriman datang terlalu lambat dan diputus; tidak ada yang hilang."
        super().__init__(ErrorNumber.BUSY, HTTPStatus.REQUEST_TIMEOUT, sentence)


class Bodies:
    """Reads requests of one process; what is unfinished is counted, so that many slow desks never fill the memory."""

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.body_seconds
        self._most = limits.body_bytes
        self._unfinished = 0

    async def read(self, request: Request, limit: int) -> bytes:
        """The whole body; raises what `read_into` raises."""
        body = bytearray()
        await self.read_into(body, request, limit)
        return bytes(body)

    async def read_into(
        self, body: bytearray, request: Request, limit: int, *, enough: Callable[[], bool] = lambda: False
    ) -> None:
        """Fills `body` until the end, or until it is `enough`; on an error what has come is in it.

        Raises Refusal for more than `limit` bytes, as soon as that is known, TooSlow, Unavailable where too much is
        unfinished in this process, or ClientDisconnect.
        """
        too_large = Refusal(ErrorNumber.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Kiriman terlalu besar.")
        announced = request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            raise too_large
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(self._seconds), asyncio.timeout(_LONGEST_PAUSE) as pause:
                async for chunk in request.stream():
                    pause.reschedule(now() + _LONGEST_PAUSE)
                    if enough():
                        return
                    self._count(len(chunk))
                    body += chunk
                    if len(body) > limit:
                        raise too_large
        except TimeoutError as error:
            raise TooSlow from error
        finally:
            self._unfinished -= len(body)

    def _count(self, size: int) -> None:
        if self._unfinished + size > self._most:
            raise Unavailable("Server kota sedang menerima terlalu banyak kiriman.", busy=True)
        self._unfinished += size
