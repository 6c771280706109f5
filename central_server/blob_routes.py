"""The routes of attachments' bytes: HEAD and PATCH as in tus 1.0, GET with a Range."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi import Request as HttpRequest
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from central_server.blob_store import WrongOffset
from central_server.blobs import Blobs, Standing
from central_server.bodies import TooSlow
from central_server.door import Door
from central_server.errors import Refusal
from central_server.rules import is_sha256
from central_server.tokens import bearer
from sync.protocol import (
    BLOB_LENGTH,
    BLOB_MEDIA_TYPE,
    BLOB_OFFSET,
    ERROR_NUMBER,
    MAX_PIECE,
    PATH_BLOBS,
    ErrorNumber,
    ErrorReply,
)

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)
_COST = 0.1  # of an exchange, by which a desk's requests are counted: a photo is many pieces
_NEVER_SHOWN = {  # whatever it is, no browser may run it or guess what it is
    "x-content-type-options": "nosniff",
    "content-disposition": "attachment",
    "cache-control": "no-store",
}


@dataclass(eq=False, slots=True)
class _Arrival:
    """A piece on its way, as far as it has come; `over` = nothing more of it is taken."""

    token: str
    sha256: str
    offset: int
    piece: bytearray = field(default_factory=bytearray)
    over: bool = False


def add_blobs(app: FastAPI, blobs: Blobs, door: Door, refusals: Mapping[int | str, dict[str, Any]]) -> None:
    """Adds HEAD, PATCH and GET of one blob; `refusals` describes what else may be answered."""

    arrivals: list[_Arrival] = []

    async def standing(request: HttpRequest) -> Response:
        """Say how many bytes of a file are here (Upload-Offset) of how many (Upload-Length)."""
        token, sha256 = _asked(request)
        for arrival in arrivals:
            if (arrival.token, arrival.sha256) == (token, sha256) and not arrival.over:
                arrival.over = True  # whoever asks has given up on it; what came of it counts
                with suppress(WrongOffset):
                    await door.run(blobs.take, token, sha256, arrival.offset, bytes(arrival.piece))
        known = await door.run_for(request, token, blobs.standing, token, sha256, cost=_COST)
        return _standing(known, HTTPStatus.OK)

    async def take(request: HttpRequest) -> Response:
        """Take the next piece of a file, which begins at Upload-Offset; the answer says where the one after begins."""
        token, sha256 = _asked(request)
        arrival = _Arrival(token, sha256, _offset(request))
        arrivals.append(arrival)
        try:
            whole = await _fill(arrival, request, door)
            taken = (token, sha256, arrival.offset, bytes(arrival.piece))
            known = await door.run_for(request, token, blobs.take, *taken, cost=_COST)
        except WrongOffset as wrong:
            return _elsewhere(wrong.size)
        finally:
            arrivals.remove(arrival)
        if not whole:  # nobody hears the answer, but what came stays, and need not come again
            raise ClientDisconnect
        return _standing(known, HTTPStatus.NO_CONTENT)

    async def fetch(request: HttpRequest) -> Response:
        """Give a file, or the range that is asked for, to a desk whose office sees a complaint that has it."""
        token, sha256 = _asked(request)
        start, stop = _range(request)
        content = await door.run_for(request, token, blobs.content, token, sha256, start, stop, cost=_COST)
        if content is None:
            refused = ErrorReply(int(ErrorNumber.BLOB_OFFSET), "Bagian berkas yang diminta tidak ada.")
            return _json(refused, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        headers = {"content-length": str(content.stop - content.start), "accept-ranges": "bytes", **_NEVER_SHOWN}
        part = "range" in request.headers
        if part:
            headers["content-range"] = f"bytes {content.start}-{content.stop - 1}/{content.size}"
        status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
        return StreamingResponse(content.chunks, status, headers, media_type="application/octet-stream")

    path = PATH_BLOBS + "{sha256}"
    others: dict[int | str, dict[str, Any]] = {
        **refusals,
        404: {"description": "Not announced to, or not visible for, this desk (161)"},
        409: {"description": "The piece begins elsewhere (162); Upload-Offset says where"},
        422: {"description": "The whole has another hash and was thrown away (163)"},
    }
    about: dict[str, Any] = {
        "tags": ["files"],
        "response_class": Response,
        "responses": others,
        "openapi_extra": {"security": [{"token": []}]},
    }
    app.head(path, summary="Standing of a file", **about)(standing)
    app.patch(path, summary="A piece of a file", status_code=HTTPStatus.NO_CONTENT, **about)(take)
    app.get(path, summary="A file", **about)(fetch)


def _asked(request: HttpRequest) -> tuple[str, str]:
    token = bearer(request.headers.get("authorization", ""))
    sha256 = request.path_params["sha256"]
    if not is_sha256(sha256):
        raise _malformed("Sidik berkas tidak dapat dibaca.")
    return token, sha256


def _offset(request: HttpRequest) -> int:
    if request.headers.get("content-type", "").strip().lower() != BLOB_MEDIA_TYPE:
        raise Refusal(
            ErrorNumber.MEDIA_TYPE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Jenis kiriman harus {BLOB_MEDIA_TYPE}."
        )
    written = request.headers.get(BLOB_OFFSET, "")
    if not re.fullmatch(r"\d{1,12}", written, re.ASCII):
        raise _malformed("Kiriman tanpa awal potongan.")
    return int(written)


async def _fill(arrival: _Arrival, request: HttpRequest, door: Door) -> bool:
    """Waits for the piece; whether it came whole."""
    try:
        await door.bodies.read_into(arrival.piece, request, MAX_PIECE, enough=lambda: arrival.over)
    except (ClientDisconnect, TooSlow):
        return False
    return not arrival.over


def _range(request: HttpRequest) -> tuple[int, int | None]:
    written = request.headers.get("range")
    if written is None:
        return 0, None
    found = _RANGE.fullmatch(written.strip().lower())
    if found is None:
        raise _malformed("Bagian berkas yang diminta tidak dapat dibaca.")
    return int(found[1]), int(found[2]) + 1 if found[2] else None


def _standing(known: Standing, status: int) -> Response:
    headers = {BLOB_OFFSET: str(known.offset), BLOB_LENGTH: str(known.size), "cache-control": "no-store"}
    return Response(None, status, headers)


def _elsewhere(size: int) -> Response:
    refused = ErrorReply(int(ErrorNumber.BLOB_OFFSET), f"Server kota baru punya {size} byte dari berkas ini.")
    response = _json(refused, HTTPStatus.CONFLICT)
    response.headers[BLOB_OFFSET] = str(size)
    return response


def _json(reply: ErrorReply, status: int) -> Response:
    headers = {"cache-control": "no-store", ERROR_NUMBER: str(reply.number)}
    return Response(msgspec.json.encode(reply), status, headers, media_type="application/json")


def _malformed(sentence: str) -> Refusal:
    return Refusal(ErrorNumber.MALFORMED, HTTPStatus.BAD_REQUEST, sentence)
