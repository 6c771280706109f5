"""The routes of whoever operates the centre: is it well, and how busy is it."""

import hmac
import ipaddress
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.responses import Response

from central_server.centre import Centre
from central_server.door import Door, address_of
from central_server.errors import Refusal
from central_server.metrics import Metrics
from central_server.tokens import bearer
from kelurahan_client import __version__
from sync.protocol import PATH_HEALTH, ErrorNumber

PATH_METRICS = "/metrics"
_PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_NO_STORE = {"cache-control": "no-store"}


def add_operation(
    app: FastAPI, centre: Centre, metrics: Metrics, door: Door, token: str, refusals: Mapping[int | str, dict[str, Any]]
) -> None:
    """Adds /health for everybody, and /metrics for whoever has `token`; without one, for callers on this machine.

    `door` leads to a connection that is kept for this, so that a centre that is too busy for desks can still say so.
    """

    def ask() -> dict[str, Any]:
        with centre.store.reading() as session:
            seq = session.feed.head()
        return {
            "status": "ok",
            "seq": seq,
            "server_epoch": centre.identity.server_epoch,
            "time": centre.now(),
            "version": __version__,
        }

    async def health() -> Response:
        """Say whether the centre and its database answer, and how far its records have come."""
        answer = msgspec.json.encode(await door.run(ask))
        return Response(answer, media_type="application/json", headers=_NO_STORE)

    async def figures(request: Request) -> Response:
        """Figures for Prometheus, of all processes of this server."""
        _check(request, token)
        return Response(await door.run(metrics.page), media_type=CONTENT_TYPE_PLAIN_0_0_4, headers=_NO_STORE)

    about: dict[str, Any] = {"tags": ["operation"], "response_class": Response, "responses": dict(refusals)}
    app.get(PATH_HEALTH, summary="Health", **about)(health)
    app.get(PATH_METRICS, summary="Metrics", **about)(figures)


def _check(request: Request, token: str) -> None:
    if token:
        if hmac.compare_digest(bearer(request.headers.get("authorization", "")).encode(), token.encode()):
            return
    elif _is_here(address_of(request)) and not any(name in request.headers for name in _PASSED_ON):
        return
    raise Refusal(ErrorNumber.TOKEN, HTTPStatus.FORBIDDEN, "Angka server hanya untuk pengelolanya.")


def _is_here(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
