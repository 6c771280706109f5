"""The machine of desks, shortly; `python3 dev.py soak` runs it for as long as one likes."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import DATABASES
from tests.together.desk_ground import Ground
from tests.together.desk_machine import DeskMachine

SHORT = settings(
    max_examples=4,
    stateful_step_count=22,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
DESKS = {"sqlite": 5, "postgresql": 3}


@pytest.fixture(params=DATABASES)
def ground(request, central_factory, tmp_path):
    central = central_factory(request.param)
    central.start()
    made = Ground(central, tmp_path)
    yield made
    made.close()
    central.close()


def test_desks_and_a_broken_network(ground):
    class Machine(DeskMachine):
        count = DESKS["postgresql" if ground.central.database_url else "sqlite"]

    Machine.ground = ground
    run_state_machine_as_test(Machine, settings=SHORT)
