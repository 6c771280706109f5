"""G2: whatever is delivered any number of times, in any order and at once, has the effect of one delivery in order."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from central_server.store import tables as t
from kelurahan_client.domain.complaint import Status
from kelurahan_client.services.desk import identity
from kelurahan_client.store import outbox
from sync.envelope import open_reply, seal_request
from sync.protocol import PROTOCOL, SCHEMA, RequestHeader, Result
from sync.transport import HttpTransport
from tests.together.laws import nothing_is_doubled
from tests.together.photos import attach, photo

KEPT = (t.record, t.scope, t.history, t.mutation, t.quarantine, t.open_conflict, t.attachment, t.counter, t.stream)


class Recorded(HttpTransport):
    """The way to the centre, with a copy of everything that was sent on it."""

    def __init__(self, url):
        super().__init__(url)
        self.sent = []

    def exchange(self, body, token, cancelled, received):
        answer = super().exchange(body, token, cancelled, received)
        self.sent.append((body, token))
        return answer


@pytest.fixture
def way(shared_central):
    made = Recorded(shared_central.url)
    yield made
    made.close()


def image(central):
    """Every row of the centre that a delivery may change."""
    with central.centre.store.reading() as session:
        return {table.name: sorted(map(repr, session._connection.execute(select(table)))) for table in KEPT}


def work(one, two, way):
    """Several requests of both desks with everything in them: a merge, a conflict, a decision, a photo."""
    made = one.register(title="Lampu padam")
    one.exchange(way)
    two.exchange(way)
    for desk in (one, two):
        desk.edit(made.id, title=f"Judul {desk.office} {id(desk)}", note="Catatan")
        desk.follow_up(made.id, f"Ditelepon {id(desk)}")
    one.step(made.id, Status.VERIFIED)
    attach(one, made, photo(2_000))
    for desk in (one, two, one):
        desk.exchange(way)
    two.register(title="Got mampet")
    two.exchange(way)


def test_every_request_again_and_again_in_any_order_and_at_once(shared_central, make_desk, office, way):
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    work(one, two, way)
    before = image(shared_central)
    again = way.sent[:] * 4
    random.Random(20260803).shuffle(again)  # noqa: S311  # an order to try, not a secret
    with ThreadPoolExecutor(4) as pool:
        for answer in pool.map(lambda sent: HttpTransport.exchange(way, *sent, bool, bool), again):
            assert answer.body
    assert image(shared_central) == before
    nothing_is_doubled(shared_central.centre)


@pytest.mark.parametrize("seed", range(3))
def test_entries_in_overlapping_requests_count_once_and_are_answered_alike(
    shared_central, make_desk, office, way, seed
):
    """As when a part comes by a stick and a part by the network, and the stick is put in twice."""
    chance = random.Random(seed)  # noqa: S311  # an order to try, not a secret
    desk = make_desk(shared_central, office, chr(ord("A") + seed))
    made = desk.register()
    for number in range(10):
        desk.follow_up(made.id, f"Nomor {number}")
        desk.edit(made.id, note=f"Catatan {number}")
    with desk.desk.store.read() as transaction:
        me, end = identity(transaction), outbox.tail(transaction)
        entries = outbox.waiting(transaction, end.epoch, after=0, limit=100)
        before = [outbox.hash_before(transaction, end.epoch, n) for n in range(1, end.n + 2)]
    answers, heard = {}, 0
    while heard < end.n:
        first = chance.randint(1, heard + 1)
        last = chance.randint(first, end.n)
        header = RequestHeader(
            device=me.device, epoch=end.epoch, nonce="a" * 16, protocol=(1, PROTOCOL), schema=(1, SCHEMA),
            first_n=first, last_hash=before[first - 1].hex(),
        )  # fmt: skip
        body = seal_request(me, header, [entry.line for entry in entries[first - 1 : last]])
        answer = way.exchange(body, me.token, bool, bool)
        reply, items = open_reply(me, "a" * 16, answer.body, answer.encoding)
        heard = max(heard, last)
        assert reply.last_n == heard
        for result in (item for item in items if isinstance(item, Result)):
            assert result.replayed is (result.n in answers)
            told = (result.result, result.rev, result.reason, result.received_at)
            assert answers.setdefault(result.n, told) == told
    assert sorted(answers) == list(range(1, end.n + 1))
    nothing_is_doubled(shared_central.centre)
    assert desk.exchange().rejected == 0
    assert desk.told(made.id, "follow_up") == {f"Nomor {number}" for number in range(10)}
    assert desk.problems() == []
