"""One signed request and its reply, as a desk makes and believes them: over HTTP, or in whatever else carries bytes."""

import base64
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kelurahan_client.errors import NetworkLogin, Untrusted
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
from sync.protocol import MAX_REPLY_RAW_BYTES, ReplyHeader, ReplyItem, RequestHeader


def seal_request(me: Identity, header: RequestHeader, items: Sequence[bytes] = ()) -> bytes:
    """The request as it is sent: header and items, signed by the desk, compressed."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(me.signing_key))
    return compress(seal([encode_line(header), *items], key, "desk"))


def open_reply(me: Identity, nonce: str, body: bytes, encoding: str) -> tuple[ReplyHeader, list[ReplyItem]]:
    """The reply to the request with this nonce, checked before a single item of it is believed.

    Raises NetworkLogin for what is not whole or not the centre's, Untrusted for the answer to another request.
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
    return header, items
