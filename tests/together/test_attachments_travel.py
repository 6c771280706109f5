"""Photos on their way: after the words, once, to whoever may see them and nobody else."""

import hashlib
import json
import threading

import pytest

import resources
from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import DamagedData, DiskFull, NotFound, Refused
from kelurahan_client.services import attachments, unsent_files
from kelurahan_client.store import attachments as rows
from sync import blobs
from sync.protocol import MAX_PIECE, MIN_PIECE
from tests.conftest import DATABASES
from tests.together.desk_process import run_command
from tests.together.photos import at_the_centre, attach, fetch, no_clear_bytes, of, photo


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


def test_from_one_desk_to_another(shared_central, two_desks):
    one, two = two_desks
    complaint = one.register()
    small, large = photo(1_000, 1), photo(300_000, 2)
    for content in (large, small):
        attach(one, complaint, content)
    outcome = one.exchange()
    assert (outcome.sent, outcome.applied, outcome.blobs_sent, outcome.blob_bytes) == (3, 3, 2, 301_000)
    assert outcome.blobs_waiting == 0
    assert one.complaint(complaint.id).sync_state is SyncState.ACKNOWLEDGED
    two.exchange()
    for content in (small, large):
        sha256 = hashlib.sha256(content).hexdigest()
        assert at_the_centre(shared_central, sha256) == content
        seen = of(two, complaint)[sha256]
        assert (seen.acknowledged, seen.at_centre, seen.here, seen.name) == (True, True, False, "foto.png")
        assert seen.actor == "Petugas A"
        assert fetch(two, sha256) == content
        assert of(two, complaint)[sha256].here
    one.exchange()
    assert all(item.at_centre for item in of(one, complaint).values())
    for desk in (one, two):
        no_clear_bytes(desk, small, large)
        assert desk.problems() == []
        before = desk.dump()
        quiet = desk.exchange()
        assert (quiet.sent, quiet.received, quiet.blobs_sent, quiet.round_trips) == (0, 0, 0, 1)
        assert desk.dump() == before
    assert attachments.free_space(one.desk).files == 2
    assert fetch(one, hashlib.sha256(large).hexdigest()) == large


def test_the_same_photo_at_two_desks_travels_once(shared_central, two_desks, network):
    one, two = two_desks
    content = photo(400_000, 11)
    mine, theirs = one.register(), two.register()
    made = attach(two, theirs, content)
    two.exchange()
    attach(one, mine, content)
    network.carried.clear()
    outcome = one.exchange()
    assert (outcome.sent, outcome.blobs_sent, outcome.blob_bytes) == (2, 0, 0)
    assert sum(up for up, _down in network.carried) < 10_000
    assert of(one, mine)[made.sha256].at_centre
    assert outcome.round_trips == 1


def test_two_desks_send_the_same_photo_at_once(shared_central, two_desks):
    content = photo(3_000_000, 12)
    complaints = [desk.register() for desk in two_desks]
    for desk, complaint in zip(two_desks, complaints, strict=True):
        made = attach(desk, complaint, content)
    outcomes = []
    threads = [threading.Thread(target=lambda desk=desk: outcomes.append(desk.exchange())) for desk in two_desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome.blobs_waiting for outcome in outcomes] == [0, 0]
    assert at_the_centre(shared_central, made.sha256) == content


def test_another_office_may_not_fetch(shared_central, two_desks, make_desk, offices):
    one, _two = two_desks
    stranger = make_desk(shared_central, next(offices), "A")
    complaint = one.register()
    made = attach(one, complaint, photo(1_000, 13))
    one.exchange()
    with pytest.raises(NotFound):
        fetch(stranger, made.sha256)
    with stranger.desk.store.write() as transaction:  # even if it knew the name of the file
        rows.receive(transaction, made, 1, "2026-08-03T00:00:00Z")
    with pytest.raises(Refused):
        fetch(stranger, made.sha256)
    assert stranger.desk.store.blob_files.partial(made.sha256) == 0


def test_what_a_restored_centre_has_lost_is_sent_again(shared_central, two_desks):
    one, two = two_desks
    complaint = one.register()
    content = photo(100_000, 16)
    made = attach(one, complaint, content)
    one.exchange()
    two.exchange()
    (shared_central.data_dir / "blobs" / made.sha256[:2] / made.sha256[2:4] / made.sha256).unlink()
    assert shared_central.cli("missing-files", "--verify").returncode == 0
    outcome = one.exchange()
    assert outcome.blobs_sent == 1
    assert at_the_centre(shared_central, made.sha256) == content
    two.exchange()
    assert of(two, complaint)[made.sha256].at_centre


def test_the_commands(shared_central, two_desks, tmp_path):
    one, two = two_desks
    complaint = one.register()
    content = photo(5_000, 18)
    (tmp_path / "KTP Siti.PNG").write_bytes(content)

    def run(desk, *words):
        with desk.away():
            done = run_command("--data-dir", str(desk.config.data_dir), *words)
        assert done.status == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    (made,) = run(one, "attach", complaint.reference, str(tmp_path / "KTP Siti.PNG"))
    assert (made["name"], made["media_type"], made["size"]) == ("KTP Siti.png", "image/png", 5_000)
    assert made["sha256"] == hashlib.sha256(content).hexdigest()
    (exchanged,) = run(one, "exchange")
    assert exchanged["sent"] == 2
    run(two, "exchange")
    (seen,) = run(two, "attachments", complaint.reference)
    assert (seen["at_centre"], seen["here"]) == (True, False)
    (fetched,) = run(two, "fetch", made["sha256"], "--to", str(tmp_path / "keluar.png"))
    assert fetched["here"]
    assert (tmp_path / "keluar.png").read_bytes() == content
    with two.away():
        again = run_command(
            "--data-dir", str(two.config.data_dir), "fetch", made["sha256"], "--to", str(tmp_path / "keluar.png")
        )
        wrong = run_command("--data-dir", str(two.config.data_dir), "fetch", "0" * 64)
    assert (again.status, wrong.status) == (1, 1)
    assert (again.err[:7], wrong.err[:7]) == ("LK-1100", "LK-1103")
    assert run(two, "free-space") == [{"files": 1, "bytes": 5_000}]
    (seen,) = run(two, "attachments", complaint.reference)
    assert (seen["at_centre"], seen["here"]) == (True, False)


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [
        (MIN_PIECE, 0.1, 2 * MIN_PIECE),
        (MAX_PIECE, 0.1, MAX_PIECE),
        (MIN_PIECE, 9, MIN_PIECE),
        (MAX_PIECE, 9, MAX_PIECE // 2),
        (MAX_PIECE, 2, MAX_PIECE),
    ],
)
def test_pieces_suit_the_link(size, seconds, expected):
    assert blobs.next_size(size, seconds) == expected


def test_another_machine_goes_on_from_a_backup_without_files(central_factory, make_desk, tmp_path):
    old, new = central_factory("sqlite"), central_factory("sqlite")
    old.start()
    one, two = (make_desk(old, "63.71.04.1003", letter) for letter in "AB")
    complaint, content = one.register(), [photo(5_000, seed) for seed in (20, 21, 22)]
    before = attach(one, complaint, content[0])
    one.exchange()
    assert old.cli("backup", str(tmp_path / "kota.backup")).returncode == 0
    after = attach(one, complaint, content[1])
    one.exchange()
    two.exchange()
    for item in (before, after):
        fetch(two, item.sha256)
    attach(one, complaint, content[2])  # goes with its desk
    one.close()
    assert new.cli("restore", str(tmp_path / "kota.backup")).returncode == 0
    new.start()
    two.url = new.url
    for _ in range(2):
        assert two.exchange().rejected == 0
    for item, bytes_ in zip((before, after), content, strict=False):
        assert at_the_centre(new, item.sha256) == bytes_
    assert all(item.at_centre for item in of(two, complaint).values())
    one.reopen()
    one.url = new.url
    outcome = one.exchange()
    assert (outcome.rejected, outcome.blobs_sent) == (0, 1)
    two.exchange()
    assert {*of(two, complaint)} == {*of(one, complaint)}
    assert len(of(two, complaint)) == 3
    old.close()
    new.close()


def test_a_photo_that_cannot_be_read_here_holds_up_nothing(shared_central, two_desks):
    one, _two = two_desks
    complaint = one.register()
    bad, good = attach(one, complaint, photo(1_000, 14)), attach(one, complaint, photo(2_000, 15))
    path = one.desk.store.blob_files._file(bad.sha256)
    path.write_bytes(path.read_bytes()[:-5])
    outcome = one.exchange()
    assert (outcome.sent, outcome.blobs_sent, outcome.blobs_waiting) == (3, 1, 1)
    assert at_the_centre(shared_central, good.sha256)
    assert len(one.problems()) == 1
    (waits,) = unsent_files.listed(one.desk, 5)
    assert waits.tried.code == outcome.blobs_code == DamagedData.code
    attach(one, complaint, photo(1_000, 14))  # the clerk attaches it once more
    assert one.exchange().blobs_sent == 1
    assert one.problems() == []


def test_a_full_disk_at_the_desk_is_said(two_desks, monkeypatch):
    one, two = two_desks
    complaint = two.register()
    made = attach(two, complaint, photo(1_000, 19))
    two.exchange()
    one.exchange()

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kelurahan_client.store.blob_files.os.fsync", full)
    with pytest.raises(DiskFull):
        fetch(one, made.sha256)
    monkeypatch.undo()
    assert fetch(one, made.sha256) == photo(1_000, 19)
