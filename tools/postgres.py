"""A throw-away PostgreSQL for tests and measurements: no network, nothing kept."""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FIFTEEN = 150_000  # as libpq tells a version


def programs() -> Path | None:
    """The newest installed PostgreSQL's folder of programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class PostgresCluster:
    """A PostgreSQL of our own in `folder`, reached through a socket there.

    `durable=False` leaves out fsync, which no test needs and every measurement of seconds does.
    """

    def __init__(self, folder: Path, installed: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self._programs = installed
        self._durable = durable
        # PostgreSQL refuses to run as root.
        self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
        self._count = itertools.count(1)

    def start(self) -> None:
        """Make the cluster and start it; returns when it takes connections."""
        if self._as:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=200"
        if not self._durable:
            options += " -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-o", options, "-l", str(self.folder / "log"))

    def stop(self) -> None:
        """End it at once; what it holds is lost."""
        self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._data)

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"centre_{os.getpid()}_{next(self._count)}"
        self._create(name, "template0")
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def copy_database(self, template: str, name: str) -> None:
        """Put a copy of the database `template` in the place of the database `name`; nobody may be connected."""
        self._command(f"DROP DATABASE {name}")
        self._create(name, template)

    def _create(self, name: str, template: str) -> None:
        # Copied as files, which newer ones than 14 have to be asked for: half the work of writing it into the log.
        self._command(f"CREATE DATABASE {name} TEMPLATE {template}", since_15=" STRATEGY FILE_COPY")

    def _command(self, statement: str, *, since_15: str = "") -> None:
        import psycopg  # noqa: PLC0415  # only where a PostgreSQL is really used

        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement + (since_15 if connection.info.server_version >= _FIFTEEN else ""))

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), *arguments]
        # Files, not pipes: the server that pg_ctl leaves behind would keep a pipe open for ever.
        with (self.folder / f"{program}.out").open("ab") as out:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd="/")


@contextmanager
def throw_away_cluster(*, durable: bool = False) -> Iterator[PostgresCluster]:
    """A started cluster that is gone at the end of the block; raises FileNotFoundError without PostgreSQL."""
    installed = programs()
    if installed is None:
        raise FileNotFoundError("PostgreSQL is not installed (Debian: apt install postgresql)")
    # A short path that the user postgres can look into: sockets allow about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="lapor-pg-"))
    try:
        cluster = PostgresCluster(folder, installed, durable=durable)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
