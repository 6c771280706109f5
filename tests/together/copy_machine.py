"""The machine of three desks, with data that are copied, put back, lost, or restored at the centre while people work.

A run either puts desks back or restores the centre. Both at once may really lose what only a life that is gone has
edited; that is no promise.
"""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from central_server import backup, blobs
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.errors import ExchangeError
from tests.desk_making import START
from tests.together.copies import Copies
from tests.together.desk_at_work import DeskAtWork, held_by_the_centre, without
from tests.together.desk_machine import CHANGES, FAULTS
from tests.together.machine_deaths import Deaths, device_of
from tests.together.machine_quarrels import DESKS, PICK
from tools.broken_network import Fault
from tools.central_process import Central

_MOST_RESTORES = 2  # of the centre in one run: each is a new process


class CopyMachine(Deaths):
    """What happens to data besides. `new_central` makes a centre that is not started, where it may be restored."""

    new_central = None  # with it the centre is restored, without it desks are put back

    def __init__(self) -> None:
        super().__init__()
        self.copies = Copies(self.ground.folder / os.urandom(4).hex())
        self.saved: dict[int, Path] = {}
        self.twins: dict[int, DeskAtWork] = {}
        self.file: Path | None = None
        self.restores = 0

    @rule(at=DESKS, fault=FAULTS)
    def exchange(self, at: int, fault: Fault | None) -> None:
        """A fault may strike while desk and centre are just finding each other again; then it only costs time."""
        desk = self.desks[at]
        self.ground.network.plan(*([fault] if fault else []))
        try:
            with suppress(*([ExchangeError] if fault else [])):
                assert desk.exchange().rejected == 0, desk.outbox("rejected")
        finally:
            self.ground.network.plan()
        if fault is None:
            self._exchanged(at)
        assert desk.problems() == []

    @rule(at=DESKS)
    def data_are_saved(self, at: int) -> None:
        if self.new_central is None:
            self.saved[at] = self.copies.saved(self.desks[at])

    @rule(at=DESKS)
    def data_are_put_back(self, at: int) -> None:
        """After an exchange: what was never sent goes with a disk."""
        if at in self.saved:
            self.exchange(at, None)
            self.copies.put_back(self.desks[at], self.saved[at])
            self.copied = True
            self._forget_imports(at)

    @rule(at=DESKS)
    def somebody_works_at_the_other_computer(self, at: int) -> None:
        self.copied = True
        if at not in self.twins:
            self.twins[at] = self.copies.second_computer(self.desks[at])
        self.desks[at], self.twins[at] = self.twins[at], self.desks[at]
        self.saved.pop(at, None)  # of the first computer
        self._forget_imports(at)

    @rule()
    def the_centre_is_backed_up(self) -> None:
        if self.new_central is not None:
            centre = self.ground.central.centre
            self.file = self.ground.folder / f"{os.urandom(4).hex()}.backup"
            backup.make(centre.store, self.file, centre.now())

    @rule()
    def the_centre_is_restored(self) -> None:
        if self.new_central is None or self.file is None or self.restores >= _MOST_RESTORES:
            return
        self.restores += 1
        old, new = self.ground.central, self.new_central()
        old.close()
        assert isinstance(new, Central)
        self.ground.restores += 1  # in all runs: its second tells the lives of one backup apart
        at = START + timedelta(seconds=self.ground.restores)
        backup.restore(new.data_dir, new.database_url, self.file, utc_text(at), os.urandom)
        new.start()
        blobs.lacking(new.centre, verify=True)  # as the command does: files are in no backup
        self.forgets = True
        self.ground.central = new
        self.ground.network.lead_to(new.url)
        self._whom_the_backup_does_not_know()
        if self.deaths:
            self.forget_what_is_nowhere()

    @rule(at=DESKS, pick=PICK, change=st.sampled_from(CHANGES), old=st.booleans(), same_letter=st.booleans())
    def a_desk_and_the_centre_die(
        self, at: int, pick: int, change: tuple[str, Any], old: bool, same_letter: bool
    ) -> None:
        """What the desk said after the backup is only at colleagues then."""
        if self.new_central is None or self.restores >= _MOST_RESTORES:
            return
        if self.file is None or not old:
            self.the_centre_is_backed_up()
        self.a_desk_dies(at, pick, change, heard=True, same_letter=same_letter)
        self.the_centre_is_restored()

    def _whom_the_backup_does_not_know(self) -> None:
        """A computer that was enrolled after the backup has to be enrolled anew, with data of its own."""
        for at, work in enumerate(self.desks):
            with self.ground.central.centre.store.reading() as session:
                known = session.devices.get(device_of(work))
            if known is None:
                self.dies(at, same_letter=False)

    def dies(self, at: int, *, same_letter: bool) -> None:
        """Copies of its data, too."""
        self.saved.pop(at, None)
        if twin := self.twins.pop(at, None):
            twin.close()
        super().dies(at, same_letter=same_letter)

    def everybody(self) -> list[DeskAtWork]:
        """The other computers too."""
        return [*self.desks, *self.twins.values()]

    def _forget_imports(self, at: int) -> None:
        self.imports = [one for one in self.imports if one[0] != at]

    def _converge(self) -> None:
        self.ground.network.plan()
        for _ in range(2):
            for desk in (*self.twins.values(), *self.desks):
                assert desk.exchange().rejected == 0, desk.outbox("rejected")
        super()._converge()
        for at, twin in self.twins.items():
            assert twin.exchange().rejected == 0
            assert twin.problems() == []
            there = held_by_the_centre(self.ground.central, self.offices[at])
            assert without(twin.listed(), "sync_state") == there

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            for twin in self.twins.values():
                twin.close()
