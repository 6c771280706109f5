"""Epochs, numbers and answers as the centre sees them when a desk's data were restored or copied, or its own were."""

import json
import uuid

import pytest

from sync.framing import encode_line
from sync.protocol import ASK_ANSWERS, REV_STEP, ErrorNumber, Op, RejectionNumber, ResultKind
from tests.central_server.other_lives import again, other_life


def notices(reply):
    return [change.body["text"] for change in reply.changes if change.type == "notice"]


def test_a_fork_says_how_far_both_pasts_agree(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    common = [desk.create() for _ in range(3)]
    desk.exchange(*common)
    twin = other_life(desk)
    desk.exchange(desk.create(), desk.create())
    own = [twin.create(), twin.create()]
    with pytest.raises(refused) as caught:
        twin.exchange(*common[1:], *own)
    said = caught.value.reply
    assert (caught.value.number, said["last_n"], said["common_n"]) == (ErrorNumber.FORK, 5, 3)
    assert said["last_hash"] == desk.hashes[5].hex()
    with pytest.raises(refused) as caught:
        twin.exchange(own[1])  # h(4) is another: nothing shows where they part
    assert (caught.value.number, "common_n" in caught.value.reply) == (ErrorNumber.FORK, False)


def test_a_gap_says_where_to_begin(shared_central, new_desk, refused):
    desk = new_desk(shared_central)
    desk.exchange(desk.create())
    desk.create()
    with pytest.raises(refused) as caught:
        desk.exchange(desk.create())
    said = caught.value.reply
    assert (caught.value.number, said["last_n"], said["last_hash"]) == (ErrorNumber.GAP, 1, desk.hashes[1].hex())


def test_a_new_epoch_beside_an_old_one_is_told_once(shared_central, new_desk):
    desk = new_desk(shared_central)
    colleague = new_desk(shared_central, desk.office, "B")
    desk.exchange(desk.create())
    twin = other_life(desk, epoch="masa-kedua")
    assert notices(twin.exchange())[0].startswith("Data loket A dipulihkan dari cadangan atau disalin")
    assert notices(twin.exchange(twin.create())) == []
    assert len(notices(colleague.all_pages())) == 1
    assert notices(new_desk(shared_central).all_pages()) == []  # another office


def test_an_old_epoch_that_goes_on_is_a_second_computer_unless_the_desk_says_it_is_its_own(shared_central, new_desk):
    desk = new_desk(shared_central)
    desk.exchange(desk.create())
    twin = other_life(desk, epoch="masa-kedua")
    twin.exchange(twin.create())
    assert not any("dua komputer" in text for text in notices(desk.all_pages()))  # it only listens
    desk.exchange(desk.create(), present="masa-kedua")
    assert not any("dua komputer" in text for text in notices(desk.all_pages()))
    reply = desk.exchange(desk.create())
    assert [text for text in notices(reply) if "dipakai di dua komputer" in text]
    assert notices(desk.exchange(desk.create())) == []


def test_a_number_that_was_given_twice_is_told_in_both_stories(shared_central, new_desk):
    desk = new_desk(shared_central)
    first = desk.create()
    desk.exchange(first)
    second = desk.create(reference=first.set["reference"])
    reply = desk.all_pages(second)
    assert reply.results[0].result is ResultKind.APPLIED
    told = {change.body["complaint"] for change in reply.changes if change.type == "notice"}
    assert told == {first.id, second.id}
    assert notices(desk.all_pages(desk.create())) == []


def test_answers_are_repeated_without_their_mutations(shared_central, new_desk):
    desk = new_desk(shared_central)
    made = [desk.create() for _ in range(20)]
    desk.exchange(*made, desk.create(id_="bukan-uuid"), keep=False)
    reply = desk.exchange(first_n=1, ask=ASK_ANSWERS)
    assert [(one.n, one.id, one.replayed) for one in reply.results] == [(n, "", True) for n in range(1, 22)]
    assert [one.result for one in reply.results] == [ResultKind.APPLIED] * 20 + [ResultKind.REJECTED]
    assert all(one.received_at and (one.rev == 1 or one.reason) for one in reply.results)
    assert (reply.header.last_n, reply.header.last_hash) == (21, desk.hashes[21].hex())
    assert reply.changes == []  # the desk has them
    part = desk.exchange(first_n=20, ask=ASK_ANSWERS)
    assert [one.n for one in part.results] == [20, 21]
    assert desk.exchange(ask=ASK_ANSWERS).results == []


def test_what_is_issued_again_counts_once_whatever_came_after_it(shared_central, new_desk):
    desk = new_desk(shared_central)
    made = desk.create(title="Satu")
    note = desk.follow_up(made.id, "Ditelepon")
    first = desk.patch(made.id, {"title": "Dua"}, {"title": "Satu"})
    second = desk.patch(made.id, {"title": "Tiga"}, {"title": "Dua"}, base_rev=2)
    step = desk.step(made.id, "received", "verified", base_rev=3)
    desk.exchange(made, note, first, second, step)
    last = desk.patch(made.id, {"title": "Empat"}, {"title": "Tiga"}, base_rev=4)
    desk.exchange(last)
    before = shared_central.sql(
        "SELECT id, rev, body FROM record WHERE id = :id OR parent = :id ORDER BY id", id=made.id
    )
    twin = other_life(desk, epoch="masa-kedua", forgets=True)
    repeated = [again(twin, one) for one in (made, note, first, second, step)]
    reply = twin.all_pages(*repeated)
    assert {result.result for result in reply.results} == {ResultKind.APPLIED, ResultKind.MERGED}
    after = shared_central.sql(
        "SELECT id, rev, body FROM record WHERE id = :id OR parent = :id ORDER BY id", id=made.id
    )
    assert [dict(row) for row in after] == [dict(row) for row in before]
    fresh = again(twin, twin.patch(made.id, {"title": "Lima"}, {"title": "Dua"}, base_rev=2))
    assert twin.exchange(fresh).results[0].result is ResultKind.CONFLICT  # never said before: a question like any other


def test_after_a_restore_words_on_a_lost_complaint_wait_for_it(shared_central, new_desk):
    author = new_desk(shared_central)
    colleague = new_desk(shared_central, author.office, "B")
    lost = author.create()
    note = colleague.mutation(
        Op.APPEND, "follow_up", str(uuid.uuid4()), set={"complaint": lost.id, "text": "Dari B"}, base_rev=1
    )
    floor = shared_central.sql("SELECT rev_floor FROM head")[0]["rev_floor"]
    shared_central.sql("UPDATE head SET rev_floor = :floor", floor=REV_STEP)
    try:
        reply = colleague.exchange(note)
        assert (reply.results[0].result, "belum kembali" in reply.results[0].reason) == (ResultKind.MERGED, True)
        assert reply.changes == []
        author.exchange(lost)
        assert colleague.all_pages().change(note.id).body["text"] == "Dari B"
        (held,) = shared_central.sql("SELECT released_at FROM quarantine WHERE target = :id", id=lost.id)
        assert held["released_at"]
    finally:
        shared_central.sql("UPDATE head SET rev_floor = :floor", floor=floor)


def test_a_colleague_may_give_a_lost_complaint_back_and_the_author_too(shared_central, new_desk):
    author = new_desk(shared_central)
    colleague, stranger = new_desk(shared_central, author.office, "B"), new_desk(shared_central)
    lost = author.create(title="Asli")
    now = lost.set | {"title": "Diubah sebelum hilang"}
    for desk, expected in ((stranger, ResultKind.REJECTED), (colleague, ResultKind.APPLIED)):
        offer = again(desk, desk.mutation(Op.CREATE, "complaint", lost.id, set=now, base_rev=2))
        result = desk.exchange(offer).results[0]
        assert result.result is expected
    assert result.rev == 1
    plain = colleague.mutation(Op.CREATE, "complaint", str(uuid.uuid4()), set=now)
    assert colleague.exchange(plain).results[0].number == RejectionNumber.OFFICE
    change = author.patch(lost.id, {"title": "Diubah sebelum hilang"}, {"title": "Asli"})
    reply = author.all_pages(lost, change)
    assert [result.result for result in reply.results] == [ResultKind.APPLIED, ResultKind.APPLIED]
    assert reply.change(lost.id).body["title"] == "Diubah sebelum hilang"
    kept = shared_central.sql("SELECT value FROM history WHERE record = :id AND field = 'title'", id=lost.id)
    assert '"Asli"' in {row["value"] for row in kept}


@pytest.fixture
def restored(shared_central):
    """The centre gives revisions as after a restore."""
    floor = shared_central.sql("SELECT rev_floor FROM head")[0]["rev_floor"]
    shared_central.sql("UPDATE head SET rev_floor = :floor", floor=REV_STEP)
    yield
    shared_central.sql("UPDATE head SET rev_floor = :floor", floor=floor)


def offered(desk, id_, values, base_rev=2):
    offer = again(desk, desk.mutation(Op.CREATE, "complaint", id_, set=values, base_rev=base_rev))
    result = desk.exchange(offer).results[0]
    return result.number or result.result


def test_a_centre_that_was_never_restored_takes_nothing_in_another_offices_name(shared_central, new_desk):
    author, neighbour = new_desk(shared_central), new_desk(shared_central)
    made = author.create(location_office=neighbour.office)
    assert offered(neighbour, made.id, made.set) == RejectionNumber.OFFICE
    author.exchange(made)
    assert offered(neighbour, made.id, made.set) == RejectionNumber.OFFICE


def test_who_saw_a_lost_complaint_may_give_it_back_and_nobody_else(shared_central, new_desk, restored):
    author, neighbour, stranger = (new_desk(shared_central) for _ in range(3))
    lost = author.create(location_office=neighbour.office)
    assert offered(stranger, lost.id, lost.set) == RejectionNumber.OFFICE
    assert offered(neighbour, lost.id, lost.set, base_rev=0) == RejectionNumber.OFFICE
    assert offered(neighbour, lost.id, lost.set, base_rev=REV_STEP + 1) == RejectionNumber.OFFICE  # of this life
    assert offered(neighbour, lost.id, lost.set | {"location_office": ""}) == RejectionNumber.OFFICE
    assert offered(neighbour, lost.id, lost.set | {"office": "63.71.99.9999"}) == RejectionNumber.OFFICE
    assert offered(neighbour, lost.id, lost.set) == ResultKind.APPLIED
    assert author.exchange(lost).results[0].result is ResultKind.APPLIED
    (found,) = shared_central.sql("SELECT body FROM record WHERE id = :id", id=lost.id)
    assert json.loads(found["body"])["office"] == author.office


def test_where_only_the_move_was_lost_its_words_count_and_the_desk_hears_that_it_left(
    shared_central, new_desk, restored
):
    author, neighbour = new_desk(shared_central), new_desk(shared_central)
    made = author.create()
    author.exchange(made)
    assert offered(neighbour, made.id, made.set | {"location_office": neighbour.office}) == ResultKind.APPLIED
    note = neighbour.mutation(
        Op.APPEND, "follow_up", str(uuid.uuid4()), set={"complaint": made.id, "text": "Dari tetangga"}, base_rev=2
    )
    assert neighbour.exchange(note).results[0].result is ResultKind.APPLIED
    neighbour.cursor = "1"  # it holds something, so what is gone is told
    assert neighbour.all_pages().change(made.id).gone
    assert author.all_pages().change(note.id).body["text"] == "Dari tetangga"
    kept = shared_central.sql("SELECT value FROM history WHERE record = :id AND field = 'location_office'", id=made.id)
    assert f'"{neighbour.office}"' in {row["value"] for row in kept}


def test_the_counters_that_the_centre_knows_come_with_every_reply(shared_central, new_desk):
    desk = new_desk(shared_central)
    assert desk.exchange().header.counters == {}
    desk.exchange(desk.create(), desk.create())
    assert desk.exchange().header.counters == {"26": 2}
    assert len(encode_line(desk.exchange().header)) < 700
