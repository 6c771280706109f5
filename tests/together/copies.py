"""Copies of a desk's data: the folder on a second computer, or put back as it was on another day."""

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

from kelurahan_client.app import open_desk
from kelurahan_client.config import Config
from tests.desk_making import FakeClock
from tests.together.desk_at_work import DeskAtWork


class Copies:
    """Makes copies in `folder`; `close` ends the desks that were opened on them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._numbers = itertools.count(1)
        self._opened: list[DeskAtWork] = []

    def saved(self, work: DeskAtWork) -> Path:
        """The data as they are now, put aside."""
        target = self._folder / f"copy-{next(self._numbers)}"
        with work.away():
            shutil.copytree(work.config.data_dir, target)
        return target

    def put_back(self, work: DeskAtWork, saved: Path) -> None:
        """The desk goes on from older data."""
        with work.away():
            shutil.rmtree(work.config.data_dir)
            shutil.copytree(saved, work.config.data_dir)

    def second_computer(self, work: DeskAtWork) -> DeskAtWork:
        """Another computer with the same data and a clock of its own."""
        config = Config(self.saved(work))
        clock = FakeClock(work.clock.at)
        self._opened.append(replace(work, config=config, clock=clock, desk=open_desk(config, clock=clock)))
        return self._opened[-1]

    def close(self) -> None:
        """End the second computers."""
        for work in self._opened:
            work.close()
