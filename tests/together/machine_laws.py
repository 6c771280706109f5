"""What the machine of desks checks after every step, and at the end, when all is quiet."""

import json
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from central_server.store import tables as t
from kelurahan_client.services.desk import identity
from kelurahan_client.store import outbox, settings
from kelurahan_client.store.tables import outbox as outbox_table
from sync.reconciling import desk_state_hash
from tests.together.desk_at_work import DeskAtWork, held_by_the_centre, problems_of, without
from tests.together.desk_ground import Ground
from tests.together.laws import nothing_is_doubled, nothing_is_skipped, the_same_is_held
from tests.together.photos import at_the_centre as bytes_at_the_centre
from tests.together.whereabouts import Kept, at_the_centre, said, said_by, told_to


class Laws(RuleBasedStateMachine):
    """Knows the desks, their offices, and everything that a person wrote. `ground` is set by a subclass."""

    ground: Ground
    forgets = False  # whether the centre may have lost what it acknowledged, until the desks come again

    def __init__(self) -> None:
        super().__init__()
        self.desks: list[DeskAtWork] = []
        self.offices: list[str] = []
        self.created: list[str] = []
        self.values: list[tuple[str, str, Any]] = []  # complaint, field, value: everything that a person wrote
        self.children: dict[str, str] = {}  # id of a follow-up or a step -> its text
        self.files: dict[str, str] = {}  # id of an attachment -> its SHA-256
        self.names: dict[str, str] = {}  # the same of files whose bytes went with a disk
        self.deaths = 0  # of desks; from then on what colleagues were told counts too

    def everybody(self) -> list[DeskAtWork]:
        """Every computer at which somebody works or has worked."""
        return self.desks

    def undone(self) -> set[str]:
        """Complaints whose values nobody promises any more."""
        return set()

    @invariant()
    def every_guarantee_holds(self) -> None:
        """G1 to G5 and G8 wherever they can be seen at any moment; the others show in what must come together."""
        if not self.desks:
            return
        centre = self.ground.central.centre
        nothing_is_doubled(centre)
        for work in self.desks:
            nothing_is_skipped(centre, work.desk)
            if not self.forgets:
                self._what_was_acknowledged_is_kept(work)
        self._the_same_cursor_is_the_same_state()
        self._everything_exists_somewhere()

    def _what_was_acknowledged_is_kept(self, work: DeskAtWork) -> None:
        with work.desk.store.read() as transaction:
            assert outbox.ends_well(transaction)
            query = select(outbox_table.c.epoch, outbox_table.c.n).where(outbox_table.c.result.is_not(None))
            answered = {tuple(row) for row in transaction.connection.execute(query)}
            device = identity(transaction).device
        with self.ground.central.centre.store.reading() as session:
            m = t.mutation.c
            known = session._connection.execute(select(m.epoch, m.n).where(m.device == device))
            assert answered <= {tuple(row) for row in known}

    def _the_same_cursor_is_the_same_state(self) -> None:
        """Of desks that have nothing of their own under way."""
        states: dict[tuple[str, str, str], str] = {}
        for at, work in enumerate(self.desks):
            with work.desk.store.read() as transaction:
                cursor = settings.get(transaction, settings.CURSOR)
                quiet = cursor and outbox.count_waiting(transaction) == 0
            if quiet:
                place = (self.offices[at], cursor["server_epoch"], cursor["cursor"].split(".")[0])
                state = desk_state_hash(work.desk)
                assert states.setdefault(place, state) == state, (at, place)

    def _everything_exists_somewhere(self) -> None:
        """In the centre, or in the outbox of somebody."""
        kept: Kept = {}
        at_the_centre(self.ground.central.centre, self.created, kept)
        for work in self.everybody():
            said_by(work, kept)
            if self.deaths:
                told_to(work, kept)
        assert {*self.created, *self.children, *self.files, *self.names} <= {*kept}
        for id_, text in self.children.items():
            assert kept[id_] & {said("text", text), said("note", text)}, (id_, text)
        for id_, field, value in self.values:
            known = kept[id_] & {said(field, value), said(field, str(value))}
            assert known or value in ("", None) or id_ in self.undone(), (id_, field, value)

    def _agrees(self, at: int) -> None:
        """A desk that has just exchanged has nothing waiting and holds exactly what the centre has for its office."""
        work = self.desks[at]
        assert work.outbox("waiting") == []
        there = held_by_the_centre(self.ground.central, self.offices[at])
        here = without(work.listed(), "sync_state")
        assert set(here) == set(there), (at, set(here) - set(there), set(there) - set(here))
        for id_, line in there.items():
            differs = {name: (here[id_][name], line[name]) for name in line if here[id_][name] != line[name]}
            assert not differs, (at, id_, differs)
        the_same_is_held(self.ground.central.centre, work.desk)

    def _converge(self) -> None:
        for _ in range(2):
            for desk in self.desks:
                assert desk.exchange().rejected == 0
        for at, desk in enumerate(self.desks):
            before = desk.dump()
            outcome = desk.exchange()
            assert (outcome.sent, outcome.received, outcome.blobs_waiting) == (0, 0, 0)
            assert desk.dump() == before
            assert problems_of(desk.desk) == []
            self._agrees(at)
        for at, desk in enumerate(self.desks):
            first = self.desks[self.offices.index(self.offices[at])]
            assert desk.listed() == first.listed()
            assert _conflicts(desk) == _conflicts(first)
        self._nothing_is_lost()

    def _nothing_is_lost(self) -> None:
        central = self.ground.central
        wanted = {*self.created, *self.children, *self.files, *self.names}
        rows = central.sql("SELECT id, type, parent, body FROM record WHERE type NOT IN ('agency', 'category')")
        bodies = {row["id"]: json.loads(row["body"]) for row in rows}
        assert wanted <= set(bodies)
        assert len(rows) == len(bodies)
        for id_, text in self.children.items():
            assert text in (bodies[id_].get("text"), bodies[id_].get("note"))
        for id_, sha256 in self.files.items():
            assert bodies[id_]["sha256"] == sha256
            assert bytes_at_the_centre(central, sha256) is not None
        assert all(bodies[id_]["sha256"] == sha256 for id_, sha256 in self.names.items())
        kept = [(id_, name, value) for id_ in self.created for name, value in bodies[id_].items()]
        for row in rows:
            if row["type"] == "conflict":
                kept += [
                    (row["parent"], bodies[row["id"]]["field"], side["value"]) for side in bodies[row["id"]]["sides"]
                ]
        for row in central.sql("SELECT record, field, was, value FROM history WHERE field <> ''"):
            kept += [(row["record"], row["field"], json.loads(row[part])) for part in ("was", "value")]
        for written in self.values:
            assert written in kept or written[0] in self.undone(), written


def _conflicts(work: DeskAtWork) -> list[Any]:
    return [(conflict.id, conflict.field, conflict.body) for conflict in work.conflicts()]
