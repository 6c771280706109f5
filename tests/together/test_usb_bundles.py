"""Words that go to the city on a stick, in any order and mixed with the network: each counts once, each is answered."""

import hashlib
import json

import pytest

import resources
from central_server import exchange
from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import ExchangeError, OutdatedBundle
from kelurahan_client.services import attachments
from sync import applying, carrying
from sync.protocol import ResultKind
from tests.conftest import DATABASES
from tests.desk_making import an_intake
from tests.together import photos
from tests.together.centre_commands import centre_command
from tests.together.desk_at_work import held_by_the_centre, without
from tests.together.sticks import home, position, take
from tools.broken_network import LOST_REPLY

ON_BOTH = pytest.mark.parametrize("shared_central", DATABASES, indirect=True)


@pytest.fixture(scope="module")
def shared_central(request, central_factory):
    """On SQLite, unless a test asks for both."""
    made = central_factory(getattr(request, "param", "sqlite"))
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def offices(shared_central):
    return iter(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture
def desk(shared_central, make_desk, office):
    return make_desk(shared_central, office)


def agree(central, office, *desks):
    """All hold what the centre holds, nothing waits, and a further exchange changes nothing."""
    for desk in (*desks, *desks):
        assert desk.exchange().rejected == 0
    for desk in desks:
        assert desk.problems() == []
        assert desk.outbox("waiting") == []
        assert without(desk.listed(), "sync_state") == held_by_the_centre(central, office)
        before = desk.dump()
        outcome = desk.exchange()
        assert (outcome.sent, outcome.received, outcome.round_trips) == (0, 0, 1)
        assert desk.dump() == before


def test_a_stick_that_was_days_on_its_way_says_nothing_of_the_desks_clock(shared_central, desk, sticks):
    made = desk.register()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    (line,) = [json.loads(line) for line in centre_command(shared_central, "history", made.reference).splitlines()]
    assert line["device_time"]
    assert line["clock_offset"] is None


@ON_BOTH
def test_there_and_back(shared_central, make_desk, desk, sticks, office):
    other = make_desk(shared_central, office, "B")
    theirs = other.register(title="Dari loket B")
    other.exchange()
    mine = desk.register(title="Dari loket tanpa jaringan")
    desk.step(mine.id, Status.VERIFIED)
    small, large = photos.photo(1_000, 1), photos.photo(300_000, 2)
    for content in (large, small):
        photos.attach(desk, mine, content)
    said = sticks.at_centre(shared_central, sticks.from_desk(desk))
    assert (said["office"], said["desk"], said["requests"]) == (office, "A", 1)
    assert (said["applied"], said["replayed"], said["rejected"], said["held"], said["refused"]) == (4, 0, 0, 0, 0)
    assert (said["files"], said["files_refused"]) == (2, 0)
    for content in (small, large):
        assert photos.at_the_centre(shared_central, hashlib.sha256(content).hexdigest()) == content
    assert desk.complaint(mine.id).sync_state is SyncState.PENDING  # nobody has signed for it here yet
    done = home(desk, sticks.from_centre(shared_central, desk))
    assert (done.results[ResultKind.APPLIED], done.pages, done.skipped, done.waiting) == (4, 1, 0, 0)
    assert desk.complaint(mine.id).sync_state is SyncState.ACKNOWLEDGED
    assert desk.complaint(mine.id).server_received_at is not None
    assert all(item.at_centre for item in photos.of(desk, mine).values())
    assert attachments.free_space(desk.desk).files == 2
    assert set(desk.listed()) == {mine.id, theirs.id}
    quiet = desk.exchange()
    assert (quiet.sent, quiet.received, quiet.blobs_sent, quiet.blobs_waiting) == (0, 0, 0, 0)
    other.exchange()
    assert photos.fetch(other, hashlib.sha256(large).hexdigest()) == large
    agree(shared_central, office, desk, other)


def test_a_desk_that_has_only_sticks(shared_central, make_desk, desk, sticks, office):
    """Weeks without a network: conflicts, follow-ups and decisions come and go all the same."""
    other = make_desk(shared_central, office, "B")
    known = desk.register(title="Semula")
    sticks.round_trip(shared_central, desk)
    other.exchange()
    other.edit(known.id, title="Judul B")
    other.follow_up(known.id, "Dari B")
    other.exchange()
    desk.edit(known.id, title="Judul A")
    desk.follow_up(known.id, "Dari A")
    done = sticks.round_trip(shared_central, desk)
    assert (done.results[ResultKind.CONFLICT], done.results[ResultKind.APPLIED]) == (1, 1)
    assert len(desk.conflicts(known.id)) == 1
    assert desk.told(known.id, "follow_up") == {"Dari A", "Dari B"}
    assert sticks.round_trip(shared_central, desk).received == 0
    agree(shared_central, office, desk, other)


def test_more_than_one_request_holds(shared_central, desk, sticks, office):
    desk.register_many([an_intake(statement=f"Sampah menumpuk di gang {number}") for number in range(1_100)])
    path = sticks.free()
    exported = carrying.export(desk.desk, path)
    assert (exported.requests, exported.sent, exported.bytes) == (3, 1_100, path.stat().st_size)
    assert exported.bytes < 300_000
    assert sticks.at_centre(shared_central, path)["applied"] == 1_100
    answer = sticks.from_centre(shared_central, desk)
    assert answer.stat().st_size < 50_000  # what the desk has itself does not come back
    done = home(desk, answer)
    assert (done.results[ResultKind.APPLIED], done.received, done.pages, done.waiting) == (1_100, 0, 3, 0)
    agree(shared_central, office, desk)


def test_a_stick_may_come_twice_on_either_side(shared_central, desk, sticks, office):
    made = desk.register()
    photos.attach(desk, made, photos.photo(5_000))
    path = sticks.from_desk(desk)
    sticks.at_centre(shared_central, path)
    centre = held_by_the_centre(shared_central, office)
    said = sticks.at_centre(shared_central, path)
    assert (said["applied"], said["replayed"], said["files"]) == (2, 2, 1)
    assert held_by_the_centre(shared_central, office) == centre
    answer = sticks.from_centre(shared_central, desk)
    home(desk, answer)
    before, cursor = desk.dump(), position(desk)
    for _ in range(2):
        done = home(desk, answer)
        assert (done.pages, done.skipped, done.received) == (0, 1, 0)
        assert (desk.dump(), position(desk)) == (before, cursor)
    home(desk, sticks.from_centre(shared_central, desk))  # another answer to the same stick
    assert (desk.dump(), position(desk)) == (before, cursor)
    agree(shared_central, office, desk)


@ON_BOTH
def test_sticks_may_overtake_each_other(shared_central, desk, sticks, office):
    first = desk.register(title="Hari pertama")
    one = sticks.from_desk(desk)
    second = desk.register(title="Hari kedua")
    desk.edit(first.id, note="Ditambah hari kedua")
    two = sticks.from_desk(desk)
    assert sticks.at_centre(shared_central, two)["applied"] == 3
    said = sticks.at_centre(shared_central, one)
    assert (said["applied"], said["replayed"], said["held"]) == (1, 1, 0)
    done = home(desk, sticks.from_centre(shared_central, desk))
    assert done.results[ResultKind.APPLIED] == 1  # that of the stick that came last
    assert done.waiting == 2
    assert sticks.round_trip(shared_central, desk).waiting == 0
    assert {first.id, second.id} == set(desk.listed())
    agree(shared_central, office, desk)


def test_half_by_network_then_by_stick(shared_central, make_desk, office, network, sticks):
    desk = make_desk(shared_central, office, "A", network)
    desk.register(title="Satu")
    network.plan(LOST_REPLY)
    with pytest.raises(ExchangeError):
        desk.exchange()
    desk.register(title="Dua")
    path = sticks.from_desk(desk)
    said = sticks.at_centre(shared_central, path)
    assert (said["applied"], said["replayed"]) == (2, 1)
    assert home(desk, sticks.from_centre(shared_central, desk)).waiting == 0
    agree(shared_central, office, desk)
    assert len(desk.listed()) == 2


def test_a_stick_on_its_way_when_the_network_comes_back(shared_central, make_desk, desk, sticks, office):
    other = make_desk(shared_central, office, "B")
    made = desk.register()
    path = sticks.from_desk(desk)
    sticks.at_centre(shared_central, path)
    early = sticks.from_centre(shared_central, desk)
    other.exchange()
    other.edit(made.id, title="Diubah B sesudah jawaban dibuat")
    other.exchange()
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied) == (1, 1)
    desk.follow_up(made.id, "Sesudah jaringan kembali")
    before, cursor = desk.dump(attempts=False), position(desk)
    done = home(desk, early)
    assert (done.pages, done.skipped, done.received, done.waiting) == (0, 1, 0, 1)
    assert (desk.dump(attempts=False), position(desk)) == (before, cursor)
    assert desk.complaint(made.id).title == "Diubah B sesudah jawaban dibuat"
    assert sticks.at_centre(shared_central, path)["replayed"] == 1
    agree(shared_central, office, desk, other)


def test_a_stick_that_the_network_has_overtaken_before_it_arrived(shared_central, desk, sticks, office):
    desk.register()
    path = sticks.from_desk(desk)
    desk.exchange()
    desk.register()
    desk.exchange()
    said = sticks.at_centre(shared_central, path)
    assert (said["applied"], said["replayed"]) == (1, 1)
    before = desk.dump()
    assert home(desk, sticks.from_centre(shared_central, desk)).skipped == 1
    assert desk.dump() == before
    agree(shared_central, office, desk)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(exchange, "FEED_PAGE", 3)


def test_an_answer_of_many_pages_goes_on_where_it_was_cut(
    shared_central, make_desk, desk, sticks, office, small_pages, monkeypatch
):
    other = make_desk(shared_central, office, "B")
    other.register_many([an_intake() for _ in range(10)])
    other.exchange()
    desk.register()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    answer = sticks.from_centre(shared_central, desk)
    real, left = applying.apply, [2]

    def the_power_goes(*rest):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(*rest)

    monkeypatch.setattr(applying, "apply", the_power_goes)
    with pytest.raises(KeyboardInterrupt):
        home(desk, answer)
    assert 0 < len(desk.listed()) < 11
    monkeypatch.setattr(applying, "apply", real)
    done = home(desk, answer)
    assert (done.skipped, done.pages) == (2, 2)
    assert len(desk.listed()) == 11
    agree(shared_central, office, desk, other)


def test_an_answer_that_lacks_a_page_is_refused(
    shared_central, make_desk, desk, sticks, office, small_pages, monkeypatch
):
    other = make_desk(shared_central, office, "B")
    other.register_many([an_intake() for _ in range(10)])
    other.exchange()
    sticks.at_centre(shared_central, sticks.from_desk(desk))
    real = carrying.Bundle.contents
    monkeypatch.setattr(
        carrying.Bundle,
        "contents",
        lambda *given: (one for number, one in enumerate(real(*given)) if number != 1),
    )
    with pytest.raises(OutdatedBundle, match="tidak menyambung"):
        home(desk, sticks.from_centre(shared_central, desk))
    assert len(desk.listed()) == 3
    monkeypatch.setattr(carrying.Bundle, "contents", real)
    assert sticks.round_trip(shared_central, desk).waiting == 0
    agree(shared_central, office, desk, other)


def test_an_empty_stick_brings_what_is_new(shared_central, make_desk, desk, sticks, office):
    other = make_desk(shared_central, office, "B")
    theirs = other.register()
    other.exchange()
    done = sticks.round_trip(shared_central, desk)
    assert (done.received, done.pages, done.waiting, set(desk.listed())) == (1, 1, 0, {theirs.id})
    agree(shared_central, office, desk, other)


def test_words_of_a_later_hour_are_not_on_the_stick_and_go_with_the_next(shared_central, desk, sticks, office):
    desk.register()
    path = sticks.from_desk(desk)
    later = desk.register()
    sticks.at_centre(shared_central, path)
    assert home(desk, sticks.from_centre(shared_central, desk)).waiting == 1
    assert desk.complaint(later.id).sync_state is SyncState.PENDING
    assert sticks.round_trip(shared_central, desk).waiting == 0
    agree(shared_central, office, desk)


def test_a_photo_that_is_damaged_here_keeps_nothing_else_back(shared_central, desk, sticks, office):
    made = desk.register()
    good, bad = photos.photo(3_000, 1), photos.photo(200_000, 2)
    photos.attach(desk, made, good)
    photos.attach(desk, made, bad)
    (file,) = (path for path in desk.config.blob_dir.rglob("*") if path.is_file() and path.stat().st_size > 100_000)
    data = bytearray(file.read_bytes())
    data[150_000] ^= 1
    file.write_bytes(data)
    exported = carrying.export(desk.desk, path := sticks.free())
    assert (exported.sent, exported.files, exported.files_unreadable) == (3, 1, 1)
    assert sticks.at_centre(shared_central, path)["files"] == 1
    assert home(desk, sticks.from_centre(shared_central, desk)).waiting == 0


def test_what_http_has_begun_of_a_photo_the_stick_ends(shared_central, desk, sticks, office):
    made = desk.register()
    content = photos.photo(3_000_000)
    item = photos.attach(desk, made, content)
    shared_central.centre.blobs.add(item.sha256, 0, content[:1_200_000])
    assert sticks.at_centre(shared_central, sticks.from_desk(desk))["files"] == 1
    assert photos.at_the_centre(shared_central, item.sha256) == content


def test_what_http_has_begun_wrongly_is_thrown_away_and_asked_for_again(shared_central, desk, sticks, office):
    made = desk.register()
    content = photos.photo(100_000)
    item = photos.attach(desk, made, content)
    shared_central.centre.blobs.add(item.sha256, 0, bytes(50_000))
    path = sticks.from_desk(desk)
    assert sticks.at_centre(shared_central, path)["files_refused"] == 1
    assert photos.at_the_centre(shared_central, item.sha256) is None
    home(desk, sticks.from_centre(shared_central, desk))
    assert sticks.at_centre(shared_central, sticks.from_desk(desk))["files"] == 1
    assert photos.at_the_centre(shared_central, item.sha256) == content


def test_a_file_that_nobody_speaks_of_is_not_kept(shared_central, desk, sticks, monkeypatch):
    made = desk.register()
    item = photos.attach(desk, made, photos.photo(2_000))
    real = carrying.prepare_all
    monkeypatch.setattr(carrying, "prepare_all", lambda *given: list(real(*given))[:0])
    taken = take(shared_central, sticks.from_desk(desk))
    assert (taken.files, taken.files_refused) == (0, 1)
    assert photos.at_the_centre(shared_central, item.sha256) is None
