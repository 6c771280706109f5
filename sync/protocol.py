"""What desk and centre say to each other: version 1 of the exchange.

One request and its reply are each a list of lines, one JSON object a line: a header, the items, and a trailer that is
made and checked by `sync.framing`. Every line carries its `kind`. The names here are the contract; a field that one
side does not know is kept as it came (both sides store the bytes) and never dropped.
"""

from enum import IntEnum, StrEnum
from typing import Any, Literal, TypeAlias

import msgspec

PROTOCOL = 1  # the newest version spoken here
PROTOCOL_MIN = 1  # the oldest version still spoken
SCHEMA = 1  # version of the field set that mutations carry
MEDIA_TYPE = "application/x-lapor-exchange+ndjson"
MAX_ITEMS = 500  # mutations in one request
MAX_RAW_BYTES = 4 * 1024 * 1024  # of one request, before compression
MAX_REPLY_RAW_BYTES = 32 * 1024 * 1024
MAX_RATIO = 100  # of raw to compressed bytes; ordinary batches reach 12
FEED_PAGE = 4_200  # rows of one reply, at most
REV_STEP = 1_000_000  # a restored centre gives revisions above a higher multiple, so that none means two states
ASK_DIGESTS = "digests"  # the reply has a `Digest` for every bucket that is not empty
ASK_BUCKETS = "buckets"  # the reply has a `Digest` for each bucket that it answers, and all records of these
ASK_ANSWERS = "answers"  # an exchange without items: the reply has the answers that were given from first_n on

PATH_EXCHANGE = "/sync/v1/exchange"
PATH_ENROL = "/sync/v1/enrol"
PATH_ENROL_CHECK = "/sync/v1/enrol/check"
PATH_HEALTH = "/health"
PATH_BLOBS = "/sync/v1/blobs/"  # followed by the blob's SHA-256 in hex; HEAD, PATCH and GET

BLOB_MEDIA_TYPE = "application/offset+octet-stream"  # of a piece, as in tus 1.0
BLOB_OFFSET = "Upload-Offset"  # header: bytes that the centre has, or where a piece begins
BLOB_LENGTH = "Upload-Length"  # header: bytes of the whole blob
ERROR_NUMBER = "Lapor-Error"  # header: the ErrorNumber of a refusal, since an answer to HEAD has no body
MAX_BLOB_BYTES = 25_000_000
MIN_PIECE = 64 * 1024
MAX_PIECE = 1024 * 1024
MAX_NEEDED_BLOBS = 200  # in one reply


class Op(StrEnum):
    """What a mutation does. `ADD` and `REMOVE` are reserved for what later schemas carry."""

    CREATE = "create"  # a complaint: `set` has all its filled fields
    PATCH = "patch"  # fields of a complaint: `set` and `was`
    APPEND = "append"  # a child that never changes: `type` follow_up, `id` its own, `set` has complaint, text
    TRANSITION = "transition"  # `set` has status, step (id of the step), note, and fields that go with it; `was` status
    ADD = "add"
    REMOVE = "remove"
    ATTACH = "attach"  # a file, only ever added: `id` its own, `set` has complaint, sha256, size, media_type, name
    DELETE = "delete"  # a tombstone: undo of an import
    # A person decides a conflict: `type` conflict, `id` its own. `set` has complaint, field, value, the ids of all
    # `sides` that the person saw, `side` where the value is one of them, reason, for a status its step and due_date.
    # `was` has the value that stood.
    RESOLVE = "resolve"


class ResultKind(StrEnum):
    """What became of one mutation."""

    APPLIED = "applied"
    MERGED = "merged"
    CONFLICT = "conflict"
    REJECTED = "rejected"


class RecordType(StrEnum):
    """Types of records in the feed."""

    COMPLAINT = "complaint"
    FOLLOW_UP = "follow_up"
    STATUS_STEP = "status_step"
    ATTACHMENT = "attachment"  # body as it was sent, and `stored_at` once the centre has the bytes
    CONFLICT = "conflict"
    NOTICE = "notice"
    AGENCY = "agency"
    CATEGORY = "category"
    NATIONAL_FIGURE = "national_figure"  # what the city compares its times with


REFERENCE = (RecordType.AGENCY, RecordType.CATEGORY, RecordType.NATIONAL_FIGURE)  # the city's own, for every desk
UNCHANGING = frozenset({RecordType.FOLLOW_UP, RecordType.STATUS_STEP, RecordType.NOTICE})  # compared by id alone


class ErrorNumber(IntEnum):
    """Numbers of refusals; a desk shows them as LK-3nnn, and support can look them up by number."""

    MEDIA_TYPE = 101
    MALFORMED = 102
    TRAILER = 103
    TOO_LARGE = 104
    BOMB = 105
    TOKEN = 111
    REVOKED = 112
    CODE = 113
    WRONG_DEVICE = 114
    PROTOCOL = 121
    FORK = 131
    GAP = 132
    CURSOR = 133
    BUSY = 141
    SERVER = 150
    BLOB_UNKNOWN = 161
    BLOB_OFFSET = 162
    BLOB_HASH = 163


class RejectionNumber(IntEnum):
    """Why one mutation waits in quarantine; in `Result.number`, shown as LK-3nnn like the others."""

    SHAPE = 201  # not a mutation, or of a type or op that this server does not know
    FIELD = 202  # a value of a wrong type, too long, or with characters that cannot be stored
    ID = 203  # not a UUID, or the id already belongs to something else
    OFFICE = 204  # the complaint of another office or desk, or a reference number that is not this desk's
    STEP = 205  # the status machine has no such step
    UNKNOWN = 206  # speaks of a record that the centre does not have
    WAITS = 207  # speaks of a record that is itself in quarantine
    WITHDRAWN = 208  # the desk was withdrawn
    REFUSED = 209  # the database refused the row


class Mutation(
    msgspec.Struct, tag_field="kind", tag="mutation", omit_defaults=True, forbid_unknown_fields=False, frozen=True
):
    """One change made at a desk. Its encoded bytes are stored once and sent unchanged for ever."""

    n: int  # contiguous from 1 within the desk's epoch
    op: Op
    type: str
    id: str
    base_rev: int = 0  # the revision that the person saw
    set: dict[str, Any] = {}
    was: dict[str, Any] = {}
    actor: str = ""
    device_time: str = ""  # ISO 8601, UTC; stored, never decided upon
    schema: int = 1  # in which its fields are written; a line that does not say it is of the first
    again: bool = False  # issued before under a number of an epoch that has ended


class RequestHeader(msgspec.Struct, tag_field="kind", tag="request", omit_defaults=True, frozen=True):
    """First line of a request."""

    device: str
    epoch: str  # random, new at enrolment, restore or clone
    nonce: str  # repeated by the reply
    protocol: tuple[int, int]  # oldest and newest that the desk speaks
    schema: tuple[int, int]
    first_n: int  # n of the first item, or last n + 1 when there are none
    last_hash: str  # hex of h(first_n - 1)
    cursor: str = ""  # opaque; "" = a fresh desk
    server_epoch: str = ""  # the server epoch that the cursor belongs to
    device_time: str = ""
    program: str = ""
    ask: str = ""  # "" = an exchange; ASK_ANSWERS = the same without items; else compare what is held
    buckets: tuple[int, ...] = ()  # of ASK_BUCKETS
    present: str = ""  # the epoch in which the desk writes now, where `epoch` is an older one of its own


class Result(msgspec.Struct, tag_field="kind", tag="result", omit_defaults=True, frozen=True):
    """The answer to one mutation; the same for ever, however often it is sent.

    To ASK_ANSWERS `id` is empty: the desk has the mutation, and 500 ids are most of what a lost reply costs.
    """

    n: int
    result: ResultKind
    id: str = ""
    rev: int = 0
    replayed: bool = False
    number: int = 0  # ErrorNumber or a validation number where rejected
    reason: str = ""  # Indonesian sentence where rejected, merged with a notice, or in conflict
    received_at: str = ""


class Change(msgspec.Struct, tag_field="kind", tag="change", omit_defaults=True, frozen=True):
    """One record of the feed in its present state, or its leaving (`gone`) the desk's scope."""

    type: str
    id: str
    rev: int = 0
    body: dict[str, Any] = {}
    gone: bool = False  # left the scope, or deleted


class Digest(msgspec.Struct, tag_field="kind", tag="digest", frozen=True):
    """The state hash of one bucket (see `sync.digest`), as the centre holds it for the desk that asks."""

    bucket: int
    sha256: str  # hex


class ReplyHeader(msgspec.Struct, tag_field="kind", tag="reply", omit_defaults=True, frozen=True):
    """First line of a reply."""

    nonce: str
    server_epoch: str
    protocol: int
    server_time: str
    last_n: int  # the highest n of this desk's epoch that is committed
    last_hash: str
    cursor: str  # "" = the desk's stays what it is
    durable_n: int = 0  # the highest n that is in a verified backup
    more: bool = False  # another page waits
    token: str = ""  # a new token, valid at once beside the old one
    schema: tuple[int, int] = (1, 1)  # that the centre knows; records come in the newest that both know
    needs_blobs: tuple[str, ...] = ()  # SHA-256 of this desk's files that the centre lacks, MAX_NEEDED_BLOBS at most
    counters: dict[str, int] = {}  # two-digit year -> last reference counter known of this desk letter
    all_came: bool = False  # since the centre was restored: each desk of this one's office that is not withdrawn


class Trailer(msgspec.Struct, tag_field="kind", tag="trailer", omit_defaults=True, frozen=True):
    """Last line: without a valid one nothing is applied."""

    count: int  # of lines before it, the header included
    sha256: str  # hex, of all bytes before it
    signature: str  # base64 Ed25519 of the sender


class EnrolRequest(msgspec.Struct, omit_defaults=True, frozen=True):
    """A desk presents its one-time code and its public keys (base64 of 32 bytes).

    The same code with the same keys again gets the same answer, since the first reply may have been lost. A desk whose
    data are of an `office` already uses up no code of another one.
    """

    code: str
    signing_key: str
    sealing_key: str
    program: str = ""
    office: str = ""


class EnrolCheck(msgspec.Struct, frozen=True):
    """Asks what a code is for, without using it up."""

    code: str


class EnrolOffer(msgspec.Struct, frozen=True):
    """What a code is for; shown to the person for confirmation."""

    city: str
    office: str
    office_name: str
    district: str
    desk: str


class Enrolled(msgspec.Struct, frozen=True):
    """The centre's answer to an enrolment."""

    device: str
    city: str
    office: str
    office_name: str
    district: str
    desk: str
    token: str
    server_epoch: str
    server_signing_key: str
    server_sealing_key: str
    counters: dict[str, int] = {}  # two-digit year -> last reference counter known of this desk


class ErrorReply(msgspec.Struct, omit_defaults=True, frozen=True):
    """Body of every answer that is not 200, as JSON.

    With FORK and GAP it says how far the centre has come in the epoch, -1 = not said; with FORK also up to which n both
    pasts are the same, as far as the request shows it. With REVOKED, and with PROTOCOL for a desk that is too old, it
    says how much is kept: the desk gets no answers, but sends what is behind that. With TOKEN it has a challenge: the
    same request with this as its nonce is believed for its signature alone, and its reply has a new token.
    """

    number: int
    message: str  # Indonesian sentence
    retry_after: float = 0.0
    last_n: int = -1
    last_hash: str = ""
    common_n: int = -1
    challenge: str = ""


Item: TypeAlias = Mutation | Result | Change
ReplyItem: TypeAlias = Result | Change | Digest
Side: TypeAlias = Literal["desk", "server"]


class ConflictSide(msgspec.Struct, omit_defaults=True, frozen=True):
    """One value of a field in conflict, with who wrote it and when."""

    id: str
    value: Any
    actor: str = ""
    office: str = ""
    desk: str = ""
    device_time: str = ""
    server_time: str = ""
