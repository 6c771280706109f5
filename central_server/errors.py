"""What the centre answers when it does not do what was asked.

LaporError
└── CentreError                 a sentence for the person, a number for support
    ├── Refusal                 a request that is not accepted: `number` of the protocol, HTTP `status`
    ├── Unavailable             the database cannot answer now; nothing was acknowledged, ask again
    ├── NewerDatabase           the database was written by a newer program
    ├── BadSettings             an address of a database, a host or a port that cannot be used
    └── Unknown                 no such office, desk, or quarantined item
"""

from kelurahan_client.errors import LaporError
from sync.protocol import ErrorNumber


class CentreError(LaporError):
    """Base of everything foreseen at the centre."""

    code = "LK-4000"


class Refusal(CentreError):
    """A request that is not accepted, or accepted only into quarantine; `retry_after` in seconds, 0 = not timed."""

    def __init__(self, number: ErrorNumber, status: int, message: str, *, retry_after: float = 0.0) -> None:
        super().__init__(message, code=f"LK-{3000 + number}")
        self.number = number
        self.status = status
        self.retry_after = retry_after


class Unavailable(CentreError):
    """The database cannot answer now: busy, restarting, full. Nothing of the request was acknowledged."""

    code = "LK-4001"

    def __init__(self, message: str, *, busy: bool) -> None:
        super().__init__(message)
        self.busy = busy


class NewerDatabase(CentreError):
    """The database was written by a newer program; nothing was touched."""

    code = "LK-4002"


class BadSettings(CentreError):
    """An address, a folder or a number that cannot be used."""

    code = "LK-4003"


class Unknown(CentreError):
    """No such office, desk or quarantined item."""

    code = "LK-4004"
