"""What the years bring: a fresh desk in an old office, a city of a million complaints, photos on bad lines, a restore.

Real desks, real server processes, HTTP on the loopback; both sides write with fsync.
"""

import hashlib
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import psutil

import resources
from benchmarks.measuring import Row, seconds
from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services import attachments, lists
from kelurahan_client.services import desk as desks
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.registering import register_all
from sync import engine, enrolment
from sync.engine import Outcome
from sync.transport import HttpTransport
from tools import sample_day
from tools.broken_network import BrokenNetwork, Fault
from tools.central_process import Central
from tools.centre_filling import fill
from tools.postgres import programs, throw_away_cluster

_OLD_OFFICE = 100_000
_FEW, _MANY = 10_000, 1_000_000
_DAY = 60  # complaints that this desk exchanges there
_RUNS = 9
_PHOTO = 10_000_000
_CUT = 200 * 1024


def measure() -> list[Row]:
    """All figures of this module; without PostgreSQL installed, those of SQLite alone."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="lapor-bench-") as folder:
        blank = Config(Path(folder) / "blank")
        open_desk(blank).store.close()
        rows += _City("SQLite", Path(folder) / "sqlite", blank, lambda: None).measure()
        if programs():
            with throw_away_cluster(durable=True) as cluster:
                rows += _City("PostgreSQL", Path(folder) / "postgresql", blank, cluster.new_database).measure()
    return rows


class _City:
    """The measurements on one kind of database."""

    def __init__(self, name: str, folder: Path, blank: Config, new_url: Callable[[], str | None]) -> None:
        self._name = name
        self._folder = folder
        self._blank = blank
        self._new_url = new_url
        self._offices = sorted(load_reference(resources.path("reference")).offices)
        folder.mkdir()

    def measure(self) -> list[Row]:
        """Every row."""
        return [*self._fresh_desk(), *self._growing(), *self._restored()]

    def _row(self, name: str, value: float, unit: str = "", bound: float | None = None) -> Row:
        return Row(f"{self._name}: {name}", value, unit, bound)

    @contextmanager
    def _central(self, name: str) -> Iterator[Central]:
        place = self._folder / name
        place.mkdir()
        central = Central(place, self._new_url())
        central.start()
        try:
            yield central
        finally:
            central.close()

    @contextmanager
    def _desk(self, central: Central, letter: str, office: str = sample_day.OFFICE) -> Iterator[Desk]:
        place = central.data_dir / f"desk-{office}-{letter}"
        shutil.copytree(self._blank.data_dir, place)
        desk = open_desk(Config(place))
        try:
            enrolment.enrol(desk, central.url, central.enrol_code(office, letter))
            desks.set_officer(desk, sample_day.OFFICER)
            yield desk
        finally:
            desk.store.close()

    def _fresh_desk(self) -> list[Row]:
        """A new computer in an office with many complaints; and how much a photo that is cut costs there."""
        with self._central("fresh") as central:
            with self._desk(central, "A") as desk:
                _register(desk, 500, 1)
                _exchange(desk, central.url)
                rows = self._photo(central, desk)
            fill(central.centre, _OLD_OFFICE - 500, [sample_day.OFFICE])
            before = _memory(central)
            with self._desk(central, "B") as desk:
                outcome = _exchange(desk, central.url)
                held = len(lists.keys(desk, lists.ListFilter()))
            grown = _memory(central) - before
        name = f"fresh desk, {_OLD_OFFICE:,} records"
        return [
            *rows,
            self._row(f"{name}: seconds", outcome.seconds, "s", 5),
            self._row(f"{name}: requests", outcome.round_trips, "", 25),
            self._row(f"{name}: MB down", outcome.bytes_received / 1e6, "MB", 26),
            self._row(f"{name}: missing", _OLD_OFFICE - held, "", 0),
            self._row(f"{name}: the server's memory grew by", grown / 2**20, "MiB"),
        ]

    def _photo(self, central: Central, desk: Desk) -> list[Row]:
        photo = central.data_dir / "photo.jpg"
        photo.write_bytes(b"\xff\xd8\xff\xe0" + random.Random(3).randbytes(_PHOTO - 4))  # no secret
        complaint = lists.page(desk, lists.keys(desk, lists.ListFilter()))[0].id
        attachments.attach(desk, complaint, photo)
        network = BrokenNetwork(central.url)
        try:
            network.plan(*[Fault(cut_request=_CUT)] * 200)
            _exchange(desk, network.url)
            network.wait()
        finally:
            network.close()
        carried = sum(up for up, _down in network.carried)
        arrived = central.centre.blobs.has(hashlib.sha256(photo.read_bytes()).hexdigest())
        return [
            self._row("10 MB photo, cut every 200 KB: sent again", 100 * (carried / _PHOTO - 1), "%", 5),
            self._row("10 MB photo, cut every 200 KB: not arrived", int(not arrived), "", 0),
        ]

    def _growing(self) -> list[Row]:
        """What an exchange costs in a city of ten thousand and of a million complaints; memory from 10 to 52 desks."""
        others = [office for office in self._offices if office != sample_day.OFFICE]
        with ExitStack() as stack:
            cities = []
            for name, count in (("town", _FEW), ("city", _MANY)):
                central = stack.enter_context(self._central(name))
                desk = stack.enter_context(self._desk(central, "A"))
                _register(desk, 500, 2)
                _exchange(desk, central.url)
                fill(central.centre, count - 500, others)
                cities.append((central, desk))
            few, many = self._days(cities)
            town = cities[0][0]
            of_ten = self._desks_come(town, others[:10])
            of_all = self._desks_come(town, others[10:])
        return [
            self._row(f"{_DAY} complaints, city of {_FEW:,}", few * 1000, "ms"),
            self._row(f"{_DAY} complaints, city of {_MANY:,}", many * 1000, "ms"),
            self._row(f"an exchange, {_MANY:,} / {_FEW:,} records", many / few, "x", 1.2),
            self._row("the server's memory after 52 desks / after 10", of_all / of_ten, "x", 1.1),
        ]

    def _days(self, cities: Sequence[tuple[Central, Desk]]) -> list[float]:
        """The median seconds of an exchange in each; they take turns, as a machine is not equally quick all day."""
        took: list[list[float]] = [[] for _ in cities]
        for day in range(_RUNS):
            for (central, desk), times in zip(cities, took, strict=True):
                _register(desk, _DAY, 100 + day)
                times.append(seconds(partial(_exchange, desk, central.url)))
        return [statistics.median(times) for times in took]

    def _desks_come(self, central: Central, offices: list[str]) -> float:
        for number, office in enumerate(offices):
            with self._desk(central, "A", office) as desk:
                _register(desk, _DAY, 1_000 + number)
                _exchange(desk, central.url)
        return _memory(central)

    def _restored(self) -> list[Row]:
        """Yesterday's backup comes back; the desk exchanges once."""
        backup = self._folder / "backup"
        with self._central("yesterday") as central, self._desk(central, "A") as desk:
            _register(desk, _DAY, 3)
            _exchange(desk, central.url)
            _must(central.cli("backup", str(backup)))
            _register(desk, _DAY, 4)
            _exchange(desk, central.url)
            place = self._folder / "restored"
            place.mkdir()
            again = Central(place, self._new_url())
            _must(again.cli("restore", str(backup)))
            again.start()
            try:
                _exchange(desk, again.url)
                held = again.sql("SELECT count(*) AS rows FROM record WHERE type = 'complaint'")[0]["rows"]
            finally:
                again.close()
        return [self._row("restored from a backup: acknowledged complaints missing", 2 * _DAY - held, "", 0)]


def _register(desk: Desk, count: int, seed: int) -> None:
    with desk.store.write() as transaction:
        register_all(desk, transaction, list(sample_day.many_intakes(count, desk.today(), seed=seed)))


def _exchange(desk: Desk, url: str) -> Outcome:
    transport = HttpTransport(url)
    try:
        return engine.exchange(desk, transport)
    finally:
        transport.close()


def _memory(central: Central) -> float:
    if central.process is None:
        raise AssertionError("the server is not running")
    return float(psutil.Process(central.process.pid).memory_info().rss)


def _must(done: CompletedProcess[str]) -> None:
    if done.returncode:
        raise AssertionError(done.stderr)
