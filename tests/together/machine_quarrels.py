"""Rules of the machine of desks: people who write different things about the same, and people who decide it."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import rule
from hypothesis.strategies import SearchStrategy

from kelurahan_client.errors import InputError
from kelurahan_client.services import deciding, taking_back
from tests.together.machine_laws import Laws

TEXTS = ("Satu", "Dua", "Tiga", "Lampu padam", "Jl. Kuin 7", "ü 漢 🚧")
FIELDS = st.sampled_from(["title", "location", "note", "location_office"])
PICK = st.integers(0, 30)
DESKS: SearchStrategy[int] = st.runner().flatmap(lambda machine: st.integers(0, machine.count - 1))


class Quarrels(Laws):
    """Works on what the machine knows: the desks, their offices, and every value that a person wrote."""

    count = 3  # desks, up to five

    @rule(pick=PICK, field=FIELDS, others=st.sampled_from([(0, 1), (0, 2), (1, 2), (0, 1, 2)]), they_hear=st.booleans())
    def write_different_things(self, pick: int, field: str, others: tuple[int, ...], they_hear: bool) -> None:
        here = [self.desks[at].listed() for at in others]
        known = [id_ for id_ in self.created if all(id_ in listed for listed in here)]
        if not known:
            return
        id_ = known[pick % len(known)]
        for at in others:
            value = self.offices[at] if field == "location_office" else f"{TEXTS[pick % len(TEXTS)]} dari {at}"
            self.desks[at].edit(id_, **{field: value})
            self.values.append((id_, field, value))
        if they_hear:
            self.ground.network.plan()
            for at in (*others, *others):
                assert self.desks[at].exchange().rejected == 0

    @rule(at=DESKS, pick=PICK, which=st.integers(0, 3), text=st.sampled_from(TEXTS))
    def decide(self, at: int, pick: int, which: int, text: str) -> None:
        desk = self.desks[at]
        waiting = [found for found in desk.conflicts() if not found.decided and found.complaint_id in desk.listed()]
        if not waiting:
            return
        found = waiting[pick % len(waiting)]
        sides = found.body["sides"]
        if which < len(sides) or found.field not in ("title", "location", "note"):
            value = sides[which % len(sides)]["value"]
            deciding.take_side(desk.desk, found.id, sides[which % len(sides)]["id"], text)
        else:
            value = text
            deciding.write_value(desk.desk, found.id, value, f"Alasan {text}")
        self.values.append((found.complaint_id, found.field, value))

    @rule(at=st.integers(0, 2), pick=PICK)
    def take_back(self, at: int, pick: int) -> None:
        desk = self.desks[at]
        waiting = [found for found in desk.conflicts() if found.decided and found.complaint_id in desk.listed()]
        if not waiting:
            return
        found = waiting[pick % len(waiting)]
        with suppress(InputError):  # it was edited since
            taking_back.take_back(desk.desk, found.id)
