"""A bundle on a stick is there whole, or nothing of it is; and nothing else on the stick is touched."""

import errno

import pytest

from kelurahan_client.errors import DiskFull, InputError, UnreadableFile, UnwritableFile
from sync.bundle_file import new_file, opened
from tests.full_disk import room_for


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def write(target, *pieces, meanwhile=lambda: None):
    with new_file(target, "ab12") as file:
        for piece in pieces:
            file.write(piece)
        meanwhile()


def test_it_takes_its_name_when_it_is_whole(tmp_path):
    target = tmp_path / "loket.bundel"
    seen = []
    write(target, b"i", b"si", meanwhile=lambda: seen.append(target.exists()))
    assert (target.read_bytes(), seen) == (b"isi", [False])
    assert (target.stat().st_mode & 0o077, names(tmp_path)) == (0, ["loket.bundel"])


def test_what_is_there_stays(tmp_path):
    target, faster = tmp_path / "foto.jpg", tmp_path / "b"
    target.write_bytes(b"milik orang lain")
    with pytest.raises(InputError, match="tidak ditimpa"):
        write(target, b"x", meanwhile=lambda: pytest.fail("it was opened"))
    with pytest.raises(InputError, match="tidak ditimpa"):
        write(faster, b"x", meanwhile=lambda: faster.write_bytes(b"lebih cepat"))
    assert (target.read_bytes(), faster.read_bytes()) == (b"milik orang lain", b"lebih cepat")
    assert names(tmp_path) == ["b", "foto.jpg"]


def test_a_full_stick_is_said_and_left_as_it_was(tmp_path):
    with room_for(100_000), pytest.raises(DiskFull, match="Tidak cukup tempat"):
        write(tmp_path / "x", *[bytes(50_000)] * 10)
    assert names(tmp_path) == []


def test_what_goes_wrong_meanwhile_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "x", b"setengah", meanwhile=lambda: 1 // 0)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["tidak/ada", "nol\x00", "x" * 300])
def test_places_that_cannot_be(tmp_path, name):
    with pytest.raises(InputError, match="tidak dapat ditulis"), new_file(tmp_path / name, "a"):
        pytest.fail("it was opened")
    with pytest.raises(UnreadableFile, match="tidak dapat dibaca"), opened(tmp_path / name):
        pytest.fail("it was opened")


def test_a_stick_that_is_pulled_out_while_it_is_read(tmp_path):
    (tmp_path / "x").write_bytes(b"isi")
    with pytest.raises(UnreadableFile, match="tidak dapat dibaca"), opened(tmp_path / "x"):
        raise OSError(5, "Input/output error")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "tempatnya hanya dapat dibaca"),
        (errno.EIO, "stiknya terlepas"),
        (errno.EACCES, "akun komputer ini"),
        (errno.EBUSY, f"nomor {errno.EBUSY}"),
    ],
)
def test_a_stick_that_takes_nothing_says_why_in_one_language(tmp_path, number, words):
    with pytest.raises(UnwritableFile, match=words) as refused, new_file(tmp_path / "x", "a"):
        raise OSError(number, "words of the system, in any language")
    assert "words of the system" not in str(refused.value)
    assert names(tmp_path) == []


def test_a_folder_is_no_bundle(tmp_path):
    with pytest.raises(UnreadableFile), opened(tmp_path):
        pytest.fail("it was opened")
