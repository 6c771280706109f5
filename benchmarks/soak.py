"""The proof of the exchange, for as long as one likes: `python3 dev.py soak --minutes 60`.

First every crash point of everything, on each database that is installed, and a window that is killed a hundred times
at its work (neither with `--first`). Then the machine of desks by seed: each has a centre of its own, on SQLite and
PostgreSQL in turn, three to five desks, and one of five kinds of trouble. A failure tells its seed and the steps that
lead there, and the run goes on; `--first SEED --seeds 1` shows it again. What was found becomes a short test in
`tests/together`.
"""

import argparse
import itertools
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from benchmarks.crash_soak import every_crash_point
from benchmarks.measuring import desk_at
from kelurahan_client.config import config
from tests.together.copy_machine import CopyMachine
from tests.together.desk_ground import Ground
from tests.together.desk_machine import DeskMachine
from tests.together.stick_machine import StickMachine
from tests.ui.killing import Killing
from tools.central_process import Central
from tools.postgres import programs, throw_away_cluster

_RUNS = 12  # of the machine for each seed; each has desks and offices of its own
_STEPS = 60
_RESTARTS = 2  # of the centre in one run; each takes as long as fifty other steps
_TROUBLES: tuple[tuple[str, type[DeskMachine], bool], ...] = (  # what happens, in which machine, is the centre restored
    ("the network and the power", DeskMachine, False),
    ("desks put back and copied", CopyMachine, False),
    ("the centre restored", CopyMachine, True),
    ("sticks, and desks put back and copied", StickMachine, False),
    ("sticks, and the centre restored", StickMachine, True),
)

NewUrl = Callable[[], str | None]


def main(arguments: list[str] | None = None) -> int:
    """Run until the seeds or the minutes are used up; 1 when something failed."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description="Desks, a centre and everything that may happen.")
    parser.add_argument("--seeds", type=int, help="how many seeds (default: as many as fit)")
    parser.add_argument("--minutes", type=float, help="how long at most (default: 10, or all of --seeds)")
    parser.add_argument("--kills", type=int, default=100, help="of the window at its work (default: 100)")
    parser.add_argument("--first", type=int, help="the first seed, and no crash points (default: these, then seed 1)")
    given = parser.parse_args(arguments)
    minutes = given.minutes if given.minutes is not None else None if given.seeds else 10.0
    end = time.monotonic() + minutes * 60 if minutes is not None else float("inf")
    told = _Telling()
    first = given.first or 1
    with ExitStack() as stack:
        cluster = stack.enter_context(throw_away_cluster()) if programs() else None
        if given.first is None:
            urls: tuple[NewUrl, ...] = (lambda: None, *((cluster.new_database,) if cluster else ()))
            told.failed += every_crash_point(urls, told.point)
            told.failed += _killed_at_work(given.kills)
        for number in itertools.count(first):
            if time.monotonic() >= end or (given.seeds and number >= first + given.seeds):
                break
            url = cluster.new_database if cluster and number % 2 == 0 else lambda: None
            try:
                _run(number, url, told.step)
            except Exception:  # noqa: BLE001  # whatever it was, its seed is what is wanted
                traceback.print_exc()
                told.failed.append(f"seed {number} ({_trouble(number)}, {'PostgreSQL' if url() else 'SQLite'})")
                print(f"FAILED with {told.failed[-1]}: {told}", flush=True)
            told.seeds += 1
    print(f"failed: {'; '.join(told.failed)}; {told}" if told.failed else f"nothing failed: {told}")
    return 1 if told.failed else 0


def _killed_at_work(kills: int) -> list[str]:
    """Kill a window again and again; says how much typing that cost, and names what failed."""
    with tempfile.TemporaryDirectory(prefix="lapor-kills-") as folder:
        data = Path(folder) / "data"
        desk_at(config(data)).store.close()
        killing = Killing(data, seed=1)
        try:
            killing.run(kills)
        except AssertionError:
            traceback.print_exc()
            return [f"kill {killing.promises.kills} of the window at its work"]
        finally:
            told = killing.promises
            longest = max(told.lost_typing, default=0.0)
            print(
                f"{told.kills} kills, {told.ends} ends in order, {len(told.registered)} registered, {told.imported} "
                f"imported; typing was lost {len(told.lost_typing)} times, {longest:.2f} s at most",
                flush=True,
            )
    return []


def _trouble(number: int) -> str:
    return _TROUBLES[number % len(_TROUBLES)][0]


class _Telling:
    """Counts, and says a line a minute."""

    def __init__(self) -> None:
        self.seeds = self.steps = self.points = 0
        self.failed: list[str] = []
        self._started = self._said = time.monotonic()

    def step(self) -> None:
        self.steps += 1
        self._say()

    def point(self, count: int) -> None:
        self.points += count
        self._say()

    def _say(self) -> None:
        if time.monotonic() - self._said >= 60:
            self._said = time.monotonic()
            print(self, flush=True)

    def __str__(self) -> str:
        minutes = (time.monotonic() - self._started) / 60
        return f"{minutes:.1f} minutes, {self.points} crash points, {self.seeds} seeds, {self.steps} steps"


def _run(number: int, new_url: NewUrl, step: Callable[[], None]) -> None:
    _name, base, restored = _TROUBLES[number % len(_TROUBLES)]
    with _ground(new_url) as (ground, new_central):

        class Machine(base):  # type: ignore[misc,valid-type]  # mypy wants to know which
            """The machine of this seed."""

            restarts = 0
            count = 3 + number // len(_TROUBLES) % 3

            @precondition(lambda self: base is DeskMachine and self.restarts < _RESTARTS)
            @rule()
            def centre_restarts(self) -> None:
                self.restarts += 1
                self.ground.central.kill()
                self.ground.central.start()

            def check_invariants(self, *given: object) -> None:
                super().check_invariants(*given)
                step()

        Machine.ground = ground
        if restored:
            Machine.new_central = staticmethod(new_central)
        few = settings(
            max_examples=_RUNS,
            stateful_step_count=_STEPS,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            verbosity=Verbosity.normal,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(seed(number)(Machine), settings=few)


@contextmanager
def _ground(new_url: NewUrl) -> Iterator[tuple[Ground, Callable[[], Central]]]:
    """The ground of a seed, and what makes a centre that is not started."""
    made: list[Central] = []
    with tempfile.TemporaryDirectory(prefix="lapor-soak-") as folder:

        def new_central() -> Central:
            place = Path(folder) / f"centre-{len(made)}"
            place.mkdir()
            made.append(Central(place, new_url()))
            return made[-1]

        central = new_central()
        central.start()
        try:
            ground = Ground(central, Path(folder))
            try:
                yield ground, new_central
            finally:
                ground.close()
        finally:
            made[-1].close()


if __name__ == "__main__":
    sys.exit(main())
