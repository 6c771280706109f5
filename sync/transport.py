"""HTTP to the centre; the only importer of requests. Every failure becomes one of our errors, here and nowhere else.

A reply counts only if it has the exchange's media type; that it is the city's own is then proved by its signature. A
login page of a network, a cut reply and a gateway's error page all end here as errors that change nothing.
"""

import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import requests
import urllib3  # below requests: a raw answer raises its errors, and so does an address that cannot be looked up

from kelurahan_client.errors import ExchangeError, InputError, Offline
from kelurahan_client.services.demo import refuse_demo
from kelurahan_client.services.desk import Desk, identity
from kelurahan_client.services.network import NetworkSettings, network
from sync.lines import SOCKET_OPTIONS, Lines, Upload
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
from sync.proxy import Proxy, system_proxy
from sync.refusals import not_passed_on, not_the_server, refusal, stopped
from sync.server_address import is_loopback, normal_url
from sync.trust import trusting, untrusted
from sync.ways import Answer, Cancel, Transport

__all__ = ["Answer", "Cancel", "HttpTransport", "Transport", "normal_url", "opened_transport", "translate"]

_CONNECT_SECONDS = 10.0
_QUIET_SECONDS = 60.0  # without a single byte in either direction; there is no limit to a whole transfer
_CHUNK = 64 * 1024
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (\d{3})")
T = TypeVar("T")


class HttpTransport:
    """The centre at one address, for one thread at a time. Close it when done.

    A connection is given up after `quiet_seconds` without a byte.
    """

    def __init__(
        self, server_url: str, settings: NetworkSettings | None = None, quiet_seconds: float = _QUIET_SECONDS
    ) -> None:
        self.server_url = normal_url(server_url)
        self._settings = settings or NetworkSettings()
        self._quiet_seconds = quiet_seconds
        self._lines = Lines(_CONNECT_SECONDS)
        self._session: requests.Session | None = None
        self._sent: Callable[[int], None] = _nobody

    def watch(self, sent: Callable[[int], None]) -> None:
        """Call `sent`, in the request's thread, with the bytes of the next request of the exchange that have left."""
        self._sent = sent

    def close(self) -> None:
        """End the connections, also those of requests that nobody waits for any more."""
        self._lines.cut()
        if self._session is not None:
            self._session.close()

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        """Send one compressed request and return the reply; raises an ExchangeError and then changes nothing."""
        headers = {
            "Content-Type": MEDIA_TYPE,
            "Content-Encoding": "zstd",
            "Accept-Encoding": "zstd, gzip",
            "Authorization": f"Bearer {token}",
        }
        return self._lines.run(lambda: self._exchange(body, headers, cancelled, received), cancelled)

    def _exchange(
        self, body: bytes, headers: dict[str, str], cancelled: Cancel, received: Callable[[int], None]
    ) -> Answer:
        with self._request("POST", PATH_EXCHANGE, Upload(body, self._sent), headers) as response:
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

        return self._lines.run(ask, cancelled)

    def check_code(self, code: str, cancelled: Cancel = lambda: False) -> EnrolOffer:
        """What an enrolment code is for."""
        return self._lines.run(lambda: self._ask(PATH_ENROL_CHECK, EnrolCheck(code), EnrolOffer), cancelled)

    def enrol(self, request: EnrolRequest, cancelled: Cancel = lambda: False) -> Enrolled:
        """Use up an enrolment code; the same request again gets the same answer."""
        return self._lines.run(lambda: self._ask(PATH_ENROL, request, Enrolled), cancelled)

    def _ask(self, path: str, question: msgspec.Struct, answer: type[T]) -> T:
        body = msgspec.json.encode(question)
        with self._request("POST", path, body, {"Content-Type": "application/json"}) as response:
            if response.status_code != 200:
                raise _refused(response)
            try:
                return msgspec.json.decode(_read(response, _never, _nobody), type=answer)
            except msgspec.MsgspecError as error:
                raise not_the_server() from error

    def _request(self, method: str, path: str, body: bytes | Upload, headers: Mapping[str, str]) -> requests.Response:
        if self._session is None:
            self._session = self._opened_session()
        try:
            return self._session.request(
                method,
                self.server_url + path,
                data=Upload(body) if isinstance(body, bytes) and body else body or None,
                headers=headers,
                timeout=(self._quiet_seconds, self._quiet_seconds),
                stream=True,
                allow_redirects=False,
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise translate(error) from error

    def _opened_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # or a .netrc could put other words in the place of the desk's token
        secure = self.server_url.startswith("https:")
        adapter = _Adapter(self._lines, trusting(self._settings.authority) if secure else None, self._proxy())
        session.mount("https://" if secure else "http://", adapter)
        return session

    def _proxy(self) -> Proxy | None:
        if is_loopback(self.server_url) or self._settings.direct:
            return None
        try:
            return self._settings.proxy or system_proxy(self.server_url)
        except InputError as error:
            raise Offline(
                "Proxy yang ditetapkan di setelan sistem tidak dapat dipakai.",
                way_out="Tulis proxy-nya di Pengaturan, bagian Jaringan, atau pilih tanpa proxy (network --proxy).",
            ) from error


class _Adapter(requests.adapters.HTTPAdapter):
    """Connections that can be cut, by a proxy that is shown what it wants; trusted is what the context trusts."""

    def __init__(self, lines: Lines, context: ssl.SSLContext | None, proxy: Proxy | None) -> None:
        self._pools = lines.pools()
        self._made_with: dict[str, Any] = {"socket_options": SOCKET_OPTIONS, "ssl_context": context}
        self._proxy = proxy
        super().__init__()

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **more, **self._made_with)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        made = super().proxy_manager_for(proxy, **more, **self._made_with)
        made.pool_classes_by_scheme = self._pools
        return made

    def proxy_headers(self, proxy: str) -> dict[str, str]:  # noqa: ARG002  # there is only the one
        return self._proxy.headers() if self._proxy else {}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing is added to what the context trusts: requests would add its own list of authorities."""

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        more["proxies"] = {"https": self._proxy.url} if self._proxy else {}
        return super().send(request, *args, **more)


@contextmanager
def opened_transport(desk: Desk) -> Iterator[HttpTransport]:
    """The way to the desk's own centre, closed at the end of the block; raises NotEnrolled."""
    with desk.store.read() as transaction:
        me = identity(transaction)
    refuse_demo(desk)
    made = HttpTransport(me.server_url, network(desk))
    try:
        yield made
    finally:
        made.close()


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


def _refused(response: requests.Response) -> ExchangeError:
    return refusal(response.status_code, response.headers, _read(response, _never, _nobody))


def translate(error: Exception) -> ExchangeError:
    """Our error for one of the network libraries'."""
    causes = list(_causes(error))
    secure = next((one for one in causes if isinstance(one, ssl.SSLError)), None)
    if secure or isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return untrusted(secure)
    plain = (str(one) for one in causes if type(one) is OSError)  # as http.client says it
    refused = next((found for said in plain if (found := _TUNNEL_REFUSED.search(said))), None)
    if refused or isinstance(error, requests.exceptions.ProxyError):
        return not_passed_on(int(refused[1]) if refused else 0)
    offline = Offline(
        "Server kota tidak terjangkau. Pekerjaan tetap aman di komputer ini.", way_out="Dicoba lagi nanti."
    )
    offline.may_have_arrived = not _never_connected(error)
    return offline


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it was made of, outermost first."""
    seen: list[BaseException] = [error]
    for one in seen:  # grows while it is read
        yield one
        inner = [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
        seen += [cause for cause in inner if isinstance(cause, BaseException) and cause not in seen]


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)
