"""One open conflict for a field, with every side in it."""

import pytest

from sync.protocol import ResultKind

WAS = {"title": "Lampu jalan mati"}


@pytest.fixture
def trio(shared_central, new_desk):
    """Three desks that know one complaint, and its id; the first is also its recorder."""
    desks = [new_desk(shared_central)]
    desks += [new_desk(shared_central, desks[0].office, letter) for letter in "BC"]
    create = desks[0].create()
    desks[0].exchange(create)
    for desk in desks[1:]:
        assert desk.exchange().change(create.id)
    return desks, create.id


def conflict_of(reply):
    (conflict,) = reply.of_type("conflict")
    return conflict


def test_two_sides_then_a_third_in_the_same_conflict(shared_central, trio):
    (one, two, three), id_ = trio
    one.exchange(one.patch(id_, {"title": "Satu"}, WAS))
    second = two.exchange(two.patch(id_, {"title": "Dua"}, WAS))
    conflict = conflict_of(second)
    assert (conflict.rev, conflict.body["complaint"], conflict.body["field"]) == (1, id_, "title")
    assert (conflict.body["base"], conflict.body["state"]) == ("Lampu jalan mati", "open")
    assert [(side["value"], side["desk"]) for side in conflict.body["sides"]] == [("Satu", "A"), ("Dua", "B")]
    for side in conflict.body["sides"]:
        assert side["actor"] == "Siti"
        assert side["office"] == one.office
        assert side["device_time"] == "2026-08-03T01:00:00Z"
        assert side["server_time"].endswith("Z")
    third = three.exchange(three.patch(id_, {"title": "Tiga"}, WAS))
    assert third.results[0].result is ResultKind.CONFLICT
    grown = conflict_of(third)
    assert (grown.id, grown.rev) == (conflict.id, 2)
    assert [side["value"] for side in grown.body["sides"]] == ["Satu", "Dua", "Tiga"]
    assert conflict_of(one.exchange()).body == grown.body


def test_the_standing_value_may_be_the_first_intake(shared_central, trio):
    (one, two, _three), id_ = trio
    two.exchange(two.patch(id_, {"title": "Dua"}, {"title": "Yang dibaca salah"}))
    conflict = conflict_of(one.exchange())
    assert [(side["value"], side["desk"]) for side in conflict.body["sides"]] == [
        ("Lampu jalan mati", "A"),
        ("Dua", "B"),
    ]


def test_a_desk_that_goes_on_from_its_own_side_moves_it(shared_central, trio):
    (one, two, _three), id_ = trio
    one.exchange(one.patch(id_, {"title": "Satu"}, WAS))
    first, second = two.patch(id_, {"title": "Dua"}, WAS), two.patch(id_, {"title": "Dua lagi"}, {"title": "Dua"})
    reply = two.exchange(first, second)
    assert [side["value"] for side in conflict_of(reply).body["sides"]] == ["Satu", "Dua lagi"]
    kept = shared_central.sql("SELECT value FROM history WHERE record = :id AND lost = :yes", id=id_, yes=True)
    assert [row["value"] for row in kept] == ['"Dua"', '"Dua lagi"']


def test_the_same_value_adds_no_side(shared_central, trio):
    (one, two, three), id_ = trio
    one.exchange(one.patch(id_, {"title": "Satu"}, WAS))
    two.exchange(two.patch(id_, {"title": "Dua"}, WAS))
    reply = three.exchange(three.patch(id_, {"title": "Dua"}, WAS))
    assert reply.results[0].result is ResultKind.CONFLICT
    assert len(conflict_of(reply).body["sides"]) == 2


def test_a_new_head_joins_the_open_conflict(shared_central, trio):
    (one, two, _three), id_ = trio
    one.exchange(one.patch(id_, {"title": "Satu"}, WAS))
    two.exchange(two.patch(id_, {"title": "Dua"}, WAS))
    one.exchange()
    one.exchange(one.patch(id_, {"title": "Satu lagi"}, {"title": "Satu"}, base_rev=2))
    reply = two.exchange()
    assert reply.change(id_).body["title"] == "Satu lagi"
    assert [side["value"] for side in conflict_of(reply).body["sides"]] == ["Dua", "Satu lagi"]


def test_two_fields_two_conflicts_and_the_complaint_says_so(shared_central, trio):
    (one, two, _three), id_ = trio
    was = WAS | {"location": ""}
    one.exchange(one.patch(id_, {"title": "Satu", "location": "Jl. A"}, was))
    reply = two.exchange(two.patch(id_, {"title": "Dua", "location": "Jl. B"}, was))
    assert {one.body["field"] for one in reply.of_type("conflict")} == {"title", "location"}
    (open_,) = shared_central.sql("SELECT count(*) AS n FROM open_conflict WHERE complaint = :id", id=id_)
    assert open_["n"] == 2


def test_sent_again_no_side_is_added(shared_central, trio):
    (one, two, _three), id_ = trio
    one.exchange(one.patch(id_, {"title": "Satu"}, WAS))
    patch = two.patch(id_, {"title": "Dua"}, WAS)
    two.exchange(patch, keep=False)
    reply = two.exchange(patch)
    assert (reply.results[0].result, reply.results[0].replayed) == (ResultKind.CONFLICT, True)
    assert conflict_of(reply).rev == 1
    assert two.exchange().changes == []
