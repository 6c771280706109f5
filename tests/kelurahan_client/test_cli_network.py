"""`network`: what is set is shown, without the password, and holds before the enrolment too."""

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from kelurahan_client.config import Config
from tests.kelurahan_client.test_cli import Said, refused, run_in

__all__ = ["run_in"]

Run = Callable[..., Said]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """An authority's certificate in PEM, with a private key that somebody has left beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kota Banjarmasin")])
    now = datetime(2026, 8, 3, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, SHA256())
    )
    file = tmp_path / "kota.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


def test_a_proxy_is_set_shown_and_forgotten(run_in: Run, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_in(config, "network").json == {"proxy": "system", "proxy_user": "", "authority": []}
    said = run_in(config, "network", "--proxy", "http://siti:rahasia@proxy.kota.test:8080")
    assert (said.json["proxy"], said.json["proxy_user"]) == ("http://proxy.kota.test:8080", "siti")
    assert "rahasia" not in said.out + said.err
    monkeypatch.setattr(sys, "stdin", io.StringIO("http://budi:rahasia@proxy.kota.test:8080\n"))
    assert run_in(config, "network", "--proxy", "-").json["proxy_user"] == "budi"
    said = run_in(config, "network", "--proxy", "budi:rahasia@:1")
    assert "rahasia" not in refused(said, "LK-1100")
    assert run_in(config, "network").json["proxy_user"] == "budi"
    assert run_in(config, "network", "--no-proxy").json["proxy"] == "none"
    assert run_in(config, "network", "--system-proxy").json["proxy"] == "system"
    written = b"".join(path.read_bytes() for path in config.data_dir.rglob("*") if path.is_file())
    assert b"rahasia" not in written


def test_an_authority_is_set_shown_and_forgotten(run_in: Run, config: Config, certificate: Path) -> None:
    (shown,) = run_in(config, "network", "--ca", certificate).json["authority"]
    assert (shown["subject"], shown["until"][:10]) == ("CN=Kota Banjarmasin", "2027-08-03")
    certificate.unlink()  # it is kept with the data
    assert run_in(config, "network", "--no-proxy").json["authority"] == [shown]
    assert run_in(config, "network", "--no-ca").json["authority"] == []


def test_a_file_that_is_no_certificate(run_in: Run, config: Config, tmp_path: Path) -> None:
    other = tmp_path / "lain.pem"
    for content in (b"", b"halo", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        other.write_bytes(content)
        refused(run_in(config, "network", "--ca", other), "LK-1102")
    refused(run_in(config, "network", "--ca", tmp_path), "LK-1102")
    refused(run_in(config, "network", "--ca", tmp_path / "tidak-ada"), "LK-1102")
    refused(run_in(config, "enrol", "--server", "https://x.test", "--code", "ABCD-EFGH", "--ca", other), "LK-1102")
    assert run_in(config, "network").json["authority"] == []
    assert run_in(config, "network", "--no-ca", "--ca", other).status == 2
