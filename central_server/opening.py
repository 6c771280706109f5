"""A desk's request, believed: unpacked, signed by the desk, its lines numbered; nothing of it is applied yet."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from central_server.errors import Refusal
from central_server.items import Item
from central_server.reception import read_items
from central_server.rules import Desk
from central_server.store.shapes import Device, Stream
from sync.framing import BadFrame, decode_header, decompress, open_sealed
from sync.protocol import MAX_ITEMS, MAX_RAW_BYTES, PROTOCOL, PROTOCOL_MIN, ErrorNumber, Op, RequestHeader

_NAME = re.compile(r"[0-9A-Za-z_.\-]{1,128}")
_CURSOR = re.compile(r"(\d{1,18}(\.\d{1,18})?)?", re.ASCII)
_LARGEST = 2**53

_PARTS = {
    "compression": (ErrorNumber.MALFORMED, HTTPStatus.BAD_REQUEST, "Kiriman rusak: mampatannya tidak dapat dibuka."),
    "size": (ErrorNumber.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Kiriman terlalu besar."),
    "ratio": (ErrorNumber.BOMB, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Kiriman mengembang tidak wajar."),
    "lines": (ErrorNumber.MALFORMED, HTTPStatus.BAD_REQUEST, "Kiriman tidak dapat dibaca."),
    "trailer": (ErrorNumber.TRAILER, HTTPStatus.BAD_REQUEST, "Kiriman terpotong atau tanda tangannya tidak cocok."),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A request whose signature is right."""

    header: RequestHeader
    items: list[Item]

    @property
    def files(self) -> list[str]:
        """SHA-256 of the attachments that it announces, as they were written."""
        mutations = [item.mutation for item in self.items if item.mutation and item.mutation.op is Op.ATTACH]
        return [str(mutation.set.get("sha256")) for mutation in mutations]


def open_request(device: Device, body: bytes, encoding: str, offices: frozenset[str]) -> Opened:
    """The request that `body` is, in a `zstd`, `gzip` or `identity` encoding, of a desk in a city with these `offices`.

    Raises Refusal.
    """
    key = Ed25519PublicKey.from_public_bytes(device.signing_key)
    try:
        message = decompress(body, encoding, MAX_RAW_BYTES)
        lines = open_sealed(message, key, "desk")
        header = decode_header(lines[0], RequestHeader)
    except BadFrame as error:
        raise unreadable(error.part) from error
    except (ValueError, RecursionError) as error:
        raise malformed() from error
    if header.device != device.id:
        raise Refusal(ErrorNumber.WRONG_DEVICE, HTTPStatus.FORBIDDEN, "Kiriman ini milik loket lain.")
    check_header(header)
    if len(lines) - 1 > MAX_ITEMS:
        raise Refusal(ErrorNumber.TOO_LARGE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Kiriman berisi terlalu banyak.")
    try:
        return Opened(header, read_items(header, lines[1:], Desk(device.office, device.desk, offices)))
    except ValueError as error:
        raise malformed() from error


def unreadable(part: str) -> Refusal:
    """The refusal of bytes of which `part` (see `sync.framing.BadFrame`) is wrong."""
    number, status, sentence = _PARTS[part]
    return Refusal(number, status, sentence)


def malformed() -> Refusal:
    """The refusal of lines that are no request."""
    return unreadable("lines")


def check_header(header: RequestHeader) -> None:
    """Raises Refusal for a header that says nothing usable, or of a program newer than this one can talk to."""
    if not 0 <= header.protocol[0] <= header.protocol[1] or header.schema[1] < 1:
        raise malformed()
    if header.protocol[0] > PROTOCOL:
        raise Refusal(
            ErrorNumber.PROTOCOL,
            HTTPStatus.BAD_REQUEST,
            "Program loket ini lebih baru daripada server kota; tidak ada yang hilang. Server kota perlu diperbarui.",
        )
    if not (_NAME.fullmatch(header.epoch) and _NAME.fullmatch(header.nonce) and 1 <= header.first_n <= _LARGEST):
        raise malformed()
    if "\x00" in header.program:
        raise malformed()
    if not _CURSOR.fullmatch(header.cursor):
        raise Refusal(ErrorNumber.CURSOR, HTTPStatus.BAD_REQUEST, "Penanda terakhir loket tidak dapat dibaca.")


def is_too_old(header: RequestHeader) -> bool:
    """Whether this program cannot reply to the desk any more."""
    return header.protocol[1] < PROTOCOL_MIN


def too_old(stream: Stream) -> Refusal:
    """The refusal of such a desk, whose words have come as far as `stream` says."""
    return Refusal(
        ErrorNumber.PROTOCOL,
        HTTPStatus.BAD_REQUEST,
        "Program loket ini terlalu lama bagi server kota. Yang dikirim sudah diterima; jawabannya datang setelah "
        "Lapor Kelurahan di komputer ini diperbarui.",
    ).knowing(stream.last_n, stream.last_hash)
