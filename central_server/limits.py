"""What one process of the centre takes on at most, and how long anything waits for it."""

from dataclasses import dataclass

from central_server.errors import BadSettings

OPERATORS = 1  # connections beside those of the desks, for health and metrics
_MOST_WORKERS = 64
_MOST_CONNECTIONS = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one process; all of them end in a refusal that says when to come again, never in endless waiting.

    `connections` to the database, each used by one request at a time. `wait_seconds` for a free one, and again for the
    database's own lock. `body_seconds` for the whole of a request to come, `body_bytes` of unfinished requests
    together. `requests_per_minute` of one desk, which may also come all at once; 0 = not limited.
    """

    connections: int = 6
    wait_seconds: float = 20.0
    body_seconds: float = 600.0
    body_bytes: int = 256 * 1024 * 1024
    requests_per_minute: int = 300

    def check(self, workers: int) -> None:
        """Raises BadSettings for numbers that make no sense."""
        for name, value, least, most in (
            ("--workers", workers, 1, _MOST_WORKERS),
            ("--connections", self.connections, 1, _MOST_CONNECTIONS),
            ("--wait", self.wait_seconds, 0.1, 3600),
            ("--body-seconds", self.body_seconds, 0.1, 86_400),
            ("--requests-per-minute", self.requests_per_minute, 0, 1_000_000),
        ):
            if not least <= value <= most:
                raise BadSettings(f"Nilai {name} harus {least:g} sampai {most:g}.")
