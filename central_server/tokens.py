"""Bearer tokens: random, kept only as a hash, renewed in replies with an overlap."""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from central_server.errors import Refusal
from central_server.store.session import Reading
from central_server.store.shapes import Device, Token
from kelurahan_client.domain.fields import read_utc
from sync.protocol import ErrorNumber

_LIFE = timedelta(days=7)


def new_token(random_bytes: Callable[[int], bytes]) -> str:
    """32 random bytes as text for a header."""
    return base64.urlsafe_b64encode(random_bytes(32)).decode().rstrip("=")


def hash_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(b"lapor-kelurahan token " + token.encode()).digest()


def needs_rotation(token: Token, now: datetime) -> bool:
    """Whether the desk should get a new one; the old one stays valid until the new one comes back."""
    return now - read_utc(token.issued_at) > _LIFE


def bearer(authorization: str) -> str:
    """The token of an Authorization header; raises Refusal(TOKEN)."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refusal(ErrorNumber.TOKEN, HTTPStatus.UNAUTHORIZED, "Kiriman tanpa kunci masuk loket.")
    return token.strip()


def sender(session: Reading, token: str) -> tuple[Token, Device]:
    """The known token and its device, withdrawn or not; raises Refusal(TOKEN)."""
    known = session.devices.holder(hash_of(token))
    if known is None:
        raise Refusal(ErrorNumber.TOKEN, HTTPStatus.UNAUTHORIZED, "Kunci masuk loket ini tidak dikenal.")
    return known
