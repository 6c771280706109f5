"""HTTP as it really is in a kelurahan: every way in which it goes wrong is one of our errors, and none is a crash."""

import gzip
import inspect
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest
import requests
import urllib3

from kelurahan_client.errors import (
    Busy,
    Cancelled,
    ExchangeError,
    Forked,
    InputError,
    NetworkLogin,
    Offline,
    Refused,
    Revoked,
    Untrusted,
)
from sync.protocol import MAX_REPLY_RAW_BYTES, MEDIA_TYPE, EnrolOffer, EnrolRequest
from sync.transport import HttpTransport, normal_url, translate

Play = Callable[[BaseHTTPRequestHandler], None]


class Place:
    """A web server on loopback that answers every POST as the test says; `asked` has what came."""

    def __init__(self) -> None:
        self.play: Play = lambda handler: handler.send_error(500)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        place = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                place.asked.append((self.path, dict(self.headers), body))
                self.close_connection = True
                place.play(self)

            def log_message(self, *_: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # whoever was left alone has nobody to answer
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def answer(status: int, body: bytes, *, length: int | None = None, **headers: str) -> Play:
    """An answer with the given headers (underscores for hyphens) and a body, whose length may be a lie."""

    def play(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(body)

    return play


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.close()


@pytest.fixture
def transport(place: Place) -> Iterator[HttpTransport]:
    made = HttpTransport(place.url)
    yield made
    made.close()


def send(transport: HttpTransport, cancelled: Callable[[], bool] = lambda: False) -> bytes:
    return transport.exchange(b"body", "token-1", cancelled, lambda _: None).body


def refused(transport: HttpTransport) -> ExchangeError:
    with pytest.raises(ExchangeError) as caught:
        send(transport)
    assert caught.value.message.endswith(".")
    return caught.value


def error_reply(number: int, **more: float) -> bytes:
    return json.dumps({"number": number, "message": "Kalimat dari server.", **more}).encode()


def test_a_good_answer_comes_as_it_was_sent(place: Place, transport: HttpTransport) -> None:
    place.play = answer(200, b"\x28\xb5\x2f\xfd", Content_Type=MEDIA_TYPE, Content_Encoding="zstd")
    seen: list[int] = []
    found = transport.exchange(b"body", "token-1", lambda: False, seen.append)
    assert (found.body, found.encoding, seen) == (b"\x28\xb5\x2f\xfd", "zstd", [4])
    ((path, headers, body),) = place.asked
    assert (path, body) == ("/sync/v1/exchange", b"body")
    assert headers["Authorization"] == "Bearer token-1"
    assert headers["Content-Type"] == MEDIA_TYPE
    assert headers["Content-Encoding"] == "zstd"


@pytest.mark.parametrize("encoding", ["gzip", "zstd", "identity"])
def test_the_body_of_an_exchange_is_never_unpacked_here(place: Place, transport: HttpTransport, encoding: str) -> None:
    packed = gzip.compress(b"x" * 1000)
    place.play = answer(200, packed, Content_Type=f"{MEDIA_TYPE}; charset=utf-8", Content_Encoding=encoding)
    assert send(transport) == packed


NOT_THE_SERVER: dict[str, Play] = {
    "portal": answer(200, b"<html>Login WiFi</html>", Content_Type="text/html"),
    "portal, packed": answer(200, gzip.compress(b"<html>"), Content_Type="text/html", Content_Encoding="gzip"),
    "packed without a type": answer(200, gzip.compress(b"<html>"), Content_Encoding="gzip"),
    "no type": answer(200, b"ok"),
    "json": answer(200, b"{}", Content_Type="application/json"),
    "almost the type": answer(200, b"x", Content_Type=MEDIA_TYPE + "2"),
    "redirect": answer(302, b"", Location="http://portal.hotspot/login"),
    "redirect for ever": answer(307, b"", Location="/sync/v1/exchange"),
    "not found": answer(404, b"<html>Not Found</html>", Content_Type="text/html"),
    "authentication required": answer(511, b"", Content_Type="text/html"),
    "packed refusal": answer(403, gzip.compress(b"<html>"), Content_Encoding="gzip"),
    "nothing to say": answer(204, b""),
}


@pytest.mark.parametrize("name", NOT_THE_SERVER)
def test_what_is_not_the_citys_server(place: Place, transport: HttpTransport, name: str) -> None:
    place.play = NOT_THE_SERVER[name]
    assert isinstance(refused(transport), NetworkLogin)
    assert len(place.asked) == 1  # a redirect is never followed with the citizens' words in hand


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_gateways_error_page_means_later(place: Place, transport: HttpTransport, status: int) -> None:
    place.play = answer(status, b"<html>Bad Gateway</html>", Content_Type="text/html", Retry_After="17")
    error = refused(transport)
    assert isinstance(error, Busy)
    assert error.retry_after == 17.0
    assert str(status) in error.message


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("0", 0, 0),
        ("90", 90, 90),
        ("9" * 400, 86_400, 86_400),
        ("\u00b2", 60, 60),
        ("soon", 60, 60),
        ("-5", 60, 60),
        ("", 60, 60),
        (timedelta(hours=2), 7_000, 7_200),
        (timedelta(hours=-2), 0, 0),
        ("Tue, 04 Aug 9026 10:00:00 GMT", 86_400, 86_400),
        ("Tue, 04 Aug 2026 10:00:00 -0000", 60, 60),
    ],
)
def test_retry_after_is_read_however_it_is_written(
    place: Place, transport: HttpTransport, header: str | timedelta, low: float, high: float
) -> None:
    if isinstance(header, timedelta):  # from the moment of the test, not from when the tests were collected
        header = format_datetime(datetime.now(UTC) + header, usegmt=True)
    place.play = answer(503, b"", Retry_After=header)
    error = refused(transport)
    assert isinstance(error, Busy)
    assert low <= error.retry_after <= high


@pytest.mark.parametrize(
    ("status", "number", "kind"),
    [
        (401, 111, Refused),
        (403, 112, Revoked),
        (409, 131, Forked),
        (413, 104, Refused),
        (415, 101, Refused),
        (429, 141, Busy),
        (503, 141, Busy),
        (500, 150, Refused),
        (400, 999, Refused),
    ],
)
def test_a_numbered_refusal_is_told_with_its_number(
    place: Place, transport: HttpTransport, status: int, number: int, kind: type[Refused]
) -> None:
    place.play = answer(status, error_reply(number), Content_Type="application/json")
    error = refused(transport)
    assert type(error) is kind
    assert isinstance(error, Refused)
    assert (error.number, error.code) == (number, f"LK-{3000 + number}")
    assert error.message == "Kalimat dari server."


def test_a_busy_server_says_for_how_long(place: Place, transport: HttpTransport) -> None:
    place.play = answer(503, error_reply(141, retry_after=3.5), Retry_After="9")
    error = refused(transport)
    assert isinstance(error, Busy)
    assert error.retry_after == 3.5


def test_a_body_that_is_cut_is_no_answer(place: Place, transport: HttpTransport) -> None:
    place.play = answer(200, b"half", length=100, Content_Type=MEDIA_TYPE)
    assert isinstance(refused(transport), Offline)
    place.play = answer(502, b"half", length=100)
    assert isinstance(refused(transport), Offline)


def test_a_connection_that_ends_without_a_word(place: Place, transport: HttpTransport) -> None:
    place.play = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    assert isinstance(refused(transport), Offline)


def test_something_that_does_not_speak_http(place: Place, transport: HttpTransport) -> None:
    place.play = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n") and None
    assert isinstance(refused(transport), Offline)


def test_a_body_without_an_end_is_stopped(place: Place, transport: HttpTransport) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", MEDIA_TYPE)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(1024 * 1024))
        except OSError:
            pass

    place.play = endless
    seen: list[int] = []
    with pytest.raises(NetworkLogin):
        transport.exchange(b"body", "t", lambda: False, seen.append)
    assert max(seen) <= MAX_REPLY_RAW_BYTES + 64 * 1024


def test_nobody_there() -> None:
    with socket.socket() as taken:  # bound but not listening: refused
        taken.bind(("127.0.0.1", 0))
        transport = HttpTransport(f"http://127.0.0.1:{taken.getsockname()[1]}")
        error = refused(transport)
        transport.close()
    assert isinstance(error, Offline)
    assert "aman" in error.message


def test_cancelling_does_not_wait_for_the_network(place: Place, transport: HttpTransport) -> None:
    arrived, stopped = threading.Event(), threading.Event()

    def stuck(handler: BaseHTTPRequestHandler) -> None:
        arrived.set()
        stopped.wait(60)
        answer(200, b"late", Content_Type=MEDIA_TYPE)(handler)

    place.play = stuck
    try:
        with pytest.raises(Cancelled):
            send(transport, arrived.is_set)
        assert not stopped.is_set()  # the server has said nothing yet
    finally:
        stopped.set()
        _wait_for_requests_to_end()


def _wait_for_requests_to_end() -> None:
    for thread in threading.enumerate():
        if thread.name == "exchange-request":
            thread.join()


def test_cancelling_in_the_middle_of_a_long_answer(place: Place, transport: HttpTransport) -> None:
    place.play = answer(200, bytes(8 * 1024 * 1024), Content_Type=MEDIA_TYPE)
    seen: list[int] = []
    with pytest.raises(Cancelled):
        transport.exchange(b"body", "t", lambda: bool(seen), seen.append)
    _wait_for_requests_to_end()
    assert seen[0] < 8 * 1024 * 1024


def test_a_mistake_of_ours_in_the_waiting_thread_is_not_hidden(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(requests.Session, "request", broken)
    with pytest.raises(ZeroDivisionError):
        send(transport)


def test_a_code_is_asked_about_and_used(place: Place, transport: HttpTransport) -> None:
    offer = EnrolOffer(city="Banjarmasin", office="63.71.04.1003", office_name="x", district="y", desk="A")
    place.play = answer(200, msgspec.json.encode(offer), Content_Type="application/json")
    assert transport.check_code("KODE") == offer
    assert place.asked[0][0] == "/sync/v1/enrol/check"
    place.play = answer(404, error_reply(113), Content_Type="application/json")
    with pytest.raises(Refused, match="Kalimat dari server") as caught:
        transport.enrol(EnrolRequest("KODE", "", ""))
    assert caught.value.number == 113
    for page in (b"<html>", b"{}", b"[]", b"\xff", b"[" * 100_000):
        place.play = answer(200, page, Content_Type="application/json")
        with pytest.raises(NetworkLogin):
            transport.check_code("KODE")
        place.play = answer(400, page)
        with pytest.raises(NetworkLogin):
            transport.check_code("KODE")


def test_a_packed_answer_to_a_code_is_unpacked(place: Place, transport: HttpTransport) -> None:
    offer = EnrolOffer(city="Banjarmasin", office="63.71.04.1003", office_name="x", district="y", desk="A")
    packed = gzip.compress(msgspec.json.encode(offer))
    place.play = answer(200, packed, Content_Type="application/json", Content_Encoding="gzip")
    assert transport.check_code("KODE") == offer
    place.play = answer(200, b"not gzip", Content_Type="application/json", Content_Encoding="gzip")
    with pytest.raises(ExchangeError):
        transport.check_code("KODE")


def _errors_of(module: object, base: type[Exception]) -> list[type[Exception]]:
    found = [value for _, value in inspect.getmembers(module, inspect.isclass) if issubclass(value, base)]
    assert len(found) > 15
    return found


@pytest.mark.parametrize("kind", _errors_of(requests.exceptions, requests.RequestException))
def test_every_error_of_requests_is_one_of_ours(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    error = kind.__new__(kind)

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "request", fails)
    found = refused(transport)
    expected = Untrusted if issubclass(kind, requests.exceptions.SSLError) else Offline
    assert type(found) is expected
    assert found.way_out
    assert found.__cause__ is error


@pytest.mark.parametrize("kind", _errors_of(urllib3.exceptions, urllib3.exceptions.HTTPError))
def test_every_error_of_the_library_below_it_is_one_of_ours(
    transport: HttpTransport, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    error = kind.__new__(kind)

    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "request", fails)
    assert isinstance(refused(transport), Untrusted if issubclass(kind, urllib3.exceptions.SSLError) else Offline)


def test_a_certificate_is_told_apart_from_a_dead_line() -> None:
    assert isinstance(translate(requests.exceptions.SSLError()), Untrusted)
    assert "Proxy" in translate(requests.exceptions.ProxyError()).message
    assert isinstance(translate(TimeoutError()), Offline)


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("https://lapor.banjarmasinkota.go.id", "https://lapor.banjarmasinkota.go.id"),
        ("  https://lapor.banjarmasinkota.go.id/ ", "https://lapor.banjarmasinkota.go.id"),
        ("lapor.banjarmasinkota.go.id", "https://lapor.banjarmasinkota.go.id"),
        ("lapor.banjarmasinkota.go.id:8443/pusat/", "https://lapor.banjarmasinkota.go.id:8443/pusat"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost:8000/", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://127.0.0.1:8000", "https://127.0.0.1:8000"),
    ],
)
def test_an_address_is_used_as_it_is_meant(typed: str, used: str) -> None:
    assert normal_url(typed) == used
    assert normal_url(used) == used


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "https://",
        "://",
        "http://lapor.banjarmasinkota.go.id",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://192.168.1.10:8000",
        "ftp://lapor.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user:secret@lapor.example",
        "https://:secret@lapor.example",
        "https://lapor.example?x=1",
        "https://lapor.example#x",
        "https://lapor.example:99999",
        "https://lapor.example:0",
        "https://[::1",
        "https://lapor.example/a b",
        "https://lapor.example?",
        "https://lapor.example#",
        "https://lapor.example:",
        "https://lapor.exa\nmple",
        "https://a b.com",
        "https://example..com",
        "https://.example.com",
        "https://" + "a" * 70 + ".com",
        "https://lapor\uff0eexample",
        "https://lapor.example/\x00",
        "x" * 1_000_000,
    ],
    ids=lambda text: repr(text[:40]),
)
def test_an_address_that_will_not_do_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        normal_url(typed)
    assert len(str(caught.value)) < 300


def test_no_proxy_is_asked_for_this_machine_itself(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    place.play = answer(200, b"x", Content_Type=MEDIA_TYPE)
    transport = HttpTransport(place.url)
    assert send(transport) == b"x"
    transport.close()


def test_it_tells_how_much_of_a_request_has_left(place: Place, transport: HttpTransport) -> None:
    place.play = answer(200, b"reply", Content_Type=MEDIA_TYPE)
    told: list[int] = []
    transport.watch(told.append)
    body = b"x" * 200_000
    transport.exchange(body, "token", lambda: False, lambda _size: None)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, len(body))
    assert len(told) > 5
