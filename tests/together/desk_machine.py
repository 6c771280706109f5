"""Three desks of two offices, one centre, and a network that breaks: anything in any order, checked after every step.

The tests run it shortly, `benchmarks.soak` for as long as one likes.
"""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from kelurahan_client.domain.status import steps_from
from kelurahan_client.errors import ExchangeError, IllegalStep
from kelurahan_client.services import importing
from sync.digest import state_hash
from sync.reconciling import desk_state_hash
from tests.desk_making import START
from tests.together.broken_network import BAD_GATEWAY, LOST_REPLY, LOST_REQUEST, PORTAL, Fault
from tests.together.desk_at_work import DeskAtWork, held_by_the_centre, without
from tests.together.desk_ground import Ground
from tests.together.machine_quarrels import PICK, TEXTS, Quarrels

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
FAULTS = (
    None,
    None,
    None,
    LOST_REPLY,
    LOST_REPLY,
    LOST_REQUEST,
    PORTAL,
    BAD_GATEWAY,
    Fault(refuse=True),
    Fault(cut_request=500),
    Fault(cut_reply=60),
    Fault(cut_reply=420),
    Fault(cut_reply=420, unsized=True),
    Fault(flip_reply=-30),
)
DESKS = st.integers(0, 2)


class DeskMachine(Quarrels):
    """What clerks may do. `ground` is set by a subclass."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.children: dict[str, str] = {}  # id of a follow-up or a step -> its text
        self.imports: list[tuple[int, str]] = []

    @initialize()
    def enrol(self) -> None:
        self.ground.network.plan()
        self.desks = self.ground.new_desks()
        self.offices = [work.office for work in self.desks]
        for at in (0, 2):
            self.register(at, "Lampu padam", elsewhere=at == 0)
            self.exchange(at, None)
        for at in range(3):
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
        if id_ is not None:
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

    @rule(at=DESKS, fault=st.sampled_from(FAULTS))
    def exchange(self, at: int, fault: Fault | None) -> None:
        desk = self.desks[at]
        if fault is None:
            self.ground.network.plan()
            outcome = desk.exchange()
            assert outcome.rejected == 0, desk.outbox("rejected")
            self._agrees(at)
            return
        before = desk.dump(attempts=False)
        self.ground.network.plan(fault)
        try:
            desk.exchange()
        except ExchangeError:
            assert desk.dump(attempts=False) == before
        else:
            raise AssertionError(f"{fault} was not noticed")
        finally:
            self.ground.network.plan()

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

    def _agrees(self, at: int) -> None:
        """A desk that has just exchanged has nothing waiting and holds exactly what the centre has for its office."""
        desk = self.desks[at]
        assert desk.outbox("waiting") == []
        here = without(desk.listed(), "sync_state")
        there = held_by_the_centre(self.ground.central, self.offices[at])
        assert set(here) == set(there), (at, set(here) - set(there), set(there) - set(here))
        differing = {
            (id_, name): (value, there[id_][name])
            for id_, line in here.items()
            for name, value in line.items()
            if value != there[id_][name]
        }
        assert differing == {}, differing
        with self.ground.central.centre.store.reading() as session:
            assert desk_state_hash(desk.desk) == state_hash(session.feed.held(self.offices[at]))

    def teardown(self) -> None:
        try:
            if self.desks:
                self._converge()
        finally:
            for desk in self.desks:
                desk.close()

    def _converge(self) -> None:
        for _ in range(2):
            for desk in self.desks:
                assert desk.exchange().rejected == 0
        for at, desk in enumerate(self.desks):
            before = desk.dump()
            outcome = desk.exchange()
            assert (outcome.sent, outcome.received) == (0, 0)
            assert desk.dump() == before
            assert desk.problems() == []
            self._agrees(at)
        assert self.desks[0].listed() == self.desks[1].listed()
        assert _conflicts(self.desks[0]) == _conflicts(self.desks[1])
        self._nothing_is_lost()

    def _nothing_is_lost(self) -> None:
        central = self.ground.central
        wanted = {*self.created, *self.children}
        rows = central.sql("SELECT id, type, parent, body FROM record WHERE type NOT IN ('agency', 'category')")
        bodies = {row["id"]: json.loads(row["body"]) for row in rows}
        assert wanted <= set(bodies)
        assert len(rows) == len(bodies)
        for id_, text in self.children.items():
            assert text in (bodies[id_].get("text"), bodies[id_].get("note"))
        kept = [(id_, name, value) for id_ in self.created for name, value in bodies[id_].items()]
        for row in rows:
            if row["type"] == "conflict":
                kept += [
                    (row["parent"], bodies[row["id"]]["field"], side["value"]) for side in bodies[row["id"]]["sides"]
                ]
        for row in central.sql("SELECT record, field, was, value FROM history WHERE field <> ''"):
            kept += [(row["record"], row["field"], json.loads(row[part])) for part in ("was", "value")]
        for written in self.values:
            assert written in kept, written


def _conflicts(work: DeskAtWork) -> list[Any]:
    return [(conflict.id, conflict.field, conflict.body) for conflict in work.conflicts()]
