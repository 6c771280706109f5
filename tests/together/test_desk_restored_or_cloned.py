"""A desk's data are put back from a backup, or copied to a second computer: both are noticed, and nothing is lost."""

import pytest

from kelurahan_client.domain.complaint import Status
from kelurahan_client.domain.reference_number import parse
from kelurahan_client.errors import ExchangeError, InputError
from kelurahan_client.services import handling, notices
from kelurahan_client.store import outbox
from tests.together.desk_at_work import held_by_the_centre, without
from tools.broken_network import LOST_REPLY


def agree(central, office, *desks):
    """All hold what the centre holds, nothing waits, and a further exchange changes nothing."""
    for desk in (*desks, *desks):
        assert desk.exchange().rejected == 0
    for desk in desks:
        assert desk.problems() == []
        assert desk.outbox("waiting") == []
        assert without(desk.listed(), "sync_state") == held_by_the_centre(central, office)
        assert {line["sync_state"] for line in desk.listed().values()} <= {"acknowledged", "conflict"}
        before = desk.dump()
        outcome = desk.exchange()
        assert (outcome.sent, outcome.received, outcome.round_trips) == (0, 0, 1)
        assert desk.dump() == before


def epoch_of(desk):
    with desk.desk.store.read() as transaction:
        return outbox.tail(transaction).epoch


def told(desk):
    return [notice.text for notice in notices.newest(desk.desk)]


def test_two_computers_with_the_same_data_lose_nothing_of_either(shared_central, make_desk, copies, office):
    one = make_desk(shared_central, office)
    known = one.register(title="Dari sebelum disalin")
    one.exchange()
    two = copies.second_computer(one)
    before = epoch_of(one)
    first, second = one.register(title="Di komputer satu"), two.register(title="Di komputer dua")
    one.follow_up(known.id, "Dari komputer satu")
    two.follow_up(known.id, "Dari komputer dua")
    two.step(second.id, Status.VERIFIED)
    assert first.reference == second.reference
    assert one.exchange().applied == 2
    outcome = two.exchange()
    assert (outcome.applied, outcome.rejected, outcome.conflicts) == (3, 0, 0)
    assert (epoch_of(one), epoch_of(two) == before) == (before, False)
    agree(shared_central, office, one, two)
    assert set(one.listed()) == {known.id, first.id, second.id}
    for desk in (one, two):
        assert desk.told(known.id, "follow_up") == {"Dari komputer satu", "Dari komputer dua"}
        assert desk.complaint(second.id).status is Status.VERIFIED
        for complaint in (first, second):
            (notice,) = desk.told(complaint.id, "notice")
            assert notice.startswith(f"Nomor {first.reference} dipakai 2 pengaduan")
        assert any(text.startswith("Data loket A dipulihkan dari cadangan atau disalin") for text in told(desk))
        with pytest.raises(InputError, match=first.id):
            handling.find(desk.desk, first.reference)
        assert handling.find(desk.desk, second.id).title == "Di komputer dua"
    assert not any("dua komputer" in text for text in told(one))
    later = [one.register().reference, two.register().reference]  # both at once again, but each knows of the other
    one.exchange()
    two.exchange()
    assert {parse(number).counter for number in later} == {3}
    agree(shared_central, office, one, two)
    assert any("dipakai di dua komputer" in text for text in told(two))
    assert one.listed() == two.listed()


def test_a_copy_that_only_listens_begins_a_past_of_its_own(shared_central, make_desk, copies, office):
    one = make_desk(shared_central, office)
    one.register()
    two = copies.second_computer(one)
    mine = one.register()
    one.exchange()
    two.exchange()
    assert epoch_of(one) != epoch_of(two)
    assert set(two.listed()) == set(one.listed())
    fresh = two.register()
    assert parse(fresh.reference).counter == parse(mine.reference).counter + 1
    agree(shared_central, office, two, one)


def test_edits_of_both_copies_survive(shared_central, make_desk, copies, office):
    one = make_desk(shared_central, office)
    known = one.register(title="Semula")
    one.exchange()
    two = copies.second_computer(one)
    one.edit(known.id, title="Judul satu", note="Catatan satu")
    two.edit(known.id, title="Judul dua", location="Muka langgar")
    two.edit(known.id, title="Judul dua lagi")
    one.exchange()
    outcome = two.exchange()
    assert (outcome.rejected, outcome.conflicts) == (0, 2)
    agree(shared_central, office, one, two)
    complaint = one.complaint(known.id)
    assert (complaint.title, complaint.note, complaint.location) == ("Judul satu", "Catatan satu", "Muka langgar")
    (conflict,) = one.conflicts(known.id)
    assert [side["value"] for side in conflict.body["sides"]] == ["Judul satu", "Judul dua lagi"]


def test_a_desk_that_was_put_back_gets_everything_again_and_gives_no_number_twice(
    shared_central, make_desk, copies, office
):
    desk = make_desk(shared_central, office)
    old = desk.register(title="Sebelum cadangan")
    desk.exchange()
    backup = copies.saved(desk)
    lost = [desk.register(title=f"Sesudah cadangan {number}") for number in range(3)]
    desk.edit(old.id, title="Diubah sesudah cadangan")
    desk.step(old.id, Status.VERIFIED)
    desk.exchange()
    centre = held_by_the_centre(shared_central, office)
    copies.put_back(desk, backup)
    outcome = desk.exchange()
    assert (outcome.sent, outcome.rejected) == (0, 0)
    assert held_by_the_centre(shared_central, office) == centre
    agree(shared_central, office, desk)
    assert desk.complaint(old.id).title == "Diubah sesudah cadangan"
    assert any("dipulihkan dari cadangan" in text for text in told(desk))
    assert desk.register().reference not in {complaint.reference for complaint in lost}
    agree(shared_central, office, desk)
    assert not any("dua komputer" in text for text in told(desk))


def test_work_that_was_unsent_in_the_backup_counts_once(shared_central, make_desk, copies, office, network):
    desk, colleague = make_desk(shared_central, office, "A", network), make_desk(shared_central, office, "B")
    known = desk.register(title="Semula")
    desk.exchange()
    desk.edit(known.id, title="Pertama")
    desk.edit(known.id, title="Kedua")
    desk.follow_up(known.id, "Sebelum cadangan")
    network.plan(LOST_REPLY)
    with pytest.raises(ExchangeError):
        desk.exchange()
    backup = copies.saved(desk)
    desk.register(title="Di kehidupan yang hilang")
    desk.exchange()
    colleague.exchange()
    colleague.edit(known.id, title="Ketiga, dari B")
    colleague.exchange()
    copies.put_back(desk, backup)
    new = desk.register(title="Di kehidupan yang baru")
    desk.edit(known.id, note="Juga baru")
    outcome = desk.exchange()
    assert (outcome.rejected, outcome.conflicts) == (0, 0)
    agree(shared_central, office, desk, colleague)
    assert len(desk.listed()) == 3
    assert desk.told(known.id, "follow_up") == {"Sebelum cadangan"}
    assert (desk.complaint(known.id).title, desk.complaint(known.id).note) == ("Ketiga, dari B", "Juga baru")
    assert desk.conflicts() == []
    assert desk.complaint(new.id).title == "Di kehidupan yang baru"


def test_many_unsent_entries_of_a_copy_find_the_place_where_they_part(
    shared_central, make_desk, copies, office, network
):
    desk = make_desk(shared_central, office, "A", network)
    common = [desk.register(title=f"Bersama {number}") for number in range(40)]
    network.plan(LOST_REPLY)
    with pytest.raises(ExchangeError):
        desk.exchange()
    backup = copies.saved(desk)
    theirs = [desk.register(title=f"Hilang {number}") for number in range(5)]
    desk.exchange()
    copies.put_back(desk, backup)
    mine = [desk.register(title=f"Baru {number}") for number in range(30)]
    assert desk.exchange().rejected == 0
    agree(shared_central, office, desk)
    assert set(desk.listed()) == {complaint.id for complaint in (*common, *theirs, *mine)}


def test_a_token_from_the_backup_does_not_lock_the_desk_out(shared_central, make_desk, copies, office):
    desk = make_desk(shared_central, office)
    backup = copies.saved(desk)
    shared_central.sql("UPDATE token SET issued_at = '2026-01-01T00:00:00Z'")
    made = desk.register()
    desk.exchange()  # brings a new token
    desk.exchange()  # and this ends the old one
    copies.put_back(desk, backup)
    desk.register()
    assert desk.exchange().rejected == 0
    agree(shared_central, office, desk)
    assert made.id in desk.listed()


def test_a_desk_may_be_put_back_again_and_again(shared_central, make_desk, copies, office):
    desk, colleague = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    made = []
    backup = copies.saved(desk)
    for number in range(3):
        made.append(desk.register(title=f"Kehidupan {number}").id)
        desk.exchange()
        copies.put_back(desk, backup)
        made.append(desk.register(title=f"Sesudah {number}").id)
        desk.exchange()
        colleague.exchange()
        if number == 1:
            backup = copies.saved(desk)
    agree(shared_central, office, desk, colleague)
    assert set(desk.listed()) == set(made)
    assert len(made) == 6
