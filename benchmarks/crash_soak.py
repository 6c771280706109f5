"""Every crash point of everything that the guarantees' tests try only in part."""

import itertools
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from sync import enrolment
from tests.guarantees import crash_desk, crash_exchange
from tests.guarantees.crash_points import in_a_quiet_process
from tools.central_process import Central

_OFFICE = "63.71.04.1003"

Point = Callable[[int], None]


def every_crash_point(new_urls: Iterable[Callable[[], str | None]], done: Point) -> list[str]:
    """Try them all, on a new centre of each kind; `done` is told how many points it was. The names of what failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="lapor-crash-") as folder:
        numbers = itertools.count(1)
        for new_url in new_urls:
            here = Path(folder) / str(next(numbers))
            for name, act in _acts(here, new_url()):
                try:
                    done(act())
                except AssertionError:
                    traceback.print_exc()
                    failed.append(f"crash points of {name}")
                    print(f"FAILED: {failed[-1]}", flush=True)
    return failed


def _acts(folder: Path, url: str | None) -> Iterable[tuple[str, Callable[[], int]]]:
    (folder / "centre").mkdir(parents=True)
    central = Central(folder / "centre", url)
    central.start()
    for letter in "ABCDE":
        desk = open_desk(Config(folder / letter / "data"))
        enrolment.enrol(desk, central.url, central.enrol_code(_OFFICE, letter))
        desk.store.close()
    central.close()
    data = [folder / letter / "data" for letter in "ABCDE"]
    if url is None:  # these do not know of the centre
        yield "the first start", lambda: in_a_quiet_process(crash_desk.first_start, folder, 1)
        for name in crash_desk.WORKS:
            yield name, lambda name=name: in_a_quiet_process(crash_desk.clerks_work, _copy(data[4], folder), name, 1)
    for who in ("desk", "centre"):
        yield (
            f"an exchange at the {who} on {'PostgreSQL' if url else 'SQLite'}",
            lambda who=who: in_a_quiet_process(crash_exchange.exchange, *data[:2], folder / "centre", url, who, 1),
        )
    yield "a fetch", lambda: in_a_quiet_process(crash_exchange.fetch, *data[2:4], folder / "centre", url, 1)


def _copy(data: Path, folder: Path) -> Path:
    target = Path(tempfile.mkdtemp(dir=folder)) / "data"
    target.mkdir()
    for path in data.rglob("*"):
        if path.is_file():
            (target / path.relative_to(data)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(data)).write_bytes(path.read_bytes())
    return target
