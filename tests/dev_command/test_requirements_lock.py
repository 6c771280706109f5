import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def locked(text: str) -> dict[str, Requirement]:
    """The requirements of a lock by canonical name."""
    heads = [line.rstrip("\\ ") for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, heads)}


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_requirement_is_one_version_with_hashes(text: str) -> None:
    requirements = re.findall(r"^[A-Za-z0-9].*(?:\n {4}--hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert len(requirements) == len(locked(text)) > 50
    for requirement in locked(text).values():
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement


def test_lock_names_no_address_and_no_option(text: str) -> None:
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]


def test_lock_meets_everything_that_the_project_asks_for(text: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    versions = {name: next(iter(requirement.specifier)).version for name, requirement in locked(text).items()}
    for wanted in map(Requirement, [*project["dependencies"], *(line for extra in extras for line in extra)]):
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), wanted


def test_lock_holds_for_windows_too(text: str) -> None:
    requirements = locked(text)
    for name in ("colorama", "pywin32-ctypes"):
        marker = requirements[name].marker
        assert marker is not None
        assert marker.evaluate({"sys_platform": "win32"})
        assert not marker.evaluate({"sys_platform": "linux"})


class Compiler:
    """Stands in for uv: writes what it was told into the file it was told."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.kept = ""

    def __call__(self, command: list[str], *, env: object = None, as_group: bool = False) -> int:
        target = Path(command[command.index("--output-file") + 1])
        self.kept = target.read_text(encoding="utf-8")
        target.write_text(self.text, encoding="utf-8")
        return 0


@pytest.fixture
def project(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "DATA", tmp_path / ".dev")
    monkeypatch.setattr(dev, "see_to_system", lambda _needs: None)
    monkeypatch.setattr(dev, "make_environment", lambda venv, _requirements: venv.mkdir(parents=True))
    (tmp_path / "requirements.lock").write_text("alpha==1\n", encoding="utf-8")
    return tmp_path


def test_new_lock_starts_from_the_versions_of_the_old_one(
    dev: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiler = Compiler("alpha==2\n")
    monkeypatch.setattr(dev, "run_child", compiler)
    assert dev.main(["lock"]) == 0
    assert compiler.kept == "alpha==1\n"
    assert (project / "requirements.lock").read_text(encoding="utf-8").endswith("\nalpha==2\n")


def test_lock_with_an_address_is_not_taken_over(
    dev: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "run_child", Compiler("--index-url https://example.org/simple\nalpha==2\n"))
    assert dev.main(["lock"]) == 1
    assert "address" in capsys.readouterr().err
    assert (project / "requirements.lock").read_text(encoding="utf-8") == "alpha==1\n"
