"""A real centre in a process of its own, on SQLite and on a throw-away PostgreSQL, for every test that talks to one."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tools.central_process import Central
from tools.postgres import programs, throw_away_cluster

if TYPE_CHECKING:
    from tools.postgres import PostgresCluster
    from tools.ready_tables import ReadyTables
    from tools.warm_centre import WarmCentres

if sys.platform == "linux" and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Qt ends the process where it finds no screen

# How quick a machine is says nothing of what is tested.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

gc.disable()  # until all tests are found, which makes a million objects that stay

DATABASES = ["sqlite", "postgresql"] if programs() else ["sqlite"]


# Files that take longest begin first: several processes share the files, and none should be left with one at the end.
_LONG = (
    "test_g1_acknowledged_is_kept.py",
    "test_anything_in_any_order.py",
    "test_everybody_can_use_it.py",
    "test_server_restored.py",
    "test_every_state.py",
    "test_other_versions.py",
    "test_a_day_in_the_window.py",
    "test_sticks_in_any_order.py",
    "test_copies_in_any_order.py",
    "test_several_processes.py",
    "test_conflicts_are_decided.py",
    "test_usb_bundles_and_other_pasts.py",
    "test_held_bundles.py",
    "test_many_at_once.py",
    "test_killed_at_work.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))


def pytest_collection_finish() -> None:
    """What is there now stays: the collector need not go through it again, above all where tests ask for it."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_report_header() -> str:
    return f"databases of the centre: {', '.join(DATABASES)}"


@pytest.fixture(scope="session")
def postgres_cluster() -> "Iterator[PostgresCluster]":
    """A PostgreSQL for all tests."""
    with throw_away_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_url_factory(postgres_cluster: "PostgresCluster") -> Callable[[], str]:
    """Gives the URL of a new, empty PostgreSQL database at each call."""
    return postgres_cluster.new_database


@pytest.fixture(scope="session")
def ready_tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "ReadyTables":
    """Gives a centre's database its tables without the migrations, which have tests of their own."""
    from tools.ready_tables import ReadyTables  # noqa: PLC0415  # most tests need no centre

    return ReadyTables(tmp_path_factory.mktemp("tables"), lambda: request.getfixturevalue("postgres_cluster"))


@pytest.fixture(scope="session")
def warm_centres() -> "Iterator[WarmCentres | None]":
    """Forks centres, so that each is there at once; None where the system cannot."""
    if sys.platform != "linux":
        yield None
        return
    from tools.warm_centre import WarmCentres  # noqa: PLC0415  # most tests need no centre

    with closing(WarmCentres()) as warm:
        yield warm


@pytest.fixture(scope="session")
def central_factory(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    warm_centres: "WarmCentres | None",
    ready_tables: "ReadyTables",
) -> Iterator[Callable[[str], Central]]:
    """Makes a centre that is not started yet on "sqlite" or "postgresql"; all end with the tests."""
    made: list[Central] = []

    def make(database: str) -> Central:
        url = request.getfixturevalue("postgres_url_factory")() if database == "postgresql" else None
        made.append(Central(tmp_path_factory.mktemp("centre"), url, warm=warm_centres, tables=ready_tables))
        return made[-1]

    yield make
    for central in made:
        if central.process is not None:
            central.kill()


@pytest.fixture(params=DATABASES)
def unstarted_central(request: pytest.FixtureRequest, central_factory: Callable[[str], Central]) -> Iterator[Central]:
    """A centre of this test alone that nobody has started yet, once on each database."""
    made = central_factory(request.param)
    yield made
    made.close()


@pytest.fixture
def central(unstarted_central: Central) -> Central:
    """A started centre of this test alone, once on each database."""
    unstarted_central.start()
    return unstarted_central


@pytest.fixture(scope="module", params=DATABASES)
def shared_central(request: pytest.FixtureRequest, central_factory: Callable[[str], Central]) -> Iterator[Central]:
    """A started centre for all tests of a module, which must each use other offices; once on each database."""
    made = central_factory(request.param)
    made.start()
    yield made
    made.close()
