"""The routes: read the bytes, call, write the answer; every refusal has a number of the protocol.

A request is read whole before anything else happens, then it goes through the door to the database and comes back as
the whole reply; so nothing of the network is ever waited for with a connection in hand.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec
from fastapi import FastAPI
from fastapi import Request as HttpRequest
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp

from central_server.attempts import Attempts
from central_server.blob_routes import add_blobs
from central_server.blobs import Blobs
from central_server.centre import Centre
from central_server.door import Door, Unwatched, address_of
from central_server.enrolment import Enrolment
from central_server.errors import Refusal, Unavailable
from central_server.exchange import Exchange
from central_server.exchange import Request as ExchangeRequest
from central_server.limits import OPERATORS, Limits
from central_server.metrics import Measured, Metrics
from central_server.operation import add_operation
from central_server.tokens import bearer
from kelurahan_client import __version__
from sync.protocol import (
    ERROR_NUMBER,
    MAX_RAW_BYTES,
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

_SMALL_BODY = 16 * 1024
_SLACK = 64 * 1024  # a body that does not compress is a little larger than its content
_ENCODINGS = ("zstd", "gzip", "identity")
_RETRY = 30.0  # seconds, when the database cannot answer

_Asked = TypeVar("_Asked", EnrolCheck, EnrolRequest)


def create_app(centre: Centre, ticks: Callable[[], float], limits: Limits, metrics_token: str = "") -> ASGIApp:
    """The web application of one centre; `ticks` is a clock in seconds that never goes back.

    `metrics_token` opens /metrics from anywhere; without one it answers callers on this machine.
    """
    metrics = Metrics(centre, limits)
    door = Door(limits, ticks, metrics)
    app = FastAPI(
        title="Lapor Kelurahan, the centre",
        version=__version__,
        description="Desks of the kelurahan enrol here and reconcile with the city. "
        "Every answer that is not 200 is an ErrorReply with a number of the protocol.",
        redoc_url=None,
    )
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(HTTPException, _not_served)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _broken)
    _add_exchange(app, Exchange(centre, metrics.answered), door, ticks, metrics.exchanged)
    _add_enrolment(app, Enrolment(centre, Attempts(ticks)), door)
    kept_free = Door(replace(limits, connections=OPERATORS), ticks, Unwatched())
    add_operation(app, centre, metrics, kept_free, metrics_token, _refusals())
    add_blobs(app, Blobs(centre), door, _refusals())
    return Measured(app, metrics)


def _add_exchange(
    app: FastAPI, exchange: Exchange, door: Door, ticks: Callable[[], float], took: Callable[[float], None]
) -> None:
    async def exchange_route(request: HttpRequest) -> Response:
        """Take a desk's mutations and give back their results and what changed.

        Body and reply are NDJSON: a header, the items, a trailer signed with Ed25519. The request carries the desk's
        bearer token; `Content-Encoding` and `Accept-Encoding` are zstd, gzip or identity. All mutations of a request
        are applied in one transaction, each exactly once however often it is sent.
        """
        asked = _exchange_request(request, await door.bodies.read(request, MAX_RAW_BYTES + _SLACK))
        began = ticks()
        try:
            reply = await door.run_for(request, asked.token, exchange.answer, asked)
        finally:
            took(ticks() - began)
        headers = {} if asked.reply_encoding == "identity" else {"content-encoding": asked.reply_encoding}
        return Response(reply, media_type=MEDIA_TYPE, headers={**headers, "cache-control": "no-store"})

    app.post(
        PATH_EXCHANGE,
        summary="Exchange",
        tags=["desks"],
        response_class=Response,
        openapi_extra={"requestBody": _described(MEDIA_TYPE, "A sealed request"), "security": [{"token": []}]},
        responses={200: {"description": "A sealed reply", "content": {MEDIA_TYPE: {}}}, **_refusals()},
    )(exchange_route)


def _add_enrolment(app: FastAPI, enrolment: Enrolment, door: Door) -> None:
    async def check(request: HttpRequest) -> Response:
        """Say what a one-time code is for, without using it up."""
        asked = _decoded(await door.bodies.read(request, _SMALL_BODY), EnrolCheck)
        return _json(await door.run(enrolment.check, asked, address_of(request)))

    async def enrol(request: HttpRequest) -> Response:
        """Make a device of a desk's public keys; the same code with the same keys again is the same device."""
        asked = _decoded(await door.bodies.read(request, _SMALL_BODY), EnrolRequest)
        return _json(await door.run(enrolment.enrol, asked, address_of(request)))

    for path, route, asked, answered in (
        (PATH_ENROL_CHECK, check, EnrolCheck, EnrolOffer),
        (PATH_ENROL, enrol, EnrolRequest, Enrolled),
    ):
        app.post(
            path,
            summary=asked.__name__,
            tags=["enrolment"],
            response_class=Response,
            openapi_extra={"requestBody": _described("application/json", asked.__doc__ or "", asked)},
            responses={200: _described("application/json", answered.__doc__ or "", answered), **_refusals()},
        )(route)


def _exchange_request(request: HttpRequest, body: bytes) -> ExchangeRequest:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != MEDIA_TYPE:
        raise Refusal(ErrorNumber.MEDIA_TYPE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Jenis kiriman harus {MEDIA_TYPE}.")
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in _ENCODINGS:
        raise Refusal(ErrorNumber.MEDIA_TYPE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Pemampatan kiriman tidak dikenal.")
    token = bearer(request.headers.get("authorization", ""))
    return ExchangeRequest(token, body, encoding, _accepted(request.headers.get("accept-encoding")))


def _accepted(header: str | None) -> str:
    """The best of our encodings that the header allows; zstd where it says nothing."""
    if header is None or "*" in header:
        return "zstd"
    names = {
        part.split(";")[0].strip().lower() for part in header.split(",") if not part.replace(" ", "").endswith(";q=0")
    }
    return next((name for name in _ENCODINGS if name in names), "identity")


def _decoded(body: bytes, kind: type[_Asked]) -> _Asked:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refusal(ErrorNumber.MALFORMED, HTTPStatus.BAD_REQUEST, "Kiriman tidak dapat dibaca.") from error


def _json(value: Any, status: int = HTTPStatus.OK) -> Response:
    return Response(
        msgspec.json.encode(value), status, media_type="application/json", headers={"cache-control": "no-store"}
    )


def _error(number: ErrorNumber, status: int, message: str, retry_after: float = 0.0) -> Response:
    return _said(ErrorReply(int(number), message, retry_after), status)


def _said(reply: ErrorReply, status: int) -> Response:
    response = _json(reply, status)
    response.headers[ERROR_NUMBER] = str(reply.number)
    if reply.retry_after:
        response.headers["retry-after"] = str(math.ceil(reply.retry_after))
    if status == HTTPStatus.REQUEST_TIMEOUT:  # the rest of it is not waited for
        response.headers["connection"] = "close"
    return response


async def _refused(_request: HttpRequest, error: Exception) -> Response:
    if not isinstance(error, Refusal):
        raise error
    return _said(error.reply, error.status)


async def _unavailable(_request: HttpRequest, error: Exception) -> Response:
    number = ErrorNumber.BUSY if isinstance(error, Unavailable) and error.busy else ErrorNumber.SERVER
    message = error.message if isinstance(error, Unavailable) else ""
    return _error(number, HTTPStatus.SERVICE_UNAVAILABLE, f"{message} Tidak ada yang hilang; coba lagi.", _RETRY)


async def _not_served(_request: HttpRequest, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
    return _error(ErrorNumber.MALFORMED, status, "Alamat atau cara ini tidak dilayani server kota.")


async def _gone(_request: HttpRequest, _exception: Exception) -> Response:
    # Nobody reads this: the desk hung up while it sent, and nothing was applied.
    return _error(ErrorNumber.MALFORMED, HTTPStatus.BAD_REQUEST, "Kiriman terputus.")


async def _broken(_request: HttpRequest, _exception: Exception) -> Response:
    # The server logs the exception itself; the desk keeps its work and comes again.
    return _error(
        ErrorNumber.SERVER,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Server kota mengalami kesalahan. Tidak ada yang hilang; coba lagi nanti.",
        _RETRY,
    )


def _described(media_type: str, description: str, kind: type[msgspec.Struct] | None = None) -> dict[str, Any]:
    content = {"schema": _schema(kind)} if kind else {"schema": {"type": "string", "format": "binary"}}
    return {"description": description, "content": {media_type: content}, "required": True}


def _schema(kind: type[msgspec.Struct]) -> dict[str, Any]:
    _references, parts = msgspec.json.schema_components([kind], ref_template="{name}")
    return dict(parts[kind.__name__])


def _refusals() -> dict[int | str, dict[str, Any]]:
    content = {"application/json": {"schema": _schema(ErrorReply)}}
    sentences = {
        400: "Not a complete, signed, readable request (102, 103, 121, 133)",
        401: "Unknown token (111)",
        403: "Withdrawn desk, another desk's request, or a bad code (112, 113, 114)",
        409: "Another past, or a gap (131, 132): nothing was applied",
        410: "A cursor older than what is remembered (133): the desk compares what it holds",
        413: "Too large, or unpacks to too much (104, 105)",
        415: "Another media type or encoding (101)",
        408: "The body came too slowly (141): nothing was acknowledged",
        429: "Too many requests, or too many wrong codes (141); Retry-After says when to come again",
        503: "Busy or without its database (141, 150): nothing was acknowledged",
    }
    return {status: {"description": sentence, "content": content} for status, sentence in sentences.items()}
