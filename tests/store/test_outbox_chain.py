"""The outbox: contiguous numbers, one unbroken chain, bytes that never change, and never a row without its entry."""

from collections.abc import Callable
from random import Random
from typing import Self

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select, text

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.status import steps_from
from kelurahan_client.services import handling, intake
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.doctor import chain_holds
from kelurahan_client.store import outbox, tables
from sync.framing import CHAIN_START, chain
from sync.protocol import Mutation, Op, Result, ResultKind
from tests.desk_making import FEW, an_intake, register


def entries(desk: Desk, epoch: str | None = None) -> list[outbox.Entry]:
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
        found = outbox.by_numbers(transaction, epoch or end.epoch, 1, 1_000_000)
    return [found[n] for n in sorted(found)]


def assert_chained(found: list[outbox.Entry], end: outbox.Tail) -> None:
    assert [entry.n for entry in found] == list(range(1, end.n + 1))
    previous = CHAIN_START
    for entry in found:
        assert msgspec.json.decode(entry.line, type=Mutation).n == entry.n
        previous = chain(previous, entry.line)
        assert entry.hash == previous
    assert end.hash == previous


def tail(desk: Desk) -> outbox.Tail:
    with desk.store.read() as transaction:
        return outbox.tail(transaction)


def test_every_use_case_adds_its_link(desk: Desk) -> None:
    made = register(desk)
    handling.edit(desk, made.id, {"location": "Muka Langgar Darul Iman"})
    handling.follow_up(desk, made.id, "Sudah ditinjau.")
    handling.transition(desk, made.id, Status.VERIFIED)
    found = entries(desk)
    assert [entry.op for entry in found] == [Op.CREATE, Op.PATCH, Op.APPEND, Op.TRANSITION]
    assert {entry.complaint_id for entry in found} == {made.id}
    assert_chained(found, tail(desk))


def test_many_at_once_are_numbered_in_their_order(desk: Desk) -> None:
    made = intake.add_all(desk, [{"reporter_name": "Siti", "statement": f"Lampu {n} padam."} for n in range(30)])
    found = entries(desk)
    assert [entry.complaint_id for entry in found] == [complaint.id for complaint in made]
    assert_chained(found, tail(desk))


def test_nothing_changed_says_nothing(desk: Desk) -> None:
    made = register(desk)
    handling.edit(desk, made.id, {"reporter_name": "  Siti   Aminah "})
    assert tail(desk).n == 1


class CutAt:
    """Stops the work at the k-th statement that reaches the database, as a power cut would."""

    def __init__(self, desk: Desk, k: int) -> None:
        self._engine = desk.store._engine
        self._left = k
        self.reached = False

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._count)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            self.reached = True
            raise RuntimeError("the power goes")


def everything(desk: Desk) -> list[object]:
    kept = (tables.complaint, tables.entry, tables.outbox, tables.counter, tables.draft, tables.meta)
    with desk.store.read() as transaction:
        run = transaction.connection.execute
        rows: list[object] = [run(select(table).order_by(*table.primary_key)).all() for table in kept]
        return [*rows, run(text("SELECT rowid FROM complaint_text ORDER BY 1")).all()]


WORK: dict[str, Callable[[Desk, Complaint], object]] = {
    "register": lambda desk, _: intake.register(desk, an_intake(), "draft-1"),
    "add": lambda desk, _: intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Banjir."}] * 3),
    "edit": lambda desk, made: handling.edit(desk, made.id, {"statement": "Lampu jalan menyala siang hari."}),
    "follow-up": lambda desk, made: handling.follow_up(desk, made.id, "Sudah ditinjau."),
    "transition": lambda desk, made: handling.transition(desk, made.id, Status.ON_HOLD, "Alamatnya di mana?"),
}


@pytest.mark.parametrize("name", WORK)
def test_a_cut_at_any_statement_leaves_all_or_nothing(desk: Desk, name: str) -> None:
    made = register(desk)
    intake.save_draft(desk, {"statement": "…"}, "draft-1")
    before = everything(desk)
    statement = 0
    while True:
        statement += 1
        with CutAt(desk, statement) as cut:
            try:
                WORK[name](desk, made)
            except RuntimeError:
                assert cut.reached
        if not cut.reached:
            break
        assert everything(desk) == before
    assert statement > 3
    assert everything(desk) != before
    assert_chained(entries(desk), tail(desk))


def test_an_answer_stands_beside_the_bytes_and_the_first_one_stays(desk: Desk) -> None:
    register(desk)
    register(desk)
    before = entries(desk)
    epoch = tail(desk).epoch
    first = Result(n=1, result=ResultKind.REJECTED, id=before[0].complaint_id, number=202, reason="Terlalu panjang.")
    later = Result(n=1, result=ResultKind.APPLIED, id=before[0].complaint_id, rev=4)
    unknown = Result(n=77, result=ResultKind.APPLIED, id="nobody")
    with desk.store.write() as transaction:
        outbox.answer(transaction, epoch, [first, unknown], "2026-08-03T03:00:00Z")
        outbox.answer(transaction, epoch, [later], "2026-08-03T04:00:00Z")
        outbox.answer(transaction, "another epoch", [later], "2026-08-03T04:00:00Z")
        assert outbox.counts(transaction) == (1, 1)
        assert [entry.n for entry in outbox.waiting(transaction, epoch, after=0, limit=10)] == [2]
    after = entries(desk)
    assert [(entry.line, entry.hash) for entry in after] == [(entry.line, entry.hash) for entry in before]
    answered = after[0]
    assert (answered.result, answered.number, answered.reason) == (ResultKind.REJECTED, 202, "Terlalu panjang.")
    assert answered.answered_at == "2026-08-03T03:00:00Z"


def test_a_new_epoch_numbers_from_one_and_keeps_the_old(desk: Desk) -> None:
    register(desk)
    old = tail(desk)
    with desk.store.write() as transaction:
        outbox.start_epoch(transaction, "epoch-2")
    register(desk)
    assert_chained(entries(desk), tail(desk))
    assert_chained(entries(desk, old.epoch), old)
    with desk.store.read() as transaction:
        assert chain_holds(outbox.chain_links(transaction))
        assert outbox.ends_well(transaction)
        assert outbox.hash_before(transaction, "epoch-2", 1) == CHAIN_START


def test_attempts_are_written_down_up_to_where_they_went(desk: Desk) -> None:
    for _ in range(3):
        register(desk)
    with desk.store.write() as transaction:
        outbox.mark_tried(transaction, outbox.tail(transaction).epoch, 2, "2026-08-03T03:00:00Z")
    assert [entry.tried_at is not None for entry in entries(desk)] == [True, True, False]


def _fail(desk: Desk, made: list[Complaint], random: Random) -> None:
    with pytest.raises(RuntimeError), CutAt(desk, random.randint(2, 4)):
        register(desk)


def _edit(desk: Desk, made: list[Complaint], random: Random) -> None:
    handling.edit(desk, random.choice(made).id, {"title": f"Judul {random.randint(1, 9)}"})


def _follow(desk: Desk, made: list[Complaint], random: Random) -> None:
    handling.follow_up(desk, random.choice(made).id, "Sudah ditinjau.")


def _move(desk: Desk, made: list[Complaint], random: Random) -> None:
    now = handling.find(desk, random.choice(made).reference)
    if steps := steps_from(now.status):
        to = random.choice(steps).to
        handling.transition(desk, now.id, to, "Catatan.", "DLH" if to is Status.REFERRED else "")


def _add(desk: Desk, made: list[Complaint], random: Random) -> None:
    made += intake.add_all(desk, [{"reporter_name": "Siti", "statement": "Banjir."}] * random.randint(1, 3))


def _answer(desk: Desk, made: list[Complaint], random: Random) -> None:
    answer = Result(n=random.randint(1, tail(desk).n), result=ResultKind.APPLIED, id="x", rev=1)
    with desk.store.write() as transaction:
        outbox.answer(transaction, outbox.tail(transaction).epoch, [answer], "2026-08-03T03:00:00Z")


@FEW
@given(
    steps=st.lists(st.sampled_from([_add, _edit, _follow, _move, _fail, _answer]), max_size=25),
    random=st.randoms(use_true_random=False),
)
def test_whatever_is_done_in_whatever_order_the_chain_holds(
    desk: Desk, steps: list[Callable[[Desk, list[Complaint], Random], None]], random: Random
) -> None:
    with desk.store.write() as transaction:
        outbox.start_epoch(transaction, desk.random(8).hex())
    made = [register(desk)]
    sealed: dict[int, bytes] = {}
    for step in steps:
        step(desk, made, random)
        for entry in entries(desk):
            assert sealed.setdefault(entry.n, entry.line) == entry.line
    assert_chained(entries(desk), tail(desk))


def test_counting_what_waits_reads_none_of_what_was_answered(desk: Desk) -> None:
    """The chip asks at every change; a desk of many years must not read all that it ever said for it."""
    register(desk)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    with desk.store.read() as transaction:
        connection = transaction.connection
        event.listen(connection.engine, "before_cursor_execute", note)
        assert outbox.counts(transaction) == (1, 0)
        event.remove(connection.engine, "before_cursor_execute", note)
        plans = [str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()) for statement in asked]
    assert "INDEX outbox_waiting" in plans[0]
    assert "INDEX outbox_rejected" in plans[1]
