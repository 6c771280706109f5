"""Desks that are enrolled over HTTP at a real centre, and networks between them that break on purpose."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import resources
from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import load_reference
from sync import enrolment
from tests.conftest import DATABASES
from tests.desk_making import FakeClock
from tests.together.broken_network import BrokenNetwork
from tests.together.desk_at_work import DeskAtWork
from tools.central_process import Central

MakeDesk = Callable[..., DeskAtWork]


@pytest.fixture(scope="session")
def blank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a desk that was never enrolled; making the schema takes longer than most tests."""
    config = Config(tmp_path_factory.mktemp("blank") / "data")
    open_desk(config).store.close()
    return config.data_dir


@pytest.fixture(scope="session", params=DATABASES)
def shared_central(request: pytest.FixtureRequest, central_factory: Callable[[str], Central]) -> Iterator[Central]:
    """A started centre for all tests of this folder, which must each use other offices; once on each database."""
    made = central_factory(request.param)
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="session")
def offices(shared_central: Central) -> Iterator[str]:
    """Kelurahan codes, each given once for one centre."""
    return iter(sorted(load_reference(resources.path("reference")).offices))


@pytest.fixture
def office(offices: Iterator[str]) -> str:
    """A kelurahan of this test's own."""
    return next(offices)


@pytest.fixture(scope="module")
def make_desk(tmp_path_factory: pytest.TempPathFactory, blank_folder: Path) -> Iterator[MakeDesk]:
    """Enrols a desk at a centre: `make_desk(central, office, letter)`; with `network` it goes through that."""
    made: list[DeskAtWork] = []
    numbers = itertools.count(1)
    folder = tmp_path_factory.mktemp("desks")

    def make(central: Central, office: str, letter: str = "A", network: BrokenNetwork | None = None) -> DeskAtWork:
        config = Config(folder / f"desk-{next(numbers)}")
        shutil.copytree(blank_folder, config.data_dir)
        work = DeskAtWork.open(config, network.url if network else central.url, FakeClock())
        made.append(work)
        enrolment.enrol(work.desk, central.url, central.enrol_code(office, letter))
        work.sits_down(f"Petugas {letter}")
        work.exchange()  # the reference data
        return work

    yield make
    for work in made:
        work.close()


@pytest.fixture(scope="module")
def network(shared_central: Central) -> Iterator[BrokenNetwork]:
    """A network between a desk and the module's centre."""
    made = BrokenNetwork(shared_central.url)
    yield made
    made.close()
