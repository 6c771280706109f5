"""Whoever does not want to wait any longer waits no longer: at every point of every request, and nothing stays behind.

No time is measured: the server is silent for ever, so a call that comes back has not waited for it; and the server sees
that the connection was hung up, so no socket is left.
"""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from kelurahan_client.errors import Cancelled
from kelurahan_client.services.network import NetworkSettings
from sync.protocol import BLOB_OFFSET, MEDIA_TYPE, EnrolRequest
from sync.proxy import read_proxy
from sync.transport import HttpTransport
from tests.silent_server import SilentServer

BIG = bytes(16 * 1024 * 1024)  # more than the system takes in advance
HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: {MEDIA_TYPE}\r\nContent-Length: 1000\r\n"
Ask = Callable[[HttpTransport, Callable[[], bool]], object]

ASKING: dict[str, Ask] = {
    "exchange": lambda way, stop: way.exchange(b"body", "t", stop, lambda _: None),
    "blob standing": lambda way, stop: way.blob_standing("ab", "t", stop),
    "blob piece": lambda way, stop: way.blob_piece("ab", 0, b"piece", "t", stop),
    "blob range": lambda way, stop: way.blob_range("ab", 0, 5, "t", stop),
    "code": lambda way, stop: way.check_code("KODE", stop),
    "enrolment": lambda way, stop: way.enrol(EnrolRequest("KODE", "", ""), stop),
}
UPLOADING: dict[str, Ask] = {
    "exchange": lambda way, stop: way.exchange(BIG, "t", stop, lambda _: None),
    "blob piece": lambda way, stop: way.blob_piece("ab", 0, BIG, "t", stop),
}


@pytest.fixture
def silent() -> Iterator[Callable[..., SilentServer]]:
    made: list[SilentServer] = []

    def make(answer: bytes = b"", wanted: int = 1) -> SilentServer:
        made.append(SilentServer(answer, wanted))
        return made[-1]

    yield make
    for server in made:
        server.close()


def requests_under_way() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "exchange-request"]


def is_left_at_once(way: HttpTransport, server: SilentServer, ask: Ask) -> None:
    with pytest.raises(Cancelled):
        ask(way, server.reached.is_set)
    assert all(thread.daemon for thread in requests_under_way())
    assert server.hung_up.wait(30)
    for thread in requests_under_way():
        thread.join(30)
        assert not thread.is_alive()
    way.close()


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_while_it_waits_for_the_reply(silent: Callable[..., SilentServer], ask: Ask) -> None:
    server = silent()
    is_left_at_once(HttpTransport(f"http://{server.address}"), server, ask)


@pytest.mark.parametrize("ask", UPLOADING.values(), ids=UPLOADING)
def test_in_the_middle_of_an_upload_that_stands_still(silent: Callable[..., SilentServer], ask: Ask) -> None:
    class Deaf(SilentServer):
        def _serve(self) -> None:
            client, _address = self._listener.accept()
            with client:
                client.recv(1)
                self.reached.set()
                while True:  # an end that comes behind unread bytes is not seen before them
                    try:
                        client.send(b" ")
                    except ConnectionError:
                        self.hung_up.set()
                        return
                    self.hung_up.wait(0.02)

    server = Deaf()
    is_left_at_once(HttpTransport(f"http://{server.address}"), server, ask)
    server.close()


@pytest.mark.parametrize("extra", ["", "Connection: close\r\n"], ids=["kept alive", "to be closed"])
def test_in_the_middle_of_a_reply(silent: Callable[..., SilentServer], extra: str) -> None:
    server = silent(f"{HEAD}{extra}\r\nhalf".encode())
    is_left_at_once(HttpTransport(f"http://{server.address}"), server, ASKING["exchange"])


def test_in_the_middle_of_a_piece_of_a_file(silent: Callable[..., SilentServer]) -> None:
    head = f"HTTP/1.1 206 X\r\n{BLOB_OFFSET}: 5\r\nContent-Range: bytes 0-4/9\r\nContent-Length: 5\r\n\r\nhal"
    server = silent(head.encode())
    is_left_at_once(HttpTransport(f"http://{server.address}"), server, ASKING["blob range"])


def test_in_the_middle_of_a_refusal(silent: Callable[..., SilentServer]) -> None:
    server = silent(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 1000\r\n\r\n<html>")
    is_left_at_once(HttpTransport(f"http://{server.address}"), server, ASKING["exchange"])


@pytest.mark.parametrize("ask", ASKING.values(), ids=ASKING)
def test_before_the_line_is_secure(silent: Callable[..., SilentServer], ask: Ask) -> None:
    server = silent()
    is_left_at_once(HttpTransport(f"https://{server.address}"), server, ask)


def test_while_a_proxy_is_silent(silent: Callable[..., SilentServer]) -> None:
    server = silent()
    settings = NetworkSettings(proxy=read_proxy(server.address))
    is_left_at_once(HttpTransport("https://lapor.kota.test", settings), server, ASKING["exchange"])


@pytest.mark.parametrize("ask", [ASKING["exchange"], ASKING["code"]], ids=["exchange", "code"])
def test_while_it_connects(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        with socket.create_connection(address) as first:  # nobody takes it, so no other is let in
            asked = iter([False, False, True])
            way = HttpTransport("http://{}:{}".format(*address))
            with pytest.raises(Cancelled):
                ask(way, lambda: next(asked))
            (thread,) = requests_under_way()
            assert thread.is_alive()
            full.accept()[0].close()
            late, _address = full.accept()  # the system had not given up
            with late:
                assert late.recv(1) == b""  # but nobody was interested any more
            thread.join(30)
            assert not thread.is_alive()
            assert first.fileno() > 0
            way.close()


def test_after_it_was_left_it_can_be_asked_again(silent: Callable[..., SilentServer]) -> None:
    server = silent()
    way = HttpTransport(f"http://{server.address}")
    with pytest.raises(Cancelled):
        way.exchange(b"body", "t", server.reached.is_set, lambda _: None)
    with pytest.raises(Cancelled):  # nobody takes the second connection, and it comes back all the same
        way.exchange(b"body", "t", server.hung_up.is_set, lambda _: None)
    way.close()
    for thread in requests_under_way():
        thread.join(30)
        assert not thread.is_alive()


def test_closing_ends_what_nobody_waits_for(silent: Callable[..., SilentServer]) -> None:
    server = silent(f"{HEAD}\r\n{'x' * 1000}".encode())
    way = HttpTransport(f"http://{server.address}")
    assert len(way.exchange(b"body", "t", lambda: False, lambda _: None).body) == 1000
    assert not server.hung_up.is_set()  # kept for the next request
    way.close()
    assert server.hung_up.wait(30)
