"""Centres that start at once: a process that has imported the centre's program forks for each one that is wanted.

An import of the program costs more processor time than most tests that need a centre, and hundreds of tests do. What is
forked is a process of its own, as one that is started by command: it can be killed, and it ends alone. Only for Linux.
"""

import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TextIO

from central_server import cli

_ROOT = Path(__file__).resolve().parent.parent
_LONGEST = 1 << 20  # bytes of one request: arguments and environment
_LATE = (  # what a centre imports only when it serves; a fork would do it again each time
    "anyio._backends._asyncio",
    "encodings.idna",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.h11_impl",
)


class WarmProcess:
    """A forked centre, with what tests use of `subprocess.Popen`."""

    def __init__(self, life: socket.socket, stdout: TextIO) -> None:
        self._life = life
        self.stdout: TextIO | None = stdout
        self.returncode: int | None = None
        self.pid = int(self._told(None) or 0)

    def send_signal(self, number: int) -> None:
        """A signal, if the process has not ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def poll(self) -> int | None:
        """The exit status, None while it runs."""
        return self._end(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit status; raises TimeoutExpired."""
        status = self._end(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("central_server", timeout or 0)
        return status

    def kill(self) -> None:
        """The power goes."""
        self.send_signal(signal.SIGKILL)

    def _end(self, timeout: float | None) -> int | None:
        if self.returncode is None and (told := self._told(timeout)):
            self.returncode = int(told)
            self._life.close()
        return self.returncode

    def _told(self, timeout: float | None) -> bytes:
        """The next line about this process, b"" when none comes in `timeout` seconds (None: however long it takes)."""
        if not select.select([self._life], [], [], timeout)[0]:
            return b""
        line = self._life.recv(32)
        if not line:
            raise AssertionError("the process that forks centres is gone")
        return line


class WarmCentres:
    """The process that forks. Make one for all tests, and close it."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LONGEST)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tools.warm_centre", str(theirs.fileno())],
                cwd=_ROOT,
                pass_fds=[theirs.fileno()],
            )

    def start(self, arguments: Sequence[str], env: dict[str, str], stderr: int) -> WarmProcess:
        """Start `python -m central_server ARGUMENTS`; its standard error goes to the file descriptor `stderr`."""
        life, its_life = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        reading, writing = os.pipe()
        try:
            request = json.dumps({"arguments": list(arguments), "env": env}).encode()
            socket.send_fds(self._ours, [request], [its_life.fileno(), writing, stderr])
        finally:
            its_life.close()
            os.close(writing)
        return WarmProcess(life, os.fdopen(reading, encoding="utf-8"))

    def run(self, arguments: Sequence[str], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        with os.fdopen(os.memfd_create("stderr"), "r+", encoding="utf-8") as errors:
            process = self.start(arguments, env, errors.fileno())
            if process.stdout is None:
                raise AssertionError("a process without standard output")
            with process.stdout:
                output = process.stdout.read()
            status = process.wait(60)
            errors.seek(0)
            return subprocess.CompletedProcess(list(arguments), status, output, errors.read())

    def close(self) -> None:
        """End it, and every centre that still runs."""
        self._ours.close()
        self._process.wait(30)


class _Forker:
    """Works until nobody can ask any more."""

    def __init__(self, asked: socket.socket) -> None:
        self._asked = asked
        self._lives: dict[int, tuple[int, socket.socket]] = {}  # pid and who wants to know, by pidfd

    def work(self) -> None:
        poll = select.poll()
        poll.register(self._asked, select.POLLIN)
        while True:
            for ready, _event in poll.poll():
                if ready != self._asked.fileno():
                    poll.unregister(ready)
                    self._ended(ready)
                    continue
                request, fds, _flags, _address = socket.recv_fds(self._asked, _LONGEST, 3)
                if not request:
                    return self._end_all()
                poll.register(self._fork(request, fds), select.POLLIN)

    def _fork(self, request: bytes, fds: list[int]) -> int:
        life = socket.socket(fileno=fds[0])
        pid = os.fork()
        if pid == 0:
            self._asked.close()
            life.close()
            _become_a_centre(request, *fds[1:])
        for fd in fds[1:]:
            os.close(fd)
        life.send(b"%d" % pid)
        watched = os.pidfd_open(pid)
        self._lives[watched] = (pid, life)
        return watched

    def _ended(self, watched: int) -> None:
        pid, life = self._lives.pop(watched)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(watched)
        with life, suppress(OSError):  # nobody may be listening any more
            life.send(b"%d" % status)

    def _end_all(self) -> None:
        for pid, _life in self._lives.values():
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _become_a_centre(request: bytes, stdout: int, stderr: int) -> NoReturn:
    """In the forked process: be what the command would have started."""
    wanted = json.loads(request)
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    os.close(stdout)
    os.close(stderr)
    sys.argv = ["central_server", *wanted["arguments"]]
    status: int | str | None = 1
    try:
        status = cli.main(wanted["arguments"])
    except SystemExit as end:
        status = end.code
    except BaseException:  # noqa: BLE001  # as the interpreter does at the end of a program
        sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))


def main() -> int:
    """Fork centres for whoever holds the other end of the socket named as argument."""
    for name in _LATE:
        importlib.import_module(name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the tests, which then end everything in order
    _Forker(socket.socket(fileno=int(sys.argv[1]))).work()
    return 0


if __name__ == "__main__":
    sys.exit(main())
