"""Several processes behind one address: a parent that holds the socket, starts them, and starts a dead one again.

All take connections from the same socket, so a process that is busy or gone leaves them to the others. What they
share is the database alone, and for the metrics a folder that lives as long as the parent.
"""

import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

from central_server import metrics
from central_server.errors import BadSettings, CentreError
from central_server.serving import GRACE, Settings, leave, serve
from kelurahan_client.errors import LaporError

_PAUSE = 1.0  # seconds before a dead process is followed by another


def check(settings: Settings) -> None:
    """Raises BadSettings where several processes would only wait for each other."""
    if settings.database_url is None or settings.database_url.startswith("sqlite"):
        raise BadSettings(
            "Lebih dari satu proses (--workers) memerlukan PostgreSQL; berkas SQLite dilayani oleh satu proses."
        )


def serve_with(workers: int, settings: Settings, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT; calls `ready` once, when all take connections. Raises CentreError."""
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    bound.listen(2048)  # from here on a connection waits for whichever process comes first
    with tempfile.TemporaryDirectory(prefix="lapor-metrics-") as folder:
        os.environ[metrics.FOLDER] = folder  # for the children, before they import what reads it
        crew = _Crew(settings, bound, Path(folder))
        try:
            crew.start(workers)
            ready()
            crew.keep()
        finally:
            crew.end()
            del os.environ[metrics.FOLDER]


class _Crew:
    """The processes that are meant to be running."""

    def __init__(self, settings: Settings, bound: socket.socket, folder: Path) -> None:
        self._settings = settings
        self._bound = bound
        self._folder = folder
        self._spawn = multiprocessing.get_context("spawn")
        self._forget: Callable[[int | None, str], object] = mark_process_dead
        self._running: dict[int, SpawnProcess] = {}  # by sentinel

    def start(self, count: int) -> None:
        """Starts all and waits until each serves; raises CentreError when one ends before."""
        waiting = {self._start() for _ in range(count)}
        while waiting:
            heard = wait([*waiting])
            for told in [one for one in waiting if one in heard]:
                waiting.discard(told)
                with told:
                    try:
                        told.recv()
                    except EOFError as error:
                        raise CentreError("Satu proses server tidak dapat dimulai; sebabnya di atas.") from error

    def keep(self) -> None:
        """Puts another in the place of one that ends, for ever."""
        while True:
            ended = wait([*self._running])
            for sentinel in [one for one in self._running if one in ended]:
                process = self._running.pop(sentinel)
                process.join()
                self._forget(process.pid, str(self._folder))
                sys.stderr.write(f"Satu proses server berhenti (status {process.exitcode}); dimulai lagi.\n")
                time.sleep(_PAUSE)  # one that cannot even start must not start a thousand times a second
                self._start()

    def end(self) -> None:
        """Lets all finish what they are doing."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.join(GRACE + 5)
            if process.is_alive():
                process.kill()
                process.join()

    def _start(self) -> Connection:
        """One more; it says on the connection when it serves."""
        ours, theirs = self._spawn.Pipe(duplex=False)
        process = self._spawn.Process(target=_work, args=(self._settings, self._bound, theirs))
        process.start()
        theirs.close()
        self._running[process.sentinel] = process
        return ours


def _work(settings: Settings, bound: socket.socket, told: Connection) -> None:
    """The life of one process."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()

    def ready() -> None:
        told.send(True)
        told.close()

    try:
        centre = settings.open()
        try:
            serve(centre, bound, settings.limits, ready)
        finally:
            centre.store.close()
    except LaporError as error:
        sys.stderr.write(f"{error.code} {error}\n")
        raise SystemExit(1) from error


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
