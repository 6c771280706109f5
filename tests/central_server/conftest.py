"""A desk that speaks the wire by hand, so that it can also speak it wrongly."""

import base64
import contextlib
import http.client
import io
import itertools
import json
import secrets
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

import resources
from central_server.cli import main
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.domain.reference_number import make
from sync.framing import (
    CHAIN_START,
    chain,
    compress,
    decode_header,
    decode_reply_items,
    decompress,
    encode_line,
    open_sealed,
    seal,
)
from sync.protocol import MEDIA_TYPE, Change, Mutation, Op, ReplyHeader, RequestHeader, Result


def call(
    url: str, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes, dict[str, str]]:
    """One HTTP call without any help: status, body as it came, headers in small letters."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read(), {name.lower(): value for name, value in response.getheaders()}
    finally:
        connection.close()


@dataclass
class Reply:
    """A good reply, taken apart."""

    header: ReplyHeader
    results: list[Result]
    changes: list[Change]
    size: int

    def change(self, id_: str) -> Change | None:
        return next((change for change in self.changes if change.id == id_), None)

    def of_type(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.type == kind]


class Refused(Exception):
    """An answer that is not 200."""

    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        super().__init__(status, body[:300])
        self.status = status
        self.reply = json.loads(body)
        self.number = self.reply["number"]
        self.headers = headers


@dataclass
class Desk:
    """An enrolled desk: its keys, its chain, its cursor; what it knows of the centre."""

    url: str
    office: str
    letter: str
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    sealing: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    epoch: str = field(default_factory=lambda: secrets.token_hex(8))
    n: int = 0
    hashes: list[bytes] = field(default_factory=lambda: [CHAIN_START])
    cursor: str = ""
    server_epoch: str = ""
    token: str = ""
    device: str = ""
    server_key: Ed25519PublicKey | None = None
    number: int = 0

    # Enrolment

    def enrol(self, code: str) -> dict[str, Any]:
        asked = {
            "code": code,
            "signing_key": base64.b64encode(self.signing.public_key().public_bytes_raw()).decode(),
            "sealing_key": base64.b64encode(self.sealing.public_key().public_bytes_raw()).decode(),
        }
        status, body, headers = call(self.url, "POST", "/sync/v1/enrol", json.dumps(asked))
        if status != 200:
            raise Refused(status, body, headers)
        enrolled = json.loads(body)
        self.token, self.device = enrolled["token"], enrolled["device"]
        self.server_epoch = enrolled["server_epoch"]
        self.server_key = Ed25519PublicKey.from_public_bytes(base64.b64decode(enrolled["server_signing_key"]))
        return enrolled

    # Mutations

    def mutation(self, op: Op, kind: str, id_: str, **rest: Any) -> Mutation:
        self.n += 1
        made = Mutation(n=self.n, op=op, type=kind, id=id_, actor="Siti", device_time="2026-08-03T01:00:00Z", **rest)
        self.hashes.append(chain(self.hashes[-1], encode_line(made)))
        return made

    def create(self, id_: str | None = None, **fields: Any) -> Mutation:
        self.number += 1
        filled = {
            "reference": make(self.office, self.letter, 2026, self.number),
            "office": self.office,
            "desk": self.letter,
            "received_date": "2026-08-03",
            "recorded_at": "2026-08-03T01:00:00Z",
            "title": "Lampu jalan mati",
            "statement": "Lampu jalan di depan langgar mati sudah seminggu.",
        }
        return self.mutation(Op.CREATE, "complaint", id_ or str(uuid.uuid4()), set=filled | fields)

    def patch(self, id_: str, values: dict[str, Any], was: dict[str, Any], base_rev: int = 1) -> Mutation:
        return self.mutation(Op.PATCH, "complaint", id_, set=values, was=was, base_rev=base_rev)

    def follow_up(self, complaint: str, text: str, id_: str | None = None) -> Mutation:
        values = {"complaint": complaint, "text": text}
        return self.mutation(Op.APPEND, "follow_up", id_ or str(uuid.uuid4()), set=values)

    def step(self, id_: str, start: str, goal: str, base_rev: int = 1, **fields: Any) -> Mutation:
        values = {"status": goal, "step": str(uuid.uuid4()), "note": "dikerjakan"} | fields
        return self.mutation(Op.TRANSITION, "complaint", id_, set=values, was={"status": start}, base_rev=base_rev)

    def delete(self, id_: str, base_rev: int = 1) -> Mutation:
        return self.mutation(Op.DELETE, "complaint", id_, base_rev=base_rev)

    # The exchange

    def header(self, first_n: int, **other: Any) -> RequestHeader:
        made = RequestHeader(
            device=self.device,
            epoch=self.epoch,
            nonce=secrets.token_hex(8),
            protocol=(1, 1),
            schema=(1, 1),
            first_n=first_n,
            last_hash=self.hashes[first_n - 1].hex() if 0 < first_n <= len(self.hashes) else "",
            cursor=self.cursor,
            server_epoch=self.server_epoch,
        )
        return msgspec.structs.replace(made, **other)

    def sealed(self, *mutations: Mutation, **header: Any) -> bytes:
        first = header.pop("first_n", mutations[0].n if mutations else self.n + 1)
        lines = [encode_line(self.header(first, **header)), *(encode_line(one) for one in mutations)]
        return seal(lines, self.signing, "desk")

    def packed(self, *mutations: Mutation, **header: Any) -> bytes:
        """A sealed request as it travels."""
        return compress(self.sealed(*mutations, **header))

    def post(self, body: bytes, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        sent = {
            "content-type": MEDIA_TYPE,
            "content-encoding": "zstd",
            "accept-encoding": "zstd",
            "authorization": f"Bearer {self.token}",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        return call(self.url, "POST", "/sync/v1/exchange", body, sent)

    def exchange(self, *mutations: Mutation, keep: bool = True, **header: Any) -> Reply:
        """One exchange; `keep=False` loses the reply: cursor and token stay as they were."""
        status, body, headers = self.post(compress(self.sealed(*mutations, **header)))
        if status != 200:
            raise Refused(status, body, headers)
        reply = self.opened(body, headers)
        if keep:
            self.cursor, self.server_epoch = reply.header.cursor, reply.header.server_epoch
            self.token = reply.header.token or self.token
        return reply

    def opened(self, body: bytes, headers: dict[str, str]) -> Reply:
        assert headers["content-type"] == MEDIA_TYPE
        raw = decompress(body, headers.get("content-encoding", "identity"), 64 * 1024 * 1024)
        assert self.server_key is not None
        lines = open_sealed(raw, self.server_key, "server")
        items = decode_reply_items(lines[1:])
        return Reply(
            decode_header(lines[0], ReplyHeader),
            [item for item in items if isinstance(item, Result)],
            [item for item in items if isinstance(item, Change)],
            len(body),
        )

    def all_pages(self, *mutations: Mutation) -> Reply:
        """Exchanges until nothing more waits; all changes together."""
        reply = self.exchange(*mutations)
        while reply.header.more:
            page = self.exchange()
            reply = Reply(page.header, reply.results, reply.changes + page.changes, reply.size + page.size)
        return reply


@pytest.fixture(scope="module")
def offices() -> Iterator[str]:
    """Kelurahan codes, each given once in a module."""
    return itertools.cycle(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture
def new_desk(offices: Iterator[str]) -> Callable[..., Desk]:
    """Enrols a desk at a centre, in an office of its own unless one is named."""

    def enrol(central: Any, office: str = "", letter: str = "A") -> Desk:
        desk = Desk(central.url, office or next(offices), letter)
        desk.enrol(central.enrol_code(desk.office, desk.letter))
        desk.all_pages()  # the reference data
        return desk

    return enrol


@pytest.fixture
def refused() -> type[Refused]:
    """The exception of an answer that is not 200."""
    return Refused


@pytest.fixture
def http_call() -> Callable[..., tuple[int, bytes, dict[str, str]]]:
    """One plain HTTP call: status, body, headers."""
    return call


@pytest.fixture
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command of a centre within this process: quicker, for tests that are not about the process."""

    def run(central: Any, *arguments: str, database_url: str = "") -> subprocess.CompletedProcess[str]:
        url = database_url or central.database_url
        where = ["--data-dir", str(central.data_dir), *(["--database-url", url] if url else [])]
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            try:
                status = main([*where, *arguments])
            except SystemExit as left:
                status = int(left.code or 0)
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), errors.getvalue())

    return run


@pytest.fixture
def bare_desk() -> type[Desk]:
    """A desk that is not enrolled yet."""
    return Desk
