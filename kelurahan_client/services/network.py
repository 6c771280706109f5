"""How this desk reaches the network: by which proxy, and whom it trusts beside the system's own authorities.

All of it lies in the encrypted data, the proxy's password too, and holds before the enrolment as well as after it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import UnreadableFile, why
from kelurahan_client.services.desk import Desk, allow
from kelurahan_client.store import settings
from sync.proxy import Proxy, read_proxy

_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """`proxy` None = as the system says, unless `direct`. `authority`: PEM of the city's certificates, "" = none."""

    proxy: Proxy | None = None
    direct: bool = False
    authority: str = ""


def network(desk: Desk) -> NetworkSettings:
    """What is set."""
    with desk.store.read() as transaction:
        kept = settings.get(transaction, settings.NETWORK) or {}
    proxy = kept.get("proxy")
    return NetworkSettings(Proxy(**proxy) if proxy else None, kept.get("direct", False), kept.get("authority", ""))


def use_proxy(desk: Desk, address: str) -> None:
    """Go by this proxy from now on (`http://name:password@host:port`); raises InputError."""
    _change(desk, proxy=asdict(read_proxy(address)), direct=False)


def change_proxy(desk: Desk, address: str, user: str, password: str | None) -> None:
    """Go by this proxy from now on, its parts as a form has them; raises InputError.

    `password` None keeps the one that was kept for the same proxy and name. An address that brings its own name and
    password, as it is copied from a letter, is taken as it is.
    """
    if "@" in address:
        use_proxy(desk, address)
        return
    place = read_proxy(address)
    known = network(desk).proxy
    if password is None:
        password = known.password if known and (known.url, known.user) == (place.url, user) else ""
    _change(desk, proxy=asdict(Proxy(place.url, user, password)), direct=False)


def use_no_proxy(desk: Desk) -> None:
    """Go without one, whatever the system says."""
    _change(desk, proxy=None, direct=True)


def use_system_proxy(desk: Desk) -> None:
    """Do as the system says."""
    _change(desk, proxy=None, direct=False)


def trust(desk: Desk, file: Path) -> None:
    """Trust the certificates of a PEM file beside the system's; raises UnreadableFile. Only certificates are kept."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_MAX_BYTES)
    except OSError as error:
        raise UnreadableFile(f"Berkas {file} tidak dapat dibaca: {why(error)}.") from error
    try:
        found = x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise UnreadableFile(
            f"Berkas {file} bukan sertifikat PEM.", way_out="Minta berkas sertifikat otoritas (.pem) kepada admin kota."
        ) from error
    _trust(desk, found)


def trust_also(desk: Desk, authority: str) -> None:
    """Trust these certificates (PEM, checked before) beside the system's."""
    _trust(desk, x509.load_pem_x509_certificates(authority.encode()))


def _trust(desk: Desk, found: Sequence[x509.Certificate]) -> None:
    _change(desk, authority="".join(one.public_bytes(Encoding.PEM).decode() for one in found))


def trust_only_the_system(desk: Desk) -> None:
    """Forget the city's own authority."""
    _change(desk, authority="")


def as_json(state: NetworkSettings) -> dict[str, Any]:
    """What is set, without the password."""
    chosen = state.proxy.url if state.proxy else "none" if state.direct else "system"
    return {
        "proxy": chosen,
        "proxy_user": state.proxy.user if state.proxy else "",
        "authority": certificates(state.authority),
    }


def certificates(authority: str) -> list[dict[str, str]]:
    """What a PEM has in it: whose (`subject`), `until` when (UTC text), `sha256` in hex; nothing for ""."""
    return [
        {
            "subject": one.subject.rfc4514_string(),
            "until": utc_text(one.not_valid_after_utc),
            "sha256": one.fingerprint(SHA256()).hex(),
        }
        for one in (x509.load_pem_x509_certificates(authority.encode()) if authority else [])
    ]


def _change(desk: Desk, **values: Any) -> None:
    with desk.store.write() as transaction:
        allow(transaction, Right.SETTINGS)
        kept = settings.get(transaction, settings.NETWORK) or {}
        settings.put(transaction, settings.NETWORK, kept | values)
