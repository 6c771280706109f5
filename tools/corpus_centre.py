"""A centre within this process whose keys, clock and randomness are always the same: for the corpus of messages."""

import asyncio
import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec

import resources
from central_server import national_figures
from central_server.app import create_app
from central_server.blob_store import open_blob_store
from central_server.centre import Centre
from central_server.conflicts import centre_author
from central_server.enrolment import make_code, revoke
from central_server.limits import Limits
from central_server.store.engine import DATABASE_FILE, Pool
from central_server.store.feed import EVERYBODY
from central_server.store.session import open_store
from central_server.store.shapes import Identity, Person, Record
from kelurahan_client.domain.fields import read_utc, utc_text
from kelurahan_client.domain.national import Measure, NationalFigure
from kelurahan_client.domain.reference import load_reference
from sync.protocol import RecordType

SIGNING_KEY = bytes(range(32))
ANSWER_HEADERS = (
    "content-type content-encoding lapor-error upload-offset upload-length content-range retry-after".split()
)

_TROUBLES = {  # how each begins and ends
    "locked": ("BEGIN IMMEDIATE", "ROLLBACK"),
    "lost": ("ALTER TABLE head RENAME TO mislaid", "ALTER TABLE mislaid RENAME TO head"),
    "spoilt": ("UPDATE record SET body = '{' || body", "UPDATE record SET body = substr(body, 2)"),
}


@contextmanager
def _trouble(file: Path, begin: str, end: str) -> Iterator[None]:
    """Somebody else does this to the database, until the block ends."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(begin)
        yield
        connection.execute(end)


@dataclass(frozen=True)
class Answer:
    """What the centre answered."""

    status: int
    headers: dict[str, str]
    body: bytes


class CorpusCentre:
    """A centre on an empty folder, with one agency and one category of its own. Its clock shows `at`."""

    def __init__(self, folder: Path) -> None:
        self.at: datetime = read_utc("2026-08-03T01:00:00Z")
        self._noise = b"corpus"
        identity = Identity("c0" * 12, "Kota Banjarmasin", SIGNING_KEY, bytes(range(32, 64)))
        reference = load_reference(resources.path("reference"))
        store = open_store(folder, None, Pool(wait_seconds=0.05))
        self._file = folder / DATABASE_FILE
        self._troubles = ExitStack()
        blobs = open_blob_store(None, folder)
        self._centre = Centre(store, identity, reference, lambda: self.at, self._random, blobs)
        with store.writing() as session:
            session.add_identity(identity, utc_text(self.at))
            for type_, code, body in (
                (RecordType.AGENCY, "DLH", {"code": "DLH", "name": "Dinas Lingkungan Hidup"}),
                (RecordType.CATEGORY, "sampah", {"code": "sampah", "name": "Sampah", "default_agency": "DLH"}),
            ):
                record = Record(id=f"{type_}/{code}", type=type_, body=body)
                session.records.create(record, (EVERYBODY,), centre_author(utc_text(self.at)))
        self._app = create_app(self._centre, lambda: 0.0, Limits())

    def _random(self, length: int) -> bytes:
        self._noise = hashlib.sha256(self._noise).digest()
        return self._noise[:length]

    def act(self, what: str, office: str, letter: str) -> str:
        """`code` makes a one-time code, `revoke` withdraws a computer, `figure` enters a national figure.

        `locked`, `lost` and `spoilt` are troubles of its database, and `well` is the end of them.
        """
        if what == "code":
            return make_code(self._centre, office, letter)
        if what in _TROUBLES:
            self._troubles.enter_context(_trouble(self._file, *_TROUBLES[what]))
        if what == "well":
            self._troubles.close()
        if what == "revoke":
            revoke(self._centre, office, letter)
        if what == "figure":
            figure = NationalFigure(date(2025, 12, 1), Measure.RESOLUTION, Fraction(94, 10), "Contoh untuk uji")
            national_figures.add(self._centre.store, figure, Person("admin", utc_text(self.at)))
        return ""

    def call(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """One HTTP request to the application itself, without a network."""
        sent: list[dict[str, Any]] = []
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in given:
                return message
            await asyncio.Event().wait()  # who asks stays on the line
            raise AssertionError

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        try:
            asyncio.run(self._app(scope, receive, send))
        except msgspec.DecodeError:  # a spoilt row: the desk is answered, and a server would log this
            if not sent:
                raise
        got = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(
            int(sent[0]["status"]),
            {name: got[name] for name in ANSWER_HEADERS if name in got},
            b"".join(message.get("body", b"") for message in sent[1:]),
        )

    def close(self) -> None:
        """Let the database go."""
        self._centre.store.close()
