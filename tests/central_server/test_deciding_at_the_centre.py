"""What the centre does with a decision, well formed or not."""

import uuid

import pytest

from sync.protocol import Op, RejectionNumber, ResultKind

WAS = {"title": "Lampu jalan mati"}
ANY_ID = "0f9b0d3e-6a54-4c68-9a30-0b8f2b2a7c11"


@pytest.fixture
def pair(shared_central, new_desk):
    """Two desks that know of a conflict about a title, the complaint's id, and the conflict."""
    one = new_desk(shared_central)
    two = new_desk(shared_central, one.office, "B")
    create = one.create()
    one.exchange(create)
    two.exchange()
    one.exchange(one.patch(create.id, {"title": "Satu"}, WAS))
    (conflict,) = two.exchange(two.patch(create.id, {"title": "Dua"}, WAS)).of_type("conflict")
    one.exchange()
    return one, two, create.id, conflict


def decision(desk, id_, conflict, **changes):
    sides = [side["id"] for side in conflict.body["sides"]]
    values = {"complaint": id_, "field": "title", "value": "Dua", "sides": sides, "reason": "Ditelepon."}
    return desk.mutation(Op.RESOLVE, "conflict", conflict.id, set=values | changes, was={"title": "Satu"}, base_rev=2)


def test_the_record_takes_the_value_and_both_desks_are_told(shared_central, pair):
    one, two, id_, conflict = pair
    reply = one.exchange(decision(one, id_, conflict))
    assert (reply.results[0].result, reply.results[0].rev) == (ResultKind.APPLIED, 3)
    for told in (reply, two.exchange()):
        assert told.change(id_).body["title"] == "Dua"
        body = told.change(conflict.id).body
        assert body["state"] == "resolved"
        assert body["sides"] == conflict.body["sides"]
        assert [(said["value"], said["was"], said["stands"]) for said in body["decisions"]] == [("Dua", "Satu", True)]
    (row,) = shared_central.sql("SELECT count(*) AS n FROM open_conflict WHERE complaint = :id", id=id_)
    assert row["n"] == 0
    assert one.exchange().changes == []


def test_sent_again_it_is_the_same_decision(pair):
    one, two, id_, conflict = pair
    made = decision(one, id_, conflict)
    one.exchange(made, keep=False)
    again = one.exchange(made)
    assert (again.results[0].result, again.results[0].replayed) == (ResultKind.APPLIED, True)
    assert len(two.exchange().change(conflict.id).body["decisions"]) == 1


def test_issued_again_under_another_number_it_counts_once(pair):
    one, two, id_, conflict = pair
    one.exchange(decision(one, id_, conflict))
    two.exchange()
    two.exchange(two.patch(id_, {"title": "Sesudahnya"}, {"title": "Dua"}, base_rev=3))
    reply = one.exchange(decision(one, id_, conflict))
    assert reply.results[0].result is ResultKind.APPLIED
    assert reply.change(id_).body["title"] == "Sesudahnya"
    assert len(reply.change(conflict.id).body["decisions"]) == 1
    assert [change.id for change in reply.of_type("conflict")] == [conflict.id]


def test_a_new_value_that_did_not_see_a_side_becomes_a_side(pair):
    one, two, id_, conflict = pair
    two.exchange(two.patch(id_, {"title": "Dua lagi"}, {"title": "Dua"}))
    reply = one.exchange(decision(one, id_, conflict, value="Tiga"))
    assert reply.results[0].result is ResultKind.CONFLICT
    body = reply.change(conflict.id).body
    assert body["state"] == "open"
    assert [side["value"] for side in body["sides"]] == ["Satu", "Dua lagi", "Tiga"]
    assert reply.change(id_).body["title"] == "Satu"


def test_the_standing_side_stays_though_its_author_decides_without_seeing_all(pair):
    one, two, id_, conflict = pair
    two.exchange(two.patch(id_, {"title": "Dua lagi"}, {"title": "Dua"}))
    reply = one.exchange(decision(one, id_, conflict, value="Satu yang lain"))
    assert "Satu" in [side["value"] for side in reply.change(conflict.id).body["sides"]]


def test_every_value_is_in_the_history(shared_central, pair):
    one, _two, id_, conflict = pair
    one.exchange(decision(one, id_, conflict, value="Tiga"))
    rows = shared_central.sql(
        "SELECT value, lost FROM history WHERE record = :id AND field = 'title' ORDER BY id", id=id_
    )
    assert [(row["value"], bool(row["lost"])) for row in rows] == [
        ('"Satu"', False),
        ('"Dua"', True),
        ('"Tiga"', False),
    ]


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"complaint": "x"}, RejectionNumber.ID),
        ({"field": ""}, RejectionNumber.FIELD),
        ({"field": 7}, RejectionNumber.FIELD),
        ({"field": "location"}, RejectionNumber.FIELD),
        ({"field": "rev"}, RejectionNumber.FIELD),
        ({"reason": None}, RejectionNumber.FIELD),
        ({"value": 7}, RejectionNumber.FIELD),
        ({"value": "x" * 5_001}, RejectionNumber.FIELD),
        ({"reason": "x" * 5_001}, RejectionNumber.FIELD),
        ({"due_date": "besok"}, RejectionNumber.FIELD),
        ({"sides": None}, RejectionNumber.SHAPE),
        ({"sides": [1]}, RejectionNumber.SHAPE),
        ({"side": 1}, RejectionNumber.SHAPE),
        ({"step": "x"}, RejectionNumber.ID),
        ({"step": ANY_ID}, RejectionNumber.STEP),
        ({"complaint": ANY_ID}, RejectionNumber.UNKNOWN),
    ],
    ids=str,
)
def test_what_is_no_decision_waits_in_quarantine_and_blocks_nothing(pair, changes, number):
    one, _two, id_, conflict = pair
    bad = decision(one, id_, conflict, **changes)
    reply = one.exchange(bad, one.follow_up(id_, "Sesudahnya"))
    assert [(result.result, result.number) for result in reply.results] == [
        (ResultKind.REJECTED, number),
        (ResultKind.APPLIED, 0),
    ]


def test_a_decision_about_something_else_is_refused(shared_central, new_desk, pair):
    one, _two, id_, conflict = pair
    other = one.create()
    one.exchange(other)
    sides = [side["id"] for side in conflict.body["sides"]]
    values = {"complaint": other.id, "field": "title", "value": "X", "sides": sides, "reason": ""}
    reply = one.exchange(one.mutation(Op.RESOLVE, "conflict", conflict.id, set=values))
    assert reply.results[0].number == RejectionNumber.UNKNOWN
    stranger = new_desk(shared_central)
    reply = stranger.exchange(decision(stranger, id_, conflict))
    assert reply.results[0].number == RejectionNumber.OFFICE


def test_a_status_must_follow_from_a_side(shared_central, new_desk):
    one = new_desk(shared_central)
    two = new_desk(shared_central, one.office, "B")
    create = one.create()
    one.exchange(create)
    two.exchange()
    one.exchange(one.step(create.id, "received", "archived"))
    (conflict,) = two.exchange(two.step(create.id, "received", "out_of_jurisdiction")).of_type("conflict")
    sides = [side["id"] for side in conflict.body["sides"]]

    def decided(value):
        values = {"complaint": create.id, "field": "status", "value": value, "sides": sides, "reason": "Begitu."}
        step = {"step": str(uuid.uuid4())}
        was = {"status": "archived"}
        return one.exchange(one.mutation(Op.RESOLVE, "conflict", conflict.id, set=values | step, was=was)), step["step"]

    assert decided("resolved")[0].results[0].number == RejectionNumber.STEP
    reply, step = decided("out_of_jurisdiction")
    assert reply.results[0].result is ResultKind.APPLIED
    made = two.exchange().change(step).body
    assert (made["from"], made["to"], made["note"]) == ("archived", "out_of_jurisdiction", "Begitu.")


def taken_back(desk, id_, conflict, value="Satu", was="Dua", **changes):
    sides = [side["id"] for side in conflict.body["sides"]]
    values = {"complaint": id_, "field": "title", "value": value, "sides": sides, "reason": "", "takes_back": True}
    return desk.mutation(Op.RESOLVE, "conflict", conflict.id, set=values | changes, was={"title": was}, base_rev=2)


@pytest.mark.parametrize("together", [True, False], ids=["one request", "two requests"])
def test_a_decision_that_is_taken_back_is_a_question_again(shared_central, pair, together):
    one, two, id_, conflict = pair
    made, back = decision(one, id_, conflict), taken_back(one, id_, conflict)
    if together:
        reply = one.exchange(made, back)
    else:
        one.exchange(made)
        reply = one.exchange(back)
    assert reply.results[-1].result is ResultKind.CONFLICT
    for told in (reply, two.exchange()):
        assert told.change(id_).body["title"] == "Satu"
        body = told.change(conflict.id).body
        assert (body["state"], body["sides"]) == ("open", conflict.body["sides"])
        assert [(said["value"], said["stands"]) for said in body["decisions"]] == [("Dua", False), ("Satu", False)]
    (row,) = shared_central.sql("SELECT conflict FROM open_conflict WHERE complaint = :id", id=id_)
    assert row["conflict"] == conflict.id
    final = two.exchange(decision(two, id_, conflict, reason="Pelapor menelepon lagi."))
    assert final.results[0].result is ResultKind.APPLIED
    assert final.change(id_).body["title"] == "Dua"


def test_taken_back_again_after_a_restore_it_counts_once(pair):
    one, two, id_, conflict = pair
    one.exchange(decision(one, id_, conflict), taken_back(one, id_, conflict))
    two.exchange(decision(two, id_, conflict, value="Tiga", reason="Begitu."))
    reply = one.exchange(decision(one, id_, conflict), taken_back(one, id_, conflict))
    assert reply.change(id_).body["title"] == "Tiga"
    body = reply.change(conflict.id).body
    assert (body["state"], len(body["decisions"])) == ("resolved", 3)


def test_what_somebody_made_of_the_decision_stays(shared_central, pair):
    one, two, id_, conflict = pair
    one.exchange(decision(one, id_, conflict))
    two.exchange()
    two.exchange(two.patch(id_, {"title": "Dua, lebih jelas"}, {"title": "Dua"}, base_rev=3))
    reply = one.exchange(taken_back(one, id_, conflict))
    assert reply.results[0].result is ResultKind.MERGED
    assert "berubah lagi" in reply.results[0].reason
    assert reply.change(id_).body["title"] == "Dua, lebih jelas"
    assert reply.change(conflict.id).body["state"] == "resolved"
    rows = shared_central.sql("SELECT value, lost FROM history WHERE record = :id ORDER BY id", id=id_)
    assert (rows[-1]["value"], bool(rows[-1]["lost"])) == ('"Satu"', True)


def test_what_two_have_decided_alike_is_not_taken_back_by_one(pair):
    one, two, id_, conflict = pair
    one.exchange(decision(one, id_, conflict))
    two.exchange(decision(two, id_, conflict))
    reply = one.exchange(taken_back(one, id_, conflict))
    assert reply.results[0].result is ResultKind.MERGED
    assert reply.change(conflict.id).body["state"] == "resolved"
    assert reply.change(id_).body["title"] == "Dua"


def test_a_decision_that_never_stood_leaves_its_question_open(pair):
    one, two, id_, conflict = pair
    two.exchange(two.patch(id_, {"title": "Dua lagi"}, {"title": "Dua"}))
    reply = one.exchange(decision(one, id_, conflict, value="Tiga"), taken_back(one, id_, conflict, was="Tiga"))
    assert [result.result for result in reply.results] == [ResultKind.CONFLICT, ResultKind.CONFLICT]
    body = reply.change(conflict.id).body
    assert (body["state"], reply.change(id_).body["title"]) == ("open", "Satu")
    assert "Tiga" in [side["value"] for side in body["sides"]]


def test_nobody_takes_back_what_another_desk_decided(pair):
    one, two, id_, conflict = pair
    one.exchange(decision(one, id_, conflict))
    reply = two.exchange(taken_back(two, id_, conflict))
    assert reply.results[0].result is ResultKind.MERGED
    assert reply.change(id_).body["title"] == "Dua"
    assert two.exchange(taken_back(two, id_, conflict, takes_back="ya")).results[0].number == RejectionNumber.SHAPE
