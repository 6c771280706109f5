"""Photos through cuts, portals and sudden ends: what has arrived counts, and the words never wait for them."""

import hashlib
import json
import threading

import pytest

import resources
from central_server import quarantine
from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import Busy, NetworkLogin, Offline, Refused
from kelurahan_client.services import day_close, lists, unsent_files
from kelurahan_client.services.desk import find_identity
from sync import engine
from sync.transport import HttpTransport
from tests.conftest import DATABASES
from tests.together.photos import at_the_centre, attach, fetch, no_clear_bytes, of, photo
from tools.broken_network import BAD_GATEWAY, PORTAL, Fault

CUT = 200 * 1024


@pytest.fixture(scope="module", params=DATABASES)
def shared_central(request, central_factory):
    """A centre of this module's own, which its tests may kill."""
    made = central_factory(request.param)
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def offices(shared_central):
    return iter(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture
def two_desks(shared_central, make_desk, office, network):
    network.plan()
    return make_desk(shared_central, office, "A", network), make_desk(shared_central, office, "B")


def test_a_photo_that_is_cut_every_200_kb_costs_hardly_more(shared_central, two_desks, network):
    one, _two = two_desks
    complaint = one.register()
    one.exchange()
    content = photo(10_000_000, 3)
    made = attach(one, complaint, content)
    network.plan(*[Fault(cut_request=CUT)] * 200)
    network.carried.clear()
    outcome = one.exchange()
    assert (outcome.blobs_sent, outcome.blobs_waiting) == (1, 0)
    network.plan()
    assert at_the_centre(shared_central, made.sha256) == content
    carried = [up for up, _down in network.carried]
    assert max(carried) == CUT
    assert sum(carried) <= 1.05 * len(content)
    assert len(carried) >= len(content) // CUT


def test_a_fetch_that_is_cut_goes_on_from_there(shared_central, two_desks, network):
    one, two = two_desks
    complaint = two.register()
    content = photo(2_000_000, 4)
    made = attach(two, complaint, content)
    two.exchange()
    one.exchange()
    network.carried.clear()
    network.plan(*[Fault(cut_reply=300_000), Fault(refuse=True)] * 2, *[Fault(refuse=True)] * 3)
    with pytest.raises(Offline):
        fetch(one, made.sha256)
    so_far = one.desk.store.blob_files.partial(made.sha256)
    assert 0 < so_far < len(content)
    no_clear_bytes(one, content)
    one.close()
    one.reopen()
    network.plan()
    network.carried.clear()
    assert fetch(one, made.sha256) == content
    assert sum(down for _up, down in network.carried) < len(content) - so_far + 20_000


def test_the_words_do_not_wait_for_the_photo(shared_central, two_desks, network):
    one, two = two_desks
    complaint = one.register()
    made = attach(one, complaint, photo(500_000, 5))
    network.plan(Fault(cut_request=150_000), *[Fault(refuse=True)] * 10)
    outcome = one.exchange()  # no error: everything but the bytes is acknowledged
    assert (outcome.sent, outcome.blobs_sent, outcome.blobs_waiting) == (2, 0, 1)
    assert outcome.blobs_code == Offline.code
    assert one.complaint(complaint.id).sync_state is SyncState.ACKNOWLEDGED
    stands = lists.state(one.desk)
    assert (stands.unsent, stands.files.count, stands.files.bytes, stands.all_sent) == (0, 1, 500_000, False)
    (waits,) = unsent_files.listed(one.desk, 5)
    assert (waits.name, waits.complaint_id, waits.announced, waits.tried.code) == (
        "foto.png",
        complaint.id,
        True,
        Offline.code,
    )
    counted = day_close.view(one.desk).count
    assert (counted.files, counted.file_bytes) == (stands.files.count, stands.files.bytes)
    two.exchange()
    assert lists.state(two.desk).all_sent  # what it has not fetched is nothing that it has to send
    seen = of(two, complaint)[made.sha256]
    assert (seen.acknowledged, seen.at_centre) == (True, False)
    with pytest.raises(Refused):
        fetch(two, made.sha256)
    (missing,) = [
        json.loads(line)
        for line in shared_central.cli("missing-files").stdout.splitlines()
        if json.loads(line)["sha256"] == made.sha256
    ]
    assert missing["complaint"] == complaint.id
    network.plan()
    outcome = one.exchange()
    assert (outcome.blobs_sent, outcome.blobs_waiting) == (1, 0)
    assert outcome.blob_bytes < 500_000
    assert 0 < waits.tried.bytes <= 500_000 - outcome.blob_bytes  # as far as the centre could still say
    assert lists.state(one.desk).all_sent
    assert unsent_files.listed(one.desk, 5) == []
    assert fetch(two, made.sha256) == photo(500_000, 5)


@pytest.mark.parametrize("fault", [PORTAL, BAD_GATEWAY, Fault(answer=b"")], ids=["portal", "gateway", "nothing"])
def test_others_who_answer_in_the_middle_are_not_believed(shared_central, two_desks, network, fault):
    one, two = two_desks
    mine, theirs = one.register(), two.register()
    content, other = photo(200_000, repr(fault)), photo(150_000, repr(fault) + "2")
    made, wanted = attach(one, mine, content), attach(two, theirs, other)
    two.exchange()
    network.plan(Fault(cut_request=100_000), *[fault] * 10)
    outcome = one.exchange()
    assert (outcome.sent, outcome.blobs_sent, outcome.blobs_waiting) == (2, 0, 1)
    assert not of(one, mine)[made.sha256].at_centre
    with pytest.raises((NetworkLogin, Busy, Offline)):
        fetch(one, wanted.sha256)
    assert one.desk.store.blob_files.partial(wanted.sha256) == 0
    network.plan()
    assert one.exchange().blobs_waiting == 0
    assert at_the_centre(shared_central, made.sha256) == content
    assert fetch(one, wanted.sha256) == other


def test_stopping_in_the_middle(two_desks):
    one, _two = two_desks
    complaint = one.register()
    for seed in (7, 8, 9):
        attach(one, complaint, photo(150_000, seed))
    seen = []
    way = HttpTransport(one.url)
    outcome = engine.exchange(one.desk, way, seen.append, lambda: any(p.phase == "files" and p.bytes for p in seen))
    way.close()
    assert outcome.sent == 4
    assert outcome.blobs_waiting > 0
    files = [progress for progress in seen if progress.phase == "files"]
    assert {progress.total for progress in files} == {3}
    outcome = one.exchange()
    assert outcome.blobs_waiting == 0
    assert {item.sha256 for item in of(one, complaint).values()} == {
        hashlib.sha256(photo(150_000, seed)).hexdigest() for seed in (7, 8, 9)
    }


def test_the_centre_dies_in_the_middle_of_a_piece(shared_central, two_desks):
    one, two = two_desks
    complaint = one.register()
    content = photo(1_500_000, 10)
    made = attach(one, complaint, content)
    pieces = []

    def count(progress):
        if progress.phase == "files" and progress.bytes > len(pieces) * 100_000:
            pieces.append(progress.bytes)
            if len(pieces) == 3:
                threading.Timer(0.002, shared_central.kill).start()

    way = HttpTransport(shared_central.url)
    outcome = engine.exchange(one.desk, way, count)
    way.close()
    if shared_central.process is not None:  # the photo was quicker than the end
        shared_central.kill()
    shared_central.start()
    assert outcome.blobs_sent + outcome.blobs_waiting == 1
    assert one.exchange().blobs_waiting == 0
    assert at_the_centre(shared_central, made.sha256) == content
    two.exchange()
    assert fetch(two, made.sha256) == content


def test_a_withdrawn_desk_finishes_what_it_announced(shared_central, two_desks, network):
    one, _two = two_desks
    complaint = one.register()
    content = photo(200_000, 17)
    made = attach(one, complaint, content)
    network.plan(Fault(cut_request=50_000), *[Fault(refuse=True)] * 10)
    assert one.exchange().blobs_waiting == 1
    network.plan()
    me = find_identity(one.desk)
    shared_central.cli("revoke", "--office", me.office, "--desk", me.desk)
    with pytest.raises(Refused):
        one.exchange()
    assert at_the_centre(shared_central, made.sha256) == content


def test_files_of_a_withdrawn_desk_follow_what_is_let_go_of_quarantine(shared_central, two_desks):
    one, _two = two_desks
    me = find_identity(one.desk)
    shared_central.cli("revoke", "--office", me.office, "--desk", me.desk)
    content = photo(3_000, 18)
    made = attach(one, one.register(), content)
    with pytest.raises(Refused):
        one.exchange()
    held = shared_central.sql("SELECT id FROM quarantine WHERE office = :office ORDER BY id", office=me.office)
    quarantine.release(shared_central.centre, held[0]["id"])  # the complaint, and its file that waited with it
    with pytest.raises(Refused):
        one.exchange()
    assert at_the_centre(shared_central, made.sha256) == content
