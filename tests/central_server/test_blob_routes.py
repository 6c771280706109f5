"""The routes of attachments' bytes, piece by piece, to whoever may have them, through cuts and sudden ends."""

import http.client
import json
import os
import signal
import socket
from urllib.parse import urlsplit

import pytest

from sync.protocol import BLOB_MEDIA_TYPE, MAX_BLOB_BYTES, MAX_PIECE, ErrorNumber, ResultKind
from tests.central_server.files_by_hand import PATH, Files, name_of, some_bytes


@pytest.fixture
def files(shared_central, new_desk, http_call):
    return Files(new_desk(shared_central), http_call)


@pytest.fixture
def complaint(files):
    made = files.desk.create()
    files.desk.exchange(made)
    return made.id


def test_the_attachment_travels_first_and_the_bytes_follow(shared_central, files, complaint, new_desk):
    colleague = new_desk(shared_central, files.desk.office, "B")
    content = some_bytes(250_000, 7)
    sha256 = name_of(content)
    reply = files.desk.exchange(files.attach(complaint, content))
    assert reply.results[0].result is ResultKind.APPLIED
    assert reply.header.needs_blobs == (sha256,)
    assert reply.changes == []  # the desk knows what it has just said
    (seen,) = colleague.all_pages().of_type("attachment")
    assert seen.body["complaint"] == complaint
    assert (seen.body["sha256"], seen.body["size"], "stored_at" in seen.body) == (sha256, 250_000, False)
    assert files.head(sha256) == (0, 250_000)
    files.send(content)
    assert files.head(sha256) == (250_000, 250_000)
    for desk in (files.desk, colleague):
        reply = desk.exchange()
        (told,) = reply.of_type("attachment")
        assert told.body["stored_at"]
        assert reply.header.needs_blobs == ()
    assert Files(colleague, files.call).get(sha256)[1] == content


def test_what_the_centre_has_costs_nothing_again(shared_central, files, complaint, new_desk):
    content = some_bytes(1_000, 8)
    other = Files(new_desk(shared_central), files.call)
    files.desk.exchange(files.attach(complaint, content))
    files.send(content)
    theirs = other.desk.create()
    reply = other.desk.exchange(theirs, other.attach(theirs.id, content))
    assert reply.header.needs_blobs == ()
    (told,) = reply.of_type("attachment")
    assert told.body["stored_at"]
    assert other.head(name_of(content)) == (1_000, 1_000)
    assert other.patch(name_of(content), 1_000, b"") == 1_000


def test_both_desks_may_send_the_same_file_by_turns(shared_central, files, complaint, new_desk):
    content = some_bytes(3_000, 9)
    sha256 = name_of(content)
    other = Files(new_desk(shared_central), files.call)
    theirs = other.desk.create()
    files.desk.exchange(files.attach(complaint, content))
    other.desk.exchange(theirs, other.attach(theirs.id, content))
    assert files.patch(sha256, 0, content[:1_000]) == 1_000
    assert other.head(sha256) == (1_000, 3_000)
    assert other.patch(sha256, 1_000, content[1_000:2_000]) == 2_000
    assert files.patch(sha256, 1_000, content[1_000:]) == (409, ErrorNumber.BLOB_OFFSET, "2000")
    assert files.patch(sha256, 2_000, content[2_000:]) == 3_000
    assert other.head(sha256) == (3_000, 3_000)
    assert files.desk.exchange().header.needs_blobs == other.desk.exchange().header.needs_blobs == ()


def test_ranges(files, complaint):
    content = some_bytes(700_000, 10)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    assert files.get(sha256)[0] == 404
    files.send(content, MAX_PIECE)
    status, body, headers = files.get(sha256)
    assert (status, body) == (200, content)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"] == "attachment"
    for asked, start, stop in (
        ("bytes=0-0", 0, 1),
        ("bytes=65536-131071", 65_536, 131_072),
        ("bytes=699999-", 699_999, 700_000),
        ("bytes=600000-999999", 600_000, 700_000),
    ):
        status, body, headers = files.get(sha256, range=asked)
        assert (status, body) == (206, content[start:stop])
        assert headers["content-range"] == f"bytes {start}-{stop - 1}/700000"
    assert files.get(sha256, range="bytes=700000-")[0] == 416
    assert files.get(sha256, range="bytes=5-4")[0] == 416
    for asked in ("bytes=-5", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=" + "9" * 30 + "-"):
        assert files.get(sha256, range=asked)[0] == 400


def test_who_may_not(shared_central, files, complaint, new_desk, command):
    content = some_bytes(1_000, 11)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    stranger = Files(new_desk(shared_central), files.call)
    assert stranger.head(sha256) == (404, ErrorNumber.BLOB_UNKNOWN)
    assert stranger.patch(sha256, 0, content)[:2] == (404, ErrorNumber.BLOB_UNKNOWN)
    files.send(content)
    assert stranger.get(sha256)[0] == 404
    assert stranger.head(name_of(b"never announced")) == (404, ErrorNumber.BLOB_UNKNOWN)
    token, files.desk.token = files.desk.token, "wrong"
    assert files.head(sha256) == (401, ErrorNumber.TOKEN)
    assert files.get(sha256)[0] == 401
    files.desk.token = token
    assert files.call(files.desk.url, "HEAD", PATH + sha256)[0] == 401


def test_an_office_sees_the_file_as_long_as_it_sees_the_complaint(shared_central, files, complaint, new_desk):
    content = some_bytes(1_000, 12)
    sha256 = name_of(content)
    other = Files(new_desk(shared_central), files.call)
    files.desk.exchange(files.attach(complaint, content))
    files.send(content)
    files.desk.exchange(files.desk.patch(complaint, {"location_office": other.desk.office}, {"location_office": ""}))
    assert other.desk.all_pages().of_type("attachment")[0].body["sha256"] == sha256
    assert other.get(sha256)[1] == content
    files.desk.exchange(
        files.desk.patch(
            complaint, {"location_office": files.desk.office}, {"location_office": other.desk.office}, base_rev=2
        )
    )
    assert [change.gone for change in other.desk.all_pages().of_type("attachment")] == [True]
    assert other.get(sha256)[0] == 404


def test_a_withdrawn_desk_gets_nothing_but_may_finish_what_it_announced(shared_central, files, complaint, command):
    content = some_bytes(1_000, 13)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    assert command(shared_central, "revoke", "--office", files.desk.office, "--desk", files.desk.letter).returncode == 0
    files.send(content)
    assert files.head(sha256) == (1_000, 1_000)
    status, body, _ = files.get(sha256)
    assert (status, json.loads(body)["number"]) == (403, ErrorNumber.REVOKED)


def test_what_a_withdrawn_desk_left_is_asked_of_its_office(shared_central, files, complaint, command, new_desk):
    content = some_bytes(1_000, 14)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    heir = Files(new_desk(shared_central, files.desk.office, "B"), files.call)
    assert heir.desk.exchange().header.needs_blobs == ()
    command(shared_central, "revoke", "--office", files.desk.office, "--desk", files.desk.letter)
    assert heir.desk.exchange().header.needs_blobs == (sha256,)
    heir.send(content)
    assert heir.desk.exchange().header.needs_blobs == ()


def test_a_wrong_whole_is_thrown_away_and_said(files, complaint):
    content = some_bytes(1_000, 15)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    assert files.patch(sha256, 0, content[:-1]) == 999
    assert files.patch(sha256, 999, b"x" if content[-1:] != b"x" else b"y")[:2] == (422, ErrorNumber.BLOB_HASH)
    assert files.head(sha256) == (0, 1_000)
    assert files.desk.exchange().header.needs_blobs == (sha256,)
    files.send(content)
    assert files.head(sha256) == (1_000, 1_000)


def test_pieces_that_are_none(files, complaint):
    content = some_bytes(1_000, 16)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    assert files.patch(sha256, 0, content + b"x")[:2] == (413, ErrorNumber.TOO_LARGE)
    assert files.patch(sha256, 0, bytes(MAX_PIECE + 1))[:2] == (413, ErrorNumber.TOO_LARGE)
    assert files.patch(sha256, 5, content)[:2] == (409, ErrorNumber.BLOB_OFFSET)
    assert files.patch(sha256, 0, content, **{"content-type": "image/png"})[:2] == (415, ErrorNumber.MEDIA_TYPE)
    for offset in ("", "-1", "1.0", "x", "9" * 30):
        assert files.patch(sha256, offset, content)[:2] == (400, ErrorNumber.MALFORMED)
    for path in ("x", sha256[:-1], sha256.upper(), "..%2F" + sha256[:60]):
        status, _body, headers = files.call(files.desk.url, "HEAD", PATH + path, None, files._headers())
        assert status in (400, 404), path
        assert headers["lapor-error"] == str(int(ErrorNumber.MALFORMED))
    assert files.head(sha256) == (0, 1_000)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "x"},
        {"sha256": "A" * 64},
        {"sha256": None},
        {"size": 0},
        {"size": -1},
        {"size": True},
        {"size": 1.5},
        {"size": MAX_BLOB_BYTES + 1},
        {"name": None},
        {"media_type": 5},
        {"complaint": "x"},
        {"complaint": "6855dc40-2112-4000-bbc1-af32f9c50e55"},
        {"stored_at": "2026-08-03T00:00:00Z"},
    ],
    ids=str,
)
def test_attachments_that_are_none_wait_in_quarantine(files, complaint, wrong):
    reply = files.desk.exchange(files.attach(complaint, b"abc", **wrong), files.desk.follow_up(complaint, "Berikutnya"))
    assert [result.result for result in reply.results] == [ResultKind.REJECTED, ResultKind.APPLIED]
    assert reply.header.needs_blobs == ()


def test_an_attachment_of_a_held_complaint_waits_with_it(shared_central, files, command):
    content = some_bytes(1_000, 17)
    held = files.desk.create(location_office="tidak ada")
    reply = files.desk.exchange(held, files.attach(held.id, content))
    assert [result.result for result in reply.results] == [ResultKind.REJECTED] * 2
    assert files.head(name_of(content)) == (404, ErrorNumber.BLOB_UNKNOWN)
    (line,) = [
        json.loads(line)
        for line in command(shared_central, "quarantine").stdout.splitlines()
        if json.loads(line)["target"] == held.id and json.loads(line)["kind"]
    ]
    assert command(shared_central, "release", str(line["id"])).returncode == 0
    assert files.desk.exchange().header.needs_blobs == (name_of(content),)
    files.send(content)


def test_the_same_attachment_sent_again_is_one(files, complaint):
    content = some_bytes(1_000, 18)
    attached = files.attach(complaint, content)
    files.desk.exchange(attached, keep=False)
    (result,) = files.desk.exchange(attached).results
    assert result.replayed
    assert files.desk.exchange().header.needs_blobs == (name_of(content),)
    files.send(content)


def test_a_piece_that_is_cut_off_stays_as_far_as_it_came(files, complaint):
    content = some_bytes(500_000, 19)
    sha256 = name_of(content)
    files.desk.exchange(files.attach(complaint, content))
    where = urlsplit(files.desk.url)
    with socket.create_connection((where.hostname, where.port)) as connection:
        head = (
            f"PATCH {PATH}{sha256} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(content)}\r\nUpload-Offset: 0\r\n"
            f"Content-Type: {BLOB_MEDIA_TYPE}\r\nAuthorization: Bearer {files.desk.token}\r\n\r\n"
        )
        connection.sendall(head.encode() + content[:200_000])
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1_000)  # whatever it says, it has then written down what came
    assert files.head(sha256) == (200_000, 500_000)
    assert files.patch(sha256, 200_000, content[200_000:]) == 500_000


def test_the_centre_dies_in_the_middle_of_a_piece(central, new_desk, http_call):
    files = Files(new_desk(central), http_call)
    made = files.desk.create()
    content = some_bytes(900_000, 20)
    sha256 = name_of(content)
    files.desk.exchange(made, files.attach(made.id, content))
    assert files.patch(sha256, 0, content[:300_000]) == 300_000
    where = urlsplit(files.desk.url)
    connection = http.client.HTTPConnection(where.hostname, where.port)
    connection.putrequest("PATCH", PATH + sha256)
    for name, value in (
        *files._headers().items(),
        ("content-length", "600000"),
        ("content-type", BLOB_MEDIA_TYPE),
        ("upload-offset", "300000"),
    ):
        connection.putheader(name, value)
    connection.endheaders(content[300_000:500_000])
    os.kill(central.process.pid, signal.SIGKILL)
    connection.close()
    central.kill()
    central.start()
    assert files.head(sha256) == (300_000, 900_000)
    assert files.patch(sha256, 300_000, content[300_000:]) == 900_000
    assert files.get(sha256)[1] == content


def test_the_centre_dies_between_the_last_piece_and_its_name(central, new_desk, http_call):
    files = Files(new_desk(central), http_call)
    made = files.desk.create()
    content = some_bytes(1_000, 21)
    sha256 = name_of(content)
    files.desk.exchange(made, files.attach(made.id, content))
    central.centre.blobs.add(sha256, 0, content)  # as far as that process came
    assert files.head(sha256) == (1_000, 1_000)
    assert files.desk.exchange().of_type("attachment")[0].body["stored_at"]


def test_what_the_centre_lacks_is_listed(shared_central, files, complaint, command):
    content = some_bytes(1_000, 22)
    sha256 = name_of(content)
    attached = files.attach(complaint, content)
    files.desk.exchange(attached)

    def missing(*more):
        done = command(shared_central, "missing-files", *more)
        assert done.returncode == 0
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return [line for line in lines if line["device"] == files.desk.device]

    (line,) = missing()
    assert (line["record"], line["complaint"]) == (attached.id, complaint)
    assert (line["sha256"], line["size"]) == (sha256, 1_000)
    assert (line["office"], line["desk"]) == (files.desk.office, files.desk.letter)
    files.send(content)
    files.desk.exchange()
    assert missing() == missing("--verify") == []
    (shared_central.data_dir / "blobs" / sha256[:2] / sha256[2:4] / sha256).unlink()
    assert missing() == []
    assert len(missing("--verify")) == 1
    reply = files.desk.exchange()
    assert reply.header.needs_blobs == (sha256,)
    assert "stored_at" not in reply.of_type("attachment")[0].body
    files.send(content)
    assert missing("--verify") == []
