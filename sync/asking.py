"""The requests of one exchange, one at a time; on a long way through the feed, the next one ahead of its time.

While the desk writes down a page, the centre can already look for the next. It is asked on a guess: that there will be
nothing to say, and that the desk will go on from the cursor that has just come. Such a request changes nothing at the
centre, and its answer is used only where the desk, with the page before it on the disk, would ask the very same.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

from kelurahan_client.domain.fields import read_utc
from kelurahan_client.services.desk import Desk
from sync.protocol import ReplyHeader
from sync.sending import Round, following
from sync.ways import Answer, Cancel, Transport, Watched

_POLL_SECONDS = 0.05


class Arrival:
    """Remembers when the first bytes of a reply came: reading and applying it may take minutes more."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.size = 0
        self._now = now
        self._at: datetime | None = None

    def received(self, size: int) -> None:
        """So many bytes are here."""
        self._at = self._at or self._now()
        self.size = size

    def offset(self, header: ReplyHeader) -> float:
        """How far this machine's clock is from the centre's, in seconds; for the record and a warning only."""
        at = self._at or self._now()
        return round((at - read_utc(header.server_time)).total_seconds(), 1)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A request whose answer may be wanted."""

    round: Round
    arrival: Arrival
    unwanted: threading.Event
    answer: Future[Answer]


class Asking:
    """The way to the centre for one exchange; close it when the exchange is over, however it ended."""

    def __init__(self, desk: Desk, transport: Transport, cancelled: Cancel) -> None:
        self._desk = desk
        self._transport = transport
        self._cancelled = cancelled
        self._ahead: _Ahead | None = None
        self._worker = ThreadPoolExecutor(1, "exchange-ahead")

    def answer(self, current: Round, received: Callable[[int], None]) -> tuple[Round, Answer, Arrival]:
        """The centre's answer, and the request that it belongs to: `current`, or the same asked ahead.

        Calls `received` with the bytes that are here. Raises an ExchangeError.
        """
        arrival = Arrival(self._desk.now)
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead.round.is_like(current):
            while not ahead.answer.done():
                wait([ahead.answer], _POLL_SECONDS)
                received(ahead.arrival.size)
            return ahead.round, ahead.answer.result(), ahead.arrival
        self._drop(ahead)

        def count(size: int) -> None:
            arrival.received(size)
            received(size)

        token = current.me.token
        return current, self._transport.exchange(current.body, token, self._cancelled, count), arrival

    def ask_ahead(self, current: Round, header: ReplyHeader) -> None:
        """The reply to `current` promises more: ask for it already."""
        guess, arrival, unwanted = following(self._desk, current, header), Arrival(self._desk.now), threading.Event()
        if isinstance(self._transport, Watched):
            self._transport.watch(lambda _bytes: None)
        answer = self._worker.submit(
            self._transport.exchange,
            guess.body,
            guess.me.token,
            lambda: unwanted.is_set() or self._cancelled(),
            arrival.received,
        )
        self._ahead = _Ahead(guess, arrival, unwanted, answer)

    def close(self) -> None:
        """Let go of what was asked ahead and is not wanted."""
        self._drop(self._ahead)
        self._worker.shutdown()

    def _drop(self, ahead: _Ahead | None) -> None:
        if ahead is not None:
            ahead.unwanted.set()
            wait([ahead.answer])
