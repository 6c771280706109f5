#!/usr/bin/env python3
"""The one developer command: `python3 dev.py COMMAND`; without a command it lists them all.

Needs Python 3.11 with pip and nothing else. It keeps `.venv` exactly as requirements.lock says (one that is anything
else is made anew), sees to Debian's system libraries, and starts the rest as child processes, whose data lie in `.dev`.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import FrameType

ROOT = Path(__file__).resolve().parent
DATA = ROOT / ".dev"
OLDEST_PYTHON = (3, 11)
GRACE_SECONDS = 10.0  # how long a child may take to put its work away before it is ended
MEMORY = Path("/dev/shm")  # noqa: S108  # in it is only a folder of our own
QUICK_BYTES = 4 << 30  # of memory that may be taken up by temporary files of the tests, which need far less
PATIENCE_SECONDS = 0.2  # after which a stop that has come is obeyed


class DevError(Exception):
    """The command cannot go on; the message says why and what to do."""


class InterruptedChild(Exception):
    """The person or the system stopped us; `status` is the exit status to end with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


# --- What the system must have ---


@dataclass(frozen=True)
class Need:
    """One Debian package, and the test that tells whether what it brings is already there."""

    package: str
    present: Callable[[], bool]


def loads(soname: str) -> Callable[[], bool]:
    """Make the test that a shared library of this name can be loaded."""

    def present() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return present


def finds(program: str, *more_places: str) -> Callable[[], bool]:
    """Make the test that a program is on PATH, or in a folder that matches one of `more_places` (globs from /)."""

    def present() -> bool:
        return bool(shutil.which(program)) or any(
            folder.joinpath(program).is_file() for place in more_places for folder in Path("/").glob(place)
        )

    return present


def has_font(*places: Path) -> bool:
    """Tell whether a scalable font lies below these folders. Without one Qt silently draws every letter as a box."""
    return any(
        name.endswith((".ttf", ".otf", ".ttc")) for place in places for _, _, names in os.walk(place) for name in names
    )


def has_file(name: str, places: Iterable[Path]) -> bool:
    """Tell whether a file of this name lies anywhere below these folders."""
    return any(name in names for place in places for _, _, names in os.walk(place))


def font_folders() -> list[Path]:
    """List the folders that fontconfig looks through on Debian."""
    home = Path.home()
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts"]


def pip_runs() -> bool:
    """Tell whether the Python that makes `.venv` has pip."""
    answer = subprocess.run([base_python(), "-m", "pip", "--version"], capture_output=True, check=False)
    return answer.returncode == 0


PIP = (Need("python3-pip", pip_runs),)
QT = (
    Need("libegl1", loads("libEGL.so.1")),
    Need("libgl1", loads("libGL.so.1")),
    Need("libxkbcommon0", loads("libxkbcommon.so.0")),
    Need("libdbus-1-3", loads("libdbus-1.so.3")),
    Need("libfontconfig1", loads("libfontconfig.so.1")),
    Need("libglib2.0-0", loads("libglib-2.0.so.0")),
    Need("fonts-noto-core", lambda: has_font(*font_folders())),
)
WINDOWS = (
    Need("libxcb-cursor0", loads("libxcb-cursor.so.0")),
    Need("libxcb-icccm4", loads("libxcb-icccm.so.4")),
    Need("libxcb-image0", loads("libxcb-image.so.0")),
    Need("libxcb-keysyms1", loads("libxcb-keysyms.so.1")),
    Need("libxcb-render-util0", loads("libxcb-render-util.so.0")),
    Need("libxcb-shape0", loads("libxcb-shape.so.0")),
    Need("libxcb-xkb1", loads("libxcb-xkb.so.1")),
    Need("libxkbcommon-x11-0", loads("libxkbcommon-x11.so.0")),
)
PICTURES = (
    *QT,
    Need("fonts-noto-core", lambda: has_file("NotoSans-Regular.ttf", font_folders())),  # one font for all pictures
)
EVERYTHING = (
    *QT,
    *WINDOWS,
    Need("xvfb", finds("Xvfb")),
    Need("xauth", finds("xauth")),
    Need("postgresql", finds("initdb", "usr/lib/postgresql/*/bin")),
)


def missing_packages(needs: Iterable[Need]) -> list[str]:
    """List the Debian packages of those needs that the system does not meet."""
    return [need.package for need in needs if not need.present()]


def apt_line(packages: Sequence[str], *, sudo: bool) -> str:
    """Write the one line that a person types to install these packages."""
    prefix = "sudo " if sudo else ""
    return f"{prefix}apt-get update && {prefix}apt-get install -y --no-install-recommends {' '.join(packages)}"


def see_to_system(needs: Sequence[Need]) -> None:
    """As root install what is missing; raise DevError with the one line to type for anybody else."""
    if not sys.platform.startswith("linux"):
        return
    packages = missing_packages(needs)
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise DevError(f"these are missing here, by their Debian names: {' '.join(packages)}")
    if os.geteuid() != 0:
        with_sudo = shutil.which("sudo") is not None
        who = "Type this" if with_sudo else "Ask an administrator to type this"
        line = apt_line(packages, sudo=with_sudo)
        raise DevError(f"system packages are missing. {who}, then start dev.py again:\n\n    {line}\n")
    say(f"installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    must(["apt-get", "update", "-q"], "apt-get update failed", env=quiet)
    must(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], "apt-get install failed", env=quiet)
    if left := missing_packages(needs):
        raise DevError(f"apt-get installed everything, yet this is still not found: {' '.join(left)}")


# --- The Python environment ---


def base_python() -> str:
    """Give the Python that stands behind this one when dev.py is started from inside a virtual environment."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def program(venv: Path, name: str, *, windows: bool = os.name == "nt") -> Path:
    """Give the path of a program of a virtual environment, in the layout of this system."""
    return venv / "Scripts" / f"{name}.exe" if windows else venv / "bin" / name


def stamp_of(lock: Path, venv: Path) -> str:
    """Name what `venv` should be: its lock, its Python, and its place, which its scripts know by heart."""
    wanted = hashlib.sha256(lock.read_bytes())
    wanted.update(f"{sys.version}|{venv}".encode())
    return wanted.hexdigest()


def is_current(venv: Path, stamp: str) -> bool:
    """Tell whether `venv` was finished with this stamp and its Python still exists."""
    try:
        written = (venv / "stamp").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return written == stamp and program(venv, "python").exists()


def make_environment(venv: Path, requirements: Sequence[str]) -> None:
    """Make `venv` anew and install the requirements (arguments of `pip install`). Works without ensurepip."""
    python = base_python()
    must([python, "-m", "venv", "--clear", "--without-pip", str(venv)], f"could not make {venv}")
    pip = [python, "-m", "pip", "--python", str(program(venv, "python")), "--disable-pip-version-check", "--no-input"]
    complaint = "pip could not install everything; the lines above say why"
    must([*pip, "install", "-qq", *requirements], complaint, as_group=True)


def set_up(needs: Sequence[Need]) -> None:
    """Bring system and `.venv` to what the project needs. Does nothing, quickly, when they are.

    The stamp is the last thing written: a set-up that was cut short has none and is made anew by the next call.
    """
    venv, lock = ROOT / ".venv", ROOT / "requirements.lock"
    stamp = stamp_of(lock, venv)
    if is_current(venv, stamp):
        see_to_system(needs)
        return
    see_to_system([*PIP, *needs])
    (venv / "stamp").unlink(missing_ok=True)
    say("installing the Python packages into .venv; this takes a minute or two, once")
    make_environment(venv, ["--require-hashes", "-r", str(lock)])
    (venv / "stamp").write_text(stamp, encoding="ascii")


# --- Child processes ---


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the next child prints."""
    print(f"dev.py: {text}", flush=True)


def run_child(command: Sequence[str], *, env: Mapping[str, str] | None = None, as_group: bool = False) -> int:
    """Run a command in the project's root and give its exit status (128 + n when signal n ended it).

    Ctrl+C reaches the child by itself; it gets time to end in order, then is ended. Raises InterruptedChild.
    `as_group` is for a program like pip, whose own child would go on without it: both are ended together.
    """
    with held_stops() as came:
        child = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=as_group)
        while not came and not ends_within(child, PATIENCE_SECONDS):
            pass
    try:
        for number in came:
            signal.raise_signal(number)
        return exit_status(child.wait())
    except KeyboardInterrupt:
        if as_group:
            ask_to_stop(child, as_group=True)
        status = end(child)
        raise InterruptedChild(status if status and not as_group else 128 + signal.SIGINT) from None
    except InterruptedChild:
        ask_to_stop(child, as_group=as_group)
        end(child)
        raise


@contextmanager
def held_stops() -> Iterator[list[int]]:
    """Note a Ctrl+C or a request to stop that comes meanwhile, instead of obeying it.

    A child that is just being started would be left alone otherwise, and of one that just ends the status would be
    lost. One that the system tells us to ignore stays ignored, in the child too.
    """
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    held = [number for number, handler in before.items() if callable(handler)]
    for number in held:
        signal.signal(number, lambda which, _frame: came.append(which))
    try:
        yield came
    finally:
        for number in held:
            signal.signal(number, before[number])


def ends_within(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long at most; whether the child has ended."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def ask_to_stop(child: subprocess.Popen[bytes], *, as_group: bool) -> None:
    """Send the child, or all of its group where the system has groups, the request to stop."""
    if as_group and os.name != "nt" and child.poll() is None:
        os.killpg(child.pid, signal.SIGTERM)
    else:
        child.terminate()


def end(child: subprocess.Popen[bytes]) -> int:
    """Wait for a child that was asked to stop; make it stop when it does not. Gives its exit status."""
    for insist in (child.terminate, child.kill):
        try:
            return exit_status(child.wait(GRACE_SECONDS))
        except subprocess.TimeoutExpired:
            insist()
        except KeyboardInterrupt:  # a second Ctrl+C: the person does not want to wait
            child.kill()
    return exit_status(child.wait())


def exit_status(returncode: int) -> int:
    """Turn a Popen return code into what a shell would report."""
    return returncode if returncode >= 0 else 128 - returncode


def must(
    command: Sequence[str], complaint: str, *, env: Mapping[str, str] | None = None, as_group: bool = False
) -> None:
    """Run a command that has to succeed. Raises DevError with the complaint."""
    if run_child(command, env=env, as_group=as_group) != 0:
        raise DevError(complaint)


def without_screen() -> dict[str, str]:
    """Give the environment for children that use Qt but show nothing.

    Compiled code is kept, whatever the machine says: the tests start hundreds of processes of the same modules.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept}


@contextmanager
def quick_folder(environ: Mapping[str, str], memory: Path = MEMORY) -> Iterator[dict[str, str]]:
    """Give the environment for children whose temporary files are in memory, where the machine has room for them.

    Half of the time the tests would wait for disks. What a disk forgets when the power goes is tried with faults of
    its own making, so nothing is proved by the real one.
    """
    if not memory.is_dir() or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < QUICK_BYTES:
        yield dict(environ)
        return
    folder = Path(tempfile.mkdtemp(prefix="lapor-tests-", dir=memory))
    try:
        folder.chmod(0o711)  # PostgreSQL is another user
        yield {**environ, "TMPDIR": str(folder)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_module(module: str, *arguments: str, env: Mapping[str, str] | None = None) -> int:
    """Run a module with the project's Python and give its exit status."""
    return run_child([str(program(ROOT / ".venv", "python")), "-m", module, *arguments], env=env)


# --- Commands ---


def setup(arguments: list[str]) -> int:
    """Install everything that running and testing needs, and stop there."""
    argparse.ArgumentParser("dev.py setup", description=setup.__doc__).parse_args(arguments)
    set_up(EVERYTHING)
    return 0


def has_display(platform: str, environ: Mapping[str, str]) -> bool:
    """Tell whether a window can open here: on Linux a display is named, elsewhere there always is one."""
    return not platform.startswith("linux") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """Start a demo city and a demo desk on this machine and open the desk's window."""
    parser = argparse.ArgumentParser("dev.py run", description=run.__doc__)
    parser.add_argument("--terminal", action="store_true", help="do the demo day in the terminal, without a window")
    parser.add_argument("--reset", action="store_true", help="forget the demo's data first")
    options = parser.parse_args(arguments)
    window = not options.terminal and has_display(sys.platform, os.environ)
    set_up([*QT, *WINDOWS] if window else QT)
    demo = DATA / "demo"
    if options.reset and demo.exists():
        shutil.rmtree(demo)
    if window:
        return run_module("tools.demo", "--data-dir", str(demo))
    if not options.terminal:
        say("no display here (DISPLAY and WAYLAND_DISPLAY are empty), so the day is done in the terminal")
    return run_module("tools.demo", "--data-dir", str(demo), "--terminal", env=without_screen())


def checks(python: str, lint_imports: str) -> list[tuple[str, list[str]]]:
    """List the checks that look at the code without running it: a name and a command each."""
    return [
        ("ruff check", [python, "-m", "ruff", "check"]),
        ("ruff format", [python, "-m", "ruff", "format", "--check"]),
        ("mypy", [python, "-m", "mypy"]),
        ("mypy dev.py", [python, "-m", "mypy", "dev.py"]),
        ("import contracts", [lint_imports]),
    ]


def run_steps(steps: Iterable[tuple[str, Sequence[str]]], *, env: Mapping[str, str] | None = None) -> int:
    """Run all steps, whatever each of them says, and name at the end those that failed. Gives 0 or 1."""
    started = time.monotonic()
    failed = []
    for name, command in steps:
        print(f"\n=== {name} ===", flush=True)
        if run_child(command, env=env) != 0:
            failed.append(name)
    seconds = time.monotonic() - started
    verdict = f"failed: {', '.join(failed)}" if failed else "every step passed"
    print(f"\n=== {verdict} ({seconds:.0f} s) ===", flush=True)
    return 1 if failed else 0


def project_checks() -> list[tuple[str, list[str]]]:
    """List the checks with the programs of `.venv`."""
    return checks(str(program(ROOT / ".venv", "python")), str(program(ROOT / ".venv", "lint-imports")))


def test(arguments: list[str]) -> int:
    """Run all checks and all tests; with arguments for pytest, only pytest."""
    set_up(EVERYTHING)
    if arguments:
        return run_module("pytest", *arguments, env=without_screen())
    # A file stays in one process, since its tests share a server. Much of the time a test waits for servers.
    # The order of tests/conftest.py is kept, which begins with the longest.
    spread = ["--numprocesses=4", "--dist=loadfile", "--no-loadscope-reorder"]
    pytest = ("pytest", [str(program(ROOT / ".venv", "python")), "-m", "pytest", *spread])
    with quick_folder(without_screen()) as env:
        return run_steps([*project_checks(), pytest], env=env)


def check(arguments: list[str]) -> int:
    """Run the checks of style, types and import contracts, without the tests."""
    argparse.ArgumentParser("dev.py check", description=check.__doc__).parse_args(arguments)
    set_up(())
    return run_steps(project_checks())


def fix(arguments: list[str]) -> int:
    """Mend what ruff can mend by itself, and format the code."""
    argparse.ArgumentParser("dev.py fix", description=fix.__doc__).parse_args(arguments)
    set_up(())
    mended = run_module("ruff", "check", "--fix")
    return run_module("ruff", "format") or mended


def serve(arguments: list[str]) -> int:
    """Start a central server of your own on loopback."""
    parser = argparse.ArgumentParser("dev.py serve", description=serve.__doc__)
    parser.add_argument("--host", help="address to listen on; the server's own default is loopback")
    parser.add_argument("--port", type=int)
    parser.add_argument("--database-url", help="a PostgreSQL database instead of SQLite under .dev/server")
    options = parser.parse_args(arguments)
    set_up(())
    before = ["--database-url", options.database_url] if options.database_url else []
    after = ["--host", options.host] if options.host else []
    after += ["--port", str(options.port)] if options.port is not None else []
    return run_module("central_server", "--data-dir", str(DATA / "server"), *before, "serve", *after)


def screens(arguments: list[str]) -> int:
    """Draw every page into docs/screens, without a screen."""
    set_up(PICTURES)
    return run_module("tools.screens", "--out", str(ROOT / "docs" / "screens"), *arguments, env=without_screen())


def bench(arguments: list[str]) -> int:
    """Measure the program against its yardsticks: all of them, or the one that is named; `--json FILE` keeps them."""
    set_up(EVERYTHING)
    return run_module("benchmarks", *arguments, env=without_screen())


def soak(arguments: list[str]) -> int:
    """Let desks and a server run for long under random failures: `--seeds N`, `--minutes M`."""
    set_up(EVERYTHING)
    return run_module("benchmarks.soak", *arguments, env=without_screen())


def prove(arguments: list[str]) -> int:
    """Break what the exchange promises, one thing at a time in a copy: the tests must find each; `prove WORD` some."""
    set_up(EVERYTHING)
    return run_module("tools.break_on_purpose", *arguments, env=without_screen())


def lock(arguments: list[str]) -> int:
    """Write requirements.lock from pyproject.toml, keeping versions that still fit; `--upgrade` takes the newest."""
    parser = argparse.ArgumentParser("dev.py lock", description=lock.__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    options = parser.parse_args(arguments)
    see_to_system(PIP)
    kept, fresh, venv = ROOT / "requirements.lock", DATA / "requirements.lock", DATA / "lock-venv"
    make_environment(venv, ["uv"])
    if kept.exists():
        shutil.copyfile(kept, fresh)
    compile_command = [str(program(venv, "uv")), "pip", "compile", "pyproject.toml", "--output-file", str(fresh)]
    compile_command += ["--extra", "client", "--extra", "server", "--extra", "dev", "--python-version", "3.11"]
    compile_command += ["--universal", "--generate-hashes", "--annotation-style", "line", "--quiet"]
    compile_command += ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]
    must([*compile_command, *(["--upgrade"] if options.upgrade else [])], "uv could not resolve pyproject.toml")
    text = fresh.read_text(encoding="utf-8")
    if "://" in text:
        raise DevError(f"{fresh} names an address, which a lock of this project must not; it was not taken over")
    fresh.write_text(f"# Written by `python3 dev.py lock` from pyproject.toml.\n{text}", encoding="utf-8", newline="\n")
    fresh.replace(kept)
    return 0


COMMANDS = (run, test, check, fix, setup, serve, screens, bench, soak, prove, lock)


def usage() -> str:
    """List the commands with a sentence each."""
    lines = [f"  {command.__name__:8} {command.__doc__}" for command in COMMANDS]
    return "\n".join(["usage: python3 dev.py COMMAND [ARGUMENTS]", "", *lines])


def on_terminate(number: int, _frame: FrameType | None) -> None:
    """Turn a request to stop into an exception, so that the child is stopped too."""
    raise InterruptedChild(128 + number)


def main(arguments: list[str]) -> int:
    """Run one command and give the exit status."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        print(f"dev.py needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    commands = {command.__name__: command for command in COMMANDS}
    if arguments[0] not in commands:
        print(f"dev.py: there is no command {arguments[0]!r}\n\n{usage()}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, on_terminate)
    try:
        return commands[arguments[0]](arguments[1:])
    except InterruptedChild as stop:
        return stop.status
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except (DevError, OSError) as error:
        print(f"dev.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
