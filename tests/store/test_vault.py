"""The wrapped key: opened by the right PIN on its machine, by the recovery code anywhere, and by nothing else."""

import json
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kelurahan_client.config import Config
from kelurahan_client.domain.entry_errors import MustWait, WrongPin
from kelurahan_client.domain.roles import Role
from kelurahan_client.errors import DamagedData, DiskFull, NewerData, WrongKey
from kelurahan_client.store import officers_file
from kelurahan_client.store.key import SERVICE
from kelurahan_client.store.vault import Person, Vault
from tests.desk_making import FakeClock, FakeKeyring
from tests.officers_at_work import CHEAP, OTHER_PIN, PIN

KEY = bytes(range(32))
FIRST = Person("o1", "Norhasanah", Role.ADMIN)
SECOND = Person("o2", "Muhammad Yusuf", Role.CLERK)
PLACE = ("Alalak Selatan", "Banjarmasin Utara", "A")


@pytest.fixture
def folder(config: Config) -> Config:
    config.data_dir.mkdir()
    return config


@pytest.fixture
def vault(folder: Config, clock: FakeClock) -> Vault:
    return a_vault(folder, clock)


def a_vault(folder: Config, clock: FakeClock, keyring: FakeKeyring | None = None) -> Vault:
    return Vault(folder, keyring, clock, secrets.token_bytes, CHEAP)


def test_the_right_pin_gives_the_key_and_a_wrong_one_nothing(vault: Vault) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    vault.put(KEY, SECOND, OTHER_PIN)
    assert vault.unlock("o1", PIN).raw == KEY
    assert vault.unlock("o2", OTHER_PIN).raw == KEY
    for officer, pin in (("o1", OTHER_PIN), ("o2", PIN), ("o1", ""), ("o9", PIN)):
        with pytest.raises(WrongPin):
            vault.unlock(officer, pin)


def test_the_code_gives_the_key_until_there_is_another(vault: Vault) -> None:
    code = vault.begin(KEY, FIRST, PIN, PLACE)
    assert vault.unlock_with_code(code.lower().replace("-", " ")).raw == KEY
    newer = vault.new_code(KEY)
    assert vault.unlock_with_code(newer).raw == KEY
    with pytest.raises(WrongPin, match="sudah diganti"):
        vault.unlock_with_code(code)
    with pytest.raises(WrongPin, match="Kelompok ke-1"):
        vault.unlock_with_code("00000" + newer[5:])


def test_a_copy_of_the_folder_is_worth_nothing_without_the_keyring(folder: Config, clock: FakeClock) -> None:
    ring = FakeKeyring()
    vault = a_vault(folder, clock, ring)
    code = vault.begin(KEY, FIRST, PIN, PLACE)
    assert [name for name, _text in ring.kept.items()] == [(SERVICE, f"{folder.database}#pin")]
    assert not folder.machine_file.exists()
    assert vault.unlock("o1", PIN).place == "pin+keyring"
    stolen = a_vault(folder, clock, FakeKeyring())
    with pytest.raises(WrongKey, match="Kunci komputer untuk data ini tidak ada"):
        stolen.unlock("o1", PIN)
    assert stolen.unlock_with_code(code).raw == KEY


def test_after_the_code_another_machine_makes_its_own_part(folder: Config, clock: FakeClock) -> None:
    code = a_vault(folder, clock, FakeKeyring()).begin(KEY, FIRST, PIN, PLACE)
    other = a_vault(folder, clock, FakeKeyring())
    key = other.unlock_with_code(code)
    with pytest.raises(WrongPin):
        other.unlock("o1", PIN)
    other.put(key.raw, FIRST, OTHER_PIN)
    assert other.unlock("o1", OTHER_PIN).raw == KEY


def test_without_a_keyring_the_machines_part_is_a_private_file(vault: Vault, folder: Config) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    for path in (folder.machine_file, folder.officers_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert vault.unlock("o1", PIN).place == "pin+file"


def test_the_file_tells_neither_key_nor_pin(vault: Vault, folder: Config) -> None:
    code = vault.begin(KEY, FIRST, PIN, PLACE)
    text = folder.officers_file.read_text()
    for secret in (KEY.hex(), PIN, code, code.replace("-", "")):
        assert secret not in text


def _changes(values: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    entry = values["officers"][0]
    for name in ("salt", "nonce", "key"):
        flipped = entry[name][:-1] + ("0" if entry[name][-1] != "0" else "1")
        yield name, {**entry, name: flipped}
    yield "cost", {**entry, "argon2id": [16, 1, 1]}
    yield "id", {**entry, "id": "o2"}


def test_every_changed_byte_of_the_wrapping_is_refused(vault: Vault, folder: Config) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    values = json.loads(folder.officers_file.read_text())
    for name, entry in _changes(values):
        folder.officers_file.write_text(json.dumps(values | {"officers": [entry]}))
        with pytest.raises(WrongPin):
            vault.unlock(entry["id"], PIN)
        vault.tries.forget(entry["id"])
        assert name


@pytest.mark.parametrize("cost", [[2**30, 1, 1], [8, 10**9, 1], [8, 1, 0], [8, 1], "x"])
def test_a_cost_that_would_hang_the_machine_is_no_file_of_ours(vault: Vault, folder: Config, cost: Any) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    values = json.loads(folder.officers_file.read_text())
    values["officers"][0]["argon2id"] = cost
    for path in folder.data_dir.glob("officers*.json"):
        path.write_text(json.dumps(values))
    with pytest.raises(DamagedData):
        vault.unlock("o1", PIN)


def test_a_file_of_a_newer_program_is_left_alone(vault: Vault, folder: Config) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    text = folder.officers_file.read_text().replace('"format": 1', '"format": 2')
    folder.officers_file.write_text(text)
    with pytest.raises(NewerData):
        vault.unlock("o1", PIN)
    assert folder.officers_file.read_text() == text


@pytest.mark.parametrize("spoiled", ["", "{", "[]", "null x", '{"format": 0}', "\x00" * 50])
def test_a_damaged_file_is_read_from_its_copy(vault: Vault, folder: Config, spoiled: str) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    folder.officers_file.write_text(spoiled)
    assert vault.unlock("o1", PIN).raw == KEY
    for path in folder.data_dir.glob("officers*.json"):
        path.write_text(spoiled)
    with pytest.raises(DamagedData):
        vault.file()


def test_a_lost_file_is_read_from_its_copy(vault: Vault, folder: Config) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    folder.officers_file.unlink()
    assert vault.unlock("o1", PIN).raw == KEY


class Outage(BaseException):
    """The power goes."""


class Cut:
    """The power goes at the `at`-th thing that is asked of the disk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
        self.left = at
        for place, name in ((os, "open"), (os, "fsync"), (Path, "replace")):
            monkeypatch.setattr(place, name, self._watched(getattr(place, name)))

    def _watched(self, real: Any) -> Any:
        def watched(*arguments: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise Outage
            return real(*arguments)

        return watched


@pytest.mark.parametrize("at", range(1, 13))
def test_a_power_cut_leaves_the_old_pin_or_the_new_one(
    folder: Config, clock: FakeClock, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = a_vault(folder, clock)
    code = vault.begin(KEY, FIRST, PIN, PLACE)
    with monkeypatch.context() as patched:
        cut = Cut(patched, at)
        try:
            vault.put(KEY, FIRST, OTHER_PIN)
        except Outage:
            pass
        else:
            assert cut.left > 0, "the parameters end where the writing does"
    opened = []
    for pin in (PIN, OTHER_PIN):
        try:
            opened.append(a_vault(folder, clock).unlock("o1", pin).raw)
        except WrongPin:
            continue
    assert opened == [KEY]
    assert vault.unlock_with_code(code).raw == KEY


@pytest.mark.parametrize("at", range(1, 18))
def test_a_power_cut_at_the_first_officer_leaves_none_or_one_who_gets_in(
    folder: Config, clock: FakeClock, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        cut = Cut(patched, at)
        try:
            a_vault(folder, clock).begin(KEY, FIRST, PIN, PLACE)
        except Outage:
            pass
        else:
            assert cut.left > 0
    vault = a_vault(folder, clock)
    if vault.file() is None:
        vault.begin(KEY, FIRST, PIN, PLACE)
    assert vault.unlock("o1", PIN).raw == KEY


def test_a_full_disk_is_told_and_the_old_file_holds(
    vault: Vault, folder: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(DiskFull, match="PIN dan nama petugas tidak berubah"):
            vault.put(KEY, FIRST, OTHER_PIN)
    assert vault.unlock("o1", PIN).raw == KEY


def wrong(vault: Vault, times: int) -> list[WrongPin]:
    found = []
    for _ in range(times):
        with pytest.raises(WrongPin) as raised:
            vault.unlock("o1", OTHER_PIN)
        found.append(raised.value)
    return found


def test_wrong_pins_make_wait_longer_and_longer(vault: Vault, clock: FakeClock) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    said = wrong(vault, 4)
    assert [error.tries_left for error in said] == [4, 3, 2, 1]
    assert "Masih 1 kali, lalu harus menunggu 30 detik" in str(said[-1])
    for seconds in (30, 60, 300, 900, 1800, 3600, 3600):
        (error,) = wrong(vault, 1)
        assert isinstance(error, MustWait)
        assert error.seconds == seconds
        with pytest.raises(MustWait):
            vault.unlock("o1", PIN)
        clock.move(seconds=seconds - 1)
        with pytest.raises(MustWait):
            vault.unlock("o1", PIN)
        clock.move(seconds=1)
    assert vault.unlock("o1", PIN).raw == KEY
    assert wrong(vault, 1)[0].tries_left == 4


def test_waiting_outlives_a_restart_and_is_each_officers_own(folder: Config, clock: FakeClock) -> None:
    vault = a_vault(folder, clock)
    vault.begin(KEY, FIRST, PIN, PLACE)
    vault.put(KEY, SECOND, OTHER_PIN)
    wrong(vault, 5)
    again = a_vault(folder, clock)
    with pytest.raises(MustWait):
        again.unlock("o1", PIN)
    assert again.unlock("o2", OTHER_PIN).raw == KEY


def test_a_clock_set_back_does_not_shorten_the_wait(vault: Vault, clock: FakeClock) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    wrong(vault, 5)
    clock.move(seconds=30)
    wrong(vault, 1)
    clock.move(days=-300)
    with pytest.raises(MustWait) as raised:
        vault.unlock("o1", PIN)
    assert raised.value.seconds == 60
    clock.move(seconds=59)
    with pytest.raises(MustWait):
        vault.unlock("o1", PIN)
    clock.move(seconds=1)
    assert vault.unlock("o1", PIN).raw == KEY


def test_a_try_counts_even_if_the_program_is_killed_while_it_looks(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)

    def killed(*_arguments: object) -> bytes:
        raise Outage

    with monkeypatch.context() as patched:
        patched.setattr("kelurahan_client.store.wrapping.unwrap_with_pin", killed)
        for _ in range(5):
            with pytest.raises(Outage):
                vault.unlock("o1", OTHER_PIN)
    with pytest.raises(MustWait):
        vault.unlock("o1", PIN)


def test_a_damaged_count_costs_a_wait_and_nobody_is_locked_out(vault: Vault, folder: Config, clock: FakeClock) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    folder.tries_file.write_text("{")
    with pytest.raises(MustWait):
        vault.unlock("o1", PIN)
    clock.move(seconds=30)
    assert vault.unlock("o1", PIN).raw == KEY
    assert wrong(vault, 1)[0].tries_left == 4


def test_names_follow_the_data_and_whoever_left_is_gone(vault: Vault, folder: Config) -> None:
    vault.begin(KEY, FIRST, PIN, PLACE)
    vault.put(KEY, SECOND, OTHER_PIN)
    vault.match([Person("o1", "Hj. Norhasanah", Role.HEAD)])
    file = officers_file.read(folder.officers_file)
    assert file is not None
    assert [(entry.name, entry.role) for entry in file.entries] == [("Hj. Norhasanah", Role.HEAD)]
    assert (file.office, file.district, file.desk) == PLACE
    assert vault.unlock("o1", PIN).raw == KEY
    with pytest.raises(WrongPin, match="tidak lagi terdaftar"):
        vault.unlock("o2", OTHER_PIN)
    vault.match([])
    assert vault.unlock("o1", PIN).raw == KEY  # never nobody
