"""What stands between a desk and the centre in a city: a TLS front, a proxy that wants a password, a slow line."""

import base64
import contextlib
import queue
import select
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 64 * 1024
_PATIENCE = 30.0  # seconds without a byte, after which a connection is given up

Address = tuple[str, int]


def address_of(url: str) -> Address:
    """Host and port of a URL."""
    where = urlsplit(url)
    return where.hostname or "", where.port or 0


class Relay:
    """Listens at `port` of this machine; `_serve` has each connection in a thread of its own."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def close(self) -> None:
        """Take no more connections, and wait for those that there are."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:  # closed
                return
            thread = threading.Thread(target=self._answer, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):  # either side has hung up; the other sees it too
            self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        raise NotImplementedError


class Blunt(Relay):
    """Says the same to everybody, whatever they speak, and hangs up."""

    def __init__(self, answer: bytes) -> None:
        self._reply = answer
        super().__init__()

    def _serve(self, client: socket.socket) -> None:
        client.recv(_CHUNK)
        client.sendall(self._reply)


class TlsFront(Relay):
    """Shows the certificate in `context` and passes on to `target` what comes."""

    def __init__(self, context: ssl.SSLContext, target: Address) -> None:
        self._context = context
        self._target = target
        super().__init__()

    def _serve(self, client: socket.socket) -> None:
        with (
            self._context.wrap_socket(client, server_side=True) as secure,
            socket.create_connection(self._target) as server,
        ):
            pass_on(secure, server)


@dataclass(frozen=True)
class Asked:
    """What the proxy was asked: for which host and port, with which name and password ("" = none)."""

    where: str
    shown: str = field(default="")


class CityProxy(Relay):
    """An HTTP proxy for CONNECT. It knows the hosts of `routes`, and wants `login` ("name:password", "" = nothing).

    `answer` is said instead, to everybody, if it is not empty.
    """

    def __init__(self, routes: Mapping[str, Address], login: str = "", answer: bytes = b"") -> None:
        self._routes = routes
        self._login = login
        self._reply = answer
        self.asked: list[Asked] = []
        super().__init__()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            more = client.recv(1)
            if not more:
                return
            head += more
        lines = head.decode().split("\r\n")
        where = lines[0].split()[1]
        shown = next((line.split()[-1] for line in lines if line.lower().startswith("proxy-authorization: ")), "")
        self.asked.append(Asked(where, base64.b64decode(shown).decode()))
        if self._reply:
            client.sendall(self._reply)
        elif self.asked[-1].shown != self._login:
            client.sendall(
                b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=kota\r\n"
                b"Content-Length: 0\r\n\r\n"
            )
        else:
            with socket.create_connection(self._routes[where.rsplit(":", 1)[0]]) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                pass_on(client, server)


class SlowLine(Relay):
    """Passes on to `target` so many bytes a second each way, each after half of `round_trip` seconds."""

    def __init__(self, target: Address, bytes_per_second: float, round_trip: float) -> None:
        self._target = target
        self._rate = bytes_per_second
        self._delay = round_trip / 2
        self._over = threading.Event()
        super().__init__()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # what waits, waits at the desk

    def close(self) -> None:
        """Nothing is slow any more."""
        self._over.set()
        super().close()

    def _serve(self, client: socket.socket) -> None:
        with socket.create_connection(self._target) as server:
            back = threading.Thread(target=self._carry, args=(server, client), daemon=True)
            back.start()
            self._carry(client, server)
            back.join()

    def _carry(self, source: socket.socket, goal: socket.socket) -> None:
        """One way; reading is as slow as the line, and what was read is on its way for a while."""
        under_way: queue.Queue[tuple[float, bytes]] = queue.Queue()
        arriving = threading.Thread(target=self._arrive, args=(under_way, goal), daemon=True)
        arriving.start()
        data = b"-"
        while data:
            try:
                data = source.recv(1024)
            except OSError:
                data = b""
            self._over.wait(len(data) / self._rate)
            under_way.put((time.monotonic() + self._delay, data))
        arriving.join()

    def _arrive(self, under_way: "queue.Queue[tuple[float, bytes]]", goal: socket.socket) -> None:
        data = b"-"
        with contextlib.suppress(OSError):
            while data:
                due, data = under_way.get()
                self._over.wait(max(0.0, due - time.monotonic()))
                goal.sendall(data)
            goal.shutdown(socket.SHUT_WR)


def pass_on(client: socket.socket, server: socket.socket) -> None:
    """Carry bytes both ways until one side has ended."""
    while True:
        ready, _, _ = select.select([client, server], [], [], _PATIENCE)
        if not ready:
            return
        for source, goal in ((client, server), (server, client)):
            if source in ready:
                data = source.recv(_CHUNK)
                while isinstance(source, ssl.SSLSocket) and (more := source.pending()):
                    data += source.recv(more)
                if not data:
                    return
                goal.sendall(data)
