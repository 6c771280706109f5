"""The exchange as a file: requests or replies as they are on the wire, and the bytes of attachments, sealed and signed.

    mark, version | plain header | sealed key | chunks | signature

The content key is random, of this file alone, and sealed to the recipient's X25519 key by HPKE (RFC 9180, base mode,
HKDF-SHA256, ChaCha20-Poly1305). Chunks of 64 KB are sealed under it by ChaCha20-Poly1305; the nonce is the number of
the chunk and whether it is the last, and everything before the chunks is associated data of each. So nothing can be cut
off, moved, doubled or exchanged. At the end stands the sender's Ed25519 signature of all bytes before it.

What the chunks hold is a row of parts: each a small JSON object that names it, then its content. Bytes in, bytes out:
no more than a chunk is in memory, wherever the bytes come from and go to.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from kelurahan_client.errors import DamagedBundle, NewerBundle

MARK = b"LAPOR-BUNDEL"
VERSION = 1
CHUNK = 64 * 1024  # of plain bytes in a sealed chunk; only the last may have fewer
KEY_BYTES = 32
_TAG = 16
_SEALED_KEY = 32 + KEY_BYTES + _TAG  # HPKE's ephemeral public key, and the content key under it
_SIGNATURE = 64
_LAST = 1 << 31  # in a chunk's length
_INFO = b"lapor-kelurahan bundle v1 key "
_SIGNED = b"lapor-kelurahan bundle v1 "


class BundleKind(StrEnum):
    """Who speaks: a desk, or the centre."""

    REQUEST = "request"
    REPLY = "reply"


class PartKind(StrEnum):
    """What a part is; a reader passes over kinds that it does not know."""

    MESSAGE = "message"  # a request or a reply, byte for byte the body of an HTTP exchange in zstd
    REFUSAL = "refusal"  # an ErrorReply to the request with this nonce
    BLOB = "blob"  # the bytes of an attachment


class BundleHeader(msgspec.Struct, omit_defaults=True, frozen=True):
    """The plain header: enough to find the keys and to say whose it is. It is believed once a part was opened."""

    kind: BundleKind
    server: str  # fingerprint of the centre's signing key: `fingerprint`
    city: str
    device: str  # the desk that sends a request, or gets a reply
    bundle: str  # random, of this bundle
    epoch: str = ""  # in which the desk writes now
    answers: str = ""  # the bundle that a reply answers
    created: str = ""  # ISO 8601, for people only


class Part(msgspec.Struct, omit_defaults=True, frozen=True):
    """Names the `size` bytes that follow."""

    kind: str
    size: int
    nonce: str = ""  # of the request that a message or a refusal is, or answers
    after: str = ""  # of a reply: the cursor from which its changes go on
    sha256: str = ""  # of a blob, in hex


@dataclass(frozen=True, slots=True)
class Content:
    """A part with its bytes, which can be taken once, and only before the next part is asked for."""

    part: Part
    chunks: Iterable[bytes]

    def whole(self, limit: int) -> bytes:
        """All bytes at once; raises DamagedBundle when these are more than `limit`."""
        if self.part.size > limit:
            raise DamagedBundle("Isi bundel lebih besar daripada yang mungkin; tidak ada yang diterapkan.")
        return b"".join(self.chunks)


def fingerprint(key: bytes) -> str:
    """What names a centre, made from its public signing key of 32 bytes: 32 hex digits."""
    return hashlib.sha256(b"lapor-kelurahan centre " + key).hexdigest()[:32]


def sealed(
    header: BundleHeader,
    contents: Iterable[Content],
    *,
    recipient: X25519PublicKey,
    signer: Ed25519PrivateKey,
    content_key: bytes,
) -> Iterator[bytes]:
    """The bytes of a bundle, in pieces; `content_key` is KEY_BYTES random bytes that are used for nothing else.

    Raises ValueError for a part whose bytes are not as many as it says.
    """
    text = msgspec.json.encode(header)
    start = MARK + bytes([VERSION]) + len(text).to_bytes(2, "big") + text
    start += _suite().encrypt(content_key, recipient, info=_INFO + start)
    digest = hashlib.sha256(start)
    yield start
    cipher, bound = ChaCha20Poly1305(content_key), hashlib.sha256(start).digest()
    for number, (plain, last) in enumerate(_cut(_plain(contents))):
        chunk = cipher.encrypt(_nonce(number, last), plain, bound)
        piece = (len(chunk) | (_LAST if last else 0)).to_bytes(4, "big") + chunk
        digest.update(piece)
        yield piece
    yield signer.sign(_SIGNED + digest.digest())


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _plain(contents: Iterable[Content]) -> Iterator[bytes]:
    for content in contents:
        text = msgspec.json.encode(content.part)
        yield len(text).to_bytes(2, "big") + text
        size = 0
        for piece in content.chunks:
            size += len(piece)
            yield piece
        if size != content.part.size:
            raise ValueError(f"a part of {content.part.size} bytes has {size}")


def _cut(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in chunks of CHUNK; the last one is marked, and has what is left."""
    waiting = bytearray()
    for piece in pieces:
        for start in range(0, len(piece), CHUNK):
            waiting += piece[start : start + CHUNK]
            if len(waiting) > CHUNK:  # not at once when it is full: it may be the last
                yield bytes(waiting[:CHUNK]), False
                del waiting[:CHUNK]
    yield bytes(waiting), True


class Bundle:
    """A bundle that is read: its header at once, its parts when the keys are known, from the beginning each time."""

    def __init__(self, source: BinaryIO) -> None:
        """Read the header. Raises DamagedBundle, or NewerBundle for a version that is not known here."""
        self._source = source
        self._bound = b""  # the associated data of the chunks
        self._start = self._beginning()
        try:
            self.header = msgspec.json.decode(self._start[len(MARK) + 3 :], type=BundleHeader)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise _altered() from error
        if not all(text.isprintable() for text in msgspec.structs.astuple(self.header)):
            raise _altered()  # it is shown, and looked up, before it is known whose it is

    def contents(self, key: X25519PrivateKey, sender: Ed25519PublicKey) -> Iterator[Content]:
        """The parts in their order. Raises DamagedBundle as soon as something is not as it was made.

        Before `check` has come to the end of the bundle, nobody knows who made them. After it they can be applied one
        by one: only who made what was checked has the key to make other chunks fit.
        """
        plain = _Plain(self._chunks(key, sender))
        while not plain.ended():
            text = b"".join(plain.pieces(int.from_bytes(b"".join(plain.pieces(2)), "big")))
            try:
                part = msgspec.json.decode(text, type=Part)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise _altered() from error
            left = plain.pieces(part.size)
            yield Content(part, left)
            for _piece in left:
                pass

    def check(self, key: X25519PrivateKey, sender: Ed25519PublicKey) -> list[Part]:
        """Read everything to its end, the signature too, and hash every blob: what there is. Raises DamagedBundle."""
        parts = []
        for content in self.contents(key, sender):
            digest = hashlib.sha256()
            for piece in content.chunks:
                digest.update(piece)
            if content.part.kind == PartKind.BLOB and digest.hexdigest() != content.part.sha256:
                raise _altered()
            parts.append(content.part)
        return parts

    def _beginning(self) -> bytes:
        self._source.seek(0)
        mark = self._source.read(len(MARK) + 1)
        self._digest = hashlib.sha256(mark)
        if mark[:-1] != MARK:
            raise DamagedBundle("Berkas ini bukan bundel Lapor Kelurahan.", way_out="Pilih berkas lain di stik itu.")
        if mark[-1] != VERSION:
            raise NewerBundle(
                "Bundel ini ditulis oleh program yang lebih baru; tidak ada yang diterapkan.",
                way_out="Perbarui Lapor Kelurahan di komputer ini, lalu coba lagi.",
            )
        length = self._exactly(2)
        return mark + length + self._exactly(int.from_bytes(length, "big"))

    def _chunks(self, key: X25519PrivateKey, sender: Ed25519PublicKey) -> Iterator[bytes]:
        start = self._beginning()
        locked = self._exactly(_SEALED_KEY)
        bound = hashlib.sha256(start + locked).digest()
        if bound != (self._bound or bound) or start != self._start:
            raise _altered()  # since it was read before
        self._bound = bound
        try:
            cipher = ChaCha20Poly1305(_suite().decrypt(locked, key, info=_INFO + self._start))
        except (InvalidTag, ValueError) as error:
            raise _altered() from error
        number, last = 0, False
        while not last:
            word = int.from_bytes(self._exactly(4), "big")
            last, length = bool(word & _LAST), word & ~_LAST
            if not _TAG <= length <= CHUNK + _TAG or (length < CHUNK + _TAG and not last):
                raise _altered()
            try:
                plain = cipher.decrypt(_nonce(number, last), self._exactly(length), bound)
            except InvalidTag as error:
                raise _altered() from error
            if last:
                self._end(sender)
            yield plain
            number += 1

    def _end(self, sender: Ed25519PublicKey) -> None:
        signed = self._digest.digest()
        try:
            sender.verify(self._exactly(_SIGNATURE), _SIGNED + signed)
        except InvalidSignature as error:
            raise _altered() from error
        if self._source.read(1):
            raise _altered()

    def _exactly(self, size: int) -> bytes:
        found = self._source.read(size)
        if len(found) != size:
            raise DamagedBundle(
                "Bundel terpotong: bagian akhirnya tidak ada. Tidak ada yang diterapkan.",
                way_out="Salin lagi berkasnya, lepas stik dengan aman, atau buat bundel baru.",
            )
        self._digest.update(found)
        return found


class _Plain:
    """The opened bytes, however the chunks cut them."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._here = memoryview(b"")

    def ended(self) -> bool:
        """Whether nothing is left, and the signature was the sender's."""
        while not self._here:
            chunk = next(self._chunks, None)
            if chunk is None:
                return True
            self._here = memoryview(chunk)
        return False

    def some(self, most: int) -> bytes:
        """The next bytes, `most` at most."""
        if self.ended():
            raise _altered()
        found, self._here = self._here[:most], self._here[most:]
        return bytes(found)

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, as they come."""
        while size > 0:
            piece = self.some(size)
            size -= len(piece)
            yield piece


def _altered() -> DamagedBundle:
    return DamagedBundle(
        "Bundel rusak atau diubah sejak dibuat; tidak ada yang diterapkan.",
        way_out="Salin lagi, atau buat bundel baru.",
    )
