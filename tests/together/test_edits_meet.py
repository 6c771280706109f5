"""Desks of one office change the same complaint while apart: whose value stands, and where the others are kept."""

import json

import pytest

from kelurahan_client.domain.complaint import Priority, Status, SyncState
from kelurahan_client.services import silence
from tests.together.desk_at_work import at_the_centre, held_by_the_centre


@pytest.fixture(scope="module")
def three_desks(shared_central, make_desk, offices):
    """Desks A, B and C of one office."""
    office = next(offices)
    return [make_desk(shared_central, office, letter) for letter in "ABC"]


@pytest.fixture
def desks(three_desks):
    """The three desks, and the id of a new complaint that all of them know."""

    def make(**fields):
        complaint = three_desks[0].register(**fields)
        for desk in three_desks:
            desk.exchange()
        return *three_desks, complaint.id

    return make


def quiet(*desks):
    """Exchanges until everybody has heard everybody."""
    for _ in range(2):
        for desk in desks:
            desk.exchange()


def agree(*desks):
    quiet(*desks)
    first, *others = (desk.listed() for desk in desks)
    assert all(other == first for other in others)


def sides(conflict):
    return {(side["value"], side["actor"], side["desk"]) for side in conflict.body["sides"]}


def submitted(central, id_, field):
    """Every value of a field in the centre's history, standing or not."""
    rows = central.sql("SELECT value FROM history WHERE record = :id AND field = :field", id=id_, field=field)
    return {json.loads(row["value"]) for row in rows}


def test_different_fields_both_win(shared_central, desks):
    one, two, three, id_ = desks()
    one.edit(id_, title="Lampu padam di Gang Mawar")
    two.edit(id_, location="Muka pos ronda")
    assert one.exchange().applied == 1
    outcome = two.exchange()
    assert (outcome.merged, outcome.conflicts) == (1, 0)
    agree(one, two, three)
    assert (one.complaint(id_).title, one.complaint(id_).location) == ("Lampu padam di Gang Mawar", "Muka pos ronda")
    assert one.complaint(id_).sync_state is SyncState.ACKNOWLEDGED
    assert one.listed() == at_the_centre(shared_central, one.complaint(id_).office)


def test_desks_that_close_the_same_silence_make_one_step(shared_central, desks):
    one, two, three, id_ = desks()
    for to in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        one.step(id_, to)
    quiet(one, two, three)
    for clock in {id(desk.clock): desk.clock for desk in (one, two)}.values():
        clock.move(days=40)
    for desk in (one, two):
        assert len(silence.close_silent(desk.desk, silence.silent_filter(desk.desk))) == 1
    one.exchange()
    outcome = two.exchange()
    assert (outcome.conflicts, outcome.rejected) == (0, 0)
    agree(one, two, three)
    for desk in (one, two, three):
        desk.exchange()
        closing = [entry for entry in desk.story(id_) if entry.status_to is Status.CLOSED]
        assert [(entry.actor, entry.text, entry.acknowledged) for entry in closing] == [
            ("Petugas A", silence.REASON, True)
        ]
    for clock in {id(desk.clock): desk.clock for desk in (one, two)}.values():
        clock.move(days=-40)  # the desks are those of the other tests too


def test_the_same_field_waits_for_a_person_with_both_values(shared_central, desks):
    one, two, three, id_ = desks(title="Lampu padam")
    one.edit(id_, title="Lampu padam di Gang Mawar")
    two.edit(id_, title="Tiang lampu miring", note="Ditelepon")
    one.exchange()
    outcome = two.exchange()
    assert (outcome.merged, outcome.conflicts) == (0, 1)
    assert two.complaint(id_).title == "Lampu padam di Gang Mawar"
    assert two.complaint(id_).note == "Ditelepon"
    quiet(one, two, three)
    for desk in (one, two, three):
        (conflict,) = desk.conflicts(id_)
        assert (conflict.complaint_id, conflict.field, conflict.body["base"]) == (id_, "title", "Lampu padam")
        assert sides(conflict) == {
            ("Lampu padam di Gang Mawar", "Petugas A", "A"),
            ("Tiang lampu miring", "Petugas B", "B"),
        }
        assert all(side["server_time"] for side in conflict.body["sides"])
        assert desk.complaint(id_).sync_state is SyncState.CONFLICT
    agree(one, two, three)
    assert at_the_centre(shared_central, one.complaint(id_).office)[id_]["sync_state"] == "conflict"
    assert submitted(shared_central, id_, "title") == {"Lampu padam di Gang Mawar", "Tiang lampu miring"}


def test_a_third_contender_adds_a_side(shared_central, desks):
    one, two, three, id_ = desks(title="Lampu padam")
    for desk, title in ((one, "Satu"), (two, "Dua"), (three, "Tiga")):
        desk.edit(id_, title=title)
        desk.exchange()
    agree(one, two, three)
    for desk in (one, two, three):
        (conflict,) = desk.conflicts(id_)
        assert sides(conflict) == {("Satu", "Petugas A", "A"), ("Dua", "Petugas B", "B"), ("Tiga", "Petugas C", "C")}
        assert desk.complaint(id_).title == "Satu"


def test_the_same_words_are_no_quarrel(desks):
    one, two, three, id_ = desks(title="Lampu padam")
    one.edit(id_, title="Lampu padam lagi")
    two.edit(id_, title="Lampu padam lagi")
    one.exchange()
    assert two.exchange().conflicts == 0
    agree(one, two, three)
    assert two.conflicts(id_) == []
    assert two.complaint(id_).sync_state is SyncState.ACKNOWLEDGED


@pytest.mark.parametrize("first_is_safe", [True, False])
@pytest.mark.parametrize(
    ("field", "was", "safe", "open_"),
    [
        ("anonymous", None, True, False),
        ("confidential", None, True, False),
    ],
)
def test_the_safer_choice_stands_whoever_is_first(shared_central, desks, field, was, safe, open_, first_is_safe):
    one, two, three, id_ = desks(**{field: was})
    one.edit(id_, **{field: safe if first_is_safe else open_})
    two.edit(id_, **{field: open_ if first_is_safe else safe})
    one.exchange()
    outcome = two.exchange()
    assert (outcome.merged, outcome.conflicts) == (1, 0)
    agree(one, two, three)
    for desk in (one, two, three):
        assert getattr(desk.complaint(id_), field) is safe
        (notice,) = desk.told(id_, "notice")  # the first one too, to whom nothing is answered
        assert "yang lebih aman berlaku" in notice
    assert submitted(shared_central, id_, field) == {True, False}


@pytest.mark.parametrize("first", ["A", "B"])
def test_urgency_is_only_raised_by_a_merge(desks, first):
    one, two, three, id_ = desks(priority=Priority.URGENT)
    raising, lowering = (one, two) if first == "A" else (two, one)
    lowering.edit(id_, priority="biasa")
    raising.edit(id_, title="Kabel putus, bahaya")
    one.exchange()
    two.exchange()
    agree(one, two, three)
    assert one.complaint(id_).priority is Priority.NORMAL  # nobody contradicted the person who lowered it
    raising.edit(id_, priority="mendesak")
    lowering.edit(id_, note="Tetap biasa")
    one.exchange()
    two.exchange()
    agree(one, two, three)
    assert two.complaint(id_).priority is Priority.URGENT


def test_steps_of_one_path_become_one_story(shared_central, desks):
    one, two, three, id_ = desks()
    one.step(id_, Status.VERIFIED)
    two.step(id_, Status.ARCHIVED, "Sama dengan yang kemarin.")
    one.exchange()
    outcome = two.exchange()
    assert (outcome.merged, outcome.conflicts) == (1, 0)
    agree(one, two, three)
    for desk in (one, two, three):
        assert desk.complaint(id_).status is Status.ARCHIVED
        steps = [(entry.status_from, entry.status_to) for entry in desk.story(id_) if entry.kind == "status"]
        assert sorted(steps) == [(Status.RECEIVED, Status.ARCHIVED), (Status.RECEIVED, Status.VERIFIED)]


def test_steps_that_exclude_each_other_wait_for_a_person(desks):
    one, two, three, id_ = desks()
    one.step(id_, Status.ARCHIVED, "Sama dengan yang kemarin.")
    two.step(id_, Status.OUT_OF_JURISDICTION, "Jalan provinsi.")
    one.exchange()
    assert two.exchange().conflicts == 1
    agree(one, two, three)
    for desk in (one, two, three):
        assert desk.complaint(id_).status is Status.ARCHIVED
        (conflict,) = desk.conflicts(id_)
        assert conflict.field == "status"
        assert {side["value"] for side in conflict.body["sides"]} == {"archived", "out_of_jurisdiction"}
        assert desk.told(id_, "status") == {"Sama dengan yang kemarin.", "Jalan provinsi."}


def test_notes_of_everybody_stay(desks):
    one, two, three, id_ = desks()
    for desk, text in ((one, "Ditelepon"), (two, "Didatangi"), (three, "Ditelepon")):
        desk.follow_up(id_, text)
        desk.exchange()
    agree(one, two, three)
    for desk in (one, two, three):
        texts = sorted(entry.text for entry in desk.story(id_) if entry.kind == "follow_up")
        assert texts == ["Didatangi", "Ditelepon", "Ditelepon"]
        assert all(entry.acknowledged for entry in desk.story(id_) if entry.kind == "follow_up")


def test_work_goes_on_over_a_conflict(shared_central, desks):
    one, two, three, id_ = desks(title="Lampu padam")
    for desk, title in ((one, "Satu"), (two, "Dua")):
        desk.edit(id_, title=title)
        desk.exchange()
    two.follow_up(id_, "Ditelepon")
    two.step(id_, Status.VERIFIED)
    outcome = two.exchange()
    assert (outcome.sent, outcome.rejected) == (2, 0)
    agree(one, two, three)
    assert one.complaint(id_).status is Status.VERIFIED
    assert one.complaint(id_).sync_state is SyncState.CONFLICT


def test_a_long_absence_merges_like_a_short_one(shared_central, desks):
    one, two, three, id_ = desks()
    for number in range(12):
        one.edit(id_, note=f"Catatan {number}")
        one.follow_up(id_, f"Telepon {number}")
        if number % 4 == 0:
            one.exchange()
            three.exchange()
    one.exchange()
    two.edit(id_, location="Simpang tiga")
    two.follow_up(id_, "Baru kembali")
    outcome = two.exchange()
    assert (outcome.conflicts, outcome.rejected) == (0, 0)
    agree(one, two, three)
    assert two.complaint(id_).note == "Catatan 11"
    assert len(two.told(id_, "follow_up")) == 13


@pytest.mark.parametrize("years", [-10, 10])
def test_a_wrong_clock_decides_nothing(shared_central, desks, years, request):
    one, two, three, id_ = desks(title="Lampu padam")
    two.clock.move(days=365 * years)
    request.addfinalizer(lambda: two.clock.move(days=-365 * years))
    two.edit(id_, title="Jam salah", location="Muka pos")
    one.edit(id_, title="Jam benar")
    one.exchange()
    assert two.exchange().conflicts == 1
    new = two.register(received_date=two.desk.today())
    two.exchange()
    agree(one, two, three)
    assert one.complaint(id_).title == "Jam benar"
    assert one.complaint(id_).location == "Muka pos"
    assert one.complaint(new.id).received_date == new.received_date
    assert {id_, new.id} <= set(held_by_the_centre(shared_central, new.office))
