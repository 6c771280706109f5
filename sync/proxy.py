"""The proxy between this machine and the city's server: read as people type it, or as the system names it."""

import base64
import re
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from kelurahan_client.errors import InputError
from sync.server_address import is_loopback

_LONGEST = 1000  # characters; one letter of another script may take twelve of them
_PORT = 80
_ADDRESS = re.compile(
    r"(?:http://)?(?![a-z0-9+.-]+://)(?:(?P<user>[^:/?#]*?)(?::(?P<password>.*))?@)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*)(?::(?P<port>\d{1,5}))?/?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy: `url` without the name and the password that it may want."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)

    def headers(self) -> dict[str, str]:
        """What it must be shown."""
        if not self.user and not self.password:
            return {}
        shown = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Proxy-Authorization": f"Basic {shown}"}


def read_proxy(text: str) -> Proxy:
    """A proxy as it is typed: `http://name:password@host:port`, %-signs as in any URL. Raises InputError.

    The sentence of the error does not repeat what was typed, which may have a password in it.
    """
    found = _ADDRESS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    port = int(found["port"] or _PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise InputError(
            "Alamat proxy tidak dapat dibaca.", way_out="Tulis seperti http://nama:sandi@proxy.kota.go.id:8080."
        )
    url = f"http://{found['host'].lower()}:{port}"
    return Proxy(url, unquote(found["user"] or ""), unquote(found["password"] or ""))


def system_proxy(server_url: str) -> Proxy | None:
    """What the system (its environment; on Windows its settings) names for this address; raises InputError.

    None for this machine's own loopback, of which no proxy can know.
    """
    if is_loopback(server_url):
        return None
    where = urlsplit(server_url)
    named = urllib.request.getproxies()
    chosen = named.get(where.scheme) or named.get("all")
    if not chosen or urllib.request.proxy_bypass(where.hostname or ""):
        return None
    return read_proxy(chosen)
