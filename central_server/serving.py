"""Runs the web application in one process, on a socket that is bound before anything else."""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from central_server.app import create_app
from central_server.centre import Centre, open_centre
from central_server.errors import BadSettings
from central_server.limits import OPERATORS, Limits
from central_server.store.engine import Pool

GRACE = 15  # seconds that running requests get after SIGTERM
_SILENCE = 120  # seconds that a desk may take to acknowledge what was sent to it
_STUCK = 60.0  # seconds of nothing within a transaction, after which PostgreSQL ends it
METRICS_TOKEN = "METRICS_TOKEN"  # noqa: S105  # the environment's name for it, not a token


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a process that serves finds its data, and what it takes on."""

    data_dir: Path
    database_url: str | None
    blob_store: str | None
    limits: Limits

    def open(self) -> Centre:
        """The centre with as many connections as this process may use; raises CentreError."""
        pool = Pool(self.limits.connections + OPERATORS, self.limits.wait_seconds, _STUCK)
        return open_centre(self.data_dir, self.database_url, blob_store=self.blob_store, pool=pool)


class _Server(uvicorn.Server):
    """Says so once it really takes connections."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening, then says so."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._ready()


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes a free one. Raises BadSettings."""
    if not 0 <= port <= 65535:
        raise BadSettings(f"Nomor port {port} tidak ada; yang mungkin 0 sampai 65535.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise BadSettings(f"Alamat {host} tidak dapat dipakai.") from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # a desk that takes nothing of its reply any more is let go
            bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _SILENCE * 1000)
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise BadSettings(
            f"Alamat {host} port {port} tidak dapat dipakai: mungkin sudah dipakai program lain."
        ) from error
    return bound


def address_of(bound: socket.socket) -> str:
    """The URL of a bound socket."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(centre: Centre, bound: socket.socket, limits: Limits, ready: Callable[[], None]) -> None:
    """Serves until SIGTERM or SIGINT; running requests are finished first."""
    config = uvicorn.Config(
        create_app(centre, time.monotonic, limits, os.environ.get(METRICS_TOKEN, "")),
        log_level="warning",
        access_log=False,  # addresses of offices and times of work are nobody's business
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    # uvicorn gives the signal back when it has shut down; ours ends the program as a normal end.
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    _Server(config, ready).run(sockets=[bound])


def leave(_signal: int, _frame: FrameType | None) -> None:
    """Ends the program as a normal end."""
    raise SystemExit(0)
