from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def asked(dev: ModuleType, children: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Nothing is set up; the packages that each call would have asked for are kept."""
    needs: list[set[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda wanted: needs.append({need.package for need in wanted}))
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "DATA", tmp_path / ".dev")
    monkeypatch.setattr(dev.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return needs


def modules(children: Any) -> list[list[str]]:
    """What was started, without the interpreter and its -m."""
    return [command[2:] for command in children.commands]


def test_without_a_command_all_of_them_are_listed(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    listed = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    names = [words[0] for words in listed]
    assert {"setup", "run", "test", "check", "fix", "serve", "screens", "bench", "soak", "prove", "lock"} == set(names)
    assert all(len(words) > 5 for words in listed)


def test_unknown_command_is_refused(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["biuld"]) == 2
    assert "biuld" in capsys.readouterr().err


def test_too_old_python_is_told(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (9, 0))
    assert dev.main(["setup"]) == 1
    assert "newer" in capsys.readouterr().err


def test_foreseen_error_is_a_sentence_and_a_status(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_needs: object) -> None:
        raise dev.DevError("the shelf is empty")

    monkeypatch.setattr(dev, "set_up", refuse)
    assert dev.main(["check"]) == 1
    assert capsys.readouterr().err == "dev.py: the shelf is empty\n"


def test_run_opens_a_window_where_there_is_a_display(
    dev: ModuleType, children: Any, asked: list[set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    assert dev.main(["run"]) == 0
    assert modules(children) == [["tools.demo", "--data-dir", str(tmp_path / ".dev" / "demo")]]
    assert "libxcb-cursor0" in asked[0]
    assert "postgresql" not in asked[0]


def test_run_without_a_display_says_so_and_works_in_the_terminal(
    dev: ModuleType, children: Any, asked: list[set[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["run"]) == 0
    assert "no display" in capsys.readouterr().out
    assert modules(children)[0][-1] == "--terminal"
    assert children.environments[0]["QT_QPA_PLATFORM"] == "offscreen"
    assert not asked[0] & {"libxcb-cursor0", "postgresql"}


def test_run_in_the_terminal_when_asked_to(
    dev: ModuleType, children: Any, asked: list[set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    children.statuses = {"--terminal": 4}
    assert dev.main(["run", "--terminal"]) == 4


@pytest.mark.usefixtures("asked", "children")
def test_reset_forgets_the_demo_and_nothing_else(dev: ModuleType, tmp_path: Path) -> None:
    for name in ("demo", "server"):
        (tmp_path / ".dev" / name).mkdir(parents=True)
    assert dev.main(["run", "--reset"]) == 0
    assert [path.name for path in (tmp_path / ".dev").iterdir()] == ["server"]
    assert dev.main(["run", "--reset"]) == 0


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
    ],
)
def test_display(dev: ModuleType, platform: str, environ: dict[str, str], expected: bool) -> None:
    assert dev.has_display(platform, environ) is expected


@pytest.mark.usefixtures("asked")
def test_test_runs_every_step_with_pytest_last(dev: ModuleType, children: Any) -> None:
    children.statuses = {"mypy": 1}
    assert dev.main(["test"]) == 1
    steps = [" ".join(command[2:]) or Path(command[0]).name for command in children.commands]
    assert steps == ["ruff check", "ruff format --check", "mypy", "mypy dev.py", "lint-imports", steps[-1]]
    assert steps[-1].split()[0] == "pytest"
    assert all(env["QT_QPA_PLATFORM"] == "offscreen" for env in children.environments)


@pytest.mark.usefixtures("asked")
def test_arguments_for_pytest_run_only_pytest(dev: ModuleType, children: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    children.statuses = {"pytest": 5}
    assert dev.main(["test", "-k", "nik", "tests/domain"]) == 5
    assert modules(children) == [["pytest", "-k", "nik", "tests/domain"]]
    assert children.environments[0]["QT_QPA_PLATFORM"] == "xcb"


def test_check_runs_no_tests_and_asks_for_no_libraries(dev: ModuleType, children: Any, asked: list[set[str]]) -> None:
    assert dev.main(["check"]) == 0
    assert not any("pytest" in command for command in children.commands)
    assert asked == [set()]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("failing", ["check", "format"])
def test_fix_formats_whatever_could_not_be_mended(dev: ModuleType, children: Any, failing: str) -> None:
    children.statuses = {failing: 1}
    assert dev.main(["fix"]) == 1
    assert modules(children) == [["ruff", "check", "--fix"], ["ruff", "format"]]


@pytest.mark.usefixtures("asked")
def test_serve_puts_each_option_on_its_side_of_the_command(dev: ModuleType, children: Any, tmp_path: Path) -> None:
    assert dev.main(["serve", "--port", "0", "--database-url", "postgresql:///kota"]) == 0
    data = str(tmp_path / ".dev" / "server")
    assert modules(children) == [
        ["central_server", "--data-dir", data, "--database-url", "postgresql:///kota", "serve", "--port", "0"]
    ]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("arguments", "module"),
    [
        (["bench", "search", "--json", "out.json"], ["benchmarks", "search", "--json", "out.json"]),
        (["soak", "--seeds", "3"], ["benchmarks.soak", "--seeds", "3"]),
        (["prove", "fsync"], ["tools.break_on_purpose", "fsync"]),
    ],
)
def test_long_runs_get_their_arguments(dev: ModuleType, children: Any, arguments: list[str], module: list[str]) -> None:
    assert dev.main(arguments) == 0
    assert modules(children) == [module]


@pytest.mark.usefixtures("asked")
def test_screens_are_drawn_into_the_documentation(dev: ModuleType, children: Any, tmp_path: Path) -> None:
    assert dev.main(["screens", "beranda"]) == 0
    assert modules(children) == [["tools.screens", "--out", str(tmp_path / "docs" / "screens"), "beranda"]]
    assert children.environments[0]["QT_QPA_PLATFORM"] == "offscreen"


def test_temporary_files_of_the_tests_are_in_memory_where_there_is_room(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "QUICK_BYTES", 1)
    with dev.quick_folder({"HOME": "x"}, tmp_path) as env:
        folder = Path(env["TMPDIR"])
        assert (folder.parent, env["HOME"]) == (tmp_path, "x")
        assert folder.is_dir()
        (folder / "left").touch()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(dev, "QUICK_BYTES", 1 << 62)
    with dev.quick_folder({"HOME": "x"}, tmp_path) as env:
        assert env == {"HOME": "x"}
    with dev.quick_folder({}, tmp_path / "none") as env:
        assert env == {}
