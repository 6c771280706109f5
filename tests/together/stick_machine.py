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
from kelurahan_client.errors import OutdatedBundle
from kelurahan_client.services.desk import find_identity
from sync.bundle_file import new_file
from tests.together.copy_machine import CopyMachine
from tests.together.desk_at_work import DeskAtWork
from tests.together.desk_machine import DESKS
from tests.together.machine_quarrels import PICK
from tests.together.sticks import Sticks, home, take


class StickMachine(CopyMachine):
    """What happens on the way besides. A stick may be carried any number of times, by either way, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.sticks = Sticks(Path(mkdtemp(dir=self.ground.folder)))
        self.there: list[Path] = []
        self.back: list[tuple[int, Path]] = []

    @rule(at=DESKS)
    def stick_is_written(self, at: int) -> None:
        self.there.append(self.sticks.from_desk(self.desks[at]))

    @rule(pick=PICK)
    def stick_arrives(self, pick: int) -> None:
        if self.there:
            taken = take(self.ground.central, self.there[pick % len(self.there)])
            assert taken.results["rejected"] == 0

    @rule(at=DESKS)
    def answer_is_written(self, at: int) -> None:
        desk = self.desks[at]
        bundles = Bundles(self.ground.central.centre)
        with suppress(Unknown):
            answer = bundles.answer(desk.office, _letter(desk))
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
            waiting = [one.id for one in session.inbox.waiting() if one.number in OF_A_STICK]
        for id_ in waiting:
            with suppress(Unknown):  # it went with one before, or waits for its complaint
                quarantine.release(centre, id_)

    @rule(at=DESKS)
    def stick_there_and_back(self, at: int) -> None:
        self.stick_is_written(at)
        self.stick_arrives(-1)
        self.answer_is_written(at)
        self.answer_comes_home(-1)


def _letter(work: DeskAtWork) -> str:
    me = find_identity(work.desk)
    assert me is not None
    return me.desk
