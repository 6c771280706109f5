"""The database key: in the keyring where that keeps it, else in a file only its owner can read, and never lost."""

import stat
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.errors
import pytest

from kelurahan_client.config import Config
from kelurahan_client.errors import DiskFull, WrongKey
from kelurahan_client.store.key import SERVICE, make_key, system_keyring
from tests.desk_making import DeskAt, FakeKeyring


def test_a_keyring_that_works_keeps_the_key(config: Config, desk_at: DeskAt) -> None:
    ring = FakeKeyring()
    desk = desk_at(config, ring)
    assert desk.store.key_place == "keyring"
    assert not config.key_file.exists()
    (name, text), *others = ring.kept.items()
    assert others == []
    assert name == (SERVICE, str(config.database))
    assert len(bytes.fromhex(text)) == 32
    desk.store.close()
    assert desk_at(config, ring).store.key_place == "keyring"


def test_two_desks_on_one_machine_have_two_keys(config: Config, tmp_path: Path, desk_at: DeskAt) -> None:
    ring = FakeKeyring()
    desk_at(config, ring)
    desk_at(Config(tmp_path / "other"), ring)
    assert len(set(ring.kept.values())) == 2


@pytest.mark.parametrize("ring", [None, FakeKeyring(swallows=True)], ids=["none", "swallows"])
def test_without_a_keyring_that_keeps_it_the_key_is_in_a_private_file(
    config: Config, desk_at: DeskAt, ring: FakeKeyring | None
) -> None:
    desk = desk_at(config, ring)
    assert desk.store.key_place == "file"
    assert stat.S_IMODE(config.key_file.stat().st_mode) == 0o600
    assert len(bytes.fromhex(config.key_file.read_text())) == 32
    desk.store.close()
    desk_at(config, ring)


@pytest.mark.parametrize("ring", [None, FakeKeyring()], ids=["no keyring", "an empty keyring"])
def test_data_without_their_key_are_left_alone(
    enrolled_config: Config, desk_at: DeskAt, ring: FakeKeyring | None
) -> None:
    enrolled_config.key_file.unlink()
    before = enrolled_config.database.read_bytes()
    with pytest.raises(WrongKey, match="tidak ditemukan"):
        desk_at(enrolled_config, ring)
    assert enrolled_config.database.read_bytes() == before
    assert not enrolled_config.key_file.exists()
    assert not (ring and ring.kept)


def test_a_spoiled_key_in_the_keyring(config: Config, desk_at: DeskAt) -> None:
    ring = FakeKeyring()
    desk_at(config, ring).store.close()
    ring.kept[SERVICE, str(config.database)] = "zz"
    with pytest.raises(WrongKey, match="gantungan kunci"):
        desk_at(config, ring)


def test_half_a_key_file_does_not_bar_the_next_start(
    config: Config, desk_at: DeskAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.data_dir.mkdir()
    with monkeypatch.context() as full_disk:

        def no_room(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        full_disk.setattr("kelurahan_client.store.key.os.fsync", no_room)
        with pytest.raises(DiskFull):
            make_key(config.database, config.key_file, None)
    assert desk_at(config).store.key_place == "file"


def test_a_key_file_is_never_overwritten(config: Config) -> None:
    config.data_dir.mkdir()
    config.key_file.write_text("ab" * 32)
    with pytest.raises(DiskFull):
        make_key(config.database, config.key_file, None)
    assert config.key_file.read_text() == "ab" * 32


class BrokenBackend:
    """A keyring whose daemon has gone."""

    def get_password(self, service: str, name: str) -> str | None:
        raise keyring.errors.InitError("no daemon")

    def set_password(self, service: str, name: str, password: str) -> None:
        raise RuntimeError("no daemon")


def test_a_keyring_that_fails_reads_as_an_empty_one(
    config: Config, desk_at: DeskAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", BrokenBackend)
    assert desk_at(config, system_keyring()).store.key_place == "file"


def test_a_machine_without_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    assert system_keyring() is None
