"""One signed request and its reply, as a desk makes and believes them: over HTTP, or in whatever else carries bytes."""

import base64
from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kelurahan_client.errors import ExchangeError, NetworkLogin, Untrusted
from kelurahan_client.services.desk import Identity
from sync.framing import (
    BadFrame,
    compress,
    decode_header,
    decode_reply_items,
    decompress,
    encode_line,
    open_sealed,
    seal,
)
from sync.protocol import (
    MAX_REPLY_RAW_BYTES,
    PROTOCOL,
    PROTOCOL_MIN,
    SCHEMA,
    Change,
    ErrorNumber,
    ReplyHeader,
    ReplyItem,
    RequestHeader,
)
from sync.schemas import raised


def seal_request(me: Identity, header: RequestHeader, items: Sequence[bytes] = ()) -> bytes:
    """The request as it is sent: header and items, signed by the desk, compressed."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(me.signing_key))
    return compress(seal([encode_line(header), *items], key, "desk"))


def open_reply(me: Identity, nonce: str, body: bytes, encoding: str) -> tuple[ReplyHeader, list[ReplyItem]]:
    """The reply to the request with this nonce, checked before a single item of it is believed.

    Raises NetworkLogin for what is not whole or not the centre's, Untrusted for the answer to another request, and
    ExchangeError for one in a protocol that was not offered. Records are in this program's schema.
    """
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(me.server_signing_key))
    try:
        lines = open_sealed(decompress(body, encoding, MAX_REPLY_RAW_BYTES), key, "server")
        header = decode_header(lines[0], ReplyHeader)
        items = decode_reply_items(lines[1:])
    except BadFrame as error:
        raise NetworkLogin(
            "Jawaban yang datang tidak utuh atau bukan dari server kota; tidak ada yang berubah.",
            way_out="Kirim lagi. Bila berulang, periksa apakah jaringan meminta login.",
        ) from error
    if header.nonce != nonce:
        raise Untrusted(
            "Jawaban yang datang bukan untuk pengiriman ini; tidak ada yang berubah.", way_out="Kirim lagi."
        )
    if not PROTOCOL_MIN <= header.protocol <= PROTOCOL:
        raise ExchangeError(
            "Server kota menjawab dengan cara yang belum dikenal program ini; tidak ada yang berubah.",
            way_out="Perbarui Lapor Kelurahan di komputer ini, lalu kirim lagi.",
            code=f"LK-{3000 + ErrorNumber.PROTOCOL}",
        )
    return header, [_raised(item, header.schema[1]) for item in items]


def _raised(item: ReplyItem, schema: int) -> ReplyItem:
    """A record of an older centre in this program's schema; a newer one has lowered its records itself."""
    if schema >= SCHEMA or not isinstance(item, Change):
        return item
    return msgspec.structs.replace(item, body=dict(raised(item.type, item.body, schema)))
