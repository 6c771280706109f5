"""A person decides a contested field: every desk concerned gets the decision, and nobody's value is lost on the way."""

import json

import pytest

from kelurahan_client.domain.complaint import Classification, Status, SyncState
from kelurahan_client.services import deciding, lists, taking_back
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import held_by_the_centre, without
from tools.broken_network import LOST_REPLY


@pytest.fixture(scope="module")
def three_desks(shared_central, make_desk, offices):
    """Desks A, B and C of one office."""
    office = next(offices)
    return [make_desk(shared_central, office, letter) for letter in "ABC"]


@pytest.fixture
def contested(three_desks):
    """Three desks that know of a conflict between what A and B wrote, and the complaint's id."""

    def make(field="title", was="Lampu padam", values=("Satu", "Dua")):
        one, two, three = three_desks
        complaint = one.register(**{field: was})
        quiet(one, two, three)
        one.edit(complaint.id, **{field: values[0]})
        two.edit(complaint.id, **{field: values[1]})
        quiet(one, two, three)
        return one, two, three, complaint.id

    return make


def quiet(*desks):
    """Exchanges until everybody has heard everybody."""
    for desk in (*desks, *desks[:-1]):
        desk.exchange()


def conflict(desk, id_):
    (found,) = desk.conflicts(id_)
    return found


def side(found, value):
    (one,) = [side["id"] for side in found.body["sides"] if side["value"] == value]
    return one


def all_agree(central, *desks):
    """Equal lists everywhere, and nothing waits."""
    first, *others = (desk.listed() for desk in desks)
    assert all(other == first for other in others)
    office = next(iter(first.values()))["office"]
    assert without(first, "sync_state") == held_by_the_centre(central, office)
    assert all(desk.outbox("waiting") == [] for desk in desks)


@pytest.mark.parametrize("chosen", ["Satu", "Dua"])
def test_one_side_is_taken_and_everybody_gets_it(shared_central, contested, chosen):
    one, two, three, id_ = contested()
    found = conflict(three, id_)
    decided = deciding.take_side(three.desk, found.id, side(found, chosen), "Sudah ditelepon.")
    assert (decided.title, decided.sync_state) == (chosen, SyncState.PENDING)
    assert conflict(three, id_).decided
    assert lists.state(three.desk).conflicts == lists.state(one.desk).conflicts - 1
    outcome = three.exchange()
    assert (outcome.sent, outcome.applied, outcome.conflicts) == (1, 1, 0)
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    for desk in (one, two, three):
        assert desk.conflicts(id_) == []
        shown = desk.complaint(id_)
        assert (shown.title, shown.sync_state) == (chosen, SyncState.ACKNOWLEDGED)
        (told,) = [entry for entry in desk.story(id_) if entry.kind == "edit" and entry.text]
        assert (told.text, told.actor, told.acknowledged) == ("Sudah ditelepon.", "Petugas C", True)
        assert told.fields == {"title": ("Satu", chosen)}


def test_a_new_value_is_written_with_its_reason_and_the_history_has_everything(shared_central, contested):
    one, two, three, id_ = contested()
    deciding.write_value(one.desk, conflict(one, id_).id, "  Tiga ", "Kedua judul keliru.")
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    assert two.complaint(id_).title == "Tiga"
    printed = centre_command(shared_central, "history", one.complaint(id_).reference)
    lines = [json.loads(line) for line in printed.splitlines()]
    assert [(line["field"], line["value"], line["lost"], line["actor"], line["desk"]) for line in lines] == [
        ("", None, False, "Petugas A", "A"),
        ("title", "Satu", False, "Petugas A", "A"),
        ("title", "Dua", True, "Petugas B", "B"),
        ("title", "Tiga", False, "Petugas A", "A"),
    ]
    assert lines[-1]["was"] == "Satu"
    assert all(line["received_at"].endswith("Z") and line["device_time"].endswith("Z") for line in lines)
    body = kept(shared_central, id_)
    assert (body["state"], len(body["sides"]), body["base"]) == ("resolved", 2, "Lampu padam")
    (said,) = body["decisions"]
    assert (said["value"], said["reason"], said["actor"]) == ("Tiga", "Kedua judul keliru.", "Petugas A")
    assert said["stands"]


def kept(central, id_):
    """The one conflict about a complaint, as the centre keeps it."""
    (row,) = central.sql("SELECT body FROM record WHERE type = 'conflict' AND parent = :id", id=id_)
    return json.loads(row["body"])


def test_a_side_that_was_not_seen_keeps_it_open(shared_central, contested):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    three.edit(id_, title="Dari C")  # C goes on from what stands: that is one more value
    three.exchange()
    deciding.write_value(one.desk, found.id, "Dari yang belum tahu", "Ditelepon.")
    outcome = one.exchange()
    assert (outcome.applied, outcome.conflicts) == (0, 1)
    assert "belum terlihat" in one.outbox("answered")[0].reason
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    for desk in (one, two, three):
        again = conflict(desk, id_)
        assert again.id == found.id
        assert not again.decided
        assert {each["value"] for each in again.body["sides"]} >= {"Dua", "Dari C", "Dari yang belum tahu"}
        assert desk.complaint(id_).title == "Dari C"
        assert desk.complaint(id_).sync_state is SyncState.CONFLICT
    deciding.take_side(two.desk, found.id, side(conflict(two, id_), "Dua"), "Sekarang semua terlihat.")
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    assert three.complaint(id_).title == "Dua"
    assert one.conflicts(id_) == []


def test_two_people_decide_differently_and_it_is_a_question_again(shared_central, contested):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    deciding.take_side(one.desk, found.id, side(found, "Satu"))
    deciding.take_side(two.desk, found.id, side(found, "Dua"), "Pelapor menelepon lagi.")
    assert one.exchange().applied == 1
    assert two.exchange().conflicts == 1
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    again = conflict(three, id_)
    assert again.id != found.id
    assert {(each["value"], each["desk"]) for each in again.body["sides"]} == {("Satu", "A"), ("Dua", "B")}
    deciding.take_side(three.desk, again.id, side(again, "Dua"))
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    assert one.complaint(id_).title == "Dua"


def test_two_people_decide_alike_and_it_is_closed(shared_central, contested):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    for desk in (one, two):
        deciding.take_side(desk.desk, found.id, side(found, "Dua"))
        assert desk.exchange().applied == 1
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    assert three.conflicts(id_) == []


def test_a_decision_whose_answer_is_lost_counts_once(shared_central, contested, network):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    deciding.write_value(one.desk, found.id, "Tiga", "Ditelepon.")
    direct, one.url = one.url, network.url
    network.plan(LOST_REPLY, LOST_REPLY, LOST_REPLY)
    with pytest.raises(Exception, match="terjangkau"):
        one.exchange()
    network.plan()
    assert conflict(one, id_).decided
    outcome = one.exchange()
    one.url = direct
    assert (outcome.sent, outcome.applied) == (1, 1)
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    assert len(kept(shared_central, id_)["decisions"]) == 1


def test_work_after_a_decision_that_was_not_sent_yet(shared_central, contested):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    deciding.take_side(one.desk, found.id, side(found, "Dua"))
    one.edit(id_, title="Dua, lebih jelas", note="Ditelepon")
    outcome = one.exchange()
    assert (outcome.sent, outcome.conflicts, outcome.rejected) == (2, 0, 0)
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    assert two.complaint(id_).title == "Dua, lebih jelas"
    assert two.conflicts(id_) == []


def test_the_decision_of_a_place_moves_the_complaint(shared_central, make_desk, offices):
    office, here, there = next(offices), next(offices), next(offices)
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    first, second = make_desk(shared_central, here), make_desk(shared_central, there)
    complaint = one.register()
    quiet(one, two)
    one.edit(complaint.id, location_office=here)
    two.edit(complaint.id, location_office=there)
    quiet(one, two, first, second)
    assert set(first.listed()) == {complaint.id}
    assert first.conflicts(complaint.id)
    found = conflict(two, complaint.id)
    deciding.take_side(two.desk, found.id, side(found, there))
    quiet(two, one, first, second)
    assert first.listed() == {}
    assert first.conflicts() == []
    assert second.listed() == one.listed() == two.listed()
    assert second.conflicts() == []


@pytest.mark.parametrize("chosen", [Status.ARCHIVED, Status.OUT_OF_JURISDICTION])
def test_a_contested_status_is_decided_by_a_step(shared_central, three_desks, chosen):
    one, two, three = three_desks
    complaint = one.register()
    quiet(one, two, three)
    one.step(complaint.id, Status.ARCHIVED, "Sama dengan yang kemarin.")
    two.step(complaint.id, Status.OUT_OF_JURISDICTION, "Jalan provinsi.")
    quiet(one, two, three)
    found = conflict(three, complaint.id)
    deciding.take_side(three.desk, found.id, side(found, chosen), "Sudah diperiksa di peta.")
    quiet(three, one, two)
    all_agree(shared_central, one, two, three)
    made = [] if chosen is Status.ARCHIVED else [(Status.ARCHIVED, Status.OUT_OF_JURISDICTION)]
    expected = sorted([(Status.RECEIVED, Status.ARCHIVED), (Status.RECEIVED, Status.OUT_OF_JURISDICTION), *made])
    for desk in (one, two, three):
        assert desk.complaint(complaint.id).status is chosen
        assert desk.conflicts(complaint.id) == []
        story = desk.story(complaint.id)
        assert "Sudah diperiksa di peta." in {entry.text for entry in story}
        assert sorted((entry.status_from, entry.status_to) for entry in story if entry.kind == "status") == expected


def test_the_due_date_goes_with_a_decided_classification(shared_central, three_desks):
    one, two, three = three_desks
    complaint = one.register(classification=Classification.COMPLAINT)
    quiet(one, two, three)
    one.edit(complaint.id, classification="aspirasi")
    two.edit(complaint.id, classification="permintaan informasi")
    quiet(one, two, three)
    for field in ("due_date", "classification"):  # both are contested, where their days differ
        for found in three.conflicts(complaint.id):
            if found.field == field:
                deciding.take_side(three.desk, found.id, "2")
                three.exchange()
    quiet(three, one, two)
    all_agree(shared_central, one, two, three)
    expected = two.register(classification=Classification.INFORMATION).due_date
    assert one.complaint(complaint.id).classification is Classification.INFORMATION
    assert one.complaint(complaint.id).due_date == expected
    assert one.conflicts(complaint.id) == []
    quiet(two, one)


def test_a_decision_of_an_identity_is_masked_at_the_centre(shared_central, contested):
    one, _two, _three, id_ = contested("reporter_phone", "0812-5114-4471", ("0812-5114-4472", "0812-5114-4473"))
    deciding.take_side(one.desk, conflict(one, id_).id, "2")
    one.exchange()
    reference = one.complaint(id_).reference
    assert "5114" not in centre_command(shared_central, "history", reference)
    assert "0812-5114-4473" in centre_command(shared_central, "history", reference, "--reveal")
    assert held_by_the_centre(shared_central)[id_]["reporter_phone"] == "0812-5114-4473"


@pytest.mark.parametrize("heard", [False, True], ids=["unsent", "reply lost"])
def test_a_decision_is_taken_back_until_its_answer_is_heard(shared_central, contested, network, heard):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    deciding.take_side(one.desk, found.id, side(found, "Dua"), "Ditelepon.")
    if heard:
        direct, one.url = one.url, network.url
        network.plan(LOST_REPLY, LOST_REPLY, LOST_REPLY)
        with pytest.raises(Exception, match="terjangkau"):
            one.exchange()
        network.plan()
        one.url = direct
    taken_back = taking_back.take_back(one.desk, found.id)
    assert (taken_back.title, taken_back.sync_state) == ("Satu", SyncState.CONFLICT)
    assert not conflict(one, id_).decided
    one.exchange()
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    for desk in (one, two, three):
        again = conflict(desk, id_)
        assert (again.id, again.decided, desk.complaint(id_).title) == (found.id, False, "Satu")
        assert again.body["sides"] == found.body["sides"]
        assert desk.complaint(id_).sync_state is SyncState.CONFLICT
    deciding.write_value(two.desk, found.id, "Tiga", "Bertemu pelapor.")
    quiet(two, one, three)
    all_agree(shared_central, one, two, three)
    assert three.complaint(id_).title == "Tiga"
    assert one.conflicts(id_) == []


def test_taken_back_and_decided_anew_before_it_is_sent(shared_central, contested):
    one, two, three, id_ = contested()
    found = conflict(one, id_)
    deciding.take_side(one.desk, found.id, side(found, "Dua"), "Ditelepon.")
    taking_back.take_back(one.desk, found.id)
    one.clock.move(minutes=1)
    deciding.write_value(one.desk, found.id, "Tiga", "Ditelepon lagi.")
    one.exchange()
    quiet(one, two, three)
    all_agree(shared_central, one, two, three)
    for desk in (one, two, three):
        assert desk.conflicts(id_) == []
        assert desk.complaint(id_).title == "Tiga"
        assert "Ditelepon lagi." in {entry.text for entry in desk.story(id_)}


def test_a_status_that_was_decided_goes_back_by_a_step(shared_central, three_desks):
    one, two, three = three_desks
    complaint = one.register()
    quiet(one, two, three)
    one.step(complaint.id, Status.ARCHIVED, "Sama dengan yang kemarin.")
    two.step(complaint.id, Status.OUT_OF_JURISDICTION, "Jalan provinsi.")
    quiet(one, two, three)
    found = conflict(three, complaint.id)
    deciding.take_side(three.desk, found.id, side(found, Status.OUT_OF_JURISDICTION), "Sudah diperiksa.")
    taking_back.take_back(three.desk, found.id)
    three.exchange()
    quiet(three, one, two)
    all_agree(shared_central, one, two, three)
    for desk in (one, two, three):
        assert desk.complaint(complaint.id).status is Status.ARCHIVED
        assert conflict(desk, complaint.id).id == found.id
    deciding.take_side(one.desk, found.id, side(found, Status.ARCHIVED))
    quiet(one, two, three)
