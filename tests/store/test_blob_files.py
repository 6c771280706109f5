"""Files of attachments on the disk: sealed, whole or refused, and growing on after a power cut."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.errors import DamagedData, DiskRefuses
from kelurahan_client.store.blob_files import CHUNK, SALT_BYTES, BlobFiles
from tests.desk_making import FEW, spoilt

KEY = bytes(range(32))
SALT = bytes(range(100, 100 + SALT_BYTES))
SIZES = [1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17]


def content_of(size: int, seed: int = 0) -> bytes:
    return hashlib.shake_128(b"%d" % seed).digest(size)


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> BlobFiles:
    return BlobFiles(tmp_path / "blobs", KEY)


def kept(files: BlobFiles, content: bytes, salt: bytes = SALT) -> str:
    sha256 = name_of(content)
    files.put(sha256, content, salt)
    return sha256


def paths(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_put_is_read_in_any_part(files: BlobFiles, size: int) -> None:
    content = content_of(size)
    sha256 = kept(files, content)
    assert files.has(sha256, size)
    assert not files.has(sha256, size + 1)
    for start in {0, size // 2, size - 1, min(CHUNK, size - 1)}:
        for stop in {start + 1, size, size + 10}:
            assert files.read(sha256, size, start, stop) == content[start:stop]


@FEW
@given(size=st.integers(1, 3 * CHUNK), cut=st.tuples(st.integers(0, 3 * CHUNK), st.integers(0, 3 * CHUNK)))
def test_any_part(tmp_path_factory: pytest.TempPathFactory, size: int, cut: tuple[int, int]) -> None:
    files = BlobFiles(tmp_path_factory.mktemp("blobs"), KEY)
    content = content_of(size, size)
    start, stop = sorted(cut)
    if start < size:
        assert files.read(kept(files, content), size, start, stop) == content[start:stop]


def test_nothing_is_in_clear_and_nobody_else_may_read(files: BlobFiles, tmp_path: Path) -> None:
    content = b"%PDF-1.7 Siti Aminah 6371034508900001 " * 5_000
    sha256 = kept(files, content)
    (path,) = paths(tmp_path)
    data = path.read_bytes()
    for secret in (b"Siti", b"%PDF", b"6371034508900001"):
        assert secret not in data
    assert sha256 not in str(path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_same_content_is_sealed_differently_under_another_salt(tmp_path: Path) -> None:
    content = content_of(1_000)
    one, two = BlobFiles(tmp_path / "1", KEY), BlobFiles(tmp_path / "2", KEY)
    kept(one, content, bytes(SALT_BYTES))
    kept(two, content, SALT)
    first, second = (path.read_bytes() for path in paths(tmp_path))
    assert first != second


def test_another_key_opens_nothing(files: BlobFiles, tmp_path: Path) -> None:
    content = content_of(1_000)
    sha256 = kept(files, content)
    other = BlobFiles(tmp_path / "blobs", bytes(32))
    assert not other.has(sha256, 1_000)
    (path,) = paths(tmp_path)
    target = other._file(sha256)
    target.parent.mkdir(exist_ok=True)
    shutil.copy(path, target)
    with pytest.raises(DamagedData):
        other.read(sha256, 1_000, 0, 1_000)


def test_every_damage_is_noticed(files: BlobFiles, tmp_path: Path) -> None:
    size = 2 * CHUNK + 5
    sha256 = kept(files, content_of(size))
    (path,) = paths(tmp_path)
    whole = path.read_bytes()
    sealed = CHUNK + 16
    chunks = [whole[20 : 20 + sealed], whole[20 + sealed : 20 + 2 * sealed], whole[20 + 2 * sealed :]]
    for damaged in (
        b"",
        whole[:10],
        b"X" + whole[1:],
        whole[:8] + b"\x00" + whole[9:],
        whole[:-1],
        whole[: 20 + 2 * sealed],
        whole[:20] + chunks[1] + chunks[0] + chunks[2],
        whole[:20] + chunks[0] + chunks[0] + chunks[2],
        whole[:5_000] + bytes([whole[5_000] ^ 1]) + whole[5_001:],
    ):
        path.write_bytes(damaged)
        with pytest.raises(DamagedData):
            files.read(sha256, size, 0, size)
    path.unlink()
    with pytest.raises(DamagedData):
        files.read(sha256, size, 0, size)
    assert not files.has(sha256, size)


def test_one_file_in_the_place_of_another_is_noticed(files: BlobFiles) -> None:
    one, two = kept(files, content_of(100, 1)), kept(files, content_of(100, 2))
    shutil.copy(files._file(one), files._file(two))
    with pytest.raises(DamagedData):
        files.read(two, 100, 0, 100)


def test_a_shorter_file_never_passes_for_a_whole_one(files: BlobFiles) -> None:
    content = content_of(2 * CHUNK)
    sha256 = kept(files, content)
    with pytest.raises(DamagedData):
        files.read(sha256, CHUNK, 0, CHUNK)  # as if it had ended after its first chunk


@pytest.mark.parametrize("size", SIZES)
def test_what_is_fetched_grows_until_it_is_whole(files: BlobFiles, tmp_path: Path, size: int) -> None:
    content = content_of(size)
    sha256 = name_of(content)
    assert files.partial(sha256) == 0
    for start in range(0, size, CHUNK):
        assert files.partial(sha256) == start
        files.grow(sha256, content[start : start + CHUNK], start + CHUNK >= size, SALT if start == 0 else bytes(16))
        assert not files.has(sha256, size)
    if size > 20:
        assert content[:20] not in b"".join(path.read_bytes() for path in paths(tmp_path))
    assert files.finish(sha256, size)
    assert files.read(sha256, size, 0, size) == content
    assert len(paths(tmp_path)) == 1


def test_half_a_chunk_of_before_the_power_cut_is_written_anew(files: BlobFiles) -> None:
    content = content_of(3 * CHUNK)
    sha256 = name_of(content)
    files.grow(sha256, content[: 2 * CHUNK], False, SALT)
    os.truncate(files._part(sha256), 20 + CHUNK + 16 + 1_000)
    assert files.partial(sha256) == CHUNK
    files.grow(sha256, content[CHUNK:], True, SALT)
    assert files.finish(sha256, 3 * CHUNK)
    assert files.read(sha256, 3 * CHUNK, 0, 3 * CHUNK) == content
    other = content_of(10, 3)
    files.grow(name_of(other), other, True, SALT)
    os.truncate(files._part(name_of(other)), 7)  # not even its header
    assert files.partial(name_of(other)) == 0
    files.grow(name_of(other), other, True, SALT)
    assert files.finish(name_of(other), 10)


def test_what_is_not_the_file_that_was_asked_for_is_thrown_away(files: BlobFiles, tmp_path: Path) -> None:
    content = content_of(1_000)
    sha256 = name_of(content)
    files.grow(sha256, content[:-1] + b"?", True, SALT)
    assert not files.finish(sha256, 1_000)
    assert paths(tmp_path) == []
    files.grow(sha256, content, True, SALT)
    assert files.finish(sha256, 1_000)


def test_what_was_fetched_and_is_damaged_is_thrown_away_and_comes_again(files: BlobFiles, tmp_path: Path) -> None:
    content = content_of(2 * CHUNK)
    sha256 = name_of(content)
    files.grow(sha256, content[:CHUNK], False, SALT)
    (part,) = paths(tmp_path)
    part.write_bytes(spoilt(part.read_bytes()))  # as a disk may forget what it was given last
    files.grow(sha256, content[CHUNK:], True, SALT)
    assert not files.finish(sha256, len(content))
    assert files.partial(sha256) == 0
    files.grow(sha256, content, True, SALT)
    assert files.finish(sha256, len(content))
    assert files.is_sound(sha256, len(content))


def test_a_damaged_blob_is_not_sound_and_is_put_anew(files: BlobFiles, tmp_path: Path) -> None:
    content = content_of(CHUNK + 5)
    sha256 = kept(files, content)
    (path,) = paths(tmp_path)
    path.write_bytes(spoilt(path.read_bytes()))
    assert files.has(sha256, len(content))
    assert not files.is_sound(sha256, len(content))
    kept(files, content)
    assert files.read(sha256, len(content), 0, len(content)) == content


def test_dropping_and_strays(files: BlobFiles, tmp_path: Path) -> None:
    one, two, three = (kept(files, content_of(100, seed)) for seed in range(3))
    files.grow(one, content_of(5, 9), True, SALT)
    files.drop(one)
    files.drop(one)
    assert not files.has(one, 100)
    files.drop_strays([two])
    assert files.has(two, 100)
    assert not files.has(three, 100)
    assert len(paths(tmp_path)) == 1
    BlobFiles(tmp_path / "never", KEY).drop_strays([])


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")
    files = BlobFiles(tmp_path / "blobs", KEY)
    for failing in (
        lambda: files.put(name_of(b"x"), b"x", SALT),
        lambda: files.grow(name_of(b"x"), b"x", True, SALT),
    ):
        with pytest.raises(DiskRefuses, match="tertukar") as failed:
            failing()
        assert failed.value.way_out
        assert "penuh" not in failed.value.title
