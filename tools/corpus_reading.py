"""What a message of the corpus means to this program, as JSON."""

import base64
import json
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from central_server.items import read_item
from sync import framing
from sync import protocol as p

_SENTENCES = frozenset({"reason", "message"})  # written for people, and free to be written better


def meaning(folder: Path, entry: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    """Both parts of the message `entry` of the index, read from its files."""
    request, answer = ((folder / f"{entry['name']}.{part}").read_bytes() for part in ("request", "answer"))
    found: dict[str, Any] = {}
    if entry["signer"] and entry["status"] in (200, 403, 409, 410, 500, 503):
        encoding = entry["headers"]["content-encoding"]
        raw = framing.decompress(request, encoding, p.MAX_RAW_BYTES)
        found["request"] = _request(raw, keys[entry["signer"]])
    elif entry["headers"].get("content-type") == "application/json":
        found["request"] = json.loads(request)
    if entry["answer_headers"].get("content-type") == p.MEDIA_TYPE:
        encoding = entry["answer_headers"].get("content-encoding", "identity")
        raw = framing.decompress(answer, encoding, p.MAX_REPLY_RAW_BYTES)
        found["answer"] = _reply(raw, keys["server"])
    elif entry["status"] >= 400 and answer:
        found["answer"] = _plain(msgspec.json.decode(answer, type=p.ErrorReply))
    elif entry["answer_headers"].get("content-type") == "application/json":
        kind = p.Enrolled if entry["path"] == p.PATH_ENROL else p.EnrolOffer
        found["answer"] = _plain(msgspec.json.decode(answer, type=kind))
    return found


def _key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text))


def _request(raw: bytes, key: str) -> list[Any]:
    lines = framing.open_sealed(raw, _key(key), "desk")
    items = [read_item(line) for line in lines[1:]]
    return [_plain(framing.decode_header(lines[0], p.RequestHeader))] + [
        _plain(item.mutation) if item.mutation else {"n": item.n, "id": item.id} for item in items
    ]


def _reply(raw: bytes, key: str) -> list[Any]:
    lines = framing.open_sealed(raw, _key(key), "server")
    items = framing.decode_reply_items(lines[1:])
    return [_plain(framing.decode_header(lines[0], p.ReplyHeader)), *(_plain(item) for item in items)]


def _plain(item: msgspec.Struct) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(msgspec.json.encode(msgspec.structs.asdict(item)))
    return values


def without_sentences(value: Any) -> Any:
    """The same without what is only said to people."""
    if isinstance(value, dict):
        return {name: without_sentences(part) for name, part in value.items() if name not in _SENTENCES}
    return [without_sentences(part) for part in value] if isinstance(value, list) else value


def says_the_same(recorded: Any, found: Any) -> bool:
    """Whether everything that was recorded is said; a later program may say more beside it."""
    if isinstance(recorded, dict):
        return isinstance(found, dict) and all(
            name in found and says_the_same(part, found[name]) for name, part in recorded.items()
        )
    if isinstance(recorded, list):
        return (
            isinstance(found, list)
            and len(found) == len(recorded)
            and all(says_the_same(one, other) for one, other in zip(recorded, found, strict=True))
        )
    return bool(recorded == found)
