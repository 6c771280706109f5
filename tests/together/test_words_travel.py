"""What is written at one desk is seen whole by those whom it concerns, and by nobody else."""

from datetime import date

import pytest

from kelurahan_client.domain.complaint import Channel, Classification, Priority, Status
from tests.together.desk_at_work import at_the_centre, held_by_the_centre, without
from tools.broken_network import Fault

FULL = {
    "classification": Classification.ASPIRATION,
    "channel": Channel.PHONE,
    "event_date": date(2026, 7, 30),
    "reporter_name": "Hj. Siti Rahmah",
    "reporter_sex": "P",
    "reporter_nik": "6371044508850002",
    "reporter_phone": "0812-5114-4471",
    "reporter_address": "Jl. Alalak Selatan, Gg. Karya Baru No. 4",
    "rt": "012",
    "rw": "003",
    "resident": False,
    "anonymous": True,
    "confidential": True,
    "title": "Titian “Gg. Rahmat” patah — dua papan hilang",
    "statement": "Baris satu.\nBaris dua: 100 % aman? Kadada! é ñ 漢 🚧 \\ ' \" ; --",
    "category": "JEMBATAN",
    "agency": "PUPR",
    "note": "Sudah ditinjau Ketua RT.",
    "location": "Muka Langgar Al-Jihad",
    "priority": Priority.URGENT,
}
CHANGED_BY_SENDING = ("sync_state", "rev", "server_received_at")


def test_every_field_arrives_at_the_centre_and_at_the_other_desk(shared_central, make_desk, office):
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    made = [one.register(), one.register(**FULL), one.register(reporter_name="", anonymous=True, confidential=None)]
    before = one.listed()
    outcome = one.exchange()
    assert (outcome.sent, outcome.applied, outcome.received, outcome.round_trips) == (3, 3, 0, 1)
    assert two.exchange().received == 3
    assert one.listed() == two.listed() == at_the_centre(shared_central, office)
    assert without(one.listed(), *CHANGED_BY_SENDING) == without(before, *CHANGED_BY_SENDING)
    assert set(before) == {complaint.id for complaint in made}
    for line in one.listed().values():
        assert (line["rev"], line["sync_state"]) == (1, "acknowledged")
        assert line["server_received_at"] is not None


def test_the_centre_masks_identities_unless_told_otherwise(shared_central, make_desk, office):
    desk = make_desk(shared_central, office)
    desk.register(**FULL)
    desk.exchange()
    shown = shared_central.cli("complaints", "--office", office).stdout
    assert FULL["reporter_nik"] not in shown
    assert "5114" not in shown


def test_another_office_sees_nothing(shared_central, make_desk, offices):
    desk, stranger = make_desk(shared_central, next(offices)), make_desk(shared_central, next(offices))
    desk.register()
    desk.exchange()
    assert stranger.exchange().received == 0
    assert stranger.listed() == {}


def test_the_office_where_it_happened_sees_it_until_it_turns_out_to_be_elsewhere(shared_central, make_desk, offices):
    recorder, place, other_place = next(offices), next(offices), next(offices)
    desk, there, elsewhere = (make_desk(shared_central, office) for office in (recorder, place, other_place))
    complaint = desk.register(location_office=place)
    desk.follow_up(complaint.id, "Ditelepon")
    desk.exchange()
    there.exchange()
    assert there.listed() == desk.listed()
    assert there.told(complaint.id, "follow_up") == {"Ditelepon"}
    assert elsewhere.exchange().received == 0

    there.follow_up(complaint.id, "Didatangi")
    assert there.exchange().applied == 1
    desk.exchange()
    assert desk.told(complaint.id, "follow_up") == {"Ditelepon", "Didatangi"}

    desk.edit(complaint.id, location_office=other_place)
    desk.exchange()
    there.exchange()
    assert there.listed() == {}
    elsewhere.exchange()
    assert elsewhere.listed() == desk.listed() == held(shared_central, recorder)
    assert elsewhere.told(complaint.id, "follow_up") == {"Ditelepon", "Didatangi"}

    desk.edit(complaint.id, location_office=place)
    desk.exchange()
    there.exchange()
    elsewhere.exchange()
    assert there.listed() == desk.listed()
    assert elsewhere.listed() == {}


def held(central, office):
    return {id_: line | {"sync_state": "acknowledged"} for id_, line in held_by_the_centre(central, office).items()}


def test_work_of_an_office_that_no_longer_sees_a_complaint_still_counts(shared_central, make_desk, offices):
    recorder, place = next(offices), next(offices)
    desk, there = make_desk(shared_central, recorder), make_desk(shared_central, place)
    complaint = desk.register(location_office=place)
    desk.exchange()
    there.exchange()
    desk.edit(complaint.id, location_office="")
    desk.exchange()
    there.follow_up(complaint.id, "Sudah didatangi")
    outcome = there.exchange()
    assert (outcome.sent, outcome.rejected) == (1, 0)
    assert there.listed() == {}
    desk.exchange()
    assert desk.told(complaint.id, "follow_up") == {"Sudah didatangi"}


def test_a_complaint_that_leaves_while_somebody_writes_on_it(shared_central, make_desk, offices, network):
    recorder, place = next(offices), next(offices)
    desk, there = make_desk(shared_central, recorder), make_desk(shared_central, place, network=network)
    complaint = desk.register(location_office=place)
    desk.exchange()
    there.exchange()
    desk.edit(complaint.id, location_office="")
    desk.exchange()
    network.plan(Fault(meanwhile=lambda: there.edit(complaint.id, note="Sudah didatangi")))
    there.exchange()  # the reply says that it is gone; the note was written before that was heard
    assert there.exchange().rejected == 0
    assert there.listed() == {}
    assert there.exchange().received == 0
    desk.exchange()
    assert desk.complaint(complaint.id).note == "Sudah didatangi"


def test_nothing_happens_when_nothing_has_changed(shared_central, make_desk, office):
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    complaint = one.register(**FULL)
    one.follow_up(complaint.id, "Ditelepon")
    one.step(complaint.id, Status.VERIFIED)
    one.exchange()
    two.exchange()
    two.edit(complaint.id, location="Simpang tiga")
    two.exchange()
    for desk in (one, two):
        desk.exchange()
        before, centre = desk.dump(), held_by_the_centre(shared_central, office)
        outcome = desk.exchange()
        assert (outcome.sent, outcome.received, outcome.round_trips) == (0, 0, 1)
        assert desk.dump() == before
        assert held_by_the_centre(shared_central, office) == centre


def test_an_idle_exchange_is_small_both_ways(shared_central, make_desk, office):
    desk = make_desk(shared_central, office)
    desk.register()
    desk.exchange()
    outcome = desk.exchange()
    assert outcome.bytes_sent < 574  # what the smallest of the peers needs for nothing
    assert outcome.bytes_received < 574


@pytest.mark.parametrize("end", [Status.RESOLVED, Status.CLOSED])
def test_what_one_desk_has_ended_another_may_open_again(shared_central, make_desk, office, end):
    one, two, late = (make_desk(shared_central, office, letter) for letter in "ABC")
    complaint = one.register()
    one.exchange()
    two.exchange()
    for step in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED, *([end] if end is Status.CLOSED else [])):
        one.step(complaint.id, step)
    one.exchange()
    two.exchange()
    late.exchange()  # never saw it before its end
    for desk in (two, late):
        assert desk.complaint(complaint.id).status is end
    assert two.step(complaint.id, Status.IN_PROGRESS, "Rusak lagi.").status is Status.IN_PROGRESS
    assert late.step(complaint.id, Status.IN_PROGRESS, "Rusak lagi.").status is Status.IN_PROGRESS
    two.exchange()
    late.exchange()
    one.exchange()
    two.exchange()
    assert one.complaint(complaint.id).status is Status.IN_PROGRESS
    assert one.listed() == two.listed() == late.listed()
