from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def ordinary_user(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")


@pytest.fixture
def root(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")


def needs(dev: ModuleType, **present: bool) -> list[Any]:
    return [dev.Need(package, lambda answer=answer: answer) for package, answer in present.items()]


def test_only_what_is_not_there_is_missing(dev: ModuleType) -> None:
    assert dev.missing_packages(needs(dev, alpha=False, beta=True, gamma=False)) == ["alpha", "gamma"]


def test_library_is_found_by_loading_it(dev: ModuleType) -> None:
    assert dev.loads("libc.so.6")()
    assert not dev.loads("libof-nobody.so.77")()


def test_program_is_found_on_path_or_in_a_versioned_folder(dev: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "15" / "bin"
    folder.mkdir(parents=True)
    pattern = f"{tmp_path.relative_to('/')}/*/bin"
    assert not dev.finds("program-of-nobody", pattern)()
    (folder / "program-of-nobody").touch()
    assert dev.finds("program-of-nobody", pattern)()
    assert dev.finds("sh")()


def test_font_counts_only_when_it_is_scalable_and_at_any_depth(dev: ModuleType, tmp_path: Path) -> None:
    deep = tmp_path / "truetype" / "family"
    deep.mkdir(parents=True)
    (deep / "bitmap.pcf.gz").touch()
    assert not dev.has_font(tmp_path, tmp_path / "absent")
    (deep / "Sans.ttf").touch()
    assert dev.has_font(tmp_path / "absent", tmp_path)


@pytest.mark.usefixtures("ordinary_user")
def test_ordinary_user_gets_one_line_that_installs_everything(dev: ModuleType, children: Any) -> None:
    with pytest.raises(dev.DevError) as caught:
        dev.see_to_system(needs(dev, libalpha=False, libbeta=True, gamma=False))
    lines = [line.strip() for line in str(caught.value).splitlines() if "apt-get" in line]
    assert lines == [
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libalpha gamma",
    ]
    assert children.commands == []


@pytest.mark.usefixtures("ordinary_user")
def test_line_is_for_an_administrator_where_there_is_no_sudo(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    with pytest.raises(dev.DevError, match="administrator") as caught:
        dev.see_to_system(needs(dev, libalpha=False))
    assert "sudo" not in str(caught.value)


@pytest.mark.usefixtures("root")
def test_root_installs_only_what_is_missing(dev: ModuleType, children: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [["libalpha"], []]
    monkeypatch.setattr(dev, "missing_packages", lambda _needs: answers.pop(0))
    dev.see_to_system(needs(dev, libalpha=False, libbeta=True))
    update, install = children.commands
    assert update[:2] == ["apt-get", "update"]
    assert install[:2] == ["apt-get", "install"]
    assert "--no-install-recommends" in install
    assert "libalpha" in install
    assert "libbeta" not in install
    assert all(env["DEBIAN_FRONTEND"] == "noninteractive" for env in children.environments)


@pytest.mark.usefixtures("root", "children")
def test_package_that_did_not_bring_what_it_should_is_said(dev: ModuleType) -> None:
    with pytest.raises(dev.DevError, match="still not found: libalpha"):
        dev.see_to_system(needs(dev, libalpha=False))


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("word", ["update", "install"])
def test_failing_apt_stops_the_set_up(dev: ModuleType, children: Any, word: str) -> None:
    children.statuses[word] = 100
    with pytest.raises(dev.DevError, match=f"apt-get {word} failed"):
        dev.see_to_system(needs(dev, libalpha=False))


@pytest.mark.usefixtures("root")
def test_system_without_apt_is_told_the_names(dev: ModuleType, children: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    with pytest.raises(dev.DevError, match="libalpha"):
        dev.see_to_system(needs(dev, libalpha=False))
    assert children.commands == []


@pytest.mark.usefixtures("root")
def test_complete_system_is_left_alone(dev: ModuleType, children: Any) -> None:
    dev.see_to_system(needs(dev, libalpha=True))
    assert children.commands == []


def test_other_systems_are_not_asked_for_debian_packages(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "platform", "win32")
    dev.see_to_system(needs(dev, libalpha=False))


def test_window_needs_are_a_part_of_what_tests_need(dev: ModuleType) -> None:
    assert {*dev.QT, *dev.WINDOWS} < set(dev.EVERYTHING)
    packages = [need.package for need in dev.EVERYTHING]
    assert len(packages) == len(set(packages))
    assert {"postgresql", "xvfb", "xauth"} < set(packages)
