"""Two desks of one office change the same complaint while apart: every policy, through the real server."""

import json

import msgspec
import pytest

from sync.protocol import ResultKind

APPLIED, MERGED, CONFLICT = ResultKind.APPLIED, ResultKind.MERGED, ResultKind.CONFLICT


@pytest.fixture
def pair(shared_central, new_desk):
    """Two desks of one office and the id of a complaint that both know at revision 1."""
    one = new_desk(shared_central)
    two = new_desk(shared_central, one.office, "B")

    def make(**fields):
        create = one.create(**fields)
        one.exchange(create)
        assert two.exchange().change(create.id).rev == 1
        return one, two, create.id

    return make


def history(central, id_):
    rows = central.sql("SELECT field, was, value, lost FROM history WHERE record = :id ORDER BY id", id=id_)
    return [(r["field"], json.loads(r["was"]), json.loads(r["value"]), bool(r["lost"])) for r in rows if r["field"]]


def test_different_fields_both_win(shared_central, pair):
    one, two, id_ = pair()
    assert one.exchange(one.patch(id_, {"title": "Judul"}, {"title": "Lampu jalan mati"})).results[0].result is APPLIED
    reply = two.exchange(two.patch(id_, {"location": "Jl. Kuin"}, {"location": ""}))
    assert (reply.results[0].result, reply.results[0].rev, reply.results[0].reason) == (MERGED, 3, "")
    body = reply.change(id_).body
    assert (body["title"], body["location"]) == ("Judul", "Jl. Kuin")
    assert one.exchange().change(id_).body == body


def test_a_value_of_a_lost_past_is_like_any_other_where_nothing_was_lost(shared_central, pair):
    one, _two, id_ = pair()
    told = msgspec.structs.replace(one.patch(id_, {"title": "Dahulu"}, {}), again=True)
    assert one.exchange(told).results[0].result is CONFLICT
    assert [value for field, _was, value, _lost in history(shared_central, id_) if field == "title"] == ["Dahulu"]


def test_the_same_value_is_no_quarrel(shared_central, pair):
    one, two, id_ = pair()
    one.exchange(one.patch(id_, {"title": "Sama"}, {"title": "Lampu jalan mati"}))
    reply = two.exchange(two.patch(id_, {"title": "Sama"}, {"title": "Lampu jalan mati"}))
    assert (reply.results[0].result, reply.results[0].rev) == (MERGED, 2)
    assert reply.of_type("conflict") == []


def test_ones_own_chain_of_edits_is_never_a_merge(shared_central, pair):
    one, _two, id_ = pair()
    first = one.patch(id_, {"title": "Satu"}, {"title": "Lampu jalan mati"})
    second = one.patch(id_, {"title": "Dua"}, {"title": "Satu"})
    step = one.step(id_, "received", "verified")
    reply = one.exchange(first, second, step)
    assert [(r.result, r.rev) for r in reply.results] == [(APPLIED, 2), (APPLIED, 3), (APPLIED, 4)]
    assert reply.changes == []


def test_fixed_fields_stay_and_the_rest_of_the_patch_applies(shared_central, pair):
    one, _two, id_ = pair()
    asked = one.patch(
        id_,
        {"received_date": "2026-08-01", "title": "Baru"},
        {"received_date": "2026-08-03", "title": "Lampu jalan mati"},
    )
    reply = one.exchange(asked)
    assert reply.results[0].result is MERGED
    assert "penyelia" in reply.results[0].reason
    body = reply.change(id_).body
    assert (body["received_date"], body["title"]) == ("2026-08-03", "Baru")
    assert ("received_date", "2026-08-03", "2026-08-01", True) in history(shared_central, id_)


def test_a_refused_field_alone_brings_the_standing_record_back(shared_central, pair):
    one, _two, id_ = pair()
    reply = one.exchange(one.patch(id_, {"channel": "surat"}, {"channel": "tatap_muka"}))
    assert (reply.results[0].result, reply.results[0].rev) == (MERGED, 1)
    assert reply.change(id_).body["channel"] == "tatap_muka"


@pytest.mark.parametrize(
    ("field", "was", "first", "second", "stands"),
    [
        ("anonymous", None, False, True, True),
        ("anonymous", None, True, False, True),
        ("confidential", None, True, False, True),
    ],
)
def test_the_safer_choice_stands_whoever_comes_first(shared_central, pair, field, was, first, second, stands):
    one, two, id_ = pair()
    one.exchange(one.patch(id_, {field: first}, {field: was}))
    reply = two.exchange(two.patch(id_, {field: second}, {field: was}))
    assert reply.results[0].result is MERGED
    assert reply.results[0].reason
    assert reply.change(id_).body[field] is stands
    loser = (field, was, second, True) if stands is first else (field, first, second, False)
    assert loser in history(shared_central, id_)


def test_a_person_decides_and_nothing_is_lost(shared_central, pair):
    one, two, id_ = pair()
    one.exchange(one.patch(id_, {"title": "Satu"}, {"title": "Lampu jalan mati"}))
    reply = two.exchange(two.patch(id_, {"title": "Dua", "rt": "005"}, {"title": "Lampu jalan mati", "rt": ""}))
    assert reply.results[0].result is CONFLICT
    assert reply.results[0].reason
    assert (reply.change(id_).body["title"], reply.change(id_).body["rt"]) == ("Satu", "005")
    assert ("title", "Lampu jalan mati", "Dua", True) in history(shared_central, id_)


def test_unknown_fields_merge_like_a_persons(shared_central, pair):
    one, two, id_ = pair(mood="a")
    one.exchange(one.patch(id_, {"mood": "b"}, {"mood": "a"}))
    reply = two.exchange(two.patch(id_, {"mood": "c", "size": 3}, {"mood": "a", "size": None}))
    assert reply.results[0].result is CONFLICT
    assert (reply.change(id_).body["mood"], reply.change(id_).body["size"]) == ("b", 3)


def test_two_steps_that_may_follow_each_other_are_a_question(shared_central, pair):
    one, two, id_ = pair()
    one.exchange(one.step(id_, "received", "verified"))
    reply = two.exchange(two.step(id_, "received", "on_hold"))
    # From on_hold one may go to verified and the other way round: a person decides, the head stays.
    assert reply.results[0].result is CONFLICT
    assert reply.change(id_).body["status"] == "verified"
    (conflict,) = reply.of_type("conflict")
    assert (conflict.body["field"], conflict.body["base"]) == ("status", "received")
    assert {side["value"] for side in conflict.body["sides"]} == {"verified", "on_hold"}
    assert sorted(step.body["to"] for step in reply.of_type("status_step")) == ["on_hold", "verified"]


def test_the_step_further_on_stands_without_a_question(shared_central, pair):
    one, two, id_ = pair()
    reply = one.exchange(one.step(id_, "received", "verified"))
    other = two.exchange(two.step(id_, "received", "archived"))
    assert other.results[0].result is MERGED
    body = other.change(id_).body
    assert body["status"] == "archived"
    assert reply.results[0].result is APPLIED
    step = next(one for one in other.of_type("status_step") if one.body["to"] == "archived")
    assert (step.body["from"], step.body["note"], step.body["actor"], step.body["desk"]) == (
        "received",
        "dikerjakan",
        "Siti",
        "B",
    )


def test_a_step_behind_the_standing_one_is_kept_as_a_step(shared_central, pair):
    one, two, id_ = pair()
    one.exchange(one.step(id_, "received", "archived"))
    reply = two.exchange(two.step(id_, "received", "on_hold"))
    assert reply.results[0].result is MERGED
    assert reply.results[0].reason
    assert reply.change(id_).body["status"] == "archived"
    assert sorted(step.body["to"] for step in one.exchange().of_type("status_step")) == ["on_hold"]
    assert ("status", "received", "on_hold", True) in history(shared_central, id_)


def test_fields_that_go_with_a_step(shared_central, pair):
    one, two, id_ = pair(note="catatan buku")
    reply = one.exchange(
        one.step(id_, "received", "verified"), one.step(id_, "verified", "referred", base_rev=1, agency="PUPR")
    )
    assert [r.result for r in reply.results] == [APPLIED, APPLIED]
    body = two.exchange().change(id_).body
    assert (body["status"], body["agency"], body["note"]) == ("referred", "PUPR", "catatan buku")
    assert "step" not in body


def test_follow_ups_only_grow(shared_central, pair):
    one, two, id_ = pair()
    first, second = one.follow_up(id_, "Ditelepon"), two.follow_up(id_, "Didatangi")
    assert one.exchange(first).results[0].result is APPLIED
    reply = two.exchange(second)
    assert reply.results[0].result is APPLIED
    assert [change.body["text"] for change in reply.of_type("follow_up")] == ["Ditelepon"]
    (seen,) = one.exchange().of_type("follow_up")
    assert {name: seen.body[name] for name in ("complaint", "text", "actor", "office", "desk", "device_time")} == {
        "complaint": id_,
        "text": "Didatangi",
        "actor": "Siti",
        "office": two.office,
        "desk": "B",
        "device_time": "2026-08-03T01:00:00Z",
    }
    assert seen.body["received_at"] == reply.results[0].received_at


def test_an_undone_import_is_gone_everywhere(shared_central, pair):
    one, two, id_ = pair()
    reply = one.exchange(one.delete(id_))
    assert (reply.results[0].result, reply.changes) == (APPLIED, [])
    assert two.exchange().change(id_).gone
    two.cursor = ""
    assert two.all_pages().change(id_) is None


def test_a_delete_against_an_edit_keeps_the_edit(shared_central, pair):
    one, two, id_ = pair()
    note = two.follow_up(id_, "Penting")
    two.exchange(note, two.patch(id_, {"title": "Dua"}, {"title": "Lampu jalan mati"}))
    one.exchange()
    reply = one.exchange(one.delete(id_, base_rev=1))
    assert reply.results[0].result is MERGED
    assert reply.results[0].reason
    assert reply.change(id_).body["title"] == "Dua"  # whole again for the desk that has dropped it
    assert reply.change(note.id).body["text"] == "Penting"


def test_an_edit_after_a_delete_brings_the_complaint_back(shared_central, pair):
    one, two, id_ = pair()
    note = one.follow_up(id_, "Catatan")
    one.exchange(note)
    one.exchange(one.delete(id_))
    reply = two.exchange(two.patch(id_, {"title": "Dua"}, {"title": "Lampu jalan mati"}))
    assert reply.results[0].result is MERGED
    assert reply.change(id_).body["title"] == "Dua"
    back = one.exchange()
    assert back.change(id_).body["title"] == "Dua"
    assert not back.change(note.id).gone


def test_another_offices_complaint_is_not_touched(shared_central, pair, new_desk):
    one, _two, id_ = pair()
    stranger = new_desk(shared_central)
    reply = stranger.exchange(
        stranger.patch(id_, {"title": "X"}, {"title": "Lampu jalan mati"}), stranger.follow_up(id_, "X")
    )
    assert [(r.result, r.number) for r in reply.results] == [(ResultKind.REJECTED, 204)] * 2
    assert one.exchange().changes == []


def test_whoever_ends_at_what_stands_has_no_quarrel_on_the_way(shared_central, new_desk):
    desk = new_desk(shared_central)
    colleague = new_desk(shared_central, desk.office, "B")
    made = desk.create(title="Satu")
    desk.exchange(made)
    colleague.all_pages()
    colleague.exchange(colleague.patch(made.id, {"title": "Tiga"}, {"title": "Satu"}))
    first = desk.patch(made.id, {"title": "Dua"}, {"title": "Satu"})
    second = desk.patch(made.id, {"title": "Tiga"}, {"title": "Dua"})
    reply = desk.all_pages(first, second)
    assert [result.result for result in reply.results] == [MERGED, MERGED]
    assert (reply.of_type("conflict"), reply.change(made.id).body["title"]) == ([], "Tiga")
    kept = shared_central.sql("SELECT value, lost FROM history WHERE record = :id AND field = 'title'", id=made.id)
    assert ('"Dua"', True) in {(row["value"], bool(row["lost"])) for row in kept}
    third = desk.patch(made.id, {"title": "Empat"}, {"title": "Dua"})
    assert desk.exchange(third).results[0].result is CONFLICT  # who ends elsewhere has one
