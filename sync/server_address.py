"""A server's address as people type it: https, or http on this machine's own loopback."""

import ipaddress
import re
from urllib.parse import urlsplit

from kelurahan_client.errors import InputError

_LONGEST = 300
_ADDRESS = re.compile(
    r"https?://(\[[0-9a-f:.]+\]|[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*)(:\d{1,5})?(/[\w.~%/-]*)?",
    re.ASCII | re.IGNORECASE,
)


def normal_url(text: str) -> str:
    """A server address as it is used: https, or http on this machine's loopback only. Raises InputError."""
    given = text.strip().rstrip("/")
    if "://" not in given:
        given = ("http://" if is_loopback(f"http://{given}") else "https://") + given
    if not _is_address(given):
        raise InputError(
            f"Alamat server “{text[:80]}” tidak dapat dibaca.",
            way_out="Tulis seperti https://lapor.banjarmasinkota.go.id.",
        )
    if given.startswith("http://") and not is_loopback(given):
        raise InputError("Alamat server harus memakai https, supaya data warga tersandi di jalan.")
    return given


def _is_address(url: str) -> bool:
    try:
        return len(url) <= _LONGEST and _ADDRESS.fullmatch(url) is not None and urlsplit(url).port != 0
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
