"""Makes the corpus of messages of this version: `python -m tools.make_corpus FOLDER`.

Real requests and the real centre's answers, with keys, clock and randomness that are always the same. The corpus of a
version that was released is never made again: a new version gets a folder of its own.
"""

import base64
import gzip
import hashlib
import json
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.reference_number import make
from sync import framing
from sync import protocol as p
from tools.corpus_centre import SIGNING_KEY, Answer, CorpusCentre
from tools.corpus_reading import meaning

_OFFICE = "63.71.04.1003"
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300


def _id(number: int) -> str:
    return f"0198a000-0000-7000-8000-{number:012x}"


@dataclass
class _Desk:
    """A desk that writes its own messages."""

    letter: str
    office: str = _OFFICE
    epoch: str = "e1"
    token: str = ""
    device: str = ""
    cursor: str = ""
    server_epoch: str = ""
    hashes: list[bytes] = field(default_factory=lambda: [framing.CHAIN_START])
    lines: list[bytes] = field(default_factory=list)

    @property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.letter.encode() * 32)

    @property
    def sealing(self) -> str:
        public = X25519PrivateKey.from_private_bytes(self.letter.lower().encode() * 32).public_key()
        return base64.b64encode(public.public_bytes_raw()).decode()

    @property
    def signing(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    def line(self, line: bytes) -> bytes:
        self.lines.append(line)
        self.hashes.append(framing.chain(self.hashes[-1], line))
        return line

    def say(self, op: p.Op, type_: str, id_: str, **rest: Any) -> bytes:
        made = p.Mutation(len(self.hashes), op, type_, id_, actor="Siti", device_time="2026-08-03T01:00:00Z", **rest)
        return self.line(framing.encode_line(made))

    def create(self, id_: str, counter: int, **fields: Any) -> bytes:
        values = {
            "reference": make(self.office, self.letter, 2026, counter),
            "office": self.office,
            "desk": self.letter,
            "received_date": "2026-08-03",
            "recorded_at": "2026-08-03T01:00:00Z",
            "title": "Lampu jalan mati",
            "statement": "Lampu jalan di depan langgar mati sudah seminggu.",
        }
        return self.say(p.Op.CREATE, "complaint", id_, set=values | fields)

    def sealed(self, lines: list[bytes], first_n: int | None = None, **other: Any) -> bytes:
        first = first_n or len(self.hashes) - len(lines)
        header = p.RequestHeader(
            device=self.device,
            epoch=self.epoch,
            nonce=f"nonce-{self.letter}-{first}-{other.get('ask', '')}",
            protocol=(1, 1),
            schema=(1, 1),
            first_n=first,
            last_hash=self.hashes[first - 1].hex() if first <= len(self.hashes) else "",
            cursor=self.cursor,
            server_epoch=self.server_epoch,
            device_time="2026-08-03T01:00:30Z",
            program="0.1.0",
        )
        header = msgspec.structs.replace(header, **other)
        return framing.seal([framing.encode_line(header), *lines], self.key, "desk")


class _Recorder:
    """Sends messages and writes down what went both ways."""

    def __init__(self, folder: Path, centre: CorpusCentre) -> None:
        self.folder = folder
        self.centre = centre
        self.index: list[dict[str, Any]] = []
        self.acts: list[list[str]] = []

    def act(self, what: str, letter: str) -> str:
        self.acts.append([what, _OFFICE, letter])
        return self.centre.act(what, _OFFICE, letter)

    def later(self, days: int) -> None:
        """So many days go by."""
        self.centre.at += timedelta(days=days)

    def call(
        self, name: str, method: str, path: str, headers: dict[str, str], body: bytes, desk: _Desk | None = None
    ) -> Answer:
        self.centre.at = self.centre.at.replace(minute=len(self.index) % 60, hour=1 + len(self.index) // 60)
        answer = self.centre.call(method, path, headers, body)
        entry: dict[str, Any] = {"name": f"{len(self.index) + 1:02d}-{name}", "at": utc_text(self.centre.at)}
        entry |= {"acts": self.acts, "method": method, "path": path, "headers": headers}
        entry |= {"signer": desk.letter if desk else "", "status": answer.status, "answer_headers": answer.headers}
        self.acts = []
        for part, content in (("request", body), ("answer", answer.body)):
            (self.folder / f"{entry['name']}.{part}").write_bytes(content)
        self.index.append(entry)
        keys = {letter: _Desk(letter).signing for letter in "ABC"}
        server = Ed25519PrivateKey.from_private_bytes(SIGNING_KEY).public_key().public_bytes_raw()
        self.keys = keys | {"server": base64.b64encode(server).decode()}
        said = meaning(self.folder, entry, self.keys)
        (self.folder / f"{entry['name']}.json").write_text(_json(said), "utf-8")
        return answer

    def ask(self, name: str, path: str, question: msgspec.Struct) -> Any:
        headers = {"content-type": "application/json"}
        return json.loads(self.call(name, "POST", path, headers, msgspec.json.encode(question)).body)

    def enrol(self, desk: _Desk) -> None:
        code = self.act("code", desk.letter)
        self.ask(f"check-{desk.letter}", p.PATH_ENROL_CHECK, p.EnrolCheck(code))
        asked = p.EnrolRequest(code, desk.signing, desk.sealing, "0.1.0")
        enrolled = self.ask(f"enrol-{desk.letter}", p.PATH_ENROL, asked)
        desk.token, desk.device = enrolled["token"], enrolled["device"]
        desk.server_epoch = enrolled["server_epoch"]

    def post(self, name: str, desk: _Desk, message: bytes, encoding: str = "identity", token: str = "") -> Answer:
        packed = {"identity": lambda: message, "gzip": lambda: gzip.compress(message, 6, mtime=0)}
        body = framing.compress(message) if encoding == "zstd" else packed[encoding]()
        headers = {"content-type": p.MEDIA_TYPE, "content-encoding": encoding, "accept-encoding": encoding}
        headers["authorization"] = f"Bearer {token or desk.token}"
        answer = self.call(f"{name}-{desk.letter}", "POST", p.PATH_EXCHANGE, headers, body, desk)
        if answer.status == 200:
            raw = framing.decompress(answer.body, encoding, p.MAX_REPLY_RAW_BYTES)
            header = framing.decode_header(raw.split(b"\n")[0], p.ReplyHeader)
            desk.cursor = header.cursor or desk.cursor
            desk.token = header.token or desk.token
        return answer

    def exchange(self, name: str, desk: _Desk, *lines: bytes, encoding: str = "identity", **header: Any) -> Answer:
        return self.post(name, desk, desk.sealed([*lines], **header), encoding)

    def finish(self) -> None:
        index = {"protocol": p.PROTOCOL, "schema": p.SCHEMA, "keys": self.keys, "messages": self.index}
        (self.folder / "index.json").write_text(_json(index), "utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def make_corpus(folder: Path) -> None:
    """Writes the corpus into the empty `folder`."""
    with tempfile.TemporaryDirectory() as data:
        centre = CorpusCentre(Path(data))
        to = _Recorder(folder, centre)
        a, b, c = _Desk("A"), _Desk("B"), _Desk("C")
        for desk in (a, b, c):
            to.enrol(desk)
        to.exchange("fresh", a)
        to.exchange("fresh-zstd", b, encoding="zstd")
        to.exchange("fresh-gzip", c, encoding="gzip")
        _work(to, a)
        _quarrel(to, a, b)
        _rejections(to, b)
        _asking(to, a, b)
        _files(to, a)
        _refusals(to, a, b, c)
        to.act("figure", "")
        to.exchange("figure", b)
        _troubles(to, b)
        _another_file(to, b)
        _another_token(to, b)
        to.finish()
        centre.close()


def _work(to: _Recorder, a: _Desk) -> None:
    one, two = _id(1), _id(2)
    lines = [
        a.create(one, 1, reporter_nik="6371040308900001", warnings=["Tanpa RT."], a_later_field={"x": [1, 2.5, None]}),
        a.create(two, 2, anonymous=True),
        a.say(p.Op.PATCH, "complaint", one, set={"location": "Gang Mawar"}, was={"location": ""}, base_rev=1),
        a.say(p.Op.APPEND, "follow_up", _id(11), set={"complaint": one, "text": "Ditelepon", "later": True}),
        a.say(
            p.Op.TRANSITION,
            "complaint",
            one,
            set={"status": "verified", "step": _id(12), "note": "Sudah dicek."},
            was={"status": "received"},
            base_rev=2,
        ),
        a.say(p.Op.ATTACH, "attachment", _id(13), set=_attachment(one)),
    ]
    to.exchange("work", a, *lines)
    to.exchange("work-again", a, *lines, first_n=1, cursor="")


def _attachment(complaint: str) -> dict[str, Any]:
    sha256 = hashlib.sha256(_PNG).hexdigest()
    return {"complaint": complaint, "sha256": sha256, "size": len(_PNG), "media_type": "image/png", "name": "lampu.png"}


def _troubles(to: _Recorder, b: _Desk) -> None:
    """The same words, until the centre can take them."""
    message = b.sealed([b.say(p.Op.PATCH, "complaint", _id(1), set={"note": "Dicoba lagi"}, was={"note": ""})])
    for trouble in ("locked", "lost", "spoilt"):
        to.act(trouble, "")
        to.post(f"refused-{trouble}", b, message)
        to.act("well", "")
    to.post("taken-at-last", b, message)


def _another_file(to: _Recorder, b: _Desk) -> None:
    """A file that came otherwise than it was announced, and then rightly."""
    content = _PNG[:70_000]
    sha256 = hashlib.sha256(content).hexdigest()
    announced = {**_attachment(_id(1)), "sha256": sha256, "size": len(content)}
    to.exchange("announced", b, b.say(p.Op.ATTACH, "attachment", _id(14), set=announced))
    path, token = p.PATH_BLOBS + sha256, {"authorization": f"Bearer {b.token}"}
    headers = token | {"content-type": p.BLOB_MEDIA_TYPE, "upload-offset": "0"}
    to.call("refused-blob-hash", "PATCH", path, headers, content[::-1])
    to.call("blob-begins-anew", "HEAD", path, token, b"")
    to.call("blob-as-announced", "PATCH", path, headers, content)


def _another_token(to: _Recorder, b: _Desk) -> None:
    """The token is old: a reply brings another, and the next request has it."""
    to.later(days=8)
    to.exchange("another-token", b)
    to.exchange("with-that-token", b)


def _quarrel(to: _Recorder, a: _Desk, b: _Desk) -> None:
    two = _id(2)
    to.exchange("feed", b)
    mine = {"title": "Lampu gang mati", "anonymous": False, "office": "63.71.04.1004"}
    a_says = a.say(p.Op.PATCH, "complaint", two, set={"title": "Lampu"}, was={"title": "Lampu jalan mati"}, base_rev=1)
    to.exchange("first", a, a_says)
    was = {"title": "Lampu jalan mati", "anonymous": None, "office": _OFFICE}
    answer = to.exchange("conflict", b, b.say(p.Op.PATCH, "complaint", two, set=mine, was=was, base_rev=1))
    lines = [json.loads(line) for line in answer.body.splitlines()]
    (conflict,) = [line for line in lines if line.get("type") == "conflict"]
    sides = [side["id"] for side in conflict["body"]["sides"]]
    chosen = {"complaint": two, "field": "title", "value": "Lampu gang mati", "sides": sides, "side": sides[-1]}
    decided = a.say(
        p.Op.RESOLVE,
        "conflict",
        conflict["id"],
        set=chosen | {"reason": "Ditanyakan kepada pelapor."},
        was={"title": "Lampu"},
        base_rev=2,
    )
    to.exchange("resolve", a, decided)
    safer = b.say(p.Op.PATCH, "complaint", two, set={"anonymous": False}, was={"anonymous": None}, base_rev=1)
    to.exchange("merged", b, safer)
    to.exchange("delete", a, a.create(_id(3), 3), a.say(p.Op.DELETE, "complaint", _id(3), base_rev=1))
    to.exchange("gone", b)


def _rejections(to: _Recorder, b: _Desk) -> None:
    unknown = b'{"kind":"mutation","n":%d,"op":"fold","type":"paper","id":"%s","set":{"folds":7}}'
    lines = [
        b.line(unknown % (len(b.hashes), _id(20).encode())),
        b.say(p.Op.ADD, "complaint", _id(1), set={"tags": ["lampu"]}),
        b.say(p.Op.REMOVE, "complaint", _id(1), set={"tags": ["lampu"]}),
        b.say(p.Op.PATCH, "complaint", _id(1), set={"received_date": 7}),
        b.say(p.Op.PATCH, "complaint", "bukan-uuid", set={"title": "x"}),
        b.create(_id(21), 9, office="63.71.01.1001"),
        b.say(
            p.Op.TRANSITION, "complaint", _id(1), set={"status": "closed", "step": _id(22)}, was={"status": "verified"}
        ),
        b.say(p.Op.APPEND, "follow_up", _id(23), set={"complaint": _id(99), "text": "Pengaduan apa?"}),
        b.say(p.Op.APPEND, "follow_up", _id(24), set={"complaint": _id(21), "text": "Menunggu."}),
    ]
    to.exchange("rejected", b, *lines)


def _asking(to: _Recorder, a: _Desk, b: _Desk) -> None:
    to.exchange("ask-answers", a, first_n=1, ask=p.ASK_ANSWERS)
    to.exchange("ask-digests", b, ask=p.ASK_DIGESTS, cursor="")
    to.exchange("ask-buckets", b, ask=p.ASK_BUCKETS, cursor="", buckets=tuple(range(256)))
    again = _Desk("A", epoch="e2", token=a.token, device=a.device, cursor=a.cursor, server_epoch=a.server_epoch)
    to.exchange("new-epoch", again, again.create(_id(2), 2, anonymous=True))
    to.exchange("notice", b)


def _files(to: _Recorder, a: _Desk) -> None:
    path = p.PATH_BLOBS + _attachment("")["sha256"]
    token = {"authorization": f"Bearer {a.token}"}
    to.call("blob-standing", "HEAD", path, token, b"")
    for name, start, stop in (("first", 0, 65_536), ("last", 65_536, len(_PNG))):
        headers = token | {"content-type": p.BLOB_MEDIA_TYPE, "upload-offset": str(start)}
        to.call(f"blob-{name}-piece", "PATCH", path, headers, _PNG[start:stop])
    to.call("blob-piece-again", "PATCH", path, headers, _PNG[start:stop])
    to.call("blob-range", "GET", path, token | {"range": "bytes=0-99"}, b"")
    to.call("blob-unknown", "HEAD", p.PATH_BLOBS + "0" * 64, token, b"")
    to.exchange("stored", a)


def _refusals(to: _Recorder, a: _Desk, b: _Desk, c: _Desk) -> None:
    good = b.sealed([])
    to.post("refused-trailer", b, good.replace(b'"schema":[1,1]', b'"schema":[1,2]'))
    to.post("refused-cut", b, good[:-20])
    to.post("refused-token", b, good, token="none-of-yours")  # noqa: S106  # it is nobody's
    to.exchange("refused-device", a, device=b.device)
    to.exchange("refused-lines", b, b'{"n":1}')
    to.exchange("refused-too-many", b, *[b'{"n":1}'] * (p.MAX_ITEMS + 1), encoding="zstd", first_n=1)
    to.exchange("refused-protocol", b, protocol=(2, 3))
    to.exchange("refused-cursor", b, cursor="x")
    to.exchange("refused-gap", b, first_n=len(b.hashes) + 1, last_hash="00" * 32)
    to.exchange("refused-fork", b, last_hash="11" * 32)
    to.post("refused-bomb", b, b"\n" * (p.MAX_RAW_BYTES + 1), "gzip")
    headers = {"content-type": "text/html", "authorization": f"Bearer {b.token}"}
    to.call("refused-media-type", "POST", p.PATH_EXCHANGE, headers, b"<html>")
    to.ask("refused-code", p.PATH_ENROL_CHECK, p.EnrolCheck("AAAA-BBBB-CCCC"))
    to.act("revoke", "C")
    to.exchange("revoked", c, c.create(_id(31), 1))


def main(arguments: list[str]) -> int:
    """Make the corpus in the folder that is named; it must be new."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True)
    make_corpus(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
