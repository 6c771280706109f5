"""G1: what was acknowledged is never lost, wherever a desk or the centre ends, or the power goes.

Real ends of the server's process, by SIGKILL in the middle of a batch, are in `together/test_sudden_ends.py`.
"""

import shutil

import pytest

from central_server.store.engine import Database, Pool, open_engine
from tests.conftest import DATABASES
from tests.guarantees import crash_desk, crash_exchange
from tests.guarantees.crash_points import in_a_quiet_process

EVERY, SOME = 1, 7  # `dev.py soak` takes every point of everything


@pytest.mark.parametrize("work", crash_desk.WORKS)
def test_a_desk_keeps_what_it_said_wherever_it_ends(enrolled_folder, tmp_path, work):
    shutil.copytree(enrolled_folder, tmp_path / "data")
    stride = EVERY if work in ("register", "save a draft", "attach") else SOME
    assert in_a_quiet_process(crash_desk.clerks_work, tmp_path / "data", work, stride) > 5


def test_a_first_start_that_ends_anywhere_is_made_good_by_the_next(tmp_path):
    assert in_a_quiet_process(crash_desk.first_start, tmp_path, 4 * SOME) > 20


@pytest.fixture
def ground(shared_central, make_desk, office):
    """The folders of two desks of one office, closed, and of their centre, and its address."""
    two = [make_desk(shared_central, office, letter) for letter in "AB"]
    for desk in two:
        desk.close()
    return *(desk.config.data_dir for desk in two), shared_central.data_dir, shared_central.database_url


@pytest.mark.parametrize("who", ["desk", "centre"])
def test_an_exchange_that_ends_anywhere_at_either_side(ground, who):
    first = 1 if ground[-1] else 2  # the two databases take turns, so that no point is left out
    assert in_a_quiet_process(crash_exchange.exchange, *ground, who, 2, first) > 40


def test_a_fetch_that_ends_anywhere(ground):
    first = 1 if ground[-1] else 3
    assert in_a_quiet_process(crash_exchange.fetch, *ground, 4, first) > 15


def test_the_settings_under_which_a_commit_is_on_the_disk(shared_central, make_desk, office):
    """What no test can see without pulling a plug: both databases sync before they say that they have committed."""
    desk = make_desk(shared_central, office)
    with desk.desk.store.write() as transaction:
        assert transaction.connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL
    with shared_central.centre.store.writing() as session:
        run = session._connection.exec_driver_sql
        if shared_central.database_url:
            assert run("SHOW synchronous_commit").scalar_one() == "on"
        else:
            assert run("PRAGMA synchronous").scalar_one() == 2


@pytest.mark.parametrize("_database", [name for name in DATABASES if name == "postgresql"])
def test_postgresql_waits_for_the_disk_whatever_its_administrator_has_set(postgres_url_factory, _database):
    url = postgres_url_factory()
    before, after = (Database(open_engine(url, Pool()), 20.0) for _ in range(2))
    with before.writing() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET synchronous_commit TO off')
    before.close()
    with after.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    after.close()
