"""Three to five desks of two offices, a centre, a network that breaks: anything in any order, checked at each step.

The tests run it shortly, `benchmarks.soak` for as long as one likes.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from kelurahan_client.domain.status import steps_from
from kelurahan_client.errors import ExchangeError, IllegalStep
from kelurahan_client.services import importing
from tests.desk_making import START
from tests.together.machine_quarrels import DESKS, PICK, TEXTS, Quarrels
from tests.together.photos import attach, photo
from tests.together.power_cut import power_goes
from tools.broken_network import (
    BAD_GATEWAY,
    DOUBLED,
    LOST_REPLY,
    LOST_REQUEST,
    OLD_REPLY,
    OLD_REQUEST,
    PORTAL,
    Fault,
)

VALUES: dict[str, tuple[Any, ...]] = {
    "title": TEXTS,
    "location": (*TEXTS, ""),
    "note": (*TEXTS, ""),
    "reporter_name": ("Siti", "Hj. Mariani"),
    "anonymous": (True, False),
    "confidential": (True, False),
    "priority": ("biasa", "mendesak"),
    "rt": ("001", "012", ""),
}
CHANGES = [(name, value) for name, values in VALUES.items() for value in values]
_CUTS = st.one_of(
    st.builds(Fault, cut_request=st.integers(1, 900)),
    st.builds(Fault, cut_reply=st.integers(1, 900), unsized=st.booleans()),
)
FAULTS = st.one_of(
    st.none(),
    st.none(),
    st.sampled_from([LOST_REPLY, LOST_REPLY, LOST_REQUEST, PORTAL, BAD_GATEWAY, Fault(refuse=True)]),
    st.sampled_from([DOUBLED, OLD_REQUEST, OLD_REPLY, Fault(flip_reply=-30)]),
    _CUTS,
)


class DeskMachine(Quarrels):
    """What clerks may do, and what may happen to their desks and on the way; see `Laws` for what must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.imports: list[tuple[int, str]] = []

    @initialize()
    def enrol(self) -> None:
        self.ground.network.plan()
        self.desks = self.ground.new_desks(self.count)
        self.offices = [work.office for work in self.desks]
        for at in (0, 2):
            self.register(at, "Lampu padam", elsewhere=at == 0)
            self.exchange(at, None)
        for at in range(self.count):
            self.exchange(at, None)

    def _visible(self, at: int, pick: int) -> str | None:
        here = self.desks[at].listed()
        known = [id_ for id_ in self.created if id_ in here]
        return known[pick % len(known)] if known else None

    @rule(at=DESKS, title=st.sampled_from(TEXTS), elsewhere=st.sampled_from([False, False, True]))
    def register(self, at: int, title: str, elsewhere: bool) -> None:
        place = self.offices[2] if elsewhere and at < 2 else ""
        made = self.desks[at].register(
            title=title, location_office=place, received_date=self.desks[at].desk.today(), anonymous=None
        )
        self.created.append(made.id)
        self.values.append((made.id, "title", made.title))

    @rule(at=DESKS, pick=PICK, change=st.sampled_from(CHANGES))
    def edit(self, at: int, pick: int, change: tuple[str, Any]) -> None:
        id_ = self._visible(at, pick)
        if id_ is not None and getattr(self.desks[at].complaint(id_), change[0]) != change[1]:  # else nothing is said
            self.desks[at].edit(id_, **{change[0]: change[1]})
            self.values.append((id_, *change))

    @rule(pick=PICK, name=st.sampled_from(sorted(VALUES)), first=PICK, second=PICK)
    def quarrel(self, pick: int, name: str, first: int, second: int) -> None:
        """Two desks of one office write the same field while apart."""
        for at, which in ((0, first), (1, second)):
            self.edit(at, pick, (name, VALUES[name][which % len(VALUES[name])]))

    @rule(at=DESKS, pick=PICK, goal=DESKS)
    def move(self, at: int, pick: int, goal: int) -> None:
        id_ = self._visible(at, pick)
        if id_ is not None:
            self.desks[at].edit(id_, location_office=self.offices[goal])
            self.values.append((id_, "location_office", self.offices[goal]))

    @rule(at=DESKS, pick=PICK, text=st.sampled_from(TEXTS))
    def follow_up(self, at: int, pick: int, text: str) -> None:
        id_ = self._visible(at, pick)
        if id_ is not None:
            entry = self.desks[at].follow_up(id_, text)
            self.children[entry.id] = text

    @rule(at=DESKS, pick=PICK, which=st.integers(0, 4))
    def step(self, at: int, pick: int, which: int) -> None:
        id_ = self._visible(at, pick)
        if id_ is None:
            return
        desk = self.desks[at]
        steps = steps_from(desk.complaint(id_).status)
        if not steps:
            return
        with suppress(IllegalStep):  # the days for reopening may be over, by this desk's clock
            note = f"Langkah {len(self.children)}"
            desk.step(id_, steps[which % len(steps)].to, note)
            (made,) = [entry for entry in desk.story(id_) if entry.kind == "status" and entry.text == note]
            self.children[made.id] = note

    @rule(at=DESKS)
    def import_book(self, at: int) -> None:
        desk = self.desks[at]
        day = f"{desk.desk.today():%d/%m/%Y}"
        number = len(self.created)
        book = self.ground.folder / "buku.csv"
        book.write_text(
            "No.,Tanggal,Nama,Alamat,Isi Pengaduan\n"
            + "".join(
                f"{number + row},{day},Warga {row},Jl. Kuin {row},Got mampet nomor {number + row}\n" for row in (1, 2)
            ),
            "utf-8",
        )
        before = set(desk.listed())
        done = importing.run(desk.desk, importing.plan(desk.desk, importing.inspect(desk.desk, book)))
        assert done.accepted == 2, done
        self.created += sorted(set(desk.listed()) - before)
        self.imports.append((at, done.import_id))

    @rule(change=st.sampled_from(CHANGES))
    def book_undone_while_a_colleague_works_on_it(self, change: tuple[str, Any]) -> None:
        self.import_book(0)
        self.exchange(0, None)
        self.exchange(1, None)
        self.edit(1, len(self.created) - 1, change)
        self.exchange(1, None)
        self.undo_import(len(self.imports) - 1)
        self.exchange(0, None)

    @rule(pick=PICK)
    def undo_import(self, pick: int) -> None:
        if self.imports:
            at, import_id = self.imports.pop(pick % len(self.imports))
            importing.undo(self.desks[at].desk, import_id)

    @rule(at=DESKS, days=st.sampled_from([-3650, -40, -1, 0, 1, 40, 3650]))
    def clock_is_wrong(self, at: int, days: int) -> None:
        self.desks[at].clock.at = START + timedelta(days=days)

    @rule(at=DESKS)
    def program_restarts(self, at: int) -> None:
        self.desks[at].close()
        self.desks[at].reopen()

    @rule(at=DESKS, fault=FAULTS)
    def exchange(self, at: int, fault: Fault | None) -> None:
        desk = self.desks[at]
        if fault is None or fault.is_harmless:
            self.ground.network.plan(*([fault] if fault else []))
            self._exchanged(at)
            return
        before = desk.dump(attempts=False)
        self.ground.network.plan(fault)
        try:
            outcome = desk.exchange()
        except ExchangeError:
            assert desk.dump(attempts=False) == before
        else:  # only a cut behind the last byte is none
            assert fault.cut_reply or fault.cut_request, f"{fault} was not noticed"
            assert outcome.rejected == 0
        finally:
            self.ground.network.plan()

    def _exchanged(self, at: int) -> None:
        """All of it, and what the centre says of files that have just arrived."""
        for _ in range(3):
            outcome = self.desks[at].exchange()
            assert outcome.rejected == 0, self.desks[at].outbox("rejected")
            if not outcome.blobs_sent:
                break
        else:
            raise AssertionError("it sends the same files again and again")
        self._agrees(at)

    @rule(at=DESKS, k=st.integers(1, 90), registers=st.booleans())
    def the_power_goes(self, at: int, k: int, registers: bool) -> None:
        """Before the k-th statement of what is done there; what the person was told of is there, the rest may be."""
        desk = self.desks[at]
        self.ground.network.plan()
        today = desk.desk.today()  # whatever this desk takes for it
        power_goes(desk, k, partial(desk.register, received_date=today) if registers else desk.exchange)
        assert desk.problems() == []
        self.created += sorted(set(desk.listed()) - {*self.created} if registers else ())

    @rule(at=DESKS, pick=PICK, seed=st.integers(0, 5))
    def attach(self, at: int, pick: int, seed: int) -> None:
        id_ = self._visible(at, pick)
        if id_ is not None:
            made = attach(self.desks[at], self.desks[at].complaint(id_), photo(700, seed))
            self.files[made.id] = made.sha256

    @rule(at=DESKS, pick=PICK, change=st.sampled_from(CHANGES))
    def exchange_while_working(self, at: int, pick: int, change: tuple[str, Any]) -> None:
        """A person writes while the reply is on its way; what the reply brings does not hide it."""
        id_ = self._visible(at, pick)
        if id_ is None:
            return
        self.ground.network.plan(Fault(meanwhile=lambda: self.edit(at, pick, change)))
        desk = self.desks[at]
        assert desk.exchange().rejected == 0
        if desk.outbox("waiting"):
            assert getattr(desk.complaint(id_), change[0]) == change[1]

    def teardown(self) -> None:
        try:
            if self.desks:
                self._converge()
        finally:
            for desk in self.desks:
                desk.close()
