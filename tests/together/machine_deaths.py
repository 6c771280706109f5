"""Rules of the machine: a desk dies for good, and another computer takes its place.

What it was told is kept, and what is nowhere else any more, then or when the centre goes on from a backup, is gone with
its disk: from there on nobody is asked for it. All the rest must be there in the end.
"""

from collections import Counter
from contextlib import suppress
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from central_server.enrolment import revoke
from central_server.errors import Unknown
from kelurahan_client.services.desk import identity
from tests.together.desk_at_work import DeskAtWork, held_by_the_centre
from tests.together.desk_machine import CHANGES, DeskMachine
from tests.together.machine_quarrels import DESKS, PICK
from tests.together.photos import at_the_centre as bytes_at_the_centre
from tests.together.whereabouts import Kept, at_the_centre, bytes_at, said, said_by, taken_back, told_to

_MOST_DEATHS = 2  # in one run, by this rule: each is an enrolment


class Deaths(DeskMachine):
    """Which computers are gone, and which of them the city has yet to withdraw."""

    def __init__(self) -> None:
        super().__init__()
        self.copied = False  # data, so that numbers may be given twice
        self.not_withdrawn: set[tuple[str, str]] = set()  # office and letter

    @rule(at=DESKS, pick=PICK, change=st.sampled_from(CHANGES), heard=st.booleans(), same_letter=st.booleans())
    def a_desk_dies(self, at: int, pick: int, change: tuple[str, Any], heard: bool, same_letter: bool) -> None:
        """Often with last words that the others have heard."""
        if self.deaths >= _MOST_DEATHS:
            return
        self.ground.network.plan()
        self.edit(at, pick, change)
        if heard:
            for desk in (self.desks[at], *self.desks):
                assert desk.exchange().rejected == 0
        self.dies(at, same_letter=same_letter)
        self.forget_what_is_nowhere()

    @rule()
    def the_city_withdraws_who_died(self) -> None:
        """Until then colleagues keep what they know of them, and tell no value of theirs."""
        for office, letter in self.not_withdrawn:
            with suppress(Unknown):  # withdrawn already, or never enrolled in this past of the centre
                revoke(self.ground.central.centre, office, letter)
        self.not_withdrawn.clear()

    def dies(self, at: int, *, same_letter: bool) -> None:
        """Its disk is gone; another computer is enrolled in its place, as the same desk or as another of its office."""
        self.deaths += 1
        dead = self.desks[at]
        letter = letter_of(dead)
        dead.close()
        self.imports = [one for one in self.imports if one[0] != at]
        self.ground.network.plan()
        self.desks[at] = self.ground.newcomer(self.offices[at], letter if same_letter else "")
        if not same_letter:  # else the city has withdrawn it by enrolling the other
            self.not_withdrawn.add((self.offices[at], letter))

    def forget_what_is_nowhere(self) -> None:
        """Ask nobody any more for what the centre has not, and none of the living either."""
        kept: Kept = {}
        at_the_centre(self.ground.central.centre, self.created, kept)
        there: set[str] = set()
        for work in self.everybody():
            said_by(work, kept)
            told_to(work, kept)
            there |= bytes_at(work)
        self.created = [id_ for id_ in self.created if id_ in kept]
        self.values = [
            (id_, field, value) for id_, field, value in self.values if said(field, value) in kept.get(id_, ())
        ]
        self.children = {id_: text for id_, text in self.children.items() if id_ in kept}
        papers = {id_: sha256 for id_, sha256 in (self.files | self.names).items() if id_ in kept}
        central = self.ground.central
        self.files = {
            id_: sha256
            for id_, sha256 in papers.items()
            if sha256 in there or bytes_at_the_centre(central, sha256) is not None
        }
        self.names = {id_: sha256 for id_, sha256 in papers.items() if id_ not in self.files}

    def undone(self) -> set[str]:
        """An import is undone again at a restored centre: the edit that kept a row may be lost with who wrote it."""
        gone = self.deaths and self.forgets
        return set().union(*(taken_back(work) for work in self.everybody())) if gone else set()

    def _converge(self) -> None:
        self.the_city_withdraws_who_died()
        super()._converge()
        if self.forgets and not self.copied:
            found = held_by_the_centre(self.ground.central).values()
            numbers = Counter(line["reference"] for line in found if line["id"] in self.created)
            assert not [number for number, times in numbers.items() if times > 1]


def letter_of(work: DeskAtWork) -> str:
    """The letter as which a desk was enrolled."""
    with work.desk.store.read() as transaction:
        return identity(transaction).desk


def device_of(work: DeskAtWork) -> str:
    """The name that the centre gave this computer."""
    with work.desk.store.read() as transaction:
        return identity(transaction).device
