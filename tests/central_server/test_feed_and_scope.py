"""A desk sees what concerns its office, all of it, once, and is told when something leaves."""

import csv
import secrets

import resources
from sync.protocol import FEED_PAGE


def rows(name):
    with resources.path("reference", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_fresh_desk_gets_the_reference_data(shared_central, new_desk):
    desk = new_desk(shared_central)
    desk.cursor = ""
    reply = desk.all_pages()
    agencies = {change.body["code"]: change.body for change in reply.of_type("agency")}
    categories = {change.body["code"]: change.body for change in reply.of_type("category")}
    assert set(agencies) == {row["code"] for row in rows("agencies.csv")}
    assert set(categories) == {row["code"] for row in rows("categories.csv")}
    assert agencies["PUPR"]["name"] == "Dinas Pekerjaan Umum dan Penataan Ruang"
    assert desk.exchange().changes == []


def test_an_office_sees_only_its_own(shared_central, new_desk):
    one, two = new_desk(shared_central), new_desk(shared_central)
    one.exchange(one.create())
    assert two.exchange().changes == []


def test_the_office_of_the_place_sees_it_too_and_may_work_on_it(shared_central, new_desk):
    one, two = new_desk(shared_central), new_desk(shared_central)
    create = one.create(location_office=two.office)
    one.exchange(create)
    assert two.exchange().change(create.id).body["office"] == one.office
    note = two.follow_up(create.id, "Kami lihat")
    two.exchange(note, two.step(create.id, "received", "verified"))
    reply = one.exchange()
    assert reply.change(note.id).body["office"] == two.office
    assert reply.change(create.id).body["status"] == "verified"


def test_moving_the_place_takes_it_from_one_office_and_gives_it_whole_to_another(shared_central, new_desk):
    one, old, new = new_desk(shared_central), new_desk(shared_central), new_desk(shared_central)
    create = one.create(location_office=old.office)
    note = one.follow_up(create.id, "Catatan")
    step = one.step(create.id, "received", "verified", base_rev=0)
    one.exchange(create, note, step)
    assert len(old.exchange().changes) == 3
    patch = one.patch(create.id, {"location_office": new.office}, {"location_office": old.office}, base_rev=2)
    assert one.exchange(patch).changes == []
    gone = old.exchange().changes
    assert {(change.id, change.gone, bool(change.body)) for change in gone} == {
        (create.id, True, False),
        (note.id, True, False),
        (step.set["step"], True, False),
    }
    came = new.exchange()
    assert {change.id for change in came.changes} == {create.id, note.id, step.set["step"]}
    assert came.change(create.id).body["location_office"] == new.office
    assert not any(change.gone for change in came.changes)
    one.exchange(one.patch(create.id, {"title": "Baru"}, {"title": "Lampu jalan mati"}, base_rev=3))
    assert old.exchange().changes == []
    assert new.exchange().change(create.id).body["title"] == "Baru"
    late = old.exchange(old.patch(create.id, {"rt": "005"}, {"rt": ""}, base_rev=2))
    assert late.results[0].result == "merged"  # it saw the complaint when it wrote this
    assert new.exchange().change(create.id).body["rt"] == "005"
    back = one.patch(create.id, {"location_office": ""}, {"location_office": new.office}, base_rev=4)
    one.exchange(back)
    assert {change.id for change in new.exchange().changes if change.gone} >= {create.id, note.id}


def test_the_desk_that_moves_it_away_loses_it_too(shared_central, new_desk):
    one, place = new_desk(shared_central), new_desk(shared_central)
    create = one.create(location_office=place.office)
    one.exchange(create)
    place.exchange()
    reply = place.exchange(place.patch(create.id, {"location_office": ""}, {"location_office": place.office}))
    assert reply.change(create.id).gone


def test_a_colleague_in_the_office_gets_what_the_sender_need_not(shared_central, new_desk):
    one = new_desk(shared_central)
    two = new_desk(shared_central, one.office, "B")
    create = one.create()
    assert one.exchange(create).changes == []
    assert two.exchange().change(create.id).rev == 1
    two.exchange(two.patch(create.id, {"title": "Dua"}, {"title": "Lampu jalan mati"}))
    # One has seen nothing of Two's change: its own applied patch does not hide it.
    reply = one.exchange(one.patch(create.id, {"rt": "001"}, {"rt": ""}))
    assert (reply.change(create.id).body["title"], reply.change(create.id).body["rt"]) == ("Dua", "001")


def test_pages_are_complete_and_in_order(shared_central, new_desk):
    desk = new_desk(shared_central)
    sent = []
    while len(sent) <= FEED_PAGE:
        batch = [desk.create() for _ in range(500)]
        desk.exchange(*batch)
        sent += [create.id for create in batch]
    reader = new_desk(shared_central, desk.office, "B")
    reader.cursor = ""
    seen, pages = [], 0
    while True:
        reply = reader.exchange()
        pages += 1
        assert len(reply.changes) <= FEED_PAGE
        seen += [change.id for change in reply.of_type("complaint")]
        if not reply.header.more:
            break
    assert pages == 2
    assert seen == sent


def test_large_rows_make_shorter_pages(shared_central, new_desk):
    desk = new_desk(shared_central)
    for _ in range(4):
        # Random letters: what repeats itself so much would be taken for a bomb.
        desk.exchange(*(desk.create(statement="á" * 9_500 + secrets.token_hex(4_700)) for _ in range(100)))
    reader = new_desk(shared_central, desk.office, "B")
    reader.cursor = ""
    first = reader.exchange()
    assert first.header.more
    assert len(first.of_type("complaint")) < 400
    second = reader.exchange()
    assert len(first.of_type("complaint")) + len(second.of_type("complaint")) == 400


def test_a_cursor_of_another_centre_starts_again(shared_central, new_desk):
    desk = new_desk(shared_central)
    create = desk.create()
    desk.exchange(create)
    everything = desk.exchange(server_epoch="0" * 24)
    assert everything.change(create.id)
    assert everything.of_type("agency")
    beyond = desk.exchange(cursor="999999999")
    assert beyond.change(create.id)
    assert desk.exchange().changes == []


def test_starting_again_changes_no_reference_data(central, new_desk):
    desk = new_desk(central)
    cursor = desk.cursor
    central.stop()
    central.start()
    assert desk.exchange().header.cursor == cursor
    central.stop()
    central.sql("UPDATE record SET origin = :none, body = '{}' WHERE id = 'agency/PUPR'", none=b"")
    central.start()
    (change,) = desk.exchange().changes
    assert (change.id, change.rev, change.body["code"]) == ("agency/PUPR", 2, "PUPR")
