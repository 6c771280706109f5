"""Mutations take effect exactly once, in their order, or the whole request is refused."""

import pytest

from sync.framing import CHAIN_START, compress, encode_line, seal
from sync.protocol import ErrorNumber, Mutation, Op, ResultKind


def test_a_complaint_is_applied_and_need_not_come_back(shared_central, new_desk):
    desk = new_desk(shared_central)
    create = desk.create(reporter_name="Ahmad", from_the_future={"a": [1, None]})
    reply = desk.exchange(create)
    (result,) = reply.results
    assert (result.result, result.rev, result.id, result.replayed) == (ResultKind.APPLIED, 1, create.id, False)
    assert reply.header.last_n == 1
    assert reply.header.last_hash == desk.hashes[1].hex()
    assert reply.changes == []
    other = new_desk(shared_central, desk.office, "B")
    other.cursor = ""
    change = other.all_pages().change(create.id)
    assert change.body["from_the_future"] == {"a": [1, None]}
    assert change.body["reporter_name"] == "Ahmad"
    assert change.body["channel"] == "tatap_muka"
    assert change.body["resident"] is True
    assert change.body["server_received_at"] == result.received_at
    assert "rev" not in change.body


def test_sent_again_nothing_happens_and_the_answers_are_the_same(shared_central, new_desk):
    desk = new_desk(shared_central)
    batch = [desk.create() for _ in range(20)]
    batch += [desk.patch(batch[0].id, {"title": "Dua"}, {"title": "Lampu jalan mati"}, base_rev=0)]
    batch += [desk.step(batch[1].id, "received", "verified", base_rev=0), desk.follow_up(batch[2].id, "Dilihat")]
    first = desk.exchange(*batch, keep=False)
    again = desk.exchange(*batch)
    assert all(result.result is ResultKind.APPLIED for result in first.results)
    assert [(r.n, r.result, r.rev, r.received_at) for r in again.results] == [
        (r.n, r.result, r.rev, r.received_at) for r in first.results
    ]
    assert all(result.replayed for result in again.results)
    assert again.changes == []
    assert again.header.cursor == first.header.cursor
    quiet = desk.exchange()
    assert (quiet.results, quiet.changes, quiet.header.cursor) == ([], [], again.header.cursor)


def test_a_request_may_overlap_what_is_known(shared_central, new_desk):
    desk = new_desk(shared_central)
    one, two, three = desk.create(), desk.create(), desk.create()
    desk.exchange(one, two)
    reply = desk.exchange(two, three)
    assert [(r.n, r.replayed) for r in reply.results] == [(2, True), (3, False)]


def test_another_past_is_a_fork_and_nothing_is_applied(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    first = desk.create()
    desk.exchange(first)
    desk.n, desk.hashes = 0, [CHAIN_START]  # a clone goes on from the same place
    other = [desk.create(), desk.create()]
    with pytest.raises(refused) as caught:
        desk.exchange(*other)
    assert (caught.value.status, caught.value.number) == (409, ErrorNumber.FORK)
    with pytest.raises(refused) as caught:
        desk.exchange(other[1])
    assert caught.value.number == ErrorNumber.FORK
    fresh = new_desk(shared_central, desk.office, "B")
    fresh.cursor = ""
    found = fresh.all_pages()
    assert found.change(first.id)
    assert not any(found.change(one.id) for one in other)


def test_a_gap_carries_nothing(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    desk.create()
    late = desk.create()
    with pytest.raises(refused) as caught:
        desk.exchange(late)
    assert (caught.value.status, caught.value.number) == (409, ErrorNumber.GAP)
    with pytest.raises(refused) as caught:
        desk.exchange()
    assert caught.value.number == ErrorNumber.GAP


def test_a_new_epoch_starts_at_one_and_known_complaints_are_the_same(shared_central, new_desk):
    desk = new_desk(shared_central)
    first = desk.create()
    desk.exchange(first)
    desk.epoch, desk.n, desk.hashes = "epoch-2", 0, [CHAIN_START]
    again = desk.mutation(Op.CREATE, "complaint", first.id, set=first.set)
    changed = desk.mutation(Op.CREATE, "complaint", first.id, set=first.set | {"title": "Lain"})
    reply = desk.exchange(again, changed)
    assert [(r.result, r.rev) for r in reply.results] == [(ResultKind.APPLIED, 1), (ResultKind.REJECTED, 0)]


def test_numbers_of_a_batch_must_follow_each_other(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    one, _two, three = desk.create(), desk.create(), desk.create()
    with pytest.raises(refused) as caught:
        desk.exchange(one, three)
    assert (caught.value.status, caught.value.number) == (400, ErrorNumber.MALFORMED)


def test_no_item_blocks_the_items_behind_it(shared_central, new_desk):
    desk = new_desk(shared_central)
    good = desk.create()
    bad = [
        desk.create(id_="bukan-uuid"),
        desk.create(received_date="kemarin"),
        desk.create(statement="x" * 20_001),
        desk.create(office="63.71.01.1001", desk="Z"),
        desk.create(reference="0101Z-26-00001-A"),
        desk.create(title="nol \x00 di tengah"),
        desk.create(location_office="63.71.99.1001"),
        desk.create(rev=7),
        desk.mutation(Op.ADD, "complaint", good.id, set={"tags": ["x"]}),
        desk.mutation(Op.RESOLVE, "conflict", good.id),
        desk.mutation(Op.CREATE, "weather", good.id),
        desk.patch(good.id, {"status": "closed"}, {}),
        desk.step(good.id, "received", "closed"),
        desk.step(good.id, "received", "nowhere"),
        desk.follow_up("00000000-0000-0000-0000-000000000000", "tanpa pengaduan"),
        desk.patch(good.id, {"x": [[[[[[[[[[[[[[[[[[["dalam"]]]]]]]]]]]]]]]]]]]}, {}),
        desk.patch(good.id, {"y" * 101: 1}, {}),
    ]
    last = desk.create()
    reply = desk.exchange(good, *bad, last)
    assert [r.result for r in reply.results] == [
        ResultKind.APPLIED,
        *[ResultKind.REJECTED] * len(bad),
        ResultKind.APPLIED,
    ]
    rejected = reply.results[1:-1]
    assert all(result.number > 200 and result.reason for result in rejected)
    assert reply.header.last_n == len(bad) + 2
    held = shared_central.sql("SELECT n, line FROM quarantine WHERE device = :device ORDER BY n", device=desk.device)
    assert [bytes(row["line"]) for row in held] == [encode_line(one) for one in bad]


def test_an_unreadable_mutation_is_kept_too(shared_central, new_desk):
    desk = new_desk(shared_central)
    strange = b'{"kind":"mutation","n":1,"op":"teleport","type":"complaint","id":"abc","set":{}}'
    after = Mutation(n=2, op=Op.CREATE, type="complaint", id=desk.create().id, set=desk.create().set)
    lines = [encode_line(desk.header(1)), strange, encode_line(after)]
    status, body, headers = desk.post(compress(seal(lines, desk.signing, "desk")))
    assert status == 200
    reply = desk.opened(body, headers)
    assert [(r.n, r.result) for r in reply.results] == [(1, ResultKind.REJECTED), (2, ResultKind.APPLIED)]
    (row,) = shared_central.sql("SELECT line FROM quarantine WHERE device = :device", device=desk.device)
    assert bytes(row["line"]) == strange


def test_a_row_that_the_database_refuses_waits_alone(central, new_desk):
    desk = new_desk(central)
    batch = [desk.create() for _ in range(4)]
    if central.database_url:
        central.sql(f"ALTER TABLE record ADD CONSTRAINT trap CHECK (id <> '{batch[1].id}')")
    else:
        central.sql(
            f"CREATE TRIGGER trap BEFORE INSERT ON record WHEN new.id = '{batch[1].id}' "
            "BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    reply = desk.exchange(*batch)
    expected = [ResultKind.APPLIED, ResultKind.REJECTED, ResultKind.APPLIED, ResultKind.APPLIED]
    assert [r.result for r in reply.results] == expected
    assert len(central.sql("SELECT id FROM record WHERE type = 'complaint'")) == 3
    seqs = [row["seq"] for row in central.sql("SELECT seq FROM scope ORDER BY seq")]
    assert len(seqs) == len(set(seqs))


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "identity"])
def test_replies_come_as_they_were_asked_for(shared_central, new_desk, encoding):
    desk = new_desk(shared_central)
    create = desk.create()
    status, body, headers = desk.post(desk.sealed(create), content_encoding="identity", accept_encoding=encoding)
    assert status == 200
    assert headers.get("content-encoding", "identity") == encoding
    assert desk.opened(body, headers).results[0].result is ResultKind.APPLIED


def test_five_hundred_complaints_need_one_round_trip_and_little_comes_back(shared_central, new_desk):
    desk = new_desk(shared_central)
    batch = [desk.create(statement=f"Jalan berlubang nomor {number}. " * 25) for number in range(500)]
    reply = desk.exchange(*batch)
    assert len(reply.results) == 500
    assert all(result.result is ResultKind.APPLIED for result in reply.results)
    assert reply.changes == []
    assert not reply.header.more
    assert reply.size < 30_000
    seqs = [row["seq"] for row in shared_central.sql("SELECT seq FROM scope WHERE office = :o", o=desk.office)]
    assert len(set(seqs)) == 500
