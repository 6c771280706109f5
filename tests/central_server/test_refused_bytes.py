"""Whatever comes over the wire, the answer has a number, nothing is applied, and the server lives on."""

import gzip
import json
import secrets
import socket
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.framing import compress, encode_line, seal
from sync.protocol import MAX_ITEMS, MAX_RAW_BYTES, ErrorNumber
from tests.desk_making import UNTIMED

ZIP_BOMB = compress(b"a" * (200 * 1024 * 1024))


@pytest.fixture
def desk(shared_central, new_desk):
    return new_desk(shared_central)


def refusal(desk, body, **headers):
    status, answer, _ = desk.post(body, **headers)
    reply = json.loads(answer)
    assert reply["message"]
    return status, reply["number"]


def untouched(command, central, desk):
    assert desk.n == 0 or not central.sql("SELECT n FROM mutation WHERE device = :d", d=desk.device)
    assert json.loads(command(central, "complaints", "--office", desk.office).stdout or "null") is None


def test_a_missing_wrong_or_foreign_trailer(shared_central, desk, new_desk, command):
    whole = desk.sealed(desk.create())
    other = new_desk(shared_central)
    lines = whole.split(b"\n")
    for broken in (
        b"\n".join(lines[:-2]) + b"\n",  # no trailer
        whole[:-1],
        whole[:-20],
        whole[: len(whole) // 2],
        whole.replace(b"Lampu", b"Lumpu"),
        b"\n".join([lines[1], lines[0], *lines[2:]]),
        whole + whole,
        seal(lines[:-2], other.signing, "desk"),
        seal(lines[:-2], desk.signing, "server"),  # a reply is no request
        b"[" * 5_000 + b"\n",
        b"\n",
        b"",
    ):
        status, number = refusal(desk, compress(broken))
        assert (status, number) == (400, ErrorNumber.TRAILER)
    untouched(command, shared_central, desk)


def test_garbage_within_a_good_signature(shared_central, desk, command):
    header = encode_line(desk.header(1))
    deep = b'{"kind":"mutation","n":1,"set":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    for lines in (
        [],
        [b"{}"],
        [b"\xff\xff"],
        [b"[" * 100_000],
        [header, b"{}"],
        [header, b"\xff"],
        [header, b"null"],
        [header, deep],
        [header, b'{"n":"eins"}'],
        [header, b'{"n":99999999999999999999999999}'],
        [header, b""],
        [header, header],
        [header.replace(b'"first_n":1', b'"first_n":0')],
        [header.replace(b'"first_n":1', b'"first_n":-5')],
        [header.replace(b'"first_n":1', b'"first_n":99999999999999999999999999')],
        [header.replace(desk.epoch.encode(), b"../\\u0000")],
        [header.replace(desk.epoch.encode(), b"e" * 200)],
    ):
        status, number = refusal(desk, compress(seal(lines, desk.signing, "desk")))
        assert (status, number) == (400, ErrorNumber.MALFORMED), lines
    untouched(command, shared_central, desk)


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5.2", ".5", "9" * 30, "\u0663"])
def test_a_cursor_that_is_none(desk, refused, cursor):
    with pytest.raises(refused) as caught:
        desk.exchange(cursor=cursor)
    assert (caught.value.status, caught.value.number) == (400, ErrorNumber.CURSOR)


def test_another_protocol(desk, refused):
    with pytest.raises(refused) as caught:
        desk.exchange(protocol=(2, 3))
    assert (caught.value.status, caught.value.number) == (400, ErrorNumber.PROTOCOL)
    assert desk.exchange(protocol=(1, 9)).header.protocol == 1


def test_bombs_and_huge_bodies(shared_central, desk, command):
    assert refusal(desk, ZIP_BOMB) in ((413, ErrorNumber.BOMB), (413, ErrorNumber.TOO_LARGE))
    bomb = gzip.compress(b"\n" * (50 * 1024 * 1024))
    assert refusal(desk, bomb, content_encoding="gzip")[0] == 413
    assert refusal(desk, b"a" * (MAX_RAW_BYTES + 1), content_encoding="identity") == (413, ErrorNumber.TOO_LARGE)
    assert refusal(desk, secrets.token_bytes(5 * 1024 * 1024)) == (413, ErrorNumber.TOO_LARGE)
    too_many = [desk.create() for _ in range(MAX_ITEMS + 1)]
    assert refusal(desk, compress(desk.sealed(*too_many))) == (413, ErrorNumber.TOO_LARGE)
    untouched(command, shared_central, desk)


def test_a_body_without_end_is_cut_off(shared_central, desk):
    where = urlsplit(shared_central.url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        connection.sendall(
            b"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/x-lapor-exchange+ndjson\r\nAuthorization: Bearer x\r\n\r\n"
        )
        piece = b"100000\r\n" + bytes(0x100000) + b"\r\n"
        try:
            for _ in range(64):
                connection.sendall(piece)
        except OSError:
            pass  # it hung up on us, as it should
        else:
            assert connection.recv(64).startswith(b"HTTP/1.1 413")
    assert desk.exchange().results == []


def test_media_types_and_encodings(desk):
    body = compress(desk.sealed())
    assert refusal(desk, body, content_type="application/json") == (415, ErrorNumber.MEDIA_TYPE)
    assert refusal(desk, body, content_encoding="br") == (415, ErrorNumber.MEDIA_TYPE)
    assert refusal(desk, body, content_encoding="gzip") == (400, ErrorNumber.MALFORMED)
    assert refusal(desk, body, authorization="Basic eDp5") == (401, ErrorNumber.TOKEN)


def test_other_addresses_and_ways(shared_central, http_call):
    for method, path, status in (("GET", "/", 404), ("GET", "/sync/v1/exchange", 405), ("POST", "/health", 405)):
        answered, body, _ = http_call(shared_central.url, method, path)
        assert (answered, json.loads(body)["number"]) == (status, ErrorNumber.MALFORMED)


@settings(max_examples=60, deadline=None, suppress_health_check=UNTIMED)
@given(noise=st.binary(max_size=300), encoding=st.sampled_from(["zstd", "gzip", "identity"]), framed=st.booleans())
def test_noise_never_breaks_the_server(desk, noise, encoding, framed):
    body = noise
    if framed:  # noise behind a good header and a good signature
        body = seal([encode_line(desk.header(1)), *noise.split(b"\n")], desk.signing, "desk")
        encoding = "identity"
    status, _number = refusal(desk, body, content_encoding=encoding)
    assert status in (400, 413)


def test_health_and_documentation(shared_central, http_call):
    status, body, _ = http_call(shared_central.url, "GET", "/health")
    health = json.loads(body)
    assert (status, health["status"]) == (200, "ok")
    assert health["seq"] > 0
    assert health["server_epoch"]
    assert health["time"].endswith("Z")
    status, body, _ = http_call(shared_central.url, "GET", "/openapi.json")
    paths = json.loads(body)["paths"]
    assert set(paths) == {
        "/sync/v1/exchange",
        "/sync/v1/enrol",
        "/sync/v1/enrol/check",
        "/sync/v1/blobs/{sha256}",
        "/health",
        "/metrics",
    }
    exchange = paths["/sync/v1/exchange"]["post"]
    assert "application/x-lapor-exchange+ndjson" in exchange["requestBody"]["content"]
    assert {"200", "400", "401", "403", "408", "409", "413", "415", "429", "503"} <= set(exchange["responses"])
    enrol = paths["/sync/v1/enrol"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"code", "signing_key", "sealing_key"} <= set(enrol["properties"])
