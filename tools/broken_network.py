"""A network between desk and centre that breaks where a test says: a TCP proxy on this machine."""

import gc
import re
import select
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

_CHUNK = 64 * 1024
_PATIENCE = 60.0  # seconds without a byte, after which a connection is given up


@dataclass(frozen=True)
class Fault:
    """What happens to one connection; nothing named = it is passed on whole.

    `cut_request` and `cut_reply` count the bytes that still get through, HTTP headers included, before an orderly
    close. `unsized` takes the length out of the reply's head, so that a cut looks like its end. `flip_reply` changes
    a bit of one byte, counted from the reply's start (or its end, if below 0). `answer` is said in the centre's place,
    which hears nothing. `meanwhile` is called when the centre has answered and the desk has not heard it yet. `refuse`
    resets at once. `doubled` delivers one message twice, and the second answer is heard; `old_request` delivers once
    more what an earlier connection said, before; `old_reply` lets the centre hear it, and answers what it said earlier.
    """

    cut_request: int | None = None
    cut_reply: int | None = None
    unsized: bool = False
    flip_reply: int | None = None
    answer: bytes | None = None
    meanwhile: Callable[[], None] | None = None
    refuse: bool = False
    doubled: bool = False
    old_request: bool = False
    old_reply: bool = False

    @property
    def is_harmless(self) -> bool:
        """Whether the desk gets the answer to what it has asked all the same."""
        return self in (PASS, DOUBLED, OLD_REQUEST)


PASS = Fault()
LOST_REPLY = Fault(cut_reply=0)
LOST_REQUEST = Fault(cut_request=0)
DOUBLED = Fault(doubled=True)
OLD_REQUEST = Fault(old_request=True)
OLD_REPLY = Fault(old_reply=True)


def http_answer(status: str, content_type: str, body: bytes) -> bytes:
    """A whole answer of somebody else."""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


PORTAL = Fault(answer=http_answer("200 OK", "text/html", b"<html><body>Silakan masuk ke jaringan.</body></html>"))
BAD_GATEWAY = Fault(answer=http_answer("502 Bad Gateway", "text/html", b"<html>502</html>"))


class BrokenNetwork:
    """Listens at `url` and passes connections on to `target`; each takes the next fault of its plan."""

    def __init__(self, target: str) -> None:
        self.lead_to(target)
        self._plan: deque[Fault] = deque()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.carried: list[tuple[int, int]] = []  # bytes that (desk, centre) said on each connection that has ended
        self._earlier = (b"", b"")  # a request that changed something, and its reply
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def lead_to(self, target: str) -> None:
        """The centre is somewhere else now."""
        where = urlsplit(target)
        self._target = (where.hostname or "", where.port or 0)

    def plan(self, *faults: Fault) -> None:
        """What happens to the next connections, in their order; whole again afterwards."""
        self._plan.clear()
        self._plan.extend(faults)

    def wait(self) -> None:
        """Until every connection so far has ended; then `carried` counts them all."""
        for thread in self._threads:
            thread.join()

    def close(self) -> None:
        """Take no more connections, and wait for those that there are."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        gc.collect()  # the library's errors hold themselves, and with them connections that nobody uses any more
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:  # closed
                return
            fault = self._plan.popleft() if self._plan else PASS
            thread = threading.Thread(target=self._serve, args=(client, fault), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket, fault: Fault) -> None:
        with client:
            try:
                if fault.refuse:
                    _reset(client)
                elif fault.answer is not None:
                    self.carried.append((len(_read_message(client)), 0))
                    client.sendall(fault.answer)
                elif fault.doubled or fault.old_request or fault.old_reply:
                    self._repeat(client, fault)
                else:
                    with socket.create_connection(self._target) as server:
                        self.carried.append(_relay(client, server, fault))
            except OSError:  # either side has hung up, or the centre is down; the other sees it too
                _reset(client)

    def _repeat(self, client: socket.socket, fault: Fault) -> None:
        request = _read_message(client)
        earlier_request, earlier_reply = self._earlier
        if fault.old_request and earlier_request:
            self._ask(earlier_request)
        reply = self._ask(request)
        if fault.doubled:
            reply = self._ask(request)
        self._earlier = request, reply
        said = (earlier_reply or PORTAL.answer or b"") if fault.old_reply else reply
        client.sendall(said)
        self.carried.append((len(request), len(said)))

    def _ask(self, request: bytes) -> bytes:
        with socket.create_connection(self._target) as server:
            server.sendall(request)
            return _read_message(server)


def _relay(client: socket.socket, server: socket.socket, fault: Fault) -> tuple[int, int]:
    up = down = 0
    while True:
        ready, _, _ = select.select([client, server], [], [], _PATIENCE)
        if not ready:
            return up, down
        if client in ready:
            data = client.recv(_CHUNK)
            if not data:
                return up, down
            if fault.cut_request is not None and up + len(data) >= fault.cut_request:
                server.sendall(data[: fault.cut_request - up])
                return fault.cut_request, down
            server.sendall(data)
            up += len(data)
        if server in ready:
            reply = _read_message(server)
            if not reply:
                return up, down
            if fault.meanwhile is not None:
                fault.meanwhile()
            down += len(reply)
            client.sendall(_damaged(reply, fault))
            if fault.cut_reply is not None:
                return up, down


def _damaged(reply: bytes, fault: Fault) -> bytes:
    if fault.unsized:
        reply = re.sub(rb"(?i)content-length: \d+", b"connection: close", reply, count=1)
    if fault.flip_reply is not None:
        at = fault.flip_reply % len(reply)
        reply = reply[:at] + bytes([reply[at] ^ 0x10]) + reply[at + 1 :]
    return reply[: fault.cut_reply]


def _reset(connection: socket.socket) -> None:
    """When it is closed, the other side gets a reset and not an orderly end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _read_message(source: socket.socket) -> bytes:
    """One whole HTTP message; less if its sender ends it before, nothing if it never began."""
    data = b""
    while (missing := _missing(data)) > 0:
        more = source.recv(min(missing, _CHUNK))
        if not more:
            break
        data += more
    return data


def _missing(data: bytes) -> int:
    """How many bytes of a message must follow, at least."""
    head, end, body = data.partition(b"\r\n\r\n")
    if not end:
        return 1
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return (int(found[1]) if found else 0) - len(body)
