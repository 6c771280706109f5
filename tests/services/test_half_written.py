"""Texts that were begun: kept by their place until they are saved or thrown away; the migration brings them along."""

import json

from kelurahan_client.config import Config
from kelurahan_client.services import desk as desks
from kelurahan_client.services import half_decided, half_written
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_decided import HalfDecided
from kelurahan_client.services.half_written import Kind, Place
from kelurahan_client.store import complaints
from tests.desk_making import START, DeskAt, FakeClock, files_of, register
from tests.older_data import make_older


def test_a_text_is_kept_until_it_is_saved_and_says_since_when_and_whose_it_is(desk: Desk, clock: FakeClock) -> None:
    desks.set_officer(desk, "Norhasanah")
    place = Place(Kind.STEP, "satu", "resolved")
    half_written.keep(desk, place, {"words": "Lampu di"})
    clock.move(minutes=5)
    half_written.keep(desk, place, {"words": "Lampu diganti \ud83d"})  # half an emoji, as an editor may give it
    half_written.keep(desk, Place(Kind.STEP, "satu", "on_hold"), {"words": "Alamatnya?"})
    found = half_written.about(desk, "satu")
    assert [(one.place.part, one.content["words"]) for one in found] == [
        ("resolved", "Lampu diganti \ud83d"),
        ("on_hold", "Alamatnya?"),
    ]
    assert (found[0].begun_at, found[0].other) == (START, "")
    desks.set_officer(desk, "Rifani")
    half_written.keep(desk, place, found[0].content)  # only looked at
    assert half_written.about(desk, "satu")[0].other == "Norhasanah"
    half_written.keep(desk, place, {"words": "Lampu diganti."})
    assert half_written.about(desk, "satu")[0].other == ""
    half_written.forget(desk, place)
    assert half_written.of(desk, place) is None
    assert len(half_written.about(desk, "satu")) == 1


def test_what_waits_is_listed_with_its_complaint_while_that_is_here(desk: Desk, clock: FakeClock) -> None:
    first, second = register(desk, title="Lampu"), register(desk, title="Titian")
    half_written.keep(desk, Place(Kind.EDIT, first.id), {"changes": {"title": "Lampu jalan"}})
    clock.move(minutes=1)
    half_written.keep(desk, Place(Kind.FOLLOW_UP, second.id), {"text": "Sudah ditele"})
    half_written.keep(desk, Place(Kind.REPLY), {"text": "Yth."})
    half_decided.keep(desk, "c1", HalfDecided("Gang Damai"))
    assert [(one.reference, one.title, one.text.place.kind) for one in half_written.waiting(desk)] == [
        (second.reference, "Titian", Kind.FOLLOW_UP),
        (first.reference, "Lampu", Kind.EDIT),
    ]
    assert [one.place.kind for one in half_written.about(desk, first.id)] == [Kind.EDIT, Kind.REPLY]
    with desk.store.write() as transaction:
        stored = complaints.get(transaction, second.id)
        assert stored is not None
        complaints.change(transaction, stored, {"deleted": True})
    assert [one.title for one in half_written.waiting(desk)] == ["Lampu"]


def test_nothing_of_it_can_be_read_on_the_disk(desk: Desk, enrolled_config: Config) -> None:
    half_written.keep(desk, Place(Kind.FOLLOW_UP, "satu"), {"text": "Rahasianya Bu Siti Aminah"})
    assert b"Siti Aminah" not in b"".join(files_of(enrolled_config).values())


def test_what_a_program_of_before_had_begun_comes_along(enrolled_config: Config, desk_at: DeskAt) -> None:
    desk = desk_at(enrolled_config)
    old = {"unsaid": {"satu": "Sudah “ditele”"}, "half_decided": {"c1": ["", "c1-2", "tahu sendiri"]}}
    with desk.store.write() as transaction:
        run = transaction.connection.exec_driver_sql
        make_older(transaction, "0013")
        for name, value in old.items():
            run("INSERT INTO meta(name, value) VALUES (?, ?)", (name, json.dumps(value)))
    desk.store.close()
    desk = desk_at(enrolled_config)
    (text,) = half_written.about(desk, "satu")
    assert (text.place.kind, text.content) == (Kind.FOLLOW_UP, {"text": "Sudah “ditele”"})
    assert half_decided.of(desk, "c1") == HalfDecided("", "c1-2", "tahu sendiri")
    with desk.store.read() as transaction:
        left = transaction.connection.exec_driver_sql("SELECT name FROM meta WHERE name IN ('unsaid', 'half_decided')")
        assert left.all() == []
