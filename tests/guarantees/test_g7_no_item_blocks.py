"""G7: no item blocks the items behind it; what the centre refuses waits in sight, with its reason and every byte."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kelurahan_client.domain.complaint import Status, SyncState
from kelurahan_client.errors import Offline, Refused, Revoked
from kelurahan_client.services import lists
from kelurahan_client.store import epochs, outbox, settings
from sync import sending
from sync.protocol import ErrorNumber, Op, RecordType
from tests.together.desk_at_work import held_by_the_centre
from tools.broken_network import Fault


def tell(desk, complaint, op, values):
    """A line in the outbox that this program would never write."""
    pending = outbox.Pending(
        op=op,
        type=RecordType.COMPLAINT,
        id=complaint.id,
        complaint_id=complaint.id,
        set=values,
        was={},
        base_rev=complaint.rev,
        actor="Petugas",
        device_time="2026-08-03T02:32:11Z",
    )
    with desk.desk.store.write() as transaction:
        outbox.append(transaction, [pending])


def test_a_rejected_item_blocks_nothing_and_says_why(shared_central, make_desk, office):
    desk = make_desk(shared_central, office)
    first, second = desk.register(), desk.register()
    tell(desk, first, Op.ADD, {"tags": ["lampu"]})
    tell(desk, first, Op.PATCH, {"title": "nol \x00 di tengah"})
    tell(desk, first, Op.TRANSITION, {"status": "closed", "step": second.id, "note": ""})
    third = desk.register()
    desk.follow_up(second.id, "Ditelepon")
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied, outcome.rejected) == (7, 4, 3)
    rejected = desk.outbox("rejected")
    assert sorted(item.n for item in rejected) == [3, 4, 5]
    assert all(item.reason and item.reference == first.reference for item in rejected)
    assert desk.outbox("waiting") == []
    states = {complaint.id: desk.complaint(complaint.id).sync_state for complaint in (first, second, third)}
    assert states == {
        first.id: SyncState.REJECTED,
        second.id: SyncState.ACKNOWLEDGED,
        third.id: SyncState.ACKNOWLEDGED,
    }
    assert len(lists.detail(desk.desk, first.id).problems) == 3
    assert lists.state(desk.desk).rejected == 1  # complaint
    assert set(held_by_the_centre(shared_central, office)) == {first.id, second.id, third.id}
    assert desk.exchange().sent == 0
    held = shared_central.sql("SELECT n FROM quarantine WHERE office = :office ORDER BY n", office=office)
    assert [item["n"] for item in held] == [3, 4, 5]


def test_what_hangs_on_a_rejected_complaint_waits_with_it_and_is_released_with_it(shared_central, make_desk, offices):
    office, elsewhere = next(offices), next(offices)
    desk = make_desk(shared_central, office)
    complaint = desk.register(location_office=elsewhere)
    with desk.desk.store.write() as transaction:  # as a program with an error might have written it
        run = transaction.connection.exec_driver_sql
        line = bytes(run("SELECT line FROM outbox WHERE n = 1").scalar_one())
        tail = settings.get(transaction, settings.OUTBOX_TAIL)
        run("DELETE FROM outbox")
        settings.put(transaction, settings.OUTBOX_TAIL, tail | {"n": 0, "hash": bytes(32).hex()})
    values = json.loads(line)["set"] | {"reference": "0101Z-26-00001-A"}
    tell(desk, complaint, Op.CREATE, values)
    desk.follow_up(complaint.id, "Ditelepon")
    desk.step(complaint.id, Status.VERIFIED)
    outcome = desk.exchange()
    assert (outcome.sent, outcome.rejected) == (3, 3)
    assert held_by_the_centre(shared_central, office) == {}
    held = [json.loads(line) for line in shared_central.cli("quarantine").stdout.splitlines()]
    (create,) = [item for item in held if item["target"] == complaint.id and item["kind"]]
    assert shared_central.cli("release", str(create["id"])).returncode == 0
    assert set(held_by_the_centre(shared_central, office)) == {complaint.id}
    assert held_by_the_centre(shared_central, elsewhere)[complaint.id]["status"] == "verified"
    desk.exchange()
    assert desk.complaint(complaint.id).status is Status.VERIFIED
    assert desk.told(complaint.id, "follow_up") == {"Ditelepon"}
    assert desk.complaint(complaint.id).sync_state is SyncState.ACKNOWLEDGED
    assert desk.outbox("rejected") == []
    assert lists.state(desk.desk).rejected == 0


def test_a_withdrawn_desk_hears_nothing_and_loses_nothing(shared_central, make_desk, office):
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    known = one.register()
    one.exchange()
    two.exchange()
    assert shared_central.cli("revoke", "--office", office, "--desk", "A").returncode == 0
    late = one.register(title="Setelah dicabut")
    two.follow_up(known.id, "Dari loket B")
    two.exchange()
    before = one.dump(attempts=False)
    for _attempt in range(2):
        with pytest.raises(Revoked):
            one.exchange()
    assert one.dump(attempts=False) == before
    assert lists.state(one.desk).last_failure["title"]
    held = shared_central.sql("SELECT target FROM quarantine WHERE office = :office", office=office)
    assert [item["target"] for item in held] == [late.id]
    assert set(held_by_the_centre(shared_central, office)) == {known.id}


def test_all_that_waits_at_a_withdrawn_desk_comes_into_quarantine(shared_central, make_desk, office, monkeypatch):
    desk = make_desk(shared_central, office)
    first = [desk.register().id for _ in range(3)]
    with desk.desk.store.write() as transaction:
        epochs.issue_again(transaction, outbox.tail(transaction).epoch, 2, "c0ffee" * 5)  # an ended past waits too
    made = first + [desk.register().id for _ in range(4)]
    monkeypatch.setattr(sending, "MAX_ITEMS", 2)  # of a request
    shared_central.cli("revoke", "--office", office, "--desk", "A")
    for _attempt in range(2):
        with pytest.raises(Revoked):
            desk.exchange()
        held = shared_central.sql("SELECT target FROM quarantine WHERE office = :office ORDER BY id", office=office)
        assert [item["target"] for item in held] == made
    assert len(desk.outbox("waiting")) == len(made)


def test_a_withdrawn_desk_whose_replies_are_lost_stops_nowhere(shared_central, make_desk, office, network, monkeypatch):
    desk = make_desk(shared_central, office, network=network)
    for _ in range(6):
        desk.register(statement="Air meluap. " * 900)  # large enough to be asked about
    monkeypatch.setattr(sending, "MAX_ITEMS", 2)
    shared_central.cli("revoke", "--office", office, "--desk", "A")
    network.plan(Fault(cut_request=0), Fault(cut_reply=0))
    for error in (Offline, Offline, Revoked):
        with pytest.raises(error):
            desk.exchange()
    held = shared_central.sql("SELECT target FROM quarantine WHERE office = :office", office=office)
    assert len(held) == 6


def test_a_computer_that_follows_another_never_gives_a_number_twice(shared_central, make_desk, office):
    old = make_desk(shared_central, office)
    numbers = [old.register().reference for _ in range(3)]
    old.exchange()
    sent = set(old.listed())
    numbers += [old.register().reference for _ in range(3)]  # the receipts are printed, and the network is gone
    new = make_desk(shared_central, office)
    assert set(new.listed()) == sent
    numbers.append(new.register().reference)  # and breaks too
    newest = make_desk(shared_central, office)
    numbers.append(newest.register().reference)
    assert len(set(numbers)) == 8
    newest.exchange()
    assert len(held_by_the_centre(shared_central, office)) == 4
    with pytest.raises(Revoked):
        old.exchange()


def test_a_token_of_another_day_is_renewed_by_the_desks_signature(shared_central, make_desk, office):
    desk = make_desk(shared_central, office)
    complaint = desk.register()
    with desk.desk.store.write() as transaction:
        identity = settings.get(transaction, settings.IDENTITY)
        settings.put(transaction, settings.IDENTITY, identity | {"token": "bukan-kuncinya"})
    outcome = desk.exchange()
    assert (outcome.applied, outcome.round_trips) == (1, 2)
    assert set(held_by_the_centre(shared_central, office)) == {complaint.id}
    assert desk.exchange().round_trips == 1


def test_a_desk_that_cannot_sign_changes_nothing(shared_central, make_desk, office):
    desk = make_desk(shared_central, office)
    complaint = desk.register()
    with desk.desk.store.write() as transaction:
        identity = settings.get(transaction, settings.IDENTITY)
        wrong = {"token": "bukan-kuncinya", "signing_key": identity["sealing_key"]}
        settings.put(transaction, settings.IDENTITY, identity | wrong)
    before = desk.dump(attempts=False)
    with pytest.raises(Refused) as caught:
        desk.exchange()
    assert caught.value.number == ErrorNumber.TRAILER
    assert desk.dump(attempts=False) == before
    with desk.desk.store.write() as transaction:
        settings.put(transaction, settings.IDENTITY, identity)
    assert desk.exchange().applied == 1
    assert set(held_by_the_centre(shared_central, office)) == {complaint.id}


WRONG = (
    (Op.ADD, {"tags": ["lampu"]}),
    (Op.PATCH, {"title": "nol \x00 di tengah"}),
    (Op.PATCH, {"title": {"a": 1}}),
    (Op.PATCH, {"received_date": "kemarin"}),
    (Op.PATCH, {"location_office": "99.99.99.9999"}),
    (Op.PATCH, {"note": "x" * 40_000}),
    (Op.PATCH, {"x" * 200: 1}),
    (Op.TRANSITION, {"status": "closed", "step": "bukan-uuid", "note": ""}),
    (Op.RESOLVE, {"field": "title"}),
    (Op.CREATE, {}),
)


@hypothesis_settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(items=st.lists(st.sampled_from([None, None, *WRONG]), min_size=3, max_size=14))
def test_whatever_is_refused_among_good_items_in_any_order(shared_central, busy, items):
    desk, complaint = busy
    with desk.desk.store.read() as transaction:
        before = outbox.tail(transaction)
    texts = set()
    for at, item in enumerate(items):
        if item is None:
            texts.add(desk.follow_up(complaint.id, f"Nomor {before.n + at}").text)
        else:
            tell(desk, complaint, *item)
    outcome = desk.exchange()
    assert (outcome.applied, outcome.rejected) == (len(texts), len(items) - len(texts))
    with desk.desk.store.read() as transaction:
        entries = outbox.by_numbers(transaction, before.epoch, before.n + 1, before.n + len(items))
    assert [entries[n].result.value for n in sorted(entries)] == ["rejected" if item else "applied" for item in items]
    assert texts <= desk.told(complaint.id, "follow_up")
    held = shared_central.sql("SELECT n, line FROM quarantine WHERE epoch = :epoch", epoch=before.epoch)
    wrong = {n: entry.line for n, entry in entries.items() if entry.result.value == "rejected"}
    assert wrong.items() <= {row["n"]: bytes(row["line"]) for row in held}.items()


@pytest.fixture
def busy(shared_central, make_desk, office):
    """A desk and a complaint that the centre has."""
    desk = make_desk(shared_central, office)
    complaint = desk.register()
    desk.exchange()
    return desk, complaint
