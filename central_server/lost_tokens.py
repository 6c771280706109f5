"""Desks whose token nobody knows: data that were restored, there or here, hold a token of another day.

The desk repeats its request with our challenge as its nonce. That the request was made just now follows from the
challenge, and who made it from the signature; so neither a token of the past nor an old request opens anything.
"""

import hashlib
import hmac

from central_server.centre import Centre
from central_server.errors import UnknownToken
from central_server.store.shapes import Device, Token
from sync.framing import BadFrame, decode_header, decompress
from sync.protocol import MAX_RAW_BYTES, RequestHeader

_LIFE = 300  # seconds of a challenge
_RENEWED_AT_ONCE = "1970-01-01T00:00:00Z"


class LostTokens:
    """Gives challenges and knows them again, in every process of one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._key = hashlib.sha256(b"lapor-kelurahan challenge " + centre.identity.signing_key).digest()

    def sender(self, body: bytes, encoding: str) -> tuple[Token, Device]:
        """The device that the request names, with a token that is renewed at once; its signature is yet to be checked.

        Raises UnknownToken for a request that does not answer a challenge, Unavailable where it cannot be looked up.
        """
        try:
            message = decompress(body, encoding, MAX_RAW_BYTES)
            header = decode_header(message.partition(b"\n")[0], RequestHeader)
        except (BadFrame, ValueError, RecursionError) as error:
            raise UnknownToken(self._challenge()) from error
        if not self._is_ours(header.nonce) or "\x00" in header.device:
            raise UnknownToken(self._challenge())
        with self._centre.store.reading() as session:
            device = session.devices.get(header.device)
        if device is None:
            raise UnknownToken(
                self._challenge(),
                "Server kota tidak mengenal komputer ini: mungkin loketnya didaftarkan sesudah cadangan yang "
                "dipulihkan di server kota. Pekerjaan tetap aman di komputer ini.",
            )
        return Token(b"", device.id, _RENEWED_AT_ONCE, _RENEWED_AT_ONCE), device

    def _challenge(self) -> str:
        until = str(int(self._centre.clock().timestamp()) + _LIFE)
        return f"{until}-{self._mark(until)}"

    def _is_ours(self, nonce: str) -> bool:
        until, _, mark = nonce.partition("-")
        if not (until.isascii() and until.isdecimal() and mark.isascii()) or len(until) > 15:
            return False
        return hmac.compare_digest(mark, self._mark(until)) and int(until) >= self._centre.clock().timestamp()

    def _mark(self, until: str) -> str:
        return hmac.new(self._key, until.encode(), hashlib.sha256).hexdigest()[:32]
