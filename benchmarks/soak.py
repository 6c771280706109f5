"""The machine of three desks and a broken network, for as long as one likes: `python3 dev.py soak --minutes 60`.

Every seed has a centre of its own, on SQLite and PostgreSQL in turn where that is installed. A failure ends the run
with its seed; `--first SEED --seeds 1` shows it again.
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
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from tests.together.desk_ground import Ground
from tests.together.desk_machine import DeskMachine
from tools.central_process import Central
from tools.postgres import programs, throw_away_cluster

_RUNS = 12  # of the machine for each seed; each has desks and offices of its own
_STEPS = 60
_RESTARTS = 2  # of the centre in one run; each takes as long as fifty other steps


def main(arguments: list[str] | None = None) -> int:
    """Run until the seeds or the minutes are used up; 1 when something failed."""
    parser = argparse.ArgumentParser(prog="dev.py soak", description="Desks, a centre and a broken network, by seed.")
    parser.add_argument("--seeds", type=int, help="how many seeds (default: as many as fit)")
    parser.add_argument("--minutes", type=float, help="how long at most (default: 10, or all of --seeds)")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    given = parser.parse_args(arguments)
    minutes = given.minutes if given.minutes is not None else None if given.seeds else 10.0
    end = time.monotonic() + minutes * 60 if minutes is not None else float("inf")
    told = _Telling()
    with ExitStack() as stack:
        cluster = stack.enter_context(throw_away_cluster()) if programs() else None
        for number in itertools.count(given.first):
            if time.monotonic() >= end or (given.seeds and number >= given.first + given.seeds):
                break
            url = cluster.new_database() if cluster and number % 2 == 0 else None
            try:
                _run(number, url, told.step)
            except Exception:  # noqa: BLE001  # whatever it was, its seed is what is wanted
                traceback.print_exc()
                print(f"FAILED with seed {number} on {'PostgreSQL' if url else 'SQLite'}: {told}", flush=True)
                return 1
            told.seeds += 1
    print(f"nothing failed: {told}")
    return 0


class _Telling:
    """Counts, and says a line a minute."""

    def __init__(self) -> None:
        self.seeds = 0
        self.steps = 0
        self._started = self._said = time.monotonic()

    def step(self) -> None:
        self.steps += 1
        if time.monotonic() - self._said >= 60:
            self._said = time.monotonic()
            print(self, flush=True)

    def __str__(self) -> str:
        return f"{(time.monotonic() - self._started) / 60:.1f} minutes, {self.seeds} seeds, {self.steps} steps"


def _run(number: int, database_url: str | None, step: Callable[[], None]) -> None:
    with _ground(database_url) as ground:

        class Machine(DeskMachine):
            """The machine of this seed; here the centre's power may go too."""

            restarts = 0

            @precondition(lambda self: self.restarts < _RESTARTS)
            @rule()
            def centre_restarts(self) -> None:
                self.restarts += 1
                self.ground.central.kill()
                self.ground.central.start()

            @invariant()
            def is_counted(self) -> None:
                step()

        Machine.ground = ground
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
def _ground(database_url: str | None) -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(prefix="lapor-soak-") as folder:
        (Path(folder) / "centre").mkdir()
        central = Central(Path(folder) / "centre", database_url)
        central.start()
        try:
            ground = Ground(central, Path(folder))
            try:
                yield ground
            finally:
                ground.close()
        finally:
            central.close()


if __name__ == "__main__":
    sys.exit(main())
