"""The centre goes on from yesterday's backup: every word that it signed for is back after each desk's next exchange."""

from sqlalchemy import update

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import notices
from kelurahan_client.store import outbox, tables
from tests.together.photos import attach, photo
from tests.together.restored_city import ON_BOTH

pytestmark = ON_BOTH


def long_ago(desk):
    """The centre's answers are more than 90 days old."""
    with desk.desk.store.write() as transaction:
        transaction.connection.execute(update(tables.outbox).values(answered_at="2025-01-01T00:00:00Z"))


def a_day_of_work(one, two):
    """Two desks of an office that work on each other's complaints after the backup; those of before are given back."""
    made = one.register(title="Sesudah cadangan, loket A")
    one.exchange()
    two.exchange()
    two.follow_up(made.id, "Loket B menelepon")
    two.edit(made.id, note="Dari B", location="Muka pos ronda")
    two.register(title="Sesudah cadangan, loket B")
    two.exchange()
    one.exchange()
    one.step(made.id, Status.VERIFIED, "Sudah dilihat")
    one.edit(made.id, title="Judul yang kedua")
    one.edit(made.id, title="Judul yang ketiga")
    one.exchange()
    two.exchange()
    return made


def test_every_word_is_back_after_each_desks_next_exchange_in_any_order(city):
    one, two = city.desk("A"), city.desk("B")
    old = one.register(title="Sebelum cadangan")
    one.exchange()
    two.exchange()
    saved = city.backup()
    made = a_day_of_work(one, two)
    two.edit(old.id, title="Sebelum cadangan, diubah B")
    two.exchange()
    one.exchange()
    one.edit(made.id, title="Diubah waktu luring")
    fresh = one.register(title="Baru waktu luring")
    for order in ((one, two), (two, one)):  # the second time nothing is unsent any more
        city.restore(saved)
        assert (set(city.held()), city.told()) == ({old.id}, set())
        for desk in order:
            outcome = desk.exchange()
            assert (outcome.rejected, outcome.conflicts) == (0, 0)
        city.agree()
        assert len(city.held()) == 4
        if order[0] is one:
            before, told = city.held(), city.told()
    assert (city.held(), city.told()) == (before, told)
    assert before[old.id]["title"] == "Sebelum cadangan, diubah B"
    line = before[made.id]
    assert (line["title"], line["note"], line["status"]) == ("Diubah waktu luring", "Dari B", "verified")
    assert {text or note for _id, _type, _parent, text, note, _to, _actor in told} == {
        "Loket B menelepon",
        "Sudah dilihat",
    }
    assert fresh.id in before
    for desk in city.desks:
        assert desk.conflicts() == []
        texts = [notice.text for notice in notices.newest(desk.desk)]
        assert [text[:28] for text in texts] == ["Server kota dipulihkan dari "] * 2
    assert one.register().reference not in {line["reference"] for line in before.values()}


def test_what_a_colleague_gave_back_is_newer_than_what_its_author_remembers(city):
    one, two = city.desk("A"), city.desk("B")
    saved = city.backup()
    made = one.register()
    one.exchange()
    two.exchange()
    two.edit(made.id, note="Dari B")
    two.exchange()
    city.restore(saved)
    two.exchange()
    city.agree()
    assert city.held()[made.id]["note"] == "Dari B"


def test_a_desk_with_two_pasts_gives_back_both(city):
    desk = city.desk()
    old = desk.register(title="Masa pertama")
    desk.exchange()
    saved = city.backup()
    folder = city.copies.saved(desk)
    first = desk.register(title="Masa pertama, sesudah cadangan")
    desk.exchange()
    city.copies.put_back(desk, folder)
    desk.exchange()  # begins its second past
    desk.follow_up(first.id, "Dari masa kedua")
    second = desk.register(title="Masa kedua")
    desk.exchange()
    centre, told = city.held(), city.told()
    assert set(centre) == {old.id, first.id, second.id}
    city.restore(saved)
    city.desk("B").exchange()
    assert set(city.held()) == {old.id}
    desk.exchange()
    assert (city.held(), city.told()) == (centre, told)
    city.agree()


def test_the_words_of_a_computer_that_is_gone_come_back_from_its_colleague(city):
    one, two = city.desk("A"), city.desk("B")
    old = one.register(title="Sebelum cadangan")
    one.exchange()
    two.exchange()
    saved, folder = city.backup(), city.copies.saved(two)
    lost = two.register(title="Dari komputer yang rusak", note="Catatan B")
    two.follow_up(lost.id, "B menelepon")
    two.step(lost.id, Status.VERIFIED, "Dilihat B")
    two.edit(lost.id, title="Judul B yang kedua")
    two.follow_up(old.id, "B menelepon lagi")
    two.step(old.id, Status.VERIFIED, "Dilihat B juga")
    two.exchange()
    one.exchange()
    one.follow_up(lost.id, "A menjawab")
    one.exchange()
    two.exchange()
    later = city.copies.saved(two)
    before, told = city.held(), city.told()
    city.restore(saved)
    city.copies.put_back(two, folder)  # and nobody ever sees the day's work of this computer again
    outcome = one.exchange()
    assert (outcome.rejected, outcome.conflicts) == (0, 0)
    assert (city.held(), city.told()) == (before, told)
    city.agree()
    assert (city.held(), city.told()) == (before, told)
    city.copies.put_back(two, later)  # but for one who finds its disk
    assert two.exchange().rejected == 0
    city.agree()
    assert (city.held(), city.told()) == (before, told)
    assert one.conflicts() == []


def test_what_a_desk_only_sees_comes_back_from_it_too(city):
    """Recorded at another office, happened here, and the computer that recorded it is gone until the very end."""
    theirs, ours = city.desk("A"), city.desk("A", city.elsewhere)
    theirs.exchange()
    ours.exchange()
    saved, folder = city.backup(), city.copies.saved(theirs)
    lost = theirs.register(title="Dari kelurahan lain", location_office=city.elsewhere)
    theirs.follow_up(lost.id, "Diteruskan ke sana")
    file = attach(theirs, lost, photo(700, 1))
    theirs.exchange()
    ours.exchange()
    ours.step(lost.id, Status.VERIFIED, "Sudah dilihat di sini")
    ours.exchange()
    theirs.edit(lost.id, title="Judul yang kedua")
    theirs.exchange()
    ours.exchange()
    later = city.copies.saved(theirs)
    before, told = city.held(), city.told()
    city.restore(saved)
    city.copies.put_back(theirs, folder)
    outcome = ours.exchange()
    assert (outcome.rejected, outcome.conflicts) == (0, 0)
    assert (city.held(), city.told()) == (before, told)
    assert file.id in {id_ for id_, *_ in told}
    city.agree()
    city.copies.put_back(theirs, later)
    assert theirs.exchange().rejected == 0
    city.agree()
    assert (city.held(), city.told()) == (before, told)
    assert theirs.conflicts() == ours.conflicts() == []


def test_a_backup_that_is_restored_twice_loses_nothing_of_the_days_between(city):
    one, two = city.desk("A"), city.desk("B")
    old = one.register(title="Sebelum cadangan")
    one.exchange()
    two.exchange()
    saved, folder = city.backup(), city.copies.saved(two)
    city.restore(saved)
    city.agree()
    lost = two.register(title="Dari komputer yang rusak")
    two.follow_up(lost.id, "B menelepon")
    two.edit(old.id, note="Dari B")
    two.exchange()
    one.exchange()
    before, told = city.held(), city.told()
    city.restore(saved, days=1)
    city.copies.put_back(two, folder)
    assert one.exchange().rejected == 0
    assert (set(city.held()), city.told()) == (set(before), told)
    city.agree()
    assert set(city.held()) == set(before)


def test_a_restored_centre_takes_a_copy_of_a_desk_first(city):
    one = city.desk("A")
    one.register(title="Bersama")
    one.exchange()
    saved = city.backup()
    two = city.copies.second_computer(one)
    first = [one.register(title=f"Satu {number}") for number in range(3)]
    one.exchange()
    city.desks.append(two)
    city.restore(saved)
    second = two.register(title="Dua")
    two.exchange()
    assert one.exchange().rejected == 0
    city.desks.remove(two)
    city.agree()
    assert {complaint.id for complaint in (*first, second)} <= set(city.held())
    assert two.exchange().rejected == 0
    assert set(two.listed()) == set(one.listed())


def test_only_what_a_backup_holds_is_ever_forgotten(city):
    desk = city.desk()
    kept = [desk.register(title=f"Lama {number}") for number in range(4)]
    desk.exchange()

    def numbers():
        with desk.desk.store.read() as transaction:
            end = outbox.tail(transaction)
            return sorted(outbox.by_numbers(transaction, end.epoch, 0, 1000))

    long_ago(desk)
    desk.exchange()
    assert numbers() == [1, 2, 3, 4]
    saved = city.backup()
    desk.exchange()
    assert numbers() == [3, 4]  # the last ones carry the chain
    assert desk.problems() == []
    late = desk.register(title="Baru")
    desk.exchange()
    assert numbers() == [3, 4, 5]
    city.restore(saved)
    desk.exchange()
    assert set(city.held()) == {complaint.id for complaint in (*kept, late)}
    city.agree()


def test_a_backup_older_than_the_last_verified_one_brings_back_what_is_kept(city):
    desk = city.desk()
    old = city.backup()
    forgotten = [desk.register(title=f"Lama {number}") for number in range(3)]
    desk.exchange()
    city.backup()
    long_ago(desk)
    desk.exchange()
    late = desk.register(title="Baru")
    desk.exchange()
    city.restore(old)
    assert desk.exchange().rejected == 0
    assert late.id in city.held()
    assert {complaint.id for complaint in forgotten} <= set(city.held()) == set(desk.listed())
    assert desk.problems() == []
    assert desk.register().reference not in {complaint.reference for complaint in (*forgotten, late)}
    assert desk.exchange().applied == 1


def test_the_edit_of_a_computer_that_is_gone_is_given_back(city):
    gone, left = city.desk("A"), city.desk("B")
    made = gone.register(title="Sebelum cadangan")
    gone.exchange()
    left.exchange()
    saved = city.backup()
    gone.edit(made.id, title="Sesudah cadangan", location_office=city.elsewhere, anonymous=True)
    gone.exchange()
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    left.exchange()
    held = city.held()[made.id]
    assert (held["title"], held["location_office"], held["anonymous"]) == ("Sesudah cadangan", city.elsewhere, True)
    assert left.complaint(made.id).title == "Sesudah cadangan"
    city.agree()
    assert left.conflicts() == []


def test_a_new_computer_gives_no_number_again_that_only_a_colleague_knows(city):
    gone, left = city.desk("A"), city.desk("B")
    gone.register(title="Sebelum cadangan")
    gone.exchange()
    saved = city.backup()
    lost = gone.register(title="Sesudah cadangan")
    gone.exchange()
    left.exchange()
    city.restore(saved)
    city.withdraw(gone, "A")
    new = city.desk("A")
    made = new.register(title="Di komputer baru")
    new.exchange()
    left.exchange()
    city.agree()
    assert {lost.id, made.id} < set(city.held())
    assert len({line["reference"] for line in city.held().values()}) == 3


def test_words_on_a_complaint_whose_coming_was_lost_wait_and_are_taken(city):
    """It was moved here after the backup, and who moved it has yet to come: nobody here is told that it is foreign."""
    theirs, ours = city.desk("A"), city.desk("A", city.elsewhere)
    moved = theirs.register(title="Sebelum pindah")
    theirs.exchange()
    ours.exchange()
    saved = city.backup()
    theirs.edit(moved.id, location_office=city.elsewhere)
    theirs.exchange()
    ours.exchange()
    ours.edit(moved.id, title="Diubah di sini")
    ours.follow_up(moved.id, "Dicatat di sini")
    city.restore(saved)
    assert ours.exchange().rejected == 0
    assert city.held()[moved.id]["title"] == "Diubah di sini"
    assert "Dicatat di sini" in {text for _id, _type, _parent, text, *_more in city.told()}
    assert theirs.exchange().rejected == 0
    city.agree()
    assert ours.complaint(moved.id).title == "Diubah di sini"
