"""What dev.py owes the programs that it starts, tried on real processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _as_at_a_terminal() -> Iterator[None]:
    """Ctrl+C means something, also where the tests themselves were started to run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


DEV_PY = Path(__file__).parents[2] / "dev.py"

# A dev.py whose one command is the child given as text.
PARENT = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("dev", sys.argv[1])
dev = importlib.util.module_from_spec(spec)
sys.modules["dev"] = dev
spec.loader.exec_module(dev)

def work(arguments):
    return dev.run_child([sys.executable, "-c", arguments[0]], as_group=sys.argv[3] == "group")

dev.COMMANDS = (work,)
sys.exit(dev.main(["work", sys.argv[2]]))
"""

WAITS = "import signal; print('ready', flush=True); signal.pause()"
HAS_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WAITS!r}])"
SAVES_FIRST = """
import signal, sys
def save(number, frame):
    print("saved", flush=True)
    sys.exit({status})
signal.signal(signal.SIGINT, save)
print("ready", flush=True)
signal.pause()
"""


def start(child: str, *, as_group: bool = False) -> subprocess.Popen[str]:
    """Start dev.py in a process group of its own, as a shell does, and wait until its child is at work."""
    command = [sys.executable, "-c", PARENT, str(DEV_PY), child, "group" if as_group else "alone"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def rest(process: subprocess.Popen[str]) -> str:
    """Read until the last holder of the pipe, be it dev.py or its child, is gone."""
    output, _ = process.communicate(timeout=60)
    return output


@pytest.mark.parametrize("status", [0, 1, 7])
def test_status_of_the_child_is_passed_on(dev: ModuleType, status: int) -> None:
    assert dev.run_child([sys.executable, "-c", f"raise SystemExit({status})"]) == status


def test_child_ended_by_a_signal_is_reported_as_a_shell_does(dev: ModuleType) -> None:
    kill_itself = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert dev.run_child([sys.executable, "-c", kill_itself]) == 128 + signal.SIGKILL


def test_child_runs_in_the_root_of_the_project(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here = "import pathlib, sys; sys.exit(0 if pathlib.Path('dev.py').exists() else 3)"
    assert dev.run_child([sys.executable, "-c", here]) == 0


@pytest.mark.parametrize(("own_status", "seen"), [(5, 5), (0, 128 + signal.SIGINT)])
def test_interrupted_child_may_put_its_work_away(own_status: int, seen: int) -> None:
    process = start(SAVES_FIRST.format(status=own_status))
    os.killpg(process.pid, signal.SIGINT)
    assert rest(process) == "saved\n"
    assert process.returncode == seen


def test_stop_that_comes_as_the_child_ends_leaves_its_status(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    wait = os.waitpid

    def and_then_stop(pid: int, options: int) -> tuple[int, int]:
        found = wait(pid, options)
        if found[0]:
            monkeypatch.undo()
            signal.raise_signal(signal.SIGINT)
        return found

    monkeypatch.setattr(os, "waitpid", and_then_stop)
    with pytest.raises(dev.InterruptedChild) as caught:
        dev.run_child([sys.executable, "-c", "raise SystemExit(5)"])
    assert caught.value.status == 5


def test_stop_that_comes_while_the_child_is_being_started_reaches_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class SlowPopen(subprocess.Popen[bytes]):
        """Returns only when the child is at work and both were told to stop."""

        def __init__(self, command: list[str], **options: Any) -> None:
            super().__init__(command, stdout=subprocess.PIPE, **options)
            started.append(self)
            assert self.stdout is not None
            assert self.stdout.readline() == b"ready\n"
            self.send_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(dev.subprocess, "Popen", SlowPopen)
    with pytest.raises(dev.InterruptedChild) as stop:
        dev.run_child([sys.executable, "-c", SAVES_FIRST.format(status=5)])
    assert stop.value.status == 5
    stdout = started[0].stdout
    assert stdout is not None
    with stdout:
        assert stdout.read() == b"saved\n"


def test_request_to_stop_reaches_the_child() -> None:
    process = start(WAITS)
    os.kill(process.pid, signal.SIGTERM)
    rest(process)
    assert process.returncode == 128 + signal.SIGTERM


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_group_leaves_nobody_behind(stop: signal.Signals) -> None:
    process = start(HAS_A_CHILD, as_group=True)
    os.kill(process.pid, stop)
    assert rest(process) == ""  # ends only when the last of them has let go of the pipe
    assert process.returncode == 128 + stop


def test_child_that_does_not_listen_is_ended(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "GRACE_SECONDS", 0.01)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); signal.pause()"
    child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout:
        child.stdout.readline()
        assert dev.end(child) == 128 + signal.SIGKILL


def test_every_step_runs_and_the_failed_ones_are_named_last(
    dev: ModuleType, children: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    children.statuses = {"lint": 1, "types": 2}
    steps = [("style", ["lint"]), ("types", ["types"]), ("tests", ["pytest"])]
    assert dev.run_steps(steps) == 1
    assert children.commands == [["lint"], ["types"], ["pytest"]]
    lines = capsys.readouterr().out.split("\n")
    assert [line for line in lines if line][:3] == ["=== style ===", "=== types ===", "=== tests ==="]
    assert "failed: style, types" in lines[-2]


def test_steps_that_all_pass_give_zero(dev: ModuleType, children: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.run_steps([("style", ["lint"])]) == 0
    assert "every step passed" in capsys.readouterr().out
