"""What is not applied waits whole, and goes on when a person of the city lets it."""

import json
import uuid

import pytest

from central_server.conflicts import centre_author
from central_server.store.session import RowRefused
from central_server.store.shapes import Record, Trace
from sync.protocol import Op, ResultKind


@pytest.fixture
def held(central, new_desk):
    """A desk whose create waits in quarantine, with a patch and a follow-up that wait for it."""
    desk = new_desk(central)
    create = desk.create(statement="panjang " * 3_000)
    patch = desk.patch(create.id, {"title": "Sudah diperbaiki"}, {"title": "Lampu jalan mati"}, base_rev=0)
    note = desk.follow_up(create.id, "Ditelepon")
    reply = desk.exchange(create, patch, note, desk.create())
    assert [r.result for r in reply.results] == [ResultKind.REJECTED] * 3 + [ResultKind.APPLIED]
    assert [r.number for r in reply.results] == [202, 207, 207, 0]
    return desk, create, note, reply


def waiting(command, central):
    done = command(central, "quarantine")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_released_with_everything_that_waits_for_it(central, held, command):
    desk, create, note, first = held
    items = waiting(command, central)
    assert [(item["n"], item["number"], item["target"]) for item in items] == [
        (1, 202, create.id),
        (2, 207, create.id),
        (3, 207, create.id),
    ]
    done = central.cli("release", str(items[0]["id"]))
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["result"] for line in done.stdout.splitlines()] == ["applied"] * 3
    assert waiting(command, central) == []
    reply = desk.exchange()
    assert reply.change(create.id).rev == 2
    assert reply.change(create.id).body["title"] == "Sudah diperbaiki"
    assert reply.change(create.id).body["server_received_at"] == first.results[0].received_at
    assert reply.change(note.id).body["text"] == "Ditelepon"
    assert desk.exchange().changes == []
    after = desk.patch(create.id, {"title": "Tiga"}, {"title": "Sudah diperbaiki"}, base_rev=2)
    assert desk.exchange(after).results[0].result is ResultKind.APPLIED
    twice = command(central, "release", str(items[0]["id"]))
    assert (twice.returncode, twice.stdout) == (1, "")


def test_a_desk_that_has_not_heard_of_the_release_is_told_with_its_next_change(central, held, command):
    desk, create, note, _first = held
    (first, *_others) = waiting(command, central)
    assert command(central, "release", str(first["id"])).returncode == 0
    after = desk.patch(create.id, {"title": "Tiga"}, {"title": "Sudah diperbaiki"}, base_rev=0)
    reply = desk.exchange(after)
    assert (reply.results[0].result, reply.results[0].rev) == (ResultKind.MERGED, 3)
    assert reply.change(create.id).body["title"] == "Tiga"
    assert reply.change(note.id)


def test_what_waits_is_not_released_before_its_create(central, held, command):
    items = waiting(command, central)
    done = command(central, "release", str(items[1]["id"]))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("LK-4005 ")
    assert len(waiting(command, central)) == 3


def test_what_nobody_understands_stays(central, new_desk, command):
    desk = new_desk(central)
    create = desk.create()
    desk.exchange(create, desk.mutation(Op.ADD, "complaint", create.id, set={"tags": ["x"]}))
    (item,) = waiting(command, central)
    assert command(central, "release", str(item["id"])).returncode == 1
    assert len(waiting(command, central)) == 1


def test_a_withdrawn_desks_words_can_be_released(central, new_desk, refused, command):
    desk = new_desk(central)
    command(central, "revoke", "--office", desk.office, "--desk", "A")
    create = desk.create()
    with pytest.raises(refused):
        desk.exchange(create)
    (item,) = waiting(command, central)
    assert command(central, "release", str(item["id"])).returncode == 0
    lines = command(central, "complaints").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [create.id]


def test_what_was_answered_before_stays_when_the_database_refuses_what_waited(central, new_desk):
    """A request's own items are still on their way to the database when what waited for them is tried."""
    desk = new_desk(central)
    desk.exchange(known := desk.create())
    by_hand = centre_author("2026-08-03T01:00:00Z")
    note = {"complaint": known.id, "text": "Ditelepon"}
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    with central.centre.store.writing() as session:
        records = session.records
        records.create(Record(id=first, type="follow_up", body=note, parent=known.id), [desk.office], by_hand)
        records.trace(Trace(known.id, 1, "title", "Satu", "Dua", lost=True), by_hand)
        with pytest.raises(RowRefused), session.savepoint():
            records.create(Record(id=known.id, type="complaint", body=known.set), [desk.office], by_hand)
        records.create(Record(id=second, type="follow_up", body=note, parent=known.id), [desk.office], by_hand)
    changes = desk.all_pages().changes
    assert {first, second} <= {change.id for change in changes}
    assert central.sql("SELECT value FROM history WHERE record = :id AND field = 'title'", id=known.id)
