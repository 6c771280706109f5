"""The whole city at once: 52 desks with 60 complaints each at one centre on PostgreSQL.

Real desks with their encrypted files, real server processes, a PostgreSQL that syncs; the desks run as threads of one
process on the same machine, so the figures hold the desks' own work too. All begin at the same moment, and nobody tries
twice.
"""

import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import resources
from benchmarks.measuring import Row
from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.errors import ExchangeError
from kelurahan_client.services import desk as desks
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.registering import register_all
from sync import engine, enrolment
from sync.engine import Outcome
from sync.transport import HttpTransport
from tools import sample_day
from tools.central_process import Central
from tools.postgres import programs, throw_away_cluster

COUNT = 60
_GOAL = 3.0  # seconds for the whole city
_RUNS = 3


@dataclass(frozen=True, slots=True)
class _Day:
    """How one run went: seconds from the common start to the last reply, exchanges that failed, complaints missing."""

    seconds: float
    slowest: float
    failed: int
    lost: int


def measure() -> list[Row]:
    """All figures of this module; none without PostgreSQL installed."""
    if not programs():
        return []
    with tempfile.TemporaryDirectory(prefix="lapor-bench-") as folder, throw_away_cluster(durable=True) as cluster:
        blank = Config(Path(folder) / "blank")
        open_desk(blank).store.close()
        rows: list[Row] = []
        for workers in (1, 2):
            place = Path(folder) / f"city-{workers}"
            place.mkdir()
            rows += _city(place, cluster.new_database(), blank, workers)
    return rows


def _city(folder: Path, database_url: str, blank: Config, workers: int) -> list[Row]:
    central = Central(folder, database_url, ("--workers", str(workers)))
    central.start()
    everybody: list[Desk] = []
    try:
        offices = sorted(load_reference(resources.path("reference")).offices)
        everybody.extend(_enrolled(central, folder / office, blank, office) for office in offices)
        days = [_at_once(central, everybody, day) for day in range(_RUNS)]
    finally:
        for desk in everybody:
            desk.store.close()
        central.close()
    goal = _GOAL if workers == 1 else None  # on two cores a second process has none of its own beside 52 desks
    name = f"{len(everybody)} desks x {COUNT} at once, processes: {workers}"
    return [
        Row(f"{name}: seconds", statistics.median(day.seconds for day in days), "s", goal),
        Row(f"{name}: the slowest desk", statistics.median(day.slowest for day in days), "s"),
        Row(f"{name}: retries", sum(day.failed for day in days), "", 0),
        Row(f"{name}: lost", sum(day.lost for day in days), "", 0),
    ]


def _enrolled(central: Central, folder: Path, blank: Config, office: str) -> Desk:
    shutil.copytree(blank.data_dir, folder)
    desk = open_desk(Config(folder))
    enrolment.enrol(desk, central.url, central.enrol_code(office, "A"))
    desks.set_officer(desk, sample_day.OFFICER)
    _exchange(desk, central.url)  # the reference data
    return desk


def _exchange(desk: Desk, url: str) -> Outcome:
    transport = HttpTransport(url)
    try:
        return engine.exchange(desk, transport)
    finally:
        transport.close()


def _at_once(central: Central, everybody: Sequence[Desk], day: int) -> _Day:
    """Every desk records and then exchanges at the same moment as all others."""
    for number, desk in enumerate(everybody):
        intakes = sample_day.many_intakes(COUNT, desk.today(), seed=1_000 * day + number)
        with desk.store.write() as transaction:
            register_all(desk, transaction, list(intakes))
    count = "SELECT count(*) AS rows FROM record WHERE type = 'complaint'"
    before = central.sql(count)[0]["rows"]
    start = threading.Barrier(len(everybody) + 1)

    def go(desk: Desk) -> float | None:
        start.wait()
        try:
            return _exchange(desk, central.url).seconds
        except ExchangeError:
            return None

    with ThreadPoolExecutor(len(everybody)) as pool:
        running = [pool.submit(go, desk) for desk in everybody]
        start.wait()
        began = time.perf_counter()
        took = [done.result() for done in running]
        seconds = time.perf_counter() - began
    done = [one for one in took if one is not None]
    lost = before + len(everybody) * COUNT - central.sql(count)[0]["rows"]
    return _Day(seconds, max(done, default=0.0), len(took) - len(done), lost)
