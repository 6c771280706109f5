"""The enrolment as a file that a city's admin brings by hand: where the server is, whose it is, and a one-time code.

It is not signed: whoever could exchange the file could sign another. Its worth is the other way round: the keys in it
are those that the server must have, so an enrolment that reaches another one ends there.
"""

import base64
import hashlib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from kelurahan_client.domain.fields import read_utc
from kelurahan_client.errors import InputError, UnreadableFile, why
from sync.server_address import normal_url

_Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
_VERSION = 1
_LARGEST = 256 * 1024  # a chain of certificates is a few KB
_ASK = "Minta berkas pendaftaran yang baru kepada admin kota."


class _Head(msgspec.Struct, frozen=True):
    """What every version has."""

    kind: Literal["lapor-kelurahan-enrolment"]
    version: int


class EnrolFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All of it; `authority` has the PEM of the city's own certificates, "" where it has none.

    Keys are base64 of 32 raw bytes, `expires_at` is UTC text.
    """

    server: _Line
    code: _Line
    city: _Line
    office: _Line
    office_name: _Line
    district: _Line
    desk: _Line
    expires_at: _Line
    server_signing_key: _Line
    server_sealing_key: _Line
    authority: str = ""
    kind: Literal["lapor-kelurahan-enrolment"] = "lapor-kelurahan-enrolment"
    version: Literal[1] = 1

    @property
    def server_keys(self) -> tuple[str, str]:
        """The server's public keys, for signing and for sealing."""
        return self.server_signing_key, self.server_sealing_key

    @property
    def fingerprint(self) -> str:
        """The server's keys in a few letters, to be compared by telephone: five groups of four."""
        keys = base64.b64decode(self.server_signing_key) + base64.b64decode(self.server_sealing_key)
        digest = hashlib.sha256(keys).hexdigest()[:20].upper()
        return " ".join(digest[at : at + 4] for at in range(0, 20, 4))


def encode(file: EnrolFile) -> bytes:
    """The bytes of such a file, a line for each thing, so that it can be read by a person too."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def read(path: Path) -> EnrolFile:
    """What such a file says; raises UnreadableFile with a sentence for each way in which it can be wrong."""
    name = path.name[:80]
    try:
        with path.open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise UnreadableFile(
            f"Berkas {name} tidak dapat dibaca: {why(error)}.", way_out="Periksa stik USB dan nama berkasnya."
        ) from error
    if not data.strip():
        raise UnreadableFile(f"Berkas {name} kosong.", way_out=_ASK)
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:  # ValidationError is a DecodeError
        raise UnreadableFile(f"Berkas {name} bukan berkas pendaftaran Lapor Kelurahan.", way_out=_ASK) from error
    if head.version != _VERSION:
        raise UnreadableFile(
            f"Berkas {name} dibuat oleh server kota yang lebih baru.",
            way_out="Perbarui Lapor Kelurahan, lalu coba lagi.",
        )
    try:
        found = msgspec.json.decode(data, type=EnrolFile)
        check(found)
    except (ValueError, InputError) as error:
        raise UnreadableFile(
            f"Berkas {name} rusak atau diubah; tidak ada yang diambil darinya.", way_out=_ASK
        ) from error
    return found


def check(file: EnrolFile) -> None:
    """Raises ValueError or InputError where something in it cannot be."""
    normal_url(file.server)
    read_utc(file.expires_at)
    Ed25519PublicKey.from_public_bytes(base64.b64decode(file.server_signing_key, validate=True))
    X25519PublicKey.from_public_bytes(base64.b64decode(file.server_sealing_key, validate=True))
    if file.authority:
        x509.load_pem_x509_certificates(file.authority.encode())
