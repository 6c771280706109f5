"""The machine of three desks whose data are copied, put back or restored, with USB sticks that come in any order."""

from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import strategies as st
from hypothesis.stateful import rule

from central_server import held, quarantine
from central_server.bundles import Bundles
from central_server.errors import Unknown
from central_server.quarantine import StillHeld
from central_server.waiting import OF_A_STICK
from kelurahan_client.errors import ForeignBundle, OutdatedBundle
from sync.bundle_file import new_file
from sync.protocol import RejectionNumber
from tests.together.copy_machine import CopyMachine
from tests.together.desk_machine import DESKS
from tests.together.machine_deaths import device_of, letter_of
from tests.together.machine_quarrels import PICK
from tests.together.sticks import Sticks, home, take

_FOR_A_PERSON = OF_A_STICK | {RejectionNumber.WITHDRAWN}


class StickMachine(CopyMachine):
    """What happens on the way besides. A stick may be carried any number of times, by either way, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.sticks = Sticks(Path(mkdtemp(dir=self.ground.folder)))
        self.there: list[tuple[str, Path]] = []  # with the device that wrote it
        self.back: list[tuple[int, Path]] = []

    @rule(at=DESKS)
    def stick_is_written(self, at: int) -> None:
        self.there.append((device_of(self.desks[at]), self.sticks.from_desk(self.desks[at])))

    @rule(pick=PICK)
    def stick_arrives(self, pick: int) -> None:
        if not self.there:
            return
        device, path = self.there[pick % len(self.there)]
        with self.ground.central.centre.store.reading() as session:
            known = session.devices.get(device)
        with suppress(*([] if known else [ForeignBundle])):  # of who died, and a backup does not know it
            taken = take(self.ground.central, path)
            assert taken.results["rejected"] == 0 or taken.device.revoked_at

    @rule(at=DESKS)
    def answer_is_written(self, at: int) -> None:
        desk = self.desks[at]
        bundles = Bundles(self.ground.central.centre)
        with suppress(Unknown):
            answer = bundles.answer(desk.office, letter_of(desk))
            if answer.header.device != device_of(desk):  # the last stick is of the computer that was this desk before
                return
            path = self.sticks.free()
            with new_file(path, "x") as file:
                for piece in answer.pieces:
                    file.write(piece)
            self.back.append((at, path))

    @rule(pick=PICK)
    def answer_comes_home(self, pick: int) -> None:
        if self.back:
            at, path = self.back[pick % len(self.back)]
            with suppress(OutdatedBundle):
                home(self.desks[at], path)
            assert self.desks[at].problems() == []

    @rule(discards=st.booleans())
    def somebody_decides_about_what_is_held(self, *, discards: bool) -> None:
        """Whether its desk is there or not: what is released and said again counts once."""
        centre = self.ground.central.centre
        with centre.store.reading() as session:
            bundles = {one.bundle for one in session.carried.held()}
        for bundle in bundles:
            with suppress(StillHeld):
                if discards:
                    held.discard(centre, bundle, "Uji", "admin")
                held.release(centre, bundle, "Uji", "admin")
        with centre.store.reading() as session:
            waiting = [one.id for one in session.inbox.waiting() if one.number in _FOR_A_PERSON]
        for id_ in waiting:
            with suppress(Unknown):  # it went with one before, or waits for its complaint
                quarantine.release(centre, id_)

    def dies(self, at: int, *, same_letter: bool) -> None:
        """What it wrote on sticks may still come, and waits for a person when the city has withdrawn it."""
        self.back = [one for one in self.back if one[0] != at]
        super().dies(at, same_letter=same_letter)

    @rule(at=DESKS)
    def stick_there_and_back(self, at: int) -> None:
        self.stick_is_written(at)
        self.stick_arrives(-1)
        self.answer_is_written(at)
        self.answer_comes_home(-1)
