"""G9: a client never erases what it does not know: fields and kinds of record of a newer program pass through it."""

import json
import os

import pytest

from central_server import backup
from central_server.centre import system_clock
from central_server.conflicts import centre_author
from central_server.store.shapes import Record
from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.services import deciding
from kelurahan_client.store import outbox
from sync.protocol import Op, RecordType
from tests.together.laws import the_same_is_held

NEW = {"later_field": "Isian program baru", "later_list": [1, {"dua": None}], "later_flag": False}


def newer_desk_says(desk, op, type_, id_, complaint_id, values, was=None):
    """What a program of next year would have written into its outbox."""
    pending = outbox.Pending(
        op=op, type=type_, id=id_, complaint_id=complaint_id, set=values, was=was or {}, base_rev=1,
        actor="Petugas", device_time="2026-08-03T02:32:11Z",
    )  # fmt: skip
    with desk.desk.store.write() as transaction:
        outbox.append(transaction, [pending])


@pytest.fixture
def pair(central, make_desk):
    """A desk that plays the newer program, and one of today, on a centre of their own."""
    office = "63.71.04.1003"
    return make_desk(central, office, "A"), make_desk(central, office, "B")


def body_of(central, id_):
    (row,) = central.sql("SELECT body FROM record WHERE id = :id", id=id_)
    return json.loads(row["body"])


def made_by_a_newer_program(newer, older):
    made = newer.register(title="Lampu padam")
    note = newer.follow_up(made.id, "Ditelepon")
    newer_desk_says(newer, Op.PATCH, RecordType.COMPLAINT, made.id, made.id, dict(NEW))
    assert newer.exchange().rejected == 0
    older.exchange()
    return made, note


def test_todays_program_works_on_it_and_leaves_the_rest(central, pair):
    newer, older = pair
    made, _note = made_by_a_newer_program(newer, older)
    older.edit(made.id, title="Judul lain", note="", location="Muka pos")
    older.step(made.id, Status.VERIFIED)
    older.follow_up(made.id, "Dari program lama")
    changed, was = {"later_flag": True, "title": "Judul baru"}, {"later_flag": False, "title": "Lampu padam"}
    newer_desk_says(newer, Op.PATCH, RecordType.COMPLAINT, made.id, made.id, changed, was)
    assert newer.exchange().rejected == 0
    assert older.exchange().rejected == 0
    (conflict,) = older.conflicts(made.id)
    deciding.take_side(older.desk, conflict.id, conflict.body["sides"][0]["id"], "Ditanyakan.")
    older.exchange()
    body = body_of(central, made.id)
    assert {name: body[name] for name in NEW} == NEW | {"later_flag": True}
    for desk in (newer, older):
        desk.exchange()
        the_same_is_held(central.centre, desk.desk)


def test_two_newer_programs_quarrel_about_a_field_that_the_centre_does_not_know(central, pair, make_desk):
    newer, older = pair
    made, _note = made_by_a_newer_program(newer, older)
    third = make_desk(central, newer.office, "C")
    for desk, value in ((newer, "Satu"), (third, "Dua")):
        was = {"later_field": NEW["later_field"]}
        newer_desk_says(desk, Op.PATCH, RecordType.COMPLAINT, made.id, made.id, {"later_field": value}, was)
        assert desk.exchange().rejected == 0
    assert older.exchange().rejected == 0
    (conflict,) = older.conflicts(made.id)
    assert [side["value"] for side in conflict.body["sides"]] == ["Satu", "Dua"]
    older.edit(made.id, title="Tetap bisa diubah")
    assert older.exchange().rejected == 0
    assert body_of(central, made.id)["later_field"] == "Satu"


def test_a_kind_of_record_that_nobody_here_knows_comes_and_stays(central, pair):
    with central.centre.store.writing() as session:
        record = Record(id="route/1", type="route", body={"name": "Rute sampah", **NEW})
        session.records.create(record, ["*"], centre_author(central.centre.now()))
    for desk in pair:
        desk.exchange()
        desk.close()
        desk.reopen()
        kept = [row for row in desk.dump()["unknown_record"] if "route/1" in row]
        assert len(kept) == 1
        assert "Isian program baru" in repr(kept)


def test_a_restored_centre_gets_back_from_todays_program_what_only_newer_ones_know(
    central, central_factory, pair, tmp_path, request
):
    newer, older = pair
    file = tmp_path / "kota.backup"
    backup.make(central.centre.store, file, central.centre.now())
    made, note = made_by_a_newer_program(newer, older)
    new = central_factory("postgresql" if central.database_url else "sqlite")
    backup.restore(new.data_dir, new.database_url, file, utc_text(system_clock()), os.urandom)
    new.start()
    request.addfinalizer(new.close)
    older.url = newer.url = new.url
    for _ in range(3):
        assert older.exchange().rejected == 0  # the newer computer is gone, for now
    body = body_of(new, made.id)
    assert {name: body.get(name) for name in NEW} == NEW
    for desk in (newer, older, newer):
        assert desk.exchange().rejected == 0
    assert {name: body_of(new, made.id).get(name) for name in NEW} == NEW
    assert body_of(new, note.id)["text"] == "Ditelepon"
