"""HTTP to the centre; the only importer of requests. Every failure becomes one of our errors, here and nowhere else.

A reply counts only if it has the exchange's media type; that it is the city's own is then proved by its signature. A
login page of a network, a cut reply and a gateway's error page all end here as errors that change nothing.
"""

import ipaddress
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3  # below requests: a raw answer raises its errors, and so does an address that cannot be looked up

from kelurahan_client.errors import (
    Busy,
    Cancelled,
    ExchangeError,
    Forked,
    InputError,
    NetworkLogin,
    Offline,
    Refused,
    Revoked,
    Untrusted,
)
from sync.protocol import (
    MAX_REPLY_RAW_BYTES,
    MEDIA_TYPE,
    PATH_ENROL,
    PATH_ENROL_CHECK,
    PATH_EXCHANGE,
    EnrolCheck,
    Enrolled,
    EnrolOffer,
    EnrolRequest,
    ErrorNumber,
    ErrorReply,
)

_CONNECT_SECONDS = 10
_READ_SECONDS = 60
_CHUNK = 64 * 1024
_POLL_SECONDS = 0.05
_LONGEST_WAIT = 24 * 3600.0  # seconds; a server that asks for more is asked again the next day
_LOGIN_STATUS = 511  # what a network answers that wants a login first
_LONGEST_ADDRESS = 300
_ADDRESS = re.compile(
    r"https?://(\[[0-9a-f:.]+\]|[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*)(:\d{1,5})?(/[\w.~%/-]*)?",
    re.ASCII | re.IGNORECASE,
)
T = TypeVar("T")

Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply of the exchange as it came: its body still compressed as `encoding` says."""

    body: bytes
    encoding: str


class Transport(Protocol):
    """What the engine needs of the way to the centre."""

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        """Send one compressed request and return the reply; calls `received` with the bytes read so far."""


class HttpTransport:
    """The centre at one address. Close it when done."""

    def __init__(self, server_url: str) -> None:
        self.server_url = normal_url(server_url)
        self._session = requests.Session()
        if _is_loopback(self.server_url):
            self._session.trust_env = False  # a proxy cannot know this machine's own loopback

    def close(self) -> None:
        """Give back the connections."""
        self._session.close()

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        """Send one compressed request and return the reply; raises an ExchangeError and then changes nothing."""
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Content-Encoding": "zstd",
            "Accept-Encoding": "zstd, gzip",
            "Authorization": f"Bearer {token}",
        }
        return _interruptible(lambda: self._exchange(body, headers, cancelled, received), cancelled)

    def _exchange(
        self, body: bytes, headers: dict[str, str], cancelled: Cancel, received: Callable[[int], None]
    ) -> Answer:
        with self._post(PATH_EXCHANGE, body, headers) as response:
            if response.status_code != 200:
                raise _refusal(response)
            if response.headers.get("Content-Type", "").split(";")[0].strip() != MEDIA_TYPE:
                raise _not_the_server()
            return Answer(
                _read(response, cancelled, received), response.headers.get("Content-Encoding", "identity").lower()
            )

    def check_code(self, code: str) -> EnrolOffer:
        """What an enrolment code is for."""
        return self._ask(PATH_ENROL_CHECK, EnrolCheck(code), EnrolOffer)

    def enrol(self, request: EnrolRequest) -> Enrolled:
        """Use up an enrolment code; the same request again gets the same answer."""
        return self._ask(PATH_ENROL, request, Enrolled)

    def _ask(self, path: str, question: msgspec.Struct, answer: type[T]) -> T:
        body = msgspec.json.encode(question)
        with self._post(path, body, {"Content-Type": "application/json"}) as response:
            if response.status_code != 200:
                raise _refusal(response)
            try:
                return msgspec.json.decode(_read(response, _never, _nobody), type=answer)
            except msgspec.MsgspecError as error:
                raise _not_the_server() from error

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> requests.Response:
        try:
            return self._session.post(
                self.server_url + path,
                data=body,
                headers=headers,
                timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                stream=True,
                allow_redirects=False,
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise translate(error) from error


def _never() -> bool:
    return False


def _nobody(_count: int) -> None:
    return None


def _read(response: requests.Response, cancelled: Cancel, received: Callable[[int], None]) -> bytes:
    parts: list[bytes] = []
    size = 0
    exchanged = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
    plain = exchanged or "Content-Encoding" not in response.headers
    try:
        chunks = response.raw.stream(_CHUNK, decode_content=not plain)
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            received(size)
            if size > MAX_REPLY_RAW_BYTES:
                raise _not_the_server()
            if cancelled():
                raise _stopped()
    except (requests.RequestException, OSError, urllib3.exceptions.HTTPError) as error:
        raise translate(error) from error
    return b"".join(parts)


def _interruptible(work: Callable[[], T], cancelled: Cancel) -> T:
    """Run `work` so that a person can stop waiting for it at once.

    An abandoned request may still reach the centre; that is harmless, since it is sent again and counted once.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001  # handed to the waiting thread, which raises it
            failure.append(error)

    thread = threading.Thread(target=run, name="exchange-request", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL_SECONDS)
        if thread.is_alive() and cancelled():
            raise _stopped()
    if failure:
        raise failure[0]
    return outcome[0]


def translate(error: Exception) -> ExchangeError:
    """Our error for one of the network libraries'."""
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return Untrusted(
            "Sambungan aman ke server kota tidak dapat dipastikan; tidak ada yang dikirim.",
            way_out="Periksa tanggal komputer. Bila tetap begitu, hubungi admin kota.",
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return Offline("Proxy jaringan tidak meneruskan sambungan.", way_out="Periksa setelan proxy jaringan.")
    return Offline("Server kota tidak terjangkau. Pekerjaan tetap aman di komputer ini.", way_out="Dicoba lagi nanti.")


def _refusal(response: requests.Response) -> ExchangeError:
    """The error that an answer other than 200 means."""
    status = response.status_code
    body = _read(response, _never, _nobody)[: 64 * 1024]
    try:
        reply = msgspec.json.decode(body, type=ErrorReply)
    except msgspec.MsgspecError:
        if status >= 500 and status != _LOGIN_STATUS:
            return Busy(f"Server kota sedang tidak melayani ({status}).", retry_after=_retry_after(response))
        return _not_the_server()
    if reply.number == ErrorNumber.REVOKED:
        return Revoked(reply.message, number=reply.number)
    if reply.number == ErrorNumber.FORK:
        return Forked(reply.message, number=reply.number)
    if status in (429, 503):
        return Busy(reply.message, number=reply.number, retry_after=reply.retry_after or _retry_after(response))
    return Refused(reply.message, number=reply.number)


def _retry_after(response: requests.Response) -> float:
    value = response.headers.get("Retry-After", "")
    if value.isascii() and value.isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        return min(max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT)
    except (TypeError, ValueError):
        return 60.0


def _not_the_server() -> NetworkLogin:
    return NetworkLogin(
        "Yang menjawab bukan server kota; mungkin jaringan ini meminta login. Tidak ada yang berubah.",
        way_out="Buka peramban, masuk ke jaringan, lalu kirim lagi.",
    )


def _stopped() -> Cancelled:
    return Cancelled("Pengiriman dihentikan. Yang sudah diterima server tetap diterima, sisanya menunggu.")


def normal_url(text: str) -> str:
    """A server address as it is used: https, or http on this machine's loopback only. Raises InputError."""
    given = text.strip().rstrip("/")
    if "://" not in given:
        given = ("http://" if _is_loopback(f"http://{given}") else "https://") + given
    if not _is_address(given):
        raise InputError(
            f"Alamat server “{text[:80]}” tidak dapat dibaca.",
            way_out="Tulis seperti https://lapor.banjarmasinkota.go.id.",
        )
    if given.startswith("http://") and not _is_loopback(given):
        raise InputError("Alamat server harus memakai https, supaya data warga tersandi di jalan.")
    return given


def _is_address(url: str) -> bool:
    try:
        return len(url) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(url) is not None and urlsplit(url).port != 0
    except ValueError:
        return False


def _is_loopback(url: str) -> bool:
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
