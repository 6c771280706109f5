"""Figures for Prometheus: how busy the centre is, what waits in it; none names a person, a desk or a complaint.

With several processes each counts into files of a folder that their parent names in PROMETHEUS_MULTIPROC_DIR, and
whoever is asked answers for all of them. What the database knows is asked of the database.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central_server.centre import Centre
from central_server.errors import Unavailable
from central_server.limits import Limits
from central_server.store.figures import Figures
from kelurahan_client.domain.fields import utc_text
from sync.protocol import Result, ResultKind

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LATELY = timedelta(hours=24)
_OTHER = "other"


class Metrics:
    """The figures of one process."""

    def __init__(self, centre: Centre, limits: Limits) -> None:
        self._registry = CollectorRegistry()
        own = self._registry
        self._requests = Counter("lapor_requests", "Answered requests.", ["method", "route", "status"], registry=own)
        self._exchange = Histogram(
            "lapor_exchange_seconds",
            "From the last byte of an exchange's request to its reply, waiting included.",
            registry=own,
            buckets=_SECONDS,
        )
        self._items = Counter("lapor_items", "Mutations by their answer.", ["result"], registry=own)
        for kind in (*ResultKind, "replayed"):
            self._items.labels(str(kind))
        gauges = {
            "pool_size": "Connections to the database at most, of all processes.",
            "pool_in_use": "Requests that are at the database.",
            "pool_waiting": "Requests that wait for a connection.",
        }
        size, self._inside, self._waiting = (
            Gauge(f"lapor_{name}", help_, registry=own, multiprocess_mode="livesum") for name, help_ in gauges.items()
        )
        size.set(limits.connections)
        self._standing = _Standing(centre)

    def exchanged(self, seconds: float) -> None:
        """One exchange was answered, whatever the answer."""
        self._exchange.observe(seconds)

    def answered(self, results: Sequence[Result]) -> None:
        """These answers were committed; one that was given before counts as replayed."""
        for result in results:
            self._items.labels("replayed" if result.replayed else str(result.result)).inc()

    def inside(self, change: int) -> None:
        """One more or one less request is at the database."""
        self._inside.inc(change)

    def waiting(self, change: int) -> None:
        """One more or one less request waits for the database."""
        self._waiting.inc(change)

    def requested(self, method: str, route: str, status: int) -> None:
        """One request was answered."""
        self._requests.labels(method, route, str(status)).inc()

    def page(self) -> bytes:
        """Everything in Prometheus's text format; without the database, what the processes themselves know."""
        registry = self._registry
        if os.environ.get(FOLDER):
            registry = CollectorRegistry()
            collect_all: Callable[[CollectorRegistry], object] = MultiProcessCollector
            collect_all(registry)
        standing = CollectorRegistry()
        standing.register(self._standing)
        return generate_latest(registry) + generate_latest(standing)


class _Standing(Collector):
    """What the database holds, asked when somebody looks."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: so that the database is not asked when this is registered."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges."""
        since = utc_text(self._centre.clock() - _LATELY)
        try:
            with self._centre.store.reading() as session:
                figures: Figures | None = session.figures(since)
        except Unavailable:
            figures = None
        yield GaugeMetricFamily("lapor_database_up", "Whether the database answers.", value=float(figures is not None))
        if figures is None:
            return
        for name, help_, value in (
            ("head_seq", "Sequence number of the last change.", figures.seq),
            ("conflicts_open", "Fields that wait for a person's decision.", figures.open_conflicts),
            ("quarantine_items", "Items in quarantine.", figures.held),
            ("desks", "Enrolled desks that are not withdrawn.", figures.desks),
            ("desks_seen_24h", "Those of them that came within 24 hours.", figures.desks_seen),
            ("blobs", "Files whose bytes are here.", figures.blobs),
            ("blob_bytes", "Their bytes.", figures.blob_bytes),
            ("blobs_lacking", "Announced files whose bytes have not come.", figures.blobs_lacking),
        ):
            yield GaugeMetricFamily(f"lapor_{name}", help_, value=float(value))


class Measured:
    """Counts what the application inside answers, by its routes; never by an address that a caller made up."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", _OTHER)
                method = scope["method"] if route != _OTHER else _OTHER
                self._metrics.requested(method, route, message["status"])
            await send(message)

        await self._app(scope, receive, counted)
