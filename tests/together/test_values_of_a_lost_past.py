"""A restored centre has an older value, and who wrote the newer one is gone: a colleague gives it back."""

import pytest

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import attachments
from kelurahan_client.store import outbox
from sync.protocol import Op, RecordType
from tests.together.centre_commands import centre_command
from tests.together.laws import the_same_is_held


def title(city):
    (line,) = city.held().values()
    return line["title"]


def submitted(city, complaint):
    """Every title that the centre knows to have been written."""
    said = city.central.centre.store
    with said.reading() as session:
        return {one["value"] for one in session.past.of_reference(complaint.reference) if one["field"] == "title"}


@pytest.fixture
def known(city):
    """A complaint that the backup has, with desks A and B."""
    one, two = city.desk("A"), city.desk("B")
    made = one.register(title="Sebelum cadangan")
    one.exchange()
    two.exchange()
    return made, one, two, city.backup()


def test_nothing_is_given_back_before_everybody_has_come(city, known):
    made, owner, left, saved = known
    owner.edit(made.id, title="Satu")
    owner.edit(made.id, title="Dua")
    owner.exchange()
    left.exchange()
    city.restore(saved)
    left.exchange()
    assert title(city) == "Sebelum cadangan"
    outcome = owner.exchange()
    assert (outcome.sent, outcome.conflicts) == (2, 0)
    assert left.exchange().sent == 0
    assert title(city) == left.complaint(made.id).title == "Dua"
    city.agree()
    assert left.conflicts() == []


def test_what_somebody_wrote_meanwhile_and_what_is_given_back_are_two_sides(city, known):
    made, gone, left, saved = known
    gone.edit(made.id, title="Sesudah cadangan")
    gone.exchange()
    left.exchange()
    city.restore(saved)
    left.exchange()
    left.edit(made.id, title="Dari yang tinggal")
    left.exchange()
    city.withdraw(gone, "A")
    assert left.exchange().conflicts == 1
    (question,) = left.conflicts()
    assert {side["value"] for side in question.body["sides"]} == {"Sesudah cadangan", "Dari yang tinggal"}
    assert left.exchange().sent == 0
    assert title(city) == left.complaint(made.id).title == "Dari yang tinggal"


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_memories_the_later_stands(city, known, first):
    made, gone, early, _ = known
    late = city.desk("C")
    late.exchange()
    saved = city.backup()
    gone.edit(made.id, title="Satu")
    gone.exchange()
    early.exchange()
    gone.edit(made.id, title="Dua")
    gone.exchange()
    late.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    early.exchange()
    late.exchange()
    for desk in (early, late, early, late)[first:]:
        desk.exchange()
    assert title(city) == "Dua"
    assert {"Satu", "Dua"} <= submitted(city, made)
    city.agree()
    assert early.conflicts() == late.conflicts() == []


def test_an_older_memory_than_the_backup_changes_nothing(city):
    gone, left = city.desk("A"), city.desk("B")
    made = gone.register(title="Satu")
    gone.exchange()
    left.exchange()
    gone.edit(made.id, title="Dua")
    gone.exchange()
    city.restore(city.backup())
    city.withdraw(gone, "A")
    left.exchange()
    assert title(city) == left.complaint(made.id).title == "Dua"
    city.agree()


def test_an_edit_of_what_this_desk_recorded_itself_is_given_back(city):
    owner, gone = city.desk("A"), city.desk("B")
    saved = city.backup()
    made = owner.register(title="Satu")
    owner.exchange()
    gone.exchange()
    gone.edit(made.id, title="Dua")
    gone.exchange()
    owner.exchange()
    city.restore(saved)
    city.withdraw(gone, "B")
    owner.exchange()
    assert title(city) == owner.complaint(made.id).title == "Dua"
    city.agree()
    assert owner.conflicts() == []


def test_a_centre_that_is_restored_twice_is_given_both(city, known):
    made, gone, left, saved = known
    gone.edit(made.id, title="Sesudah cadangan")
    gone.exchange()
    left.exchange()
    city.restore(saved)
    left.exchange()  # the other is still awaited
    left.edit(made.id, location="Jl. Kuin 7")
    left.exchange()
    city.restore(saved, days=1)
    city.withdraw(gone, "A")
    left.exchange()
    held = city.held()[made.id]
    assert (held["title"], held["location"]) == ("Sesudah cadangan", "Jl. Kuin 7")
    city.agree()
    assert left.conflicts() == []


def test_a_desk_that_is_put_back_gives_no_old_value_back(city, known):
    made, one, two, saved = known
    city.restore(saved)
    for desk in (one, two):
        desk.exchange()
    folder = city.copies.saved(one)
    two.edit(made.id, title="Dua")
    two.exchange()
    one.register(title="Lain")
    one.exchange()
    city.copies.put_back(one, folder)
    one.exchange()
    assert city.held()[made.id]["title"] == one.complaint(made.id).title == "Dua"
    city.agree()
    assert one.conflicts() == two.conflicts() == []


@pytest.mark.parametrize("of_ones_own", ["follow-up", "file"])
def test_what_a_colleague_added_meanwhile_does_not_hide_what_is_lost(city, known, tmp_path, of_ones_own):
    made, gone, left, saved = known
    gone.edit(made.id, title="Dua")
    gone.exchange()
    left.exchange()
    if of_ones_own == "file":
        (tmp_path / "bukti.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(700))
        attachments.attach(left.desk, made.id, tmp_path / "bukti.png")
    else:
        left.follow_up(made.id, "Sudah ditelepon.")
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    left.exchange()
    assert title(city) == left.complaint(made.id).title == "Dua"
    city.agree()
    assert left.conflicts() == []


def test_one_refused_change_does_not_keep_back_the_story_of_others(city, known):
    made, gone, left, _ = known
    with left.desk.store.write() as transaction:
        outbox.append(transaction, [_too_long(made.id)])
    assert left.exchange().rejected == 1
    saved = city.backup()
    gone.follow_up(made.id, "Sudah ditelepon.")
    gone.step(made.id, Status.VERIFIED, "Sudah dilihat.")
    gone.exchange()
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    left.exchange()
    left.exchange()
    told = {(type_, words or note) for _, type_, _, words, note, _, _ in city.told()}
    assert told >= {("follow_up", "Sudah ditelepon."), ("status_step", "Sudah dilihat.")}
    assert city.held()[made.id]["status"] == left.complaint(made.id).status == Status.VERIFIED
    the_same_is_held(city.central.centre, left.desk)


def _too_long(complaint_id):
    return outbox.Pending(
        op=Op.PATCH,
        type=RecordType.COMPLAINT,
        id=complaint_id,
        complaint_id=complaint_id,
        set={"note": "x" * 40_000},
        was={"note": ""},
        base_rev=1,
        actor="Petugas B",
        device_time="2026-08-03T02:32:11Z",
    )


def test_a_centre_that_forgot_cursors_before_its_backup_is_told_only_what_it_lacks(city):
    one, two = city.desk("A"), city.desk("B")
    made = one.register(title="Sebelum cadangan")
    away = one.register(location_office=city.elsewhere)
    one.follow_up(made.id, "Sudah ditelepon.")
    one.exchange()
    one.edit(away.id, location_office="")  # something that a prune forgets
    one.exchange()
    two.exchange()
    centre_command(city.central, "prune", "--days", "0")
    one.exchange()
    saved = city.backup()
    one.follow_up(made.id, "Ditelepon lagi.")
    one.exchange()
    two.exchange()
    city.restore(saved)
    city.withdraw(one, "A")
    assert two.exchange().sent == 1
    assert two.exchange().sent == 0
    assert {words for _, type_, _, words, *_ in city.told() if type_ == "follow_up"} == {
        "Sudah ditelepon.", "Ditelepon lagi."
    }  # fmt: skip
    city.agree()


def test_what_a_colleague_wrote_over_is_in_the_history(city, known):
    """With what the backup has, before hearing of the restore: an edit that changes nothing there."""
    made, gone, left, saved = known
    gone.edit(made.id, title="Satu")
    gone.exchange()
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    left.edit(made.id, title="Sebelum cadangan")
    assert left.exchange().conflicts == 0
    assert title(city) == left.complaint(made.id).title == "Sebelum cadangan"
    with city.central.centre.store.reading() as session:
        past = session.past.of_reference(made.reference)
    assert [(one["was"], one["actor"]) for one in past if one["field"] == "title"] == [("Satu", "Petugas B")]
    city.agree()


def test_of_two_values_that_come_back_in_one_request_the_later_stands(city):
    """Each of two pasts of the centre was lost with a newer value, and the desk that saw both tells them together."""
    gone, left, awaited = city.desk("A"), city.desk("B"), city.desk("C")
    made = gone.register(title="Sebelum cadangan")
    gone.exchange()
    left.exchange()
    saved = city.backup()
    for days, said in enumerate(("Satu", "Dua")):
        gone.edit(made.id, title=said)
        gone.exchange()
        left.exchange()
        city.restore(saved, days=days)
        left.exchange()
    for desk, letter in ((gone, "A"), (awaited, "C")):
        city.withdraw(desk, letter)
    assert left.exchange().conflicts == 0
    assert title(city) == left.complaint(made.id).title == "Dua"
    assert {"Satu", "Dua"} <= submitted(city, made)
    city.agree()
    assert left.conflicts() == []
