"""Authorities and the certificates that they sign, made on the spot."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class Authority:
    """Signs certificates; `file` has its own in PEM."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._key = ec.generate_private_key(ec.SECP256R1())
        made = (
            _certificate(name, name, self._key.public_key(), timedelta(days=-1), timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._key, SHA256())
        )
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(made.public_bytes(Encoding.PEM))

    def server(
        self, *names: str, begins: timedelta = timedelta(days=-1), ends: timedelta = timedelta(days=1)
    ) -> ssl.SSLContext:
        """The context of a server whose certificate is for these names, from and until so long from now."""
        return self._context(self._key, names, begins, ends)

    def self_signed(self, *names: str) -> ssl.SSLContext:
        """One that nobody but its own server has signed."""
        return self._context(None, names, timedelta(days=-1), timedelta(days=1))

    def _context(
        self, signer: ec.EllipticCurvePrivateKey | None, names: tuple[str, ...], begins: timedelta, ends: timedelta
    ) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self._name if signer else names[0]
        made = (
            _certificate(names[0], issuer, key.public_key(), begins, ends)
            .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
            .sign(signer or key, SHA256())
        )
        file = self._folder / "server.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(private + made.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _certificate(
    name: str, issuer: str, key: ec.EllipticCurvePublicKey, begins: timedelta, ends: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
