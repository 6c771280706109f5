"""The power goes at the centre while a batch is under way: sent again, every complaint is there once."""

import socket
import threading
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from sync.framing import compress
from sync.protocol import MEDIA_TYPE, ResultKind


def raw_request(desk, body):
    return (
        f"POST /sync/v1/exchange HTTP/1.1\r\nHost: centre\r\nContent-Type: {MEDIA_TYPE}\r\n"
        f"Content-Encoding: zstd\r\nAuthorization: Bearer {desk.token}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def check_whole(central, desk, batch):
    reply = desk.exchange(*batch)
    assert [result.result for result in reply.results] == [ResultKind.APPLIED] * len(batch)
    assert len(central.sql("SELECT id FROM record WHERE type = 'complaint'")) == len(batch)
    assert [row["n"] for row in central.sql("SELECT n FROM mutation ORDER BY n")] == list(range(1, len(batch) + 1))
    (head,) = central.sql("SELECT seq FROM head")
    (highest,) = central.sql("SELECT max(seq) AS seq FROM scope")
    assert head["seq"] == highest["seq"]
    assert desk.exchange().changes == []


@pytest.mark.parametrize("wait_for", ["nothing", "first byte of the answer"])
def test_killed_after_the_last_byte_was_sent(central, new_desk, wait_for):
    desk = new_desk(central)
    batch = [desk.create() for _ in range(300)]
    where = urlsplit(central.url)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        connection.sendall(raw_request(desk, compress(desk.sealed(*batch))))
        if wait_for != "nothing":
            assert connection.recv(1) == b"H"
        central.kill()
    central.start()
    check_whole(central, desk, batch)


def test_killed_while_the_batch_waits_for_the_lock(central, new_desk):
    desk = new_desk(central)
    batch = [desk.create() for _ in range(50)]
    url = central.database_url or f"sqlite:///{central.data_dir / 'central.db'}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    failed = []

    def send():
        try:
            desk.exchange(*batch, keep=False)
        except OSError as error:
            failed.append(error)

    with engine.connect() as other:
        if central.database_url:
            other.execute(text("UPDATE head SET seq = seq"))
        else:
            other.connection.driver_connection.execute("BEGIN IMMEDIATE")
        sender = threading.Thread(target=send)
        sender.start()
        sender.join(1.0)
        assert sender.is_alive()
        central.kill()
        sender.join(30)
        other.rollback()
    assert failed
    central.start()
    assert central.sql("SELECT n FROM mutation") == []
    check_whole(central, desk, batch)


def test_sigterm_is_an_orderly_end(central, new_desk):
    desk = new_desk(central)
    desk.exchange(desk.create())
    assert central.stop() == 0
    assert central.log == ""


def test_a_database_that_goes_away_acknowledges_nothing(central, new_desk, refused):
    desk = new_desk(central)
    create = desk.create()
    if central.database_url:
        central.sql("ALTER TABLE mutation RENAME TO hidden")
    else:
        central.sql("ALTER TABLE mutation RENAME TO hidden")
    central.may_fail = True
    with pytest.raises(refused) as caught:
        desk.exchange(create)
    assert caught.value.status in (500, 503)
    assert caught.value.number == 150
    central.sql("ALTER TABLE hidden RENAME TO mutation")
    reply = desk.exchange(create)
    assert (reply.results[0].result, reply.results[0].replayed) == (ResultKind.APPLIED, False)
