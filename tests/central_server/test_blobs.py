"""The two places that attachments' bytes can be kept in: one contract for both, and a centre that uses the other."""

import errno
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from central_server.blob_store import FolderStore, WrongOffset, open_blob_store
from central_server.errors import BadSettings, Unavailable
from tests.central_server.files_by_hand import Files, name_of, some_bytes
from tests.central_server.s3_server import BUCKET, CREDENTIALS, s3_server
from tests.desk_making import UNTIMED


@pytest.fixture(scope="module")
def s3():
    with s3_server() as server:
        yield server


@pytest.fixture
def credentials(monkeypatch):
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(params=["folder", "s3"])
def store(request, tmp_path):
    if request.param == "folder":
        return open_blob_store(None, tmp_path)
    request.getfixturevalue("credentials")
    return open_blob_store(request.getfixturevalue("s3").address(uuid.uuid4().hex), tmp_path)


def whole(store, sha256, size):
    return b"".join(store.read(sha256, 0, size))


def test_a_blob_comes_in_pieces_and_is_read_in_ranges(store):
    content = some_bytes(300_000)
    sha256 = name_of(content)
    assert not store.has(sha256)
    assert store.partial(sha256) == 0
    assert store.add(sha256, 0, content[:100_000]) == 100_000
    assert store.partial(sha256) == 100_000
    assert not store.has(sha256)
    assert store.add(sha256, 100_000, content[100_000:]) == 300_000
    assert store.finish(sha256)
    assert store.has(sha256)
    assert store.partial(sha256) == 0
    assert whole(store, sha256, 300_000) == content
    assert b"".join(store.read(sha256, 99_999, 100_002)) == content[99_999:100_002]


def test_a_piece_that_begins_elsewhere_changes_nothing(store):
    content = some_bytes(1_000)
    sha256 = name_of(content)
    store.add(sha256, 0, content[:500])
    for offset in (0, 499, 501, 10**9):
        with pytest.raises(WrongOffset) as wrong:
            store.add(sha256, offset, content[500:])
        assert wrong.value.size == 500
    store.add(sha256, 500, content[500:])
    assert store.finish(sha256)
    assert whole(store, sha256, 1_000) == content


def test_what_has_another_hash_is_thrown_away(store):
    content = some_bytes(1_000)
    sha256 = name_of(content)
    store.add(sha256, 0, content[:-1] + b"x")
    assert not store.finish(sha256)
    assert not store.has(sha256)
    assert store.partial(sha256) == 0
    store.add(sha256, 0, content)
    assert store.finish(sha256)


def test_finishing_what_another_process_has_finished(store):
    content = some_bytes(1_000)
    sha256 = name_of(content)
    assert not store.finish(sha256)
    store.add(sha256, 0, content)
    assert store.finish(sha256)
    assert store.finish(sha256)
    assert whole(store, sha256, 1_000) == content


def test_blobs_do_not_mix(store):
    contents = [some_bytes(5_000, seed) for seed in range(3)]
    for content in contents:
        store.add(name_of(content), 0, content[:2_000])
    for content in reversed(contents):
        store.add(name_of(content), 2_000, content[2_000:])
        assert store.finish(name_of(content))
    assert [whole(store, name_of(content), 5_000) for content in contents] == contents


@settings(max_examples=12, deadline=None, suppress_health_check=UNTIMED)
@given(cuts=st.lists(st.integers(1, 999), max_size=8), seed=st.integers(0, 2**32))
def test_any_pieces_make_the_same_blob(store, cuts, seed):
    content = some_bytes(1_000, seed)
    sha256 = name_of(content)
    ends = [*sorted({*cuts}), 1_000]
    if store.has(sha256):
        return
    for start, end in zip([0, *ends], ends, strict=False):
        assert store.add(sha256, start, content[start:end]) == end
    assert store.finish(sha256)
    assert whole(store, sha256, 1_000) == content


def test_a_folder_is_private_and_what_a_power_cut_left_grows_on(tmp_path):
    store = FolderStore(tmp_path / "blobs")
    content = some_bytes(1_000)
    sha256 = name_of(content)
    store.add(sha256, 0, content[:600])
    again = FolderStore(tmp_path / "blobs")
    again.add(sha256, 600, content[600:])
    assert again.finish(sha256)
    for path in (tmp_path / "blobs").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_two_processes_that_add_the_same_to_s3_make_one_blob(s3, credentials, tmp_path):
    prefix = uuid.uuid4().hex
    one, two = (open_blob_store(s3.address(prefix), tmp_path) for _ in range(2))
    content = some_bytes(1_000)
    sha256 = name_of(content)
    folder = f"{prefix}/partial/{sha256}/"
    one.add(sha256, 0, content[:300])
    two._put(f"{folder}{0:012d}-{500}", content[:500])  # it looked before the other had written
    assert one.partial(sha256) == 500
    one.add(sha256, 500, content[500:])
    assert two.finish(sha256)
    assert one.finish(sha256)
    assert whole(one, sha256, 1_000) == content
    assert s3.keys(f"{prefix}/") == [f"{prefix}/{sha256[:2]}/{sha256[2:4]}/{sha256}"]


def test_a_place_that_cannot_be_used_is_said(s3, credentials, tmp_path, monkeypatch):
    for address in (
        "ftp://x/y",
        s3.address("a", bucket="none"),
        "s3://lampiran/a?endpoint=http://127.0.0.1:9",
        "s3:///",
    ):
        with pytest.raises(BadSettings):
            open_blob_store(address, tmp_path)
    store = open_blob_store(s3.address("gone", bucket=BUCKET), tmp_path)
    store._bucket = "another"
    for failing in (
        lambda: store.has("a" * 64),
        lambda: store.add("a" * 64, 0, b"x"),
        lambda: store.partial("a" * 64),
        lambda: list(store.read("a" * 64, 0, 1)),
    ):
        with pytest.raises(Unavailable):
            failing()


def test_a_full_disk_is_said(tmp_path):
    (tmp_path / "blobs").write_text("a file where the folder should be")
    store = FolderStore(tmp_path / "blobs")
    with pytest.raises(Unavailable):
        store.add("a" * 64, 0, b"x")


def test_a_disk_that_cannot_be_read_has_lost_nothing(tmp_path, monkeypatch):
    store = FolderStore(tmp_path / "blobs")

    def fails(_path):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "is_file", fails)
    with pytest.raises(Unavailable):
        store.has("a" * 64)


def test_a_centre_that_keeps_its_files_in_s3(s3, credentials, monkeypatch, unstarted_central, new_desk, http_call):
    prefix = uuid.uuid4().hex
    monkeypatch.setenv("BLOB_STORE", s3.address(prefix))
    unstarted_central.start()
    files = Files(new_desk(unstarted_central), http_call)
    made = files.desk.create()
    content = some_bytes(300_000, 23)
    sha256 = name_of(content)
    files.desk.exchange(made, files.attach(made.id, content))
    assert files.patch(sha256, 0, content[:65_536]) == 65_536
    unstarted_central.kill()
    unstarted_central.start()
    assert files.head(sha256) == (65_536, 300_000)
    assert files.patch(sha256, 65_536, content[65_536:]) == 300_000
    assert files.get(sha256)[1] == content
    assert files.get(sha256, range="bytes=1000-1999")[1] == content[1_000:2_000]
    assert s3.keys(f"{prefix}/") == [f"{prefix}/{sha256[:2]}/{sha256[2:4]}/{sha256}"]
    assert not (unstarted_central.data_dir / "blobs").exists()
