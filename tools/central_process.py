"""The centre as a process of its own, for tests and measurements."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from central_server.centre import Centre, open_centre
from central_server.enrolment import make_code

if TYPE_CHECKING:
    from tools.ready_tables import ReadyTables
    from tools.warm_centre import WarmCentres, WarmProcess

UNLIMITED = ("--requests-per-minute", "0")
ROOT = Path(__file__).resolve().parent.parent
_COMMAND = [sys.executable, "-m", "central_server"]


class Central:
    """The centre as a process; `url` stays the same over restarts.

    `data_dir` holds the SQLite file unless `database_url` names a PostgreSQL, and what the server says. `options` are
    those of `serve`; without any, a desk may come as often as a test or a measurement likes. `root` has the program
    that is started, another version of it maybe. With `warm` its processes are forked from one that is there already,
    and with `tables` its database gets them before the first start.
    """

    def __init__(
        self,
        data_dir: Path,
        database_url: str | None,
        options: Sequence[str] = UNLIMITED,
        root: Path = ROOT,
        warm: "WarmCentres | None" = None,
        tables: "ReadyTables | None" = None,
    ) -> None:
        self.root = root
        self.data_dir = data_dir
        self.database_url = database_url
        self.options = options
        self.url = ""
        self.process: subprocess.Popen[str] | WarmProcess | None = None
        self.may_fail = False  # a test that breaks the server on purpose says so
        self._port = 0
        self._warm = warm
        self._tables = tables
        self._centre: Centre | None = None

    @property
    def log(self) -> str:
        """What the server has written on standard error."""
        path = self.data_dir / "stderr"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def centre(self) -> Centre:
        """The same database opened in this process, for what would need a command otherwise."""
        if self._centre is None:
            self._centre = open_centre(self.data_dir, self.database_url)
        return self._centre

    def start(self) -> str:
        """Starts the server and waits for its line; the address."""
        self._port = self._port or _lasting_port()
        if self._tables is not None and self.root == ROOT:
            self._tables.give(self.data_dir, self.database_url)
            self._tables = None
        serving = [*self._where, "serve", "--port", str(self._port), *self.options]
        with (self.data_dir / "stderr").open("a") as errors:
            if self._warm is not None and "--workers" not in self.options:  # workers are started by command anyway
                self.process = self._warm.start(serving, self._environment, errors.fileno())
            else:
                self.process = subprocess.Popen(
                    [*_COMMAND, *serving],
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    cwd=self.root,
                    env=self._environment,
                    text=True,
                )
        if self.process.stdout is None:
            raise AssertionError("the server has no standard output")
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            self.process.wait()
            raise AssertionError(f"the server did not start:\n{self.log}")
        return self.url

    def kill(self) -> None:
        """The power goes."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """An orderly end; the exit status."""
        return self._end(signal.SIGTERM)

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command of the centre in a process of its own."""
        if self._warm is not None:
            return self._warm.run([*self._where, *arguments], self._environment)
        return subprocess.run(
            [*_COMMAND, *self._where, *arguments],
            capture_output=True,
            text=True,
            cwd=self.root,
            env=self._environment,
            check=False,
            timeout=60,
        )

    def enrol_code(self, office: str, desk: str) -> str:
        """A one-time code, as the command gives it."""
        if self.root != ROOT:
            return self.cli("enrol-code", "--office", office, "--desk", desk).stdout.strip()
        return make_code(self.centre, office, desk)

    def sql(self, statement: str, **values: Any) -> list[Any]:
        """Rows of a statement on the centre's database, committed."""
        url = (self.database_url or f"sqlite:///{self.data_dir / 'central.db'}").replace(
            "postgresql://", "postgresql+psycopg://"
        )
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            result = connection.execute(text(statement), values)
            return list(result.mappings()) if result.returns_rows else []

    def close(self) -> None:
        """Ends the process; an unforeseen exception in its log is an error unless `may_fail`."""
        if self.process is not None:
            self.stop()
        if self._centre is not None:
            self._centre.store.close()
        if not self.may_fail and "Traceback" in self.log:
            raise AssertionError(self.log)

    @property
    def _where(self) -> list[str]:
        database = ["--database-url", self.database_url] if self.database_url else []
        return ["--data-dir", str(self.data_dir), *database]

    @property
    def _environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}

    def _end(self, how: signal.Signals) -> int:
        process, self.process = self.process, None
        if process is None:
            return 0
        process.send_signal(how)
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()
        return process.returncode


def _lasting_port() -> int:
    """A free port that the system gives to no outgoing connection, so that a centre finds it free again later."""
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
