"""USB sticks come early, late, twice or never while desks work, are copied and restored: nothing is lost, all agree."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.together.desk_ground import Ground
from tests.together.stick_machine import StickMachine

SHORT = settings(
    max_examples=3,
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
    made.central.close()


def test_sticks_beside_copies(ground):
    class Machine(StickMachine):
        pass

    Machine.ground = ground
    run_state_machine_as_test(Machine, settings=SHORT)


def test_sticks_beside_a_centre_that_is_restored(ground, central_factory):
    class Machine(StickMachine):
        new_central = staticmethod(lambda: central_factory("sqlite"))

    Machine.ground = ground
    run_state_machine_as_test(Machine, settings=SHORT)
