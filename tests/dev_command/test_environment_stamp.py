from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def project(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "see_to_system", lambda _needs: None)
    (tmp_path / "requirements.lock").write_text("alpha==1\n")
    return tmp_path


class Builder:
    """Stands in for make_environment; can be cut short after it has laid down the interpreter."""

    def __init__(self, dev: ModuleType) -> None:
        self.dev = dev
        self.built = 0
        self.cut_short = False

    def __call__(self, venv: Path, requirements: list[str]) -> None:
        assert requirements[0] == "--require-hashes"
        self.built += 1
        python = self.dev.program(venv, "python")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        if self.cut_short:
            raise KeyboardInterrupt


@pytest.fixture
def builder(dev: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    builder = Builder(dev)
    monkeypatch.setattr(dev, "make_environment", builder)
    return builder


@pytest.mark.parametrize(
    ("windows", "expected"), [(False, Path("venv/bin/python")), (True, Path("venv/Scripts/python.exe"))]
)
def test_programs_lie_where_each_system_puts_them(dev: ModuleType, windows: bool, expected: Path) -> None:
    assert dev.program(Path("venv"), "python", windows=windows) == expected


def test_stamp_follows_lock_python_and_place(dev: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, venv = project / "requirements.lock", project / ".venv"
    first = dev.stamp_of(lock, venv)
    assert dev.stamp_of(lock, venv) == first
    assert dev.stamp_of(lock, project / "moved") != first
    with monkeypatch.context() as patch:
        patch.setattr(dev.sys, "version", "4.0.0")
        assert dev.stamp_of(lock, venv) != first
    lock.write_text("alpha==2\n")
    assert dev.stamp_of(lock, venv) != first


def test_second_set_up_builds_nothing(dev: ModuleType, builder: Builder) -> None:
    dev.set_up(())
    dev.set_up(())
    assert builder.built == 1


def test_changed_lock_is_installed(dev: ModuleType, builder: Builder, project: Path) -> None:
    dev.set_up(())
    (project / "requirements.lock").write_text("alpha==2\n")
    dev.set_up(())
    assert builder.built == 2


def test_lost_interpreter_is_replaced(dev: ModuleType, builder: Builder, project: Path) -> None:
    dev.set_up(())
    dev.program(project / ".venv", "python").unlink()
    dev.set_up(())
    assert builder.built == 2


def test_set_up_cut_short_is_repaired_by_the_next_call(dev: ModuleType, builder: Builder) -> None:
    builder.cut_short = True
    with pytest.raises(KeyboardInterrupt):
        dev.set_up(())
    builder.cut_short = False
    dev.set_up(())
    dev.set_up(())
    assert builder.built == 2


def test_half_installed_new_lock_does_not_pass_for_the_old_one(
    dev: ModuleType, builder: Builder, project: Path
) -> None:
    dev.set_up(())
    lock = project / "requirements.lock"
    old = lock.read_text()
    lock.write_text("alpha==2\n")
    builder.cut_short = True
    with pytest.raises(KeyboardInterrupt):
        dev.set_up(())
    lock.write_text(old)
    builder.cut_short = False
    dev.set_up(())
    assert builder.built == 3


def test_pip_is_asked_for_only_when_something_is_installed(
    dev: ModuleType, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(dev, "see_to_system", lambda needs: asked.append([need.package for need in needs]))
    dev.set_up(dev.QT[:1])
    dev.set_up(dev.QT[:1])
    assert asked == [["python3-pip", "libegl1"], ["libegl1"]]


def test_environment_is_made_without_ensurepip_and_filled_from_outside(
    dev: ModuleType, children: Any, tmp_path: Path
) -> None:
    dev.make_environment(tmp_path / ".venv", ["--require-hashes", "-r", "requirements.lock"])
    make, fill = children.commands
    assert make[1:] == ["-m", "venv", "--clear", "--without-pip", str(tmp_path / ".venv")]
    assert fill[:5] == [make[0], "-m", "pip", "--python", str(dev.program(tmp_path / ".venv", "python"))]
    assert fill[-3:] == ["--require-hashes", "-r", "requirements.lock"]


@pytest.mark.parametrize("word", ["venv", "pip"])
def test_environment_that_cannot_be_made_is_an_error(dev: ModuleType, children: Any, tmp_path: Path, word: str) -> None:
    children.statuses[word] = 1
    with pytest.raises(dev.DevError):
        dev.make_environment(tmp_path / ".venv", ["anything"])
