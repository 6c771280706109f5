"""Desks of other programs: nothing of what they push is lost, and an upgrade of the centre lets it go."""

import uuid

import pytest

from central_server.errors import NewerDatabase
from central_server.store.shapes import Held
from central_server.upgrading import bring_up
from sync.framing import encode_line
from sync.protocol import PROTOCOL, SCHEMA, ErrorNumber, Op, RejectionNumber, ResultKind


@pytest.fixture
def desk(shared_central, new_desk):
    return new_desk(shared_central)


def test_the_newest_protocol_that_both_speak(desk):
    assert desk.exchange(protocol=(1, 9), schema=(1, 9)).header.protocol == PROTOCOL
    assert desk.exchange(protocol=(0, 1)).header.schema == (1, SCHEMA)


def test_an_older_desk_that_cannot_be_answered_has_pushed_all_the_same(shared_central, desk, refused, command):
    create = desk.create()
    for _attempt in range(2):
        with pytest.raises(refused) as caught:
            desk.exchange(create, protocol=(0, 0))
        assert (caught.value.status, caught.value.number) == (400, ErrorNumber.PROTOCOL)
        assert "sudah diterima" in caught.value.reply["message"]
    with pytest.raises(refused):
        desk.exchange(protocol=(0, 0))
    with pytest.raises(refused):
        desk.exchange(protocol=(0, 0), ask="digests", cursor="")
    reply = desk.exchange(create)  # its program is newer now
    assert (reply.results[0].result, reply.results[0].replayed) == (ResultKind.APPLIED, True)


def test_a_newer_desk_that_cannot_be_answered_has_pushed_nothing(shared_central, desk, refused):
    create = desk.create()
    with pytest.raises(refused) as caught:
        desk.exchange(create, protocol=(PROTOCOL + 1, PROTOCOL + 2))
    assert caught.value.number == ErrorNumber.PROTOCOL
    assert "tidak ada yang hilang" in caught.value.reply["message"]
    assert desk.exchange(create).results[0].replayed is False


@pytest.mark.parametrize("protocol", [(2, 1), (-1, 3)])
def test_a_range_that_is_none(desk, refused, protocol):
    with pytest.raises(refused) as caught:
        desk.exchange(protocol=protocol)
    assert caught.value.number == ErrorNumber.MALFORMED


def test_what_a_decision_says_beside_is_kept(shared_central, new_desk):
    one = new_desk(shared_central)
    other = new_desk(shared_central, one.office, "B")
    create = one.create()
    one.exchange(create, one.patch(create.id, {"title": "Satu"}, {"title": "Lampu jalan mati"}))
    reply = other.exchange(other.patch(create.id, {"title": "Dua"}, {"title": "Lampu jalan mati"}))
    (conflict,) = reply.of_type("conflict")
    sides = [side["id"] for side in conflict.body["sides"]]
    values = {"complaint": create.id, "field": "title", "value": "Dua", "sides": sides, "reason": "Ditanya."}
    values |= {"witness": "Ketua RT"}
    reply = other.exchange(other.mutation(Op.RESOLVE, "conflict", conflict.id, set=values, was={"title": "Satu"}))
    (decision,) = reply.of_type("conflict")[0].body["decisions"]
    assert decision["witness"] == "Ketua RT"


AT = "2026-08-03T02:00:00Z"
LATER = "2026-08-04T02:00:00Z"


@pytest.fixture
def older(central, new_desk):
    """A centre that an older program has left behind: what it did not understand is in quarantine."""
    desk = new_desk(central)
    create, plain = desk.create(), desk.create()
    reply = desk.exchange(create, plain, first_n=1)
    assert reply.header.last_n == 2
    late = desk.create()  # by an operation that the older program did not know
    other_title = desk.patch(plain.id, {"title": "Baru"}, {"title": "Lampu jalan mati"})
    too_long = desk.patch(plain.id, {"title": "x" * 9_000}, {"title": "y"})
    sent = [
        (late, RejectionNumber.SHAPE, ""),
        (desk.follow_up(late.id, "Ditelepon"), RejectionNumber.UNKNOWN, late.id),
        (other_title, RejectionNumber.FIELD, plain.id),
        (desk.step(plain.id, "received", "verified"), RejectionNumber.STEP, plain.id),
        (desk.follow_up(str(uuid.uuid4()), "Entah"), RejectionNumber.UNKNOWN, str(uuid.uuid4())),
        (too_long, RejectionNumber.FIELD, plain.id),
        (desk.create(office="63.71.99.1001", desk="Z"), RejectionNumber.SHAPE, ""),
        (desk.mutation(Op.ADD, "complaint", plain.id, set={"tags": ["x"]}), RejectionNumber.SHAPE, plain.id),
        (desk.follow_up(plain.id, "Dicabut"), RejectionNumber.WITHDRAWN, plain.id),
    ]
    with central.centre.store.writing() as session:
        session.inbox.hold([held(desk, one, number, target) for one, number, target in sent])
    central.sql('UPDATE head SET "schema" = 0')
    desk.n = 2  # all these came long ago, in a past that this desk does not go on with
    return central, desk, late, plain


def held(desk, mutation, number, target):
    line = encode_line(mutation)
    return Held(0, desk.device, desk.epoch, mutation.n, desk.office, "A", target, False, line, number, "", AT)


def upgrade(central):
    offices = frozenset(central.centre.reference.offices)
    with central.centre.store.writing() as session:
        bring_up(session, offices, central.centre.new_id, LATER)


def waiting(central):
    rows = central.sql("SELECT n, number FROM quarantine WHERE released_at IS NULL ORDER BY id")
    return [(row["n"], row["number"]) for row in rows]


def test_a_newer_program_lets_go_what_it_understands_in_the_order_it_came(older):
    central, desk, late, plain = older
    upgrade(central)
    still = {
        RejectionNumber.UNKNOWN: 1,
        RejectionNumber.FIELD: 1,
        RejectionNumber.OFFICE: 1,  # understood now, and not this desk's to say
        RejectionNumber.SHAPE: 1,
        RejectionNumber.WITHDRAWN: 1,
    }
    numbers = [number for _n, number in waiting(central)]
    assert {number: numbers.count(number) for number in numbers} == still
    reply = desk.all_pages()
    assert reply.change(late.id).body["server_received_at"] == AT
    assert [one.body["text"] for one in reply.of_type("follow_up")] == ["Ditelepon"]
    assert (reply.change(plain.id).body["title"], reply.change(plain.id).body["status"]) == ("Baru", "verified")
    assert len(reply.of_type("status_step")) == 1


def test_once_for_each_schema(older):
    central, *_ = older
    upgrade(central)
    left = waiting(central)
    central.sql("UPDATE quarantine SET number = 201 WHERE number = 208")
    upgrade(central)
    assert [n for n, _number in waiting(central)] == [n for n, _number in left]
    assert central.sql('SELECT "schema" FROM head') == [{"schema": SCHEMA}]


def test_a_program_older_than_the_data_leaves_them_alone(central):
    central.sql('UPDATE head SET "schema" = :newer', newer=SCHEMA + 1)
    with pytest.raises(NewerDatabase):
        upgrade(central)
    done = central.cli("complaints")
    assert (done.returncode, done.stderr[:8]) == (1, "LK-4002 ")
