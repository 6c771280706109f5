"""Sticks that come too early, or from a past that one side does not share: held, shown, and nothing is lost."""

import itertools
import json
import os

import pytest

import resources
from central_server import backup
from central_server.centre import system_clock
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import OutdatedBundle
from kelurahan_client.services import notices
from sync import sending
from sync.digest import state_hash
from sync.protocol import ErrorNumber
from sync.reconciling import desk_state_hash
from tests.conftest import DATABASES
from tests.together import photos
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import held_by_the_centre, without
from tests.together.sticks import home

ON_BOTH = pytest.mark.parametrize("shared_central", DATABASES, indirect=True)


@pytest.fixture(scope="module")
def shared_central(request, central_factory):
    made = central_factory(getattr(request, "param", "sqlite"))
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def offices(shared_central):
    return iter(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture
def restored(shared_central, central_factory, tmp_path):
    """Gives a function that backs the centre up, and then one that goes on from that backup elsewhere."""
    made, numbers = [], itertools.count(1)

    def put_aside():
        file = tmp_path / f"kota-{next(numbers)}.backup"
        backup.make(shared_central.centre.store, file, shared_central.centre.now())

        def go_on(*desks):
            central = central_factory("postgresql" if shared_central.database_url else "sqlite")
            made.append(central)
            backup.restore(central.data_dir, central.database_url, file, utc_text(system_clock()), os.urandom)
            central.start()
            for desk in desks:
                desk.url = central.url
            return central

        return go_on

    yield put_aside
    for central in made:
        central.close()


def agree(central, office, *desks):
    for desk in (*desks, *desks):
        assert desk.exchange().rejected == 0
    for desk in desks:
        assert desk.problems() == []
        assert desk.outbox("waiting") == desk.outbox("rejected") == []
        assert without(desk.listed(), "sync_state") == held_by_the_centre(central, office)
        assert desk.exchange().received == 0


def held(central):
    return [json.loads(line) for line in centre_command(central, "bundle", "held").splitlines()]


def titles(central, office):
    return {line["title"] for line in held_by_the_centre(central, office).values()}


@pytest.fixture
def early(shared_central, make_desk, office, sticks, restored):
    """A centre that has lost the first stick of a desk, that stick, and the second one with a photo."""
    desk = make_desk(shared_central, office)
    go_on = restored()
    desk.register(title="Stik pertama")
    first = sticks.from_desk(desk)
    sticks.at_centre(shared_central, first)
    home(desk, sticks.from_centre(shared_central, desk))
    made = desk.register(title="Stik kedua")
    item = photos.attach(desk, made, photos.photo(120_000))
    second = sticks.from_desk(desk)
    return go_on(desk), desk, first, second, item


@ON_BOTH
def test_the_second_stick_waits_for_the_first(early, office, sticks):
    central, desk, first, second, item = early
    said = sticks.at_centre(central, second)
    assert (said["applied"], said["held"], said["refused"], said["files"]) == (0, 1, 1, 1)
    for _ in range(2):  # however often it comes
        (shown,) = held(central)
        assert (shown["office"], shown["desk"], shown["first_n"], shown["last_n"]) == (office, "A", 2, 3)
        assert (shown["number"], shown["bundle"], shown["arrived"]) == (ErrorNumber.GAP, said["bundle"], False)
        assert titles(central, office) == set()
        assert sticks.at_centre(central, second)["held"] == 1
    assert sticks.at_centre(central, first)["applied"] == 1
    assert held(central) == []
    assert titles(central, office) == {"Stik pertama", "Stik kedua"}
    assert photos.at_the_centre(central, item.sha256) == photos.photo(120_000)
    assert centre_command(central, "missing-files") == ""
    agree(central, office, desk)
    assert all(one.at_centre for one in photos.of(desk, desk.complaint(item.complaint_id)).values())


@ON_BOTH
def test_the_network_closes_the_gap(early, office, sticks, monkeypatch):
    central, desk, _first, second, item = early
    sticks.at_centre(central, second)
    monkeypatch.setattr(sending, "MAX_ITEMS", 1)  # so that the first request brings no more than what was missing
    outcome = desk.exchange()
    assert (outcome.applied, outcome.rejected, outcome.blobs_sent) == (3, 0, 0)
    assert held(central) == []
    (rows,) = central.sql(
        "SELECT count(*) AS n FROM mutation WHERE device IN (SELECT id FROM device WHERE office = :office)",
        office=office,
    )
    assert rows["n"] == 3
    assert photos.at_the_centre(central, item.sha256) == photos.photo(120_000)
    agree(central, office, desk)


def test_the_answer_says_what_is_missing_and_the_next_stick_has_it(early, office, sticks):
    central, desk, _first, second, _item = early
    sticks.at_centre(central, second)
    done = home(desk, sticks.from_centre(central, desk))
    assert (done.again, done.pages, done.waiting) == (1, 0, 3)
    third = sticks.from_desk(desk)
    assert sticks.at_centre(central, third)["applied"] == 3
    assert held(central) == []
    for _ in range(3):
        if home(desk, sticks.from_centre(central, desk)).waiting == 0:
            break
        sticks.at_centre(central, sticks.from_desk(desk))
    assert desk.outbox("waiting") == []
    agree(central, office, desk)


def test_what_is_held_is_in_the_backup(early, office, sticks, tmp_path, central_factory):
    central, desk, first, second, _item = early
    sticks.at_centre(central, second)
    file = tmp_path / "tertahan.backup"
    backup.make(central.centre.store, file, central.centre.now())
    again = central_factory("sqlite")
    backup.restore(again.data_dir, None, file, utc_text(system_clock()), os.urandom)
    again.start()
    assert [one["number"] for one in held(again)] == [ErrorNumber.GAP]
    sticks.at_centre(again, first)
    assert (held(again), titles(again, office)) == ([], {"Stik pertama", "Stik kedua"})
    desk.url = again.url
    agree(again, office, desk)
    again.close()


def test_sticks_alone_give_a_restored_centre_everything_back(shared_central, make_desk, office, sticks, restored):
    desk, gone = make_desk(shared_central, office), make_desk(shared_central, office, "B")
    go_on = restored()
    theirs = gone.register(title="Dari komputer yang rusak")
    gone.follow_up(theirs.id, "Catatan yang juga hilang")
    gone.exchange()
    mine = desk.register(title="Sudah dijawab server kota")
    sticks.round_trip(shared_central, desk)
    assert theirs.id in desk.listed()
    central = go_on(desk)
    for _ in range(6):
        if sticks.round_trip(central, desk).waiting == 0 and len(titles(central, office)) == 2:
            break
    assert set(held_by_the_centre(central, office)) == {mine.id, theirs.id}
    agree(central, office, desk)
    assert desk.told(theirs.id, "follow_up") == {"Catatan yang juga hilang"}


def test_what_a_restored_centre_tells_first_is_signed_for(shared_central, make_desk, office, offices, sticks, restored):
    """A desk of another office holds what the centre holds, by the hash that a comparison would use."""
    other = next(offices)
    desk, reader = make_desk(shared_central, office), make_desk(shared_central, other)
    made = desk.register(location_office=other)
    desk.follow_up(made.id, "Sebelum cadangan")
    desk.exchange()
    reader.exchange()
    central = restored()(desk, reader)
    desk.follow_up(made.id, "Sesudah pemulihan")
    sticks.round_trip(central, desk)
    for one in (reader, desk):
        one.exchange()
        with central.centre.store.reading() as session:
            assert desk_state_hash(one.desk) == state_hash(session.feed.held(one.office))


def test_an_answer_of_a_centre_that_was_restored_since(shared_central, make_desk, office, sticks, restored):
    desk = make_desk(shared_central, office)
    go_on = restored()
    made = desk.register()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    old = sticks.from_centre(shared_central, desk)
    central = go_on(desk)
    desk.exchange()
    desk.exchange()
    before = desk.dump()
    with pytest.raises(OutdatedBundle, match="sebelum server kota dipulihkan"):
        home(desk, old)
    assert desk.dump() == before
    assert made.id in held_by_the_centre(central, office)
    agree(central, office, desk)


def test_a_stick_and_its_answer_with_a_restore_between(shared_central, make_desk, office, sticks, restored):
    """The centre took it, lost it, and knows only that it has to be sent again."""
    desk = make_desk(shared_central, office)
    desk.register(title="Dari sebelum cadangan")
    desk.exchange()
    go_on = restored()
    desk.register(title="Dari stik")
    path = sticks.from_desk(desk)
    sticks.at_centre(shared_central, path)
    old = sticks.from_centre(shared_central, desk)
    central = go_on(desk)
    home(desk, old)  # nobody here knows of the restore yet
    assert desk.outbox("waiting") == []
    desk.follow_up(next(iter(desk.listed())), "Lalu")
    assert sticks.at_centre(central, sticks.from_desk(desk))["held"] == 1
    assert home(desk, sticks.from_centre(central, desk)).again == 1
    for _ in range(4):
        if sticks.round_trip(central, desk).waiting == 0:
            break
    assert titles(central, office) == {"Dari sebelum cadangan", "Dari stik"}
    assert held(central) == []
    agree(central, office, desk)


def test_a_desk_that_was_put_back_begins_a_new_past(shared_central, make_desk, office, sticks, copies):
    desk = make_desk(shared_central, office)
    saved = copies.saved(desk)
    lost = desk.register(title="Di kehidupan yang hilang")
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    unread = sticks.from_centre(shared_central, desk)
    copies.put_back(desk, saved)
    mine = desk.register(title="Di kehidupan yang baru")
    with pytest.raises(OutdatedBundle, match="tidak dikenal"):
        home(desk, unread)
    said = sticks.at_centre(shared_central, sticks.from_desk(desk))
    assert (said["applied"], said["refused"], said["held"]) == (0, 1, 1)
    (shown,) = held(shared_central)
    assert (shown["number"], shown["arrived"]) == (ErrorNumber.FORK, False)
    answer = sticks.from_centre(shared_central, desk)
    assert home(desk, answer).again == 1
    assert home(desk, answer).again == 1  # twice is once
    done = sticks.round_trip(shared_central, desk)
    assert (done.waiting, done.again) == (0, 0)
    assert set(held_by_the_centre(shared_central, office)) == {lost.id, mine.id}
    (shown,) = held(shared_central)
    assert shown["arrived"]  # so it can go
    said = centre_command(shared_central, "bundle", "discard", shown["bundle"], "--reason", "Sudah sampai")
    assert json.loads(said) == {"bundle": shown["bundle"], "discarded": 1, "missing": 0}
    assert held(shared_central) == []
    assert any("dipulihkan dari cadangan" in notice.text for notice in notices.newest(desk.desk))
    agree(shared_central, office, desk)


def test_a_stick_of_a_life_that_ended_is_kept(shared_central, make_desk, office, sticks, copies):
    """The words on it are nowhere else: the centre cannot apply them, and does not drop them."""
    desk = make_desk(shared_central, office)
    saved = copies.saved(desk)
    desk.register(title="Hanya di stik")
    path = sticks.from_desk(desk)
    copies.put_back(desk, saved)
    desk.register(title="Di kehidupan yang baru")
    desk.exchange()
    said = sticks.at_centre(shared_central, path)
    assert (said["applied"], said["held"]) == (0, 1)
    desk.exchange()
    (shown,) = (one for one in held(shared_central) if one["office"] == office)
    assert (shown["number"], shown["arrived"]) == (ErrorNumber.FORK, False)
    assert titles(shared_central, office) == {"Di kehidupan yang baru"}
    with pytest.raises(OutdatedBundle):
        home(desk, sticks.from_centre(shared_central, desk))
    agree(shared_central, office, desk)
    done = shared_central.cli("bundle", "discard", "tidak-ada", "--reason", "Tidak ada")
    assert (done.returncode, done.stderr[:7]) == (1, "LK-4004")


def test_two_copies_of_a_desk_with_a_stick_each(shared_central, make_desk, office, sticks, copies):
    one = make_desk(shared_central, office)
    one.register(title="Bersama")
    sticks.round_trip(shared_central, one)
    two = copies.second_computer(one)
    one.register(title="Satu")
    two.register(title="Dua")
    assert sticks.round_trip(shared_central, one).waiting == 0
    assert sticks.round_trip(shared_central, two).again == 1
    assert sticks.round_trip(shared_central, two).waiting == 0
    assert titles(shared_central, office) == {"Bersama", "Satu", "Dua"}
    agree(shared_central, office, one, two)
