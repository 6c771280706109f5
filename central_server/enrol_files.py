"""A desk's one-time code as a file for its first start, with the way to this centre and the keys that it has."""

import base64
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from central_server.centre import Centre
from central_server.enrolment import check_desk, new_code
from central_server.errors import BadSettings
from kelurahan_client.errors import InputError, why
from sync.bundle_file import new_file
from sync.enrol_file import EnrolFile, encode
from sync.server_address import normal_url


def write(centre: Centre, office: str, desk: str, target: Path, server: str, authority: Path | None) -> EnrolFile:
    """A new code for one desk, in a new file; where that cannot be begun, an unused older code stays good.

    `server` is the address as desks reach it, `authority` a PEM file of the city's own certificates. Raises Unknown
    for an office or a desk that cannot be, BadSettings, InputError or DiskFull.
    """
    found = check_desk(centre, office, desk)
    try:
        address = normal_url(server)
    except InputError as error:
        raise BadSettings(str(error)) from error
    certificates = _certificates(authority) if authority is not None else ""
    identity = centre.identity
    signing = Ed25519PrivateKey.from_private_bytes(identity.signing_key).public_key().public_bytes_raw()
    sealing = X25519PrivateKey.from_private_bytes(identity.sealing_key).public_key().public_bytes_raw()
    with new_file(target, centre.random_bytes(4).hex()) as file:
        code, expires_at = new_code(centre, office, desk)
        made = EnrolFile(
            server=address,
            code=code,
            city=identity.city,
            office=office,
            office_name=found.name,
            district=found.district,
            desk=desk,
            expires_at=expires_at,
            server_signing_key=base64.b64encode(signing).decode(),
            server_sealing_key=base64.b64encode(sealing).decode(),
            authority=certificates,
        )
        file.write(encode(made))
    return made


def _certificates(file: Path) -> str:
    """Only the certificates: a private key in the same file stays here."""
    try:
        found = x509.load_pem_x509_certificates(file.read_bytes())
    except OSError as error:
        raise BadSettings(f"{file} tidak dapat dibaca: {why(error)}.") from error
    except ValueError as error:
        raise BadSettings(f"{file} bukan sertifikat PEM.") from error
    return "".join(one.public_bytes(Encoding.PEM).decode() for one in found)
