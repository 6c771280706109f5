"""Desks that are enrolled over HTTP at a real centre, and networks between them that break on purpose.

Test folders take these fixtures over in their conftest.
"""

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
from tests.together.copies import Copies
from tests.together.desk_at_work import DeskAtWork
from tests.together.sticks import Sticks
from tools.broken_network import BrokenNetwork
from tools.central_process import Central

MakeDesk = Callable[..., DeskAtWork]


@pytest.fixture(scope="session")
def blank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a desk that was never enrolled; making the schema takes longer than most tests."""
    config = Config(tmp_path_factory.mktemp("blank") / "data")
    open_desk(config).store.close()
    return config.data_dir


class Centres:
    """Started centres of one kind, one after the other: a new one when the kelurahan of the last are almost used up."""

    _ENOUGH = 20  # for any one module

    def __init__(self, make: Callable[[], Central]) -> None:
        self._make = make
        self._made: list[Central] = []
        self._free: list[str] = []

    def present(self) -> Central:
        """The centre for one more module."""
        if len(self._free) < self._ENOUGH:
            self._made.append(self._make())
            self._made[-1].start()
            self._free = sorted(load_reference(resources.path("reference")).offices, reverse=True)
        return self._made[-1]

    def offices(self) -> Iterator[str]:
        """The kelurahan of the present centre that no test has had yet."""
        while self._free:
            yield self._free.pop()

    def close(self) -> None:
        """End them all."""
        for central in self._made:
            central.close()


@pytest.fixture(scope="session", params=DATABASES)
def centres(request: pytest.FixtureRequest, central_factory: Callable[[str], Central]) -> Iterator[Centres]:
    """The centres of this folder, on each database."""
    made = Centres(lambda: central_factory(request.param))
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared_central(centres: Centres) -> Central:
    """A started centre that modules share; their tests must each use other offices."""
    return centres.present()


@pytest.fixture(scope="module")
def offices(shared_central: Central, centres: Centres) -> Iterator[str]:
    """Kelurahan codes, each given once for one centre."""
    return centres.offices()


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


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    """Copies of desks' data; the desks that were opened on them are closed."""
    made = Copies(tmp_path / "copies")
    yield made
    made.close()


@pytest.fixture
def sticks(tmp_path: Path) -> Sticks:
    """USB sticks on the way."""
    return Sticks(tmp_path)
