"""What the desks of the machine stand on: a started centre, a network that breaks, and offices of their own."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import resources
from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from kelurahan_client.domain.reference import load_reference
from sync import enrolment
from tests.desk_making import FakeClock
from tests.together.desk_at_work import DeskAtWork
from tools.broken_network import BrokenNetwork
from tools.central_process import Central


@dataclass
class Ground:
    """Where the desks of every run stand: a started centre, a folder, the data of a desk that was never enrolled."""

    central: Central
    folder: Path
    network: BrokenNetwork = field(init=False)
    restores: int = 0  # of the centre, in all runs
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _places: Iterator[tuple[str, str, str]] = field(init=False)
    _letters: dict[str, Iterator[str]] = field(init=False)  # that the places leave free, by office

    def __post_init__(self) -> None:
        self.network = BrokenNetwork(self.central.url)
        self.blank = Config(self.folder / "blank")
        open_desk(self.blank).store.close()
        offices = sorted(load_reference(resources.path("reference")).offices)
        self._letters = {office: iter("MNOPQRSTUVWXYZ") for office in offices}
        self._places = iter(
            [
                (one, other, letters)
                for letters in ("ABC", "DEF", "GHI", "JKL")
                for one, other in zip(offices[::2], offices[1::2], strict=True)
            ]
        )

    def close(self) -> None:
        """End the network; the centre is the caller's."""
        self.network.close()

    def new_desks(self, count: int = 3) -> list[DeskAtWork]:
        """Three to five desks of two offices, enrolled and empty but for what their offices had before.

        The first two are of one office, the third of another, and those after in turn.
        """
        one, other, letters = next(self._places)
        first, second, third = letters
        places = ((one, first), (one, second), (other, first), (one, third), (other, second))
        return [self._desk(office, letter) for office, letter in places[:count]]

    def newcomer(self, office: str, letter: str = "") -> DeskAtWork:
        """One more computer in an office, in the place of another that had this letter, or under one of its own."""
        return self._desk(office, letter or next(self._letters[office]))

    def _desk(self, office: str, letter: str) -> DeskAtWork:
        config = Config(self.folder / f"desk-{next(self._numbers)}")
        shutil.copytree(self.blank.data_dir, config.data_dir)
        work = DeskAtWork.open(config, self.network.url, FakeClock())
        enrolment.enrol(work.desk, self.central.url, self.central.enrol_code(office, letter))
        work.sits_down(f"Petugas {office}{letter}")
        work.exchange()
        return work
