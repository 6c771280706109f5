"""A backup is whole or does not exist, opens with the desk's key, and brings back what was there."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kelurahan_client.config import Config
from kelurahan_client.errors import BackupError, Cancelled, DiskFull, LaporError
from kelurahan_client.services import attachments, backups, lists
from kelurahan_client.services.backups import Backup, BackupProgress
from kelurahan_client.services.desk import Desk
from kelurahan_client.store import backups as files
from kelurahan_client.store import schema
from kelurahan_client.store.engine import open_store
from tests.desk_making import DeskAt, files_of, register
from tests.full_disk import room_for

PHOTO = b"\xff\xd8\xff\xe0" + bytes(200_000)


def nobody(_progress: BackupProgress) -> None:
    return None


def never() -> bool:
    return False


def backup(desk: Desk, place: Path) -> Backup:
    return backups.make(desk, place, nobody, never)


def restore(desk: Desk, folder: Path) -> None:
    backups.prepare_restore(desk, folder, nobody, never)


def with_photo(desk: Desk, tmp_path: Path) -> str:
    made = register(desk)
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(PHOTO)
    return attachments.attach(desk, made.id, photo).sha256


def titles(desk: Desk) -> list[str]:
    return [row.title for row in lists.page(desk, lists.keys(desk, lists.ListFilter()))]


def test_what_was_backed_up_comes_back_at_the_next_start(
    desk: Desk, desk_at: DeskAt, tmp_path: Path, config: Config
) -> None:
    sha256 = with_photo(desk, tmp_path)
    register(desk, title="Sebelum cadangan")
    made = backup(desk, tmp_path / "usb")
    register(desk, title="Sesudah cadangan")
    attachments_before = desk.store.blob_files.has(sha256, len(PHOTO))
    restore(desk, made.folder)
    assert "Sesudah cadangan" in titles(desk)  # nothing changes while the program runs
    assert backups.waiting(desk)
    desk.store.close()

    again = desk_at(config)
    assert "Sebelum cadangan" in titles(again)
    assert "Sesudah cadangan" not in titles(again)
    assert attachments_before
    assert again.store.blob_files.is_sound(sha256, len(PHOTO))
    assert again.store.check() == []
    assert not backups.waiting(again)
    (aside,) = config.aside_dir.iterdir()
    again.store.close()
    kept = Config(tmp_path / "kept")
    shutil.copytree(aside, kept.data_dir)
    shutil.copy(config.key_file, kept.key_file)
    assert "Sesudah cadangan" in titles(desk_at(kept))


def test_the_newest_backup_is_remembered(desk: Desk, tmp_path: Path) -> None:
    assert backups.last(desk) is None
    made = backup(desk, tmp_path)
    assert backups.last(desk) == (desk.now(), str(made.folder))
    assert made.folder.name == "Cadangan Alalak Selatan A 2026-08-03 10.32"
    assert backup(desk, tmp_path).folder.name.endswith("10.32 (1)")


def test_neither_key_nor_anything_readable_is_in_a_backup(desk: Desk, tmp_path: Path, config: Config) -> None:
    register(desk, reporter_name="Siti Rahmah", statement="Lampu jalan padam sudah seminggu di muka langgar.")
    folder = backup(desk, tmp_path / "usb").folder
    everything = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    for secret in (
        b"Siti Rahmah",
        b"langgar",
        bytes.fromhex(config.key_file.read_text()),
        config.key_file.read_bytes(),
    ):
        assert secret not in everything


def test_progress_grows_to_the_end(desk: Desk, tmp_path: Path) -> None:
    with_photo(desk, tmp_path)
    told: list[BackupProgress] = []
    made = backups.make(desk, tmp_path / "usb", told.append, never)
    assert [one.done for one in told] == sorted(one.done for one in told)
    assert all(one.done <= one.total for one in told)
    assert {one.doing for one in told} >= {"checking", "attachments"}
    assert backups.read(made.folder) == made


def test_a_full_stick_is_not_taken_for_a_full_desk(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    (tmp_path / "usb").mkdir()
    with room_for(20_000), pytest.raises(DiskFull, match=r"usb.*Data loket tidak berubah"):
        backup(desk, tmp_path / "usb")
    assert list((tmp_path / "usb").iterdir()) == []


@pytest.mark.parametrize("after", [0, 1])
def test_a_stopped_backup_leaves_nothing(desk: Desk, tmp_path: Path, after: int) -> None:
    with_photo(desk, tmp_path)
    told: list[BackupProgress] = []
    with pytest.raises(Cancelled):
        backups.make(desk, tmp_path / "usb", told.append, lambda: len(told) > after)
    assert list((tmp_path / "usb").iterdir()) == []
    assert backups.last(desk) is None


def test_a_place_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    with pytest.raises(LaporError) as refused:
        backup(desk, tmp_path / "berkas")
    assert refused.value.way_out


def test_the_officers_go_along_but_are_not_put_back(desk: Desk, tmp_path: Path, config: Config) -> None:
    """The wrapped key opens the copy elsewhere; here the PINs of today stay."""
    assert not backups.with_recovery_code(desk)
    officers = config.data_dir / backups.OFFICERS
    officers.write_text("kunci terbungkus")
    assert backups.with_recovery_code(desk)
    folder = backup(desk, tmp_path / "usb").folder
    assert (folder / backups.OFFICERS).read_text() == "kunci terbungkus"
    officers.write_text("PIN yang baru")
    restore(desk, folder)
    desk.store.close()
    files.put_in_place(config)  # as the next start does, before anybody has signed in
    assert officers.read_text() == "PIN yang baru"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("spoil", [cut, change, Path.unlink])
@pytest.mark.parametrize("which", ["desk.db", "blobs"])
def test_a_spoilt_backup_is_refused_and_nothing_changes(
    desk: Desk, tmp_path: Path, config: Config, spoil: Callable[[Path], None], which: str
) -> None:
    with_photo(desk, tmp_path)
    folder = backup(desk, tmp_path / "usb").folder
    spoil(next(file for file in folder.rglob("*") if file.is_file() and which in file.parts))
    before = files_of(config)
    with pytest.raises(BackupError):
        restore(desk, folder)
    assert files_of(config) == before
    assert not backups.waiting(desk)


def test_a_backup_of_another_computer_is_refused(desk: Desk, desk_at: DeskAt, tmp_path: Path) -> None:
    other = desk_at(Config(tmp_path / "lain"))
    folder = backup(other, tmp_path / "usb").folder
    with pytest.raises(BackupError):
        restore(desk, folder)


def test_a_backup_of_a_newer_program_is_refused(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = backup(desk, tmp_path / "usb").folder
    monkeypatch.setattr(schema, "KNOWN", frozenset({"0001"}))
    with pytest.raises(BackupError):
        restore(desk, folder)


@pytest.mark.parametrize(
    "told", ["", "{}", "[]", '{"format": 1, "files": {}}', '{"format": 2}', "null", '{"files": {"../../x": "00"}}']
)
def test_a_folder_that_is_no_backup(desk: Desk, tmp_path: Path, told: str) -> None:
    (tmp_path / backups.MANIFEST).write_text(told)
    with pytest.raises(BackupError):
        backups.read(tmp_path)
    with pytest.raises(BackupError):
        backups.read(tmp_path / "tidak ada")


@pytest.mark.parametrize("name", ["../desk.key", "blobs/../../x", "/etc/passwd", "blobs/aa/../bb", "window.ini"])
def test_a_list_that_reaches_out_of_its_folder_is_none(desk: Desk, tmp_path: Path, name: str) -> None:
    folder = backup(desk, tmp_path).folder
    told = json.loads((folder / backups.MANIFEST).read_text())
    told["files"][name] = "00"
    (folder / backups.MANIFEST).write_text(json.dumps(told))
    with pytest.raises(BackupError):
        backups.read(folder)


def test_a_restore_can_be_taken_back_until_the_next_start(
    desk: Desk, desk_at: DeskAt, tmp_path: Path, config: Config
) -> None:
    folder = backup(desk, tmp_path / "usb").folder
    register(desk, title="Tetap di sini")
    restore(desk, folder)
    backups.do_not_restore(desk)
    desk.store.close()
    assert "Tetap di sini" in titles(desk_at(config))
    assert not config.aside_dir.exists()


def test_a_power_cut_at_any_step_of_a_restore(
    desk: Desk, desk_at: DeskAt, tmp_path: Path, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the exchange of the files stops, the next start finishes it, and the old data are kept aside."""
    sha256 = with_photo(desk, tmp_path)
    folder = backup(desk, tmp_path / "usb").folder
    register(desk, title="Sesudah cadangan")
    restore(desk, folder)
    desk.store.close()
    real = Path.replace

    class PowerCut(BaseException):
        pass

    for allowed in range(20):
        start = Config(tmp_path / f"start-{allowed}")
        shutil.copytree(config.data_dir, start.data_dir)
        done: list[Path] = []

        def replace(self: Path, target: Path, done: list[Path] = done, allowed: int = allowed) -> Path:
            if len(done) == allowed:
                raise PowerCut
            done.append(self)
            return real(self, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace)
            try:
                open_store(start, None).close()
                break
            except PowerCut:
                pass
        again = desk_at(start)
        assert "Sesudah cadangan" not in titles(again)
        assert again.store.blob_files.is_sound(sha256, len(PHOTO))
        (aside,) = start.aside_dir.iterdir()
        assert (aside / files.DATABASE).exists()
        again.store.close()
    else:
        pytest.fail("the restore never ended")
    assert allowed >= 3
