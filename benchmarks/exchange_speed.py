"""Five hundred complaints from a desk to the centre, on SQLite and on PostgreSQL: requests, bytes, seconds.

A real desk with its encrypted file, a real server process, HTTP on the loopback; both sides write with fsync.
"""

import gzip
import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Row
from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.fields import CLI_ORDER, flat
from kelurahan_client.errors import Offline
from kelurahan_client.services import desk as desks
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.registering import register_all
from sync import engine, enrolment
from sync.engine import Outcome
from sync.transport import Answer, HttpTransport, Transport
from tools import sample_day
from tools.central_process import Central
from tools.postgres import programs, throw_away_cluster

COUNT = 500
_RUNS = 7
_RESENT_BYTES = 5_000  # what is in doubt is asked for, not sent again
_SMALLEST_PEER = 574  # bytes that the smallest of the peers needs each way for nothing


def measure() -> list[Row]:
    """All figures of this module; without PostgreSQL installed, those of SQLite alone."""
    with tempfile.TemporaryDirectory(prefix="lapor-bench-") as folder:
        blank = Config(Path(folder) / "blank")
        open_desk(blank).store.close()
        rows = _on("SQLite", Path(folder) / "sqlite", None, blank)
        if programs():
            with throw_away_cluster(durable=True) as cluster:
                rows += _on("PostgreSQL", Path(folder) / "postgresql", cluster.new_database(), blank)
    return rows


@dataclass(frozen=True, slots=True)
class _Run:
    """One desk's day: what was sent, and how each exchange went."""

    complaints: list[Complaint]
    sent: Outcome
    idle: Outcome


def _on(name: str, folder: Path, database_url: str | None, blank: Config) -> list[Row]:
    folder.mkdir()
    central = Central(folder, database_url)
    central.start()
    try:
        runs = [_day(central, folder / f"desk-{number}", blank, number) for number in range(_RUNS)]
        lost = _lost_reply(central, folder / "desk-lost", blank)
    finally:
        central.close()
    first = runs[0]
    lean, full = _gzipped(first.complaints, empty=False), _gzipped(first.complaints, empty=True)
    sent = statistics.median(run.sent.bytes_sent for run in runs)
    return [
        Row(f"{name}: {COUNT} new complaints, requests", max(run.sent.round_trips for run in runs), "", 1),
        Row(f"{name}: the same, bytes up", sent, "B"),
        Row(f"{name}: bytes up / gzip -6 of filled fields as JSON lines", sent / lean, "x", 1.0),
        Row(f"{name}: bytes up / gzip -6 of all fields as JSON lines", sent / full, "x"),
        Row(f"{name}: bytes down", statistics.median(run.sent.bytes_received for run in runs), "B"),
        Row(f"{name}: seconds", statistics.median(run.sent.seconds for run in runs), "s"),
        *lost(name),
        Row(f"{name}: nothing to say, bytes up", first.idle.bytes_sent, "B", _SMALLEST_PEER),
        Row(f"{name}: nothing to hear, bytes down", first.idle.bytes_received, "B", _SMALLEST_PEER),
    ]


def _gzipped(complaints: list[Complaint], *, empty: bool) -> int:
    """Size of the complaints as `list` prints them, with or without the fields that nobody has filled."""
    lines = []
    for complaint in complaints:
        values = flat(complaint)
        shown = {name: values[name] for name in CLI_ORDER if empty or values[name] not in ("", None, [])}
        lines.append(json.dumps(shown, ensure_ascii=False))
    return len(gzip.compress("\n".join(lines).encode(), 6))


@contextmanager
def _enrolled(central: Central, folder: Path, blank: Config, letter: str) -> Iterator[Desk]:
    shutil.copytree(blank.data_dir, folder)
    desk = open_desk(Config(folder))
    try:
        enrolment.enrol(desk, central.url, central.enrol_code(sample_day.OFFICE, letter))
        desks.set_officer(desk, sample_day.OFFICER)
        yield desk
    finally:
        desk.store.close()


def _exchange(desk: Desk, central: Central, wrap: Callable[[Transport], Transport] = lambda plain: plain) -> Outcome:
    over_http = HttpTransport(central.url)
    try:
        return engine.exchange(desk, wrap(over_http))
    finally:
        over_http.close()


def _register(desk: Desk, seed: int) -> list[Complaint]:
    with desk.store.write() as transaction:
        return register_all(desk, transaction, list(sample_day.many_intakes(COUNT, desk.today(), seed=seed)))


def _day(central: Central, folder: Path, blank: Config, number: int) -> _Run:
    with _enrolled(central, folder, blank, chr(ord("A") + number)) as desk:
        _exchange(desk, central)  # the reference data, and what the desks before have sent
        complaints = _register(desk, number)
        return _Run(complaints, _exchange(desk, central), _exchange(desk, central))


class _LosingReplies:
    """A way on which the centre hears everything and the desk nothing."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    def exchange(
        self, body: bytes, token: str, cancelled: Callable[[], bool], received: Callable[[int], None]
    ) -> Answer:
        self._inner.exchange(body, token, cancelled, received)
        raise Offline("Jawaban hilang di jalan.")


def _lost_reply(central: Central, folder: Path, blank: Config) -> Callable[[str], list[Row]]:
    """A reply that gets lost after everything was sent, and the same sent again."""
    count = "SELECT count(*) AS rows FROM record WHERE type = 'complaint'"
    with _enrolled(central, folder, blank, "Z") as desk:
        _exchange(desk, central)
        before = central.sql(count)[0]["rows"]
        _register(desk, 99)
        try:
            _exchange(desk, central, _LosingReplies)
        except Offline:
            again = _exchange(desk, central)
        else:
            raise AssertionError("the reply was not lost")
        doubled = central.sql(count)[0]["rows"] - before - COUNT
    return lambda name: [
        Row(f"{name}: reply lost, sent again, bytes up", again.bytes_sent, "B", _RESENT_BYTES),
        Row(f"{name}: reply lost, duplicates at the centre", doubled, "", 0),
        Row(f"{name}: reply lost, false conflicts", again.conflicts + again.merged, "", 0),
        Row(f"{name}: reply lost, sent again, seconds", again.seconds, "s"),
    ]
