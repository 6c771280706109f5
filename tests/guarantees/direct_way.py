"""The way to a centre in the same process: the centre's own answers to the same bytes, without a network between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

import msgspec

from central_server.blob_store import WrongOffset
from central_server.blobs import Blobs
from central_server.centre import Centre
from central_server.errors import Refusal, Unavailable
from central_server.exchange import Exchange, Request
from kelurahan_client.errors import Busy
from sync.refusals import refusal
from sync.transport import Answer, Cancel


class DirectWay:
    """Plays the part of `HttpTransport`; `heard` is called with what the centre has just acknowledged."""

    def __init__(self, centre: Centre, heard: Callable[[str], None] = lambda _: None) -> None:
        self._exchange = Exchange(centre, lambda _results: None)
        self._blobs = Blobs(centre)
        self._heard = heard

    def exchange(self, body: bytes, token: str, cancelled: Cancel, received: Callable[[int], None]) -> Answer:
        """The centre's answer to the request."""
        with _refusals():
            answer = self._exchange.answer(Request(token, body, "zstd", "zstd"))
        self._heard("exchange")
        received(len(answer))
        return Answer(answer, "zstd")

    def blob_standing(self, sha256: str, token: str, cancelled: Cancel) -> int:
        """How far the blob has come."""
        with _refusals():
            return self._blobs.standing(token, sha256).offset

    def blob_piece(self, sha256: str, offset: int, piece: bytes, token: str, cancelled: Cancel) -> int:
        """A piece taken."""
        with _refusals():
            try:
                told = self._blobs.take(token, sha256, offset, piece).offset
            except WrongOffset as wrong:
                return wrong.size
        self._heard(f"{sha256} {told}")
        return told

    def blob_range(self, sha256: str, start: int, stop: int, token: str, cancelled: Cancel) -> bytes:
        """A part of a blob."""
        with _refusals():
            content = self._blobs.content(token, sha256, start, stop)
        assert content is not None
        return b"".join(content.chunks)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Refusal as refused:
        raise refusal(refused.status, {}, msgspec.json.encode(refused.reply)) from refused
    except Unavailable as error:
        raise Busy(error.message, retry_after=HTTPStatus.SERVICE_UNAVAILABLE) from error
