"""The connections of one way to the centre: another thread can end them at once, and a slow one is given its time.

urllib3 has no way to wake a thread that waits on a socket, so a second handle of every socket is kept here: shutting it
ends whatever the first one is waiting for, in TLS, in a proxy's greeting, in the middle of an upload.
"""

import contextlib
import io
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from sync.refusals import stopped

_POLL_SECONDS = 0.05
_SEND_BUFFER = 64 * 1024
T = TypeVar("T")

# A reply is awaited from when the system has taken the last byte of the request. What it has taken must be little, or a
# slow line is still busy with it when the waiting is over.
SOCKET_OPTIONS = [*HTTPConnection.default_socket_options, (socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)]


class Upload(io.BytesIO):
    """A body, sent in blocks so that each has the whole time for itself; says how much has left before each block."""

    def __init__(self, body: bytes, sent: Callable[[int], None] = lambda _bytes: None) -> None:
        super().__init__(body)
        self._sent = sent

    def read(self, size: int | None = -1, /) -> bytes:
        """The next block: what came before it has left."""
        self._sent(self.tell())
        return super().read(size)


class Lines:
    """Runs requests one at a time, each in a thread that can be left alone; `connect_seconds` to reach an address."""

    def __init__(self, connect_seconds: float) -> None:
        self._connect_seconds = connect_seconds
        self._lock = threading.Lock()
        self._handles: dict[HTTPConnection, socket.socket] = {}
        self._turn = 0  # how often everything was cut
        self._own = threading.local()

    def run(self, work: Callable[[], T], cancelled: Callable[[], bool]) -> T:
        """Do `work` so that a person can stop waiting for it at once; its connections are cut then.

        An abandoned request may still reach the centre; that is harmless, since it is sent again and counted once.
        """
        outcome: list[T] = []
        failure: list[BaseException] = []
        turn = self._turn

        def do() -> None:
            self._own.turn = turn
            try:
                outcome.append(work())
            except BaseException as error:  # noqa: BLE001  # handed to the waiting thread, which raises it
                failure.append(error)
            finally:
                self._tidy(turn)

        thread = threading.Thread(target=do, name="exchange-request", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(_POLL_SECONDS)
                if thread.is_alive() and cancelled():
                    raise stopped()
        finally:
            if thread.is_alive():
                self.cut()
        if failure:
            raise failure[0]
        return outcome[0]

    def cut(self) -> None:
        """End every connection, whatever waits for it; one that is just being made is ended when it is there."""
        with self._lock:
            self._turn += 1
            handles = [*self._handles.values()]
            self._handles.clear()
        for handle in handles:
            with contextlib.suppress(OSError):  # it has ended by itself
                handle.shutdown(socket.SHUT_RDWR)
            handle.close()

    def pools(self) -> dict[str, type[HTTPConnectionPool]]:
        """The kinds of connection pool whose connections are kept here, by URL scheme."""
        lines = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return lines._opened(self, super()._new_conn)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return lines._opened(self, super()._new_conn)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}

    def _opened(self, connection: HTTPConnection, connect: Callable[[], socket.socket]) -> socket.socket:
        with self._within(connection):
            made = connect()
        made.settimeout(connection.timeout if isinstance(connection.timeout, float) else None)
        with self._lock:
            if self._own.turn == self._turn:
                old, self._handles[connection] = self._handles.get(connection), made.dup()
                if old is not None:
                    old.close()
                return made
        made.close()
        raise NewConnectionError(connection, "nobody waits for it any more")

    @contextlib.contextmanager
    def _within(self, connection: HTTPConnection) -> Iterator[None]:
        """urllib3 gives one time to connecting and to each block of an upload; only the first should be short."""
        patience, connection.timeout = connection.timeout, self._connect_seconds
        try:
            yield
        finally:
            connection.timeout = patience

    def _tidy(self, turn: int) -> None:
        """Let go of what the request has closed; only now, since a reply may be read after its connection is closed."""
        with self._lock:
            over = [one for one in self._handles if one.sock is None] if turn == self._turn else []
            handles = [self._handles.pop(one) for one in over]
        for handle in handles:
            handle.close()
