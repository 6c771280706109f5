"""A desk that sends or reads slowly holds neither a connection to the database nor a thread: all others go on."""

import contextlib
import json

import pytest

from sync.framing import compress
from tests.central_server.files_by_hand import PATH, Files, name_of
from tests.central_server.raw_sockets import head, opened, rest_of
from tests.conftest import DATABASES

_MANY = 200
_ONE = ("--connections", "1", "--requests-per-minute", "0")


@pytest.fixture(scope="module", params=DATABASES)
def narrow_central(request, central_factory):
    """A centre with one single connection to its database: whoever held it would stop everybody."""
    made = central_factory(request.param)
    made.options = _ONE
    made.start()
    yield made
    made.close()


def test_two_hundred_desks_that_never_finish_stop_nobody(narrow_central, new_desk):
    slow, quick = new_desk(narrow_central), new_desk(narrow_central)
    body = compress(slow.sealed(slow.create()))
    with contextlib.ExitStack() as open_:
        for _ in range(_MANY):
            connection = open_.enter_context(opened(narrow_central.url))
            connection.sendall(head(slow, len(body)) + body[: len(body) // 2])
        create = quick.create()
        assert [result.result for result in quick.exchange(create).results] == ["applied"]
        connection.sendall(body[len(body) // 2 :])  # nothing was lost of what came slowly
        assert connection.recv(15).startswith(b"HTTP/1.1 200")


def test_a_desk_that_does_not_read_its_reply_stops_nobody(narrow_central, new_desk):
    writer = new_desk(narrow_central)
    writer.exchange(*(writer.create(statement="Selokan mampat. " * 1_000) for _ in range(200)))
    reader = new_desk(narrow_central, writer.office, "B")
    reader.cursor = ""
    body = compress(reader.sealed())
    with contextlib.ExitStack() as open_:
        for _ in range(8):  # 3 MB each, of which next to nothing fits into the network
            connection = open_.enter_context(opened(narrow_central.url, receive_buffer=4096))
            connection.sendall(head(reader, len(body)) + body)
            assert connection.recv(15).startswith(b"HTTP/1.1 200")
        assert [result.result for result in writer.exchange(writer.create()).results] == ["applied"]


def test_a_file_that_is_fetched_slowly_stops_nobody(narrow_central, new_desk, http_call):
    desk = new_desk(narrow_central)
    content = b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)
    create = desk.create()
    files = Files(desk, http_call)
    desk.exchange(create, files.attach(create.id, content))
    files.send(content, piece=1_000_000)
    with contextlib.ExitStack() as open_:
        for _ in range(8):
            connection = open_.enter_context(opened(narrow_central.url, receive_buffer=4096))
            connection.sendall(head(desk, 0, PATH + name_of(content), "GET"))
            assert connection.recv(15).startswith(b"HTTP/1.1 200")
        assert [result.result for result in desk.exchange(desk.create()).results] == ["applied"]


def test_a_request_that_takes_too_long_is_ended_and_applied_in_no_part(central_factory, new_desk):
    central = central_factory("sqlite")
    central.options = (*_ONE, "--body-seconds", "1")
    central.start()
    desk = new_desk(central)
    create = desk.create()
    body = compress(desk.sealed(create))
    with opened(central.url) as connection:
        connection.sendall(head(desk, len(body)) + body[:-1])
        answer = rest_of(connection)
    first, _, rest = answer.partition(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 408")
    assert json.loads(rest)["number"] == 141
    reply = desk.exchange(create)
    assert [(result.result, result.replayed) for result in reply.results] == [("applied", False)]
    central.close()
