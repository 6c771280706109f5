"""Runs the web application: one process, a socket that is bound before anything else, and one line when it is ready."""

import signal
import socket
import sys
import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from central_server.app import create_app
from central_server.centre import Centre
from central_server.errors import BadSettings

_GRACE = 15  # seconds that running requests get after SIGTERM


class _Server(uvicorn.Server):
    """Says its address once it really takes connections."""

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
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise BadSettings(
            f"Alamat {host} port {port} tidak dapat dipakai: mungkin sudah dipakai program lain."
        ) from error
    return bound


def serve(centre: Centre, bound: socket.socket) -> None:
    """Serves until SIGTERM or SIGINT; running requests are finished first."""
    host, port = bound.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def ready() -> None:
        sys.stdout.write(address + "\n")
        sys.stdout.flush()

    config = uvicorn.Config(
        create_app(centre, time.monotonic),
        log_level="warning",
        access_log=False,  # addresses of offices and times of work are nobody's business
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )
    # uvicorn gives the signal back when it has shut down; ours ends the program as a normal end.
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    _Server(config, ready).run(sockets=[bound])


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
