"""HTTP to the centre; the only importer of requests. Every failure becomes one of our errors, here and nowhere else.

A reply counts only if it has the exchange's media type; that it is the city's own is then proved by its signature. A
login page of a network, a cut reply and a gateway's error page all end here as errors that change nothing.
"""

import io
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec
import requests
import urllib3  # below requests: a raw answer raises its errors, and so does an address that cannot be looked up

from kelurahan_client.errors import (
    ExchangeError,
    Offline,
    Untrusted,
)
from sync.protocol import (
    BLOB_MEDIA_TYPE,
    BLOB_OFFSET,
    MAX_REPLY_RAW_BYTES,
    MEDIA_TYPE,
    PATH_BLOBS,
    PATH_ENROL,
    PATH_ENROL_CHECK,
    PATH_EXCHANGE,
    EnrolCheck,
    Enrolled,
    EnrolOffer,
    EnrolRequest,
)
from sync.refusals import not_the_server, refusal, stopped
from sync.server_address import is_loopback, normal_url

__all__ = ["Answer", "Cancel", "HttpTransport", "Transport", "normal_url", "translate"]

_CONNECT_SECONDS = 10
_READ_SECONDS = 60
_CHUNK = 64 * 1024
_POLL_SECONDS = 0.05
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

    def blob_standing(self, sha256: str, token: str, cancelled: Cancel) -> int:
        """How many bytes of a blob the centre has."""

    def blob_piece(self, sha256: str, offset: int, piece: bytes, token: str, cancelled: Cancel) -> int:
        """Send the next piece of a blob; how many bytes the centre has now, whether it took the piece or not."""

    def blob_range(self, sha256: str, start: int, stop: int, token: str, cancelled: Cancel) -> bytes:
        """The bytes from `start` to `stop` of a blob."""


class HttpTransport:
    """The centre at one address. Close it when done."""

    def __init__(self, server_url: str) -> None:
        self.server_url = normal_url(server_url)
        self._session = requests.Session()
        if is_loopback(self.server_url):
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
                raise _refused(response)
            if response.headers.get("Content-Type", "").split(";")[0].strip() != MEDIA_TYPE:
                raise not_the_server()
            return Answer(
                _read(response, cancelled, received), response.headers.get("Content-Encoding", "identity").lower()
            )

    def blob_standing(self, sha256: str, token: str, cancelled: Cancel) -> int:
        """How many bytes of a blob the centre has; raises an ExchangeError."""
        return _offset(self._blob("HEAD", sha256, token, {}, b"", cancelled))

    def blob_piece(self, sha256: str, offset: int, piece: bytes, token: str, cancelled: Cancel) -> int:
        """Send the next piece; how many bytes the centre has now, all on its disk. Raises an ExchangeError."""
        headers = {BLOB_OFFSET: str(offset), "Content-Type": BLOB_MEDIA_TYPE}
        return _offset(self._blob("PATCH", sha256, token, headers, piece, cancelled))

    def blob_range(self, sha256: str, start: int, stop: int, token: str, cancelled: Cancel) -> bytes:
        """The bytes from `start` to `stop`; raises an ExchangeError."""
        answer = self._blob("GET", sha256, token, {"Range": f"bytes={start}-{stop - 1}"}, b"", cancelled)
        said = answer.headers.get("Content-Range", "")
        if not said.startswith(f"bytes {start}-{stop - 1}/") or len(answer.body) != stop - start:
            raise not_the_server()
        return answer.body

    def _blob(
        self, method: str, sha256: str, token: str, headers: Mapping[str, str], piece: bytes, cancelled: Cancel
    ) -> "_BlobAnswer":
        sent = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity", **headers}

        def ask() -> _BlobAnswer:
            with self._request(method, PATH_BLOBS + sha256, piece, sent) as response:
                if response.status_code >= 300 and BLOB_OFFSET not in response.headers:
                    raise _refused(response)
                return _BlobAnswer(response.headers, _read(response, cancelled, _nobody))

        return _interruptible(ask, cancelled)

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
                raise _refused(response)
            try:
                return msgspec.json.decode(_read(response, _never, _nobody), type=answer)
            except msgspec.MsgspecError as error:
                raise not_the_server() from error

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> requests.Response:
        return self._request("POST", path, body, headers)

    def _request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> requests.Response:
        try:
            return self._session.request(
                method,
                self.server_url + path,
                data=io.BytesIO(body) if body else None,  # sent in blocks, each with the whole time for itself
                headers=headers,
                timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                stream=True,
                allow_redirects=False,
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise translate(error) from error


@dataclass(frozen=True, slots=True)
class _BlobAnswer:
    headers: Mapping[str, str]
    body: bytes


def _offset(answer: _BlobAnswer) -> int:
    said = answer.headers.get(BLOB_OFFSET, "")
    if not (said.isascii() and said.isdecimal()):
        raise not_the_server()
    return int(said)


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
                raise not_the_server()
            if cancelled():
                raise stopped()
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
            raise stopped()
    if failure:
        raise failure[0]
    return outcome[0]


def _refused(response: requests.Response) -> ExchangeError:
    return refusal(response.status_code, response.headers, _read(response, _never, _nobody))


def translate(error: Exception) -> ExchangeError:
    """Our error for one of the network libraries'."""
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return Untrusted(
            "Sambungan aman ke server kota tidak dapat dipastikan; tidak ada yang dikirim.",
            way_out="Periksa tanggal komputer. Bila tetap begitu, hubungi admin kota.",
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return Offline("Proxy jaringan tidak meneruskan sambungan.", way_out="Periksa setelan proxy jaringan.")
    offline = Offline(
        "Server kota tidak terjangkau. Pekerjaan tetap aman di komputer ini.", way_out="Dicoba lagi nanti."
    )
    offline.may_have_arrived = not _never_connected(error)
    return offline


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)
