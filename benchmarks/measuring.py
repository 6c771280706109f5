"""What every measurement shares: rows of a table with their bounds, medians, and sample desks on the disk."""

import secrets
import shutil
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import groupby
from pathlib import Path
from time import perf_counter

import resources
from kelurahan_client import app
from kelurahan_client.config import Config, config
from kelurahan_client.domain.complaint import Intake
from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.reference import load_reference
from kelurahan_client.services import desk as desks
from kelurahan_client.services.demo import sample_identity
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.registering import register_all
from kelurahan_client.store.engine import open_store
from tools import sample_day

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".dev" / "bench"
_COUNTER_HOURS = time(9, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, the value with its unit, and the bound ("" where it is only for information)."""

    name: str
    value: float
    unit: str
    bound: float | None = None

    @property
    def held(self) -> bool:
        """Whether the figure keeps its bound."""
        return self.bound is None or self.value <= self.bound

    def as_json(self) -> dict[str, object]:
        """The row with its verdict."""
        return asdict(self) | {"held": self.held}


def table(rows: Sequence[Row]) -> str:
    """The rows as lines of text."""
    lines = [f"{'what':62} {'value':>12} {'bound':>10}"]
    for row in rows:
        bound = "" if row.bound is None else f"{row.bound:g}"
        mark = "" if row.bound is None else "  ok" if row.held else "  OVER"
        lines.append(f"{row.name:62} {row.value:>9.3f} {row.unit:<4}{bound:>8}{mark}")
    return "\n".join(lines)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which `percent` of the values lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def desk_at(settings: Config) -> Desk:
    """The desk in a folder, enrolled with made-up keys if it is new."""
    store = open_store(settings, None)
    desk = Desk(store, load_reference(resources.path("reference")), app.now, secrets.token_bytes)
    if desks.find_identity(desk) is None:
        desks.keep_identity(desk, replace(sample_identity(desk), server_url="http://127.0.0.1:9"), {})
        desks.set_officer(desk, sample_day.OFFICER)
    return desk


def sample_folder(count: int) -> Path:
    """A folder with a desk of `count` complaints, made once and kept; measure on a copy if you write.

    Each was recorded on the day that it was received, over 700 days; none was ever sent.
    """
    folder = DATA / f"days-{count}"
    done = folder / "complete"
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    desk = desk_at(config(folder))
    try:
        intakes = sorted(sample_day.many_intakes(count, desk.today()), key=_day)
        for day, of_day in groupby(intakes, _day):
            then = datetime.combine(day, _COUNTER_HOURS, WITA).astimezone(UTC)
            with desk.store.write() as transaction:
                register_all(replace(desk, clock=partial(_still, then)), transaction, list(of_day))
    finally:
        desk.store.close()
    done.touch()
    return folder


def _day(intake: Intake) -> date:
    return intake.received_date


def _still(at: datetime) -> datetime:
    return at


def copy_of(folder: Path, name: str) -> Path:
    """A fresh copy of a sample folder."""
    target = DATA / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)
    return target
