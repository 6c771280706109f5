"""The machine of three desks, shortly; `python3 dev.py soak` runs it for as long as one likes."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.together.desk_ground import Ground
from tests.together.desk_machine import DeskMachine

SHORT = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def ground(central_factory, tmp_path):
    central = central_factory("sqlite")
    central.start()
    made = Ground(central, tmp_path)
    yield made
    made.close()
    central.close()


def test_three_desks_and_a_broken_network(ground):
    class Machine(DeskMachine):
        pass

    Machine.ground = ground
    run_state_machine_as_test(Machine, settings=SHORT)
