"""What a request must be before it is looked at: whole, signed, and in words that this program knows."""

import re
from http import HTTPStatus

from central_server.errors import Refusal
from sync.protocol import PROTOCOL, PROTOCOL_MIN, ErrorNumber, RequestHeader

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


def check_age(header: RequestHeader) -> None:
    """Raises Refusal for a desk to which this program cannot reply any more."""
    if header.protocol[1] < PROTOCOL_MIN:
        raise Refusal(
            ErrorNumber.PROTOCOL,
            HTTPStatus.BAD_REQUEST,
            "Program loket ini terlalu lama bagi server kota. Yang dikirim sudah diterima; jawabannya datang setelah "
            "Lapor Kelurahan di komputer ini diperbarui.",
        )
