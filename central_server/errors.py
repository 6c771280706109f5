"""What the centre answers when it does not do what was asked.

LaporError
└── CentreError                 a sentence for the person, a number for support
    ├── Refusal                 a request that is not accepted: `number` of the protocol, HTTP `status`
    │   ├── OtherPast           the desk's past and the centre's differ, or something between is missing
    │   └── UnknownToken        the token is none of ours
    ├── Unavailable             the database cannot answer now; nothing was acknowledged, ask again
    ├── NewerDatabase           the database was written by a newer program
    ├── BadSettings             an address of a database, a host or a port that cannot be used
    ├── DamagedBackup           a backup that is cut, altered, or none
    └── Unknown                 no such office, desk, or quarantined item
"""

from http import HTTPStatus

import msgspec

from kelurahan_client.errors import LaporError
from sync.protocol import ErrorNumber, ErrorReply


class CentreError(LaporError):
    """Base of everything foreseen at the centre."""

    code = "LK-4000"


class Refusal(CentreError):
    """A request that is not accepted, or accepted only into quarantine; `retry_after` in seconds, 0 = not timed."""

    def __init__(self, number: ErrorNumber, status: int, message: str, *, retry_after: float = 0.0) -> None:
        super().__init__(message, code=f"LK-{3000 + number}")
        self.status = status
        self.reply = ErrorReply(int(number), message, retry_after)

    def knowing(self, last_n: int, last_hash: bytes) -> "Refusal":
        """The same refusal, with how far the centre has come in the desk's epoch: what is behind that may be sent."""
        self.reply = msgspec.structs.replace(self.reply, last_n=last_n, last_hash=last_hash.hex())
        return self

    @property
    def number(self) -> int:
        """The protocol's number."""
        return self.reply.number

    @property
    def retry_after(self) -> float:
        """Seconds."""
        return self.reply.retry_after


class OtherPast(Refusal):
    """What the desk says of its past is not what it said before (FORK), or not all of it came (GAP).

    `last_n` and `last_hash` say how far the centre has come; up to `common_n` both are known to agree, -1 = unknown.
    """

    def __init__(self, number: ErrorNumber, message: str, last_n: int, last_hash: bytes, common_n: int = -1) -> None:
        super().__init__(number, HTTPStatus.CONFLICT, message)
        said = {"last_n": last_n, "last_hash": last_hash.hex(), "common_n": common_n}
        self.reply = msgspec.structs.replace(self.reply, **said)


class UnknownToken(Refusal):
    """The token is none of ours. The `challenge` lets a desk prove by its signature that it is who it says."""

    def __init__(self, challenge: str, message: str = "Kunci masuk loket ini tidak dikenal.") -> None:
        super().__init__(ErrorNumber.TOKEN, HTTPStatus.UNAUTHORIZED, message)
        self.reply = msgspec.structs.replace(self.reply, challenge=challenge)


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


class DamagedBackup(CentreError):
    """A backup that is cut, altered, or none; nothing was touched."""

    code = "LK-4006"


class Unknown(CentreError):
    """No such office, desk or quarantined item."""

    code = "LK-4004"
