"""The pasts of a desk: what waits again, is issued again, may be forgotten; and the chain holds throughout."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Status
from kelurahan_client.services import handling, lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.doctor import chain_holds
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.store import complaints, epochs, outbox, settings
from kelurahan_client.store.engine import Transaction
from sync.protocol import Result, ResultKind
from tests.desk_making import FEW, register

AT = "2026-08-03T03:00:00Z"
LATER = "2027-01-01T00:00:00Z"


def answer(transaction: Transaction, *numbers: int, kind: ResultKind = ResultKind.APPLIED) -> None:
    epoch = outbox.tail(transaction).epoch
    outbox.answer(transaction, epoch, [Result(n, kind) for n in numbers], AT)


def numbers(transaction: Transaction, epoch: str) -> list[int]:
    return sorted(outbox.by_numbers(transaction, epoch, 0, 10_000))


def sound(transaction: Transaction) -> bool:
    return chain_holds(outbox.chain_links(transaction)) and outbox.ends_well(transaction)


def test_what_the_centre_has_lost_waits_again_under_its_own_number(desk: Desk) -> None:
    one, two = register(desk), register(desk)
    handling.follow_up(desk, two.id, "Ditelepon")
    handling.transition(desk, two.id, Status.VERIFIED, "Dilihat")
    with desk.store.write() as transaction:
        answer(transaction, 1, 2, 3, 4)
        entries = complaints.timeline(transaction, two.id)
        complaints.acknowledge_entries(transaction, [entry.id for entry in entries])
        complaints.set_revisions(transaction, {one.id: (1, AT), two.id: (3, AT)})
        before = outbox.by_numbers(transaction, outbox.tail(transaction).epoch, 1, 4)
        lost = epochs.reopen(transaction, before[1].epoch, 1)
        assert [entry.n for entry in lost] == [2, 3, 4]
        waiting = outbox.waiting(transaction, before[1].epoch, after=0, limit=10)
        assert [entry.line for entry in waiting] == [before[n].line for n in (2, 3, 4)]
        assert sound(transaction)
        found = complaints.get_many(transaction, [one.id, two.id])
        kept, gone = found[one.id], found[two.id]
        assert (kept.complaint.rev, gone.complaint.rev, gone.complaint.server_received_at) == (1, 0, None)
        assert not any(entry.acknowledged for entry in complaints.timeline(transaction, two.id))


def test_what_the_centre_knows_otherwise_is_issued_again_in_a_new_epoch(desk: Desk) -> None:
    made = [register(desk) for _ in range(4)]
    handling.edit(desk, made[3].id, {"title": "Judul baru"})
    with desk.store.write() as transaction:
        old = outbox.tail(transaction)
        answer(transaction, 1)
        moved = epochs.issue_again(transaction, old.epoch, 2, "masa-kedua")
        assert [entry.n for entry in moved] == [3, 4, 5]
        assert numbers(transaction, old.epoch) == [1, 2]
        assert numbers(transaction, "masa-kedua") == [1, 2, 3]
        assert sound(transaction)
        again = outbox.waiting(transaction, "masa-kedua", after=0, limit=10)
        for entry, first in zip(again, moved, strict=True):
            said = json.loads(first.line) | {"n": entry.n, "again": True}
            assert json.loads(entry.line) == said
        turn = epochs.next_turn(transaction)  # the old past still has something to say
        assert (turn.end.epoch, turn.end.n, turn.present) == (old.epoch, 2, "masa-kedua")
        outbox.answer(transaction, old.epoch, [Result(2, ResultKind.APPLIED)], AT)
        assert epochs.next_turn(transaction) == epochs.Turn(outbox.tail(transaction), "")
        assert [entry.n for entry in outbox.unanswered_of(transaction, made[3].id)] == [2, 3]
    register(desk)
    with desk.store.read() as transaction:
        assert numbers(transaction, "masa-kedua") == [1, 2, 3, 4]
        assert sound(transaction)
    assert len(lists.keys(desk, ListFilter())) == 5


def test_after_a_restore_of_the_centre_every_old_past_is_asked_about(desk: Desk) -> None:
    register(desk)
    with desk.store.write() as transaction:
        first = outbox.tail(transaction).epoch
        answer(transaction, 1)
        epochs.issue_again(transaction, first, 1, "masa-kedua")
        epochs.doubt(transaction)
        assert epochs.next_turn(transaction).end.epoch == first
        epochs.trust(transaction, first)
        assert epochs.next_turn(transaction).end.epoch == "masa-kedua"


@given(
    answered=st.lists(st.sampled_from(["old", "new", "rejected", "waits"]), min_size=1, max_size=8),
    durable=st.integers(0, 9),
)
@FEW
def test_only_what_is_safe_and_old_is_forgotten(desk: Desk, answered: list[str], durable: int) -> None:
    with desk.store.read() as transaction:  # rolled back
        run = transaction.connection.exec_driver_sql
        run("DELETE FROM outbox")
        outbox.start_epoch(transaction, "masa")
        settings.put(transaction, settings.PRUNED, {})
        pending = [a_change(number) for number in range(len(answered))]
        outbox.append(transaction, pending)
        for n, how in enumerate(answered, start=1):
            kind = ResultKind.REJECTED if how == "rejected" else ResultKind.APPLIED
            if how != "waits":
                at = AT if how in ("old", "rejected") else LATER
                outbox.answer(transaction, "masa", [Result(n, kind)], at)
        epochs.keep_durable(transaction, "masa", min(durable, len(answered)))
        epochs.prune(transaction, "2026-12-01T00:00:00Z")
        kept = numbers(transaction, "masa")
        forgotten = [n for n in range(1, len(answered) + 1) if n not in kept]
        assert all(answered[n - 1] == "old" and n < min(durable, len(answered)) for n in forgotten)
        assert kept == list(range(len(forgotten) + 1, len(answered) + 1))
        assert sound(transaction)
        assert epochs.first_kept(transaction, "masa") == (kept[0] if forgotten else 0)
        if len(set(answered)) == 1 and answered[0] == "old" and durable >= len(answered):
            assert len(forgotten) == max(0, len(answered) - 2)


def a_change(number: int) -> outbox.Pending:
    return outbox.Pending(
        op=outbox.Op.CREATE,
        type="complaint",
        id=f"0198a000-0000-7000-8000-{number:012d}",
        complaint_id=f"0198a000-0000-7000-8000-{number:012d}",
        set={},
        was={},
        base_rev=0,
        actor="",
        device_time=AT,
    )


def test_a_hash_is_known_while_its_entry_is_kept(desk: Desk) -> None:
    register(desk)
    with desk.store.read() as transaction:
        end = outbox.tail(transaction)
        assert epochs.is_known(transaction, end.epoch, 1, end.hash)
        assert not epochs.is_known(transaction, end.epoch, 1, bytes(32))
        assert not epochs.is_known(transaction, end.epoch, 2, end.hash)
        assert epochs.is_known(transaction, end.epoch, 0, bytes(32))
        assert not epochs.is_known(transaction, end.epoch, 0, end.hash)
