"""What leaves the store: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Identity:
    """Who this centre is. Keys are 32 raw private bytes."""

    server_epoch: str
    city: str
    signing_key: bytes
    sealing_key: bytes


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled desk. Keys are 32 raw public bytes; times ISO 8601 in UTC, "" = never."""

    id: str
    office: str
    desk: str
    signing_key: bytes
    sealing_key: bytes
    revoked_at: str = ""
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a device, known by its hash."""

    hash: bytes
    device: str
    issued_at: str
    used_at: str = ""


@dataclass(frozen=True, slots=True)
class EnrolCode:
    """A one-time code, known by its hash."""

    hash: bytes
    office: str
    desk: str
    expires_at: str
    used_by: str = ""
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """How far a device has come within one of its epochs.

    `durable_n` is the last that a verified backup holds; `ordinal` counts the device's epochs from 1 in the order in
    which they were first heard, 0 = not heard yet.
    """

    last_n: int
    last_hash: bytes
    durable_n: int = 0
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A mutation that was taken before: its chain hash, its bytes, its answer as JSON."""

    n: int
    hash: bytes
    line: bytes
    result: bytes


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, and in which mutation: kept beside every value.

    `stream` names the device's epoch; "" is the centre itself, which also stands for what an admin has `released`
    from quarantine: the desk must be told of it.
    """

    device: str
    epoch: str
    n: int
    office: str
    desk: str
    actor: str
    device_time: str
    received_at: str
    released: bool = False

    @property
    def stream(self) -> str:
        """One past of one device."""
        return f"{self.device}/{self.epoch}" if self.device and not self.released else ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record in its present state.

    Every revision after `stream_from` was made by `stream`, so that a desk whose own changes these are needs no copy.
    """

    id: str
    type: str
    body: Mapping[str, Any]
    parent: str = ""
    rev: int = 0
    deleted: bool = False
    stream: str = ""
    stream_from: int = 0
    origin: bytes = b""

    def only_by(self, stream: str, since: int) -> bool:
        """Whether nobody but `stream` changed the record after revision `since`."""
        return self.rev <= since or (self.stream == stream and self.stream_from <= since)


@dataclass(frozen=True, slots=True)
class Trace:
    """One submitted value for the history; an empty field name is the record's creation."""

    record: str
    rev: int
    field: str
    was: Any
    value: Any
    lost: bool


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote the present value of a field, and when."""

    actor: str
    office: str
    desk: str
    device_time: str
    received_at: str


@dataclass(frozen=True, slots=True)
class Held:
    """An item in quarantine; `line` is what came, byte for byte."""

    id: int
    device: str
    epoch: str
    n: int
    office: str
    desk: str
    target: str
    creates: bool
    line: bytes
    number: int
    reason: str
    held_at: str
    released_at: str = ""


@dataclass(frozen=True, slots=True)
class CarriedRequest:
    """A request of a bundle with mutations `first_n` to `last_n`.

    `header` is its first line (b"" = unreadable), `refusal` the ErrorReply to it as JSON and `number` its number (b""
    and 0 = applied), `body` the whole of it while it is held.
    """

    device: str
    bundle: str
    ordinal: int
    nonce: str
    epoch: str
    first_n: int
    last_n: int
    header: bytes
    number: int
    refusal: bytes
    body: bytes | None
    taken_at: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who enters or decides something at the centre's terminal, and when."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person has decided about a held request of a bundle: `kind` is discarded or released.

    `missing` of its changes were nowhere else then. A discarded one of these keeps its body, so that nothing of it is
    gone; the request's `id` here is the number of the decision.
    """

    request: CarriedRequest
    kind: str
    why: str
    person: Person
    missing: int
    id: int = 0


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One record as a reader gets it; `body` is JSON."""

    seq: int
    id: str
    type: str
    rev: int
    body: bytes
    gone: bool
    stream: str
    stream_from: int


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Rows in (cursor, upto] of one office, complete; `more` = the next page waits after `upto`.

    `pruned` = up to here the snapshot does not know what left.
    """

    rows: tuple[FeedRow, ...]
    upto: int
    more: bool
    pruned: int

    @property
    def cursor(self) -> str:
        """Where the desk goes on. Below `pruned`, that is within a first snapshot, it says so: it misses nothing then,
        as long as no more is pruned before it has come that far.
        """
        return f"{self.upto}.{self.pruned}" if self.upto < self.pruned else str(self.upto)
