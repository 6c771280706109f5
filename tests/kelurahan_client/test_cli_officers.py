"""Commands on a desk with officers: a name and a PIN from a file or a terminal, and the role of whoever that is."""

import sys
from pathlib import Path

import pytest

from kelurahan_client import pin_source
from kelurahan_client.config import Config
from kelurahan_client.domain.roles import Role
from tests.desk_making import register
from tests.kelurahan_client.test_cli import Run, run_in
from tests.officers_at_work import OTHER_PIN, PIN, Guarded, guarded, keyring

__all__ = ["guarded", "keyring", "run_in"]


@pytest.fixture
def pin_file(tmp_path: Path) -> Path:
    path = tmp_path / "pin"
    path.write_text(f"{PIN}\n")
    return path


@pytest.fixture
def closed(guarded: Guarded) -> Config:
    """A desk with an admin, a clerk and one complaint, that nobody has open."""
    guarded.add("Muhammad Yusuf", Role.CLERK, OTHER_PIN)
    register(guarded.desk)
    guarded.desk.store.close()
    return guarded.config


def test_without_a_name_nothing_is_opened(run_in: Run, closed: Config) -> None:
    said = run_in(closed, "list")
    assert said.status == 1
    assert said.out == ""
    assert said.err.startswith("LK-2007 Loket ini dijaga PIN petugas. Sebut --officer NAMA")


def test_a_name_and_a_pin_file_open_it(run_in: Run, closed: Config, pin_file: Path) -> None:
    said = run_in(closed, "--officer", "norhasanah", "--pin-file", pin_file, "list")
    assert (said.status, said.err) == (0, "")
    assert len(said.lines) == 1


def test_the_environment_of_a_schedule_does_too(
    run_in: Run, closed: Config, pin_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAPOR_OFFICER", "Norhasanah")
    monkeypatch.setenv("LAPOR_PIN_FILE", str(pin_file))
    assert run_in(closed, "doctor").json["key_kept_in"] == "pin+file"


def test_roles_hold_for_commands(run_in: Run, closed: Config, pin_file: Path) -> None:
    pin_file.write_text(OTHER_PIN)
    officer = ("--officer", "Muhammad Yusuf", "--pin-file", pin_file)
    (complaint,) = run_in(closed, *officer, "list").lines
    said = run_in(closed, *officer, "transition", complaint["reference"], "verified")
    assert said.status == 1
    assert said.err.startswith("LK-1109 Mengubah status hanya untuk verifikator")
    for command, words in (
        (("list", "--reveal"), "Mengekspor identitas hanya untuk lurah atau admin loket"),
        (("network", "--no-proxy"), "Mengubah pengaturan hanya untuk admin loket"),
        (("close-silent", "--dry-run"), "Mengubah status hanya untuk verifikator"),
        (("resolve", "c1", "--take", "1"), "Memutuskan konflik hanya untuk verifikator"),
    ):
        said = run_in(closed, *officer, *command)
        assert (said.status, said.out) == (1, "")
        assert said.err.startswith(f"LK-1109 {words}")
    shown = run_in(closed, *officer, "show", complaint["reference"], "--reveal").json
    assert shown["reporter_phone"] == "081251234567"
    assert run_in(closed, *officer, "follow-up", complaint["reference"], "Ditelepon.").json["actor"] == "Muhammad Yusuf"


def test_wrong_pins_are_counted_here_too(run_in: Run, closed: Config, pin_file: Path) -> None:
    pin_file.write_text("999999")
    said = [run_in(closed, "--officer", "Norhasanah", "--pin-file", pin_file, "list") for _ in range(6)]
    assert {one.status for one in said} == {1}
    assert said[0].err.startswith("LK-1110 PIN belum cocok. Masih 4 kali")
    assert said[5].err.startswith("LK-1111 Terlalu banyak")


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_pin_file_that_cannot_be_read(run_in: Run, closed: Config, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "none"
    if content is not None:
        path.write_bytes(content)
    said = run_in(closed, "--officer", "Norhasanah", "--pin-file", path, "list")
    assert said.err.startswith("LK-1102 Berkas PIN")


def test_at_a_terminal_the_pin_is_asked_for(run_in: Run, closed: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(pin_source.getpass, "getpass", lambda _prompt, _stream: PIN)
    assert run_in(closed, "--officer", "Norhasanah", "list").status == 0


def test_without_a_terminal_and_a_file_it_says_so(run_in: Run, closed: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    said = run_in(closed, "--officer", "Norhasanah", "list")
    assert said.err.startswith("LK-2007 PIN petugas diperlukan.")


def test_an_unknown_name(run_in: Run, closed: Config) -> None:
    assert "Tidak ada petugas bernama “Ani”" in run_in(closed, "--officer", "Ani", "list").err


def test_no_pin_reaches_the_log(run_in: Run, closed: Config, pin_file: Path) -> None:
    pin_file.write_text("999999")
    run_in(closed, "--officer", "Norhasanah", "--pin-file", pin_file, "list")
    pin_file.write_text(PIN)
    run_in(closed, "--officer", "Norhasanah", "--pin-file", pin_file, "list")
    log = closed.log_file.read_text() if closed.log_file.exists() else ""
    assert PIN not in log
    assert "999999" not in log
    assert not closed.key_file.exists()
