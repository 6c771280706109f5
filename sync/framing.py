"""Bytes on the wire: lines of JSON between a header and a signed trailer, compressed.

The signature covers the raw bytes before the trailer, the direction and the count, so that a reply can neither be cut,
mixed with another, nor replayed as a request. Decompression is bounded in bytes and in ratio.
"""

import base64
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec
import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.protocol import MAX_RATIO, Mutation, ReplyHeader, ReplyItem, RequestHeader, Side, Trailer

_DOMAIN = b"lapor-kelurahan exchange v1 "
_encoder = msgspec.json.Encoder()
_trailer_decoder = msgspec.json.Decoder(Trailer)
_CHUNK = 64 * 1024
_SKIPPED = bytes.fromhex("502a4d18")  # begins a frame that every Zstandard reader passes over
_RATIO_FLOOR = 256 * 1024  # small bodies may compress extremely well; the ratio counts from here

Header = TypeVar("Header", RequestHeader, ReplyHeader)


# What a decoder raises for bytes that are not what they should be; too deep a nesting counts among them.
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class BadFrame(ValueError):
    """The bytes are not a complete, signed message.

    `part` says what failed: compression, size, ratio, lines, trailer.
    """

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


def encode_line(item: msgspec.Struct) -> bytes:
    """One item as the bytes of its line, without the line end; stable for the same item."""
    return _encoder.encode(item)


def chain(previous: bytes, line: bytes) -> bytes:
    """h(n) = SHA-256(h(n-1) || bytes of mutation n); h(0) is 32 zero bytes."""
    return hashlib.sha256(previous + line).digest()


CHAIN_START = bytes(32)


def seal(lines: Iterable[bytes], key: Ed25519PrivateKey, side: Side) -> bytes:
    """The whole message, uncompressed: `lines` (header first) and the trailer, each ended by a line feed."""
    body = io.BytesIO()
    count = 0
    for line in lines:
        body.write(line)
        body.write(b"\n")
        count += 1
    digest = hashlib.sha256(body.getbuffer()).digest()
    signature = key.sign(_signed(side, count, digest))
    trailer = Trailer(count=count, sha256=digest.hex(), signature=base64.b64encode(signature).decode())
    body.write(_encoder.encode(trailer))
    body.write(b"\n")
    return body.getvalue()


def open_sealed(message: bytes, key: Ed25519PublicKey, side: Side) -> list[bytes]:
    """The lines before the trailer, checked against it; raises BadFrame("lines" | "trailer")."""
    if not message.endswith(b"\n"):
        raise BadFrame("trailer", "the message does not end with a line")
    start = message.rfind(b"\n", 0, len(message) - 1) + 1
    try:
        trailer = _trailer_decoder.decode(message[start:])
        signature = base64.b64decode(trailer.signature, validate=True)
    except (*_UNREADABLE, ValueError) as error:
        raise BadFrame("trailer", "the last line is not a trailer") from error
    plain = Trailer(trailer.count, trailer.sha256, base64.b64encode(signature).decode())
    if _encoder.encode(plain) + b"\n" != message[start:]:  # JSON and base64 can both say the same in several ways
        raise BadFrame("trailer", "the trailer is not written as it was made")
    body = memoryview(message)[:start]
    digest = hashlib.sha256(body).digest()
    lines = bytes(body).split(b"\n")[:-1]
    if len(lines) != trailer.count or digest.hex() != trailer.sha256:
        raise BadFrame("trailer", "count or digest differ from the trailer")
    try:
        key.verify(signature, _signed(side, trailer.count, digest))
    except InvalidSignature as error:
        raise BadFrame("trailer", "the signature is not the sender's") from error
    if not lines:
        raise BadFrame("lines", "a message without a header")
    return lines


def _signed(side: Side, count: int, digest: bytes) -> bytes:
    return b"%s%s %d " % (_DOMAIN, side.encode(), count) + digest


def compress(message: bytes, level: int = 12) -> bytes:
    """Zstandard with the content size in the frame; never so small that `decompress` would take it for a bomb."""
    packed = zstandard.ZstdCompressor(level=level).compress(message)
    missing = -(-len(message) // MAX_RATIO) - len(packed)
    if missing > 0 and len(message) > _RATIO_FLOOR:  # the same long text many times over
        packed += _SKIPPED + missing.to_bytes(4, "little") + bytes(missing)
    return packed


def decompress(body: bytes, encoding: str, limit: int) -> bytes:
    """The raw message of a `zstd`, `gzip` or `identity` body; raises BadFrame("compression" | "size" | "ratio").

    Reads in small steps and stops as soon as `limit` bytes or the ratio are passed, so that a bomb costs no memory.
    """
    if encoding == "identity":
        if len(body) > limit:
            raise BadFrame("size", "the message is too large")
        return body
    allowed = min(limit, max(_RATIO_FLOOR, len(body) * MAX_RATIO))
    out = io.BytesIO()
    try:
        with _reader(body, encoding) as reader:
            while chunk := reader.read(_CHUNK):
                out.write(chunk)
                if out.tell() > allowed:
                    part = "size" if allowed == limit else "ratio"
                    raise BadFrame(part, "the message unpacks to more than is allowed")
    except (zstandard.ZstdError, OSError, EOFError, zlib.error) as error:
        raise BadFrame("compression", "the body is not what its encoding says") from error
    return out.getvalue()


def _reader(body: bytes, encoding: str) -> io.BufferedIOBase | gzip.GzipFile | zstandard.ZstdDecompressionReader:
    source = io.BytesIO(body)
    if encoding == "zstd":
        return zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024).stream_reader(source)
    if encoding == "gzip":
        return gzip.GzipFile(fileobj=source)
    raise BadFrame("compression", f"unknown encoding {encoding!r}")


def decode_header(line: bytes, kind: type[Header]) -> Header:
    """The first line as `kind`; raises BadFrame("lines")."""
    try:
        return msgspec.json.decode(line, type=kind)
    except _UNREADABLE as error:
        raise BadFrame("lines", f"the first line is not a header: {error}") from error


def decode_mutations(lines: Sequence[bytes]) -> list[Mutation]:
    """All items of a request; raises BadFrame("lines")."""
    decoder = msgspec.json.Decoder(Mutation)
    try:
        return [decoder.decode(line) for line in lines]
    except _UNREADABLE as error:
        raise BadFrame("lines", f"an item cannot be read: {error}") from error


def decode_reply_items(lines: Sequence[bytes]) -> list[ReplyItem]:
    """All items of a reply; raises BadFrame("lines")."""
    decoder: msgspec.json.Decoder[ReplyItem] = msgspec.json.Decoder(ReplyItem)
    try:
        return [decoder.decode(line) for line in lines]
    except _UNREADABLE as error:
        raise BadFrame("lines", f"an item cannot be read: {error}") from error
