"""Data are copied, put back, lost and restored while three desks work: nothing is lost and all agree, in any order."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.together.copy_machine import CopyMachine
from tests.together.desk_ground import Ground

SHORT = settings(
    max_examples=4,
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


def test_desks_are_copied_and_put_back(ground):
    class Machine(CopyMachine):
        pass

    Machine.ground = ground
    run_state_machine_as_test(Machine, settings=SHORT)


def test_desks_are_copied_and_the_centre_is_restored(ground, central_factory):
    class Machine(CopyMachine):
        new_central = staticmethod(lambda: central_factory("sqlite"))

    Machine.ground = ground
    run_state_machine_as_test(Machine, settings=SHORT)


def test_a_desk_and_the_centre_die_on_one_day(ground, central_factory):
    """The one order that must never be missing: what only a colleague still knows."""

    class Machine(CopyMachine):
        new_central = staticmethod(lambda: central_factory("sqlite"))

    Machine.ground = ground
    machine = Machine()
    machine.enrol()
    machine.a_desk_and_the_centre_die(at=1, pick=0, change=("title", "Dua"), old=False, same_letter=False)
    assert "Dua" in {value for _id, _field, value in machine.values}
    machine.teardown()
