"""A reply that is lost costs a question, not the work again; and however it is lost, everything counts once."""

import pytest

from kelurahan_client.errors import ExchangeError, Offline
from sync.transport import HttpTransport
from tests.together.desk_at_work import held_by_the_centre, without
from tools import sample_day
from tools.broken_network import LOST_REPLY, LOST_REQUEST, PASS, Fault


@pytest.fixture
def desk(shared_central, make_desk, office, network):
    """A desk behind the network, which carries nothing else."""
    network.plan()
    made = make_desk(shared_central, office, "A", network)
    network.carried.clear()
    return made


def fails(desk, network, *faults):
    network.plan(*faults)
    with pytest.raises(ExchangeError):
        desk.exchange()
    network.plan()


def register(desk, count):
    return {one.id for one in desk.register_many(list(sample_day.many_intakes(count, desk.desk.today(), words=0)))}


def agrees(central, desk, ids):
    assert desk.outbox("waiting") == []
    assert without(desk.listed(), "sync_state") == held_by_the_centre(central, desk.office)
    assert set(desk.listed()) == ids
    assert {line["sync_state"] for line in desk.listed().values()} == {"acknowledged"}
    assert desk.problems() == []
    assert desk.conflicts() == []
    outcome = desk.exchange()
    assert (outcome.sent, outcome.received, outcome.round_trips) == (0, 0, 1)


def test_five_hundred_complaints_whose_reply_was_lost_cost_five_kilobytes(shared_central, desk, network):
    ids = register(desk, 500)
    fails(desk, network, LOST_REPLY)
    network.wait()
    sent_first = network.carried[-1][0]
    network.carried.clear()
    outcome = desk.exchange()
    network.wait()
    assert (outcome.sent, outcome.applied, outcome.merged, outcome.rejected) == (500, 500, 0, 0)
    assert (outcome.received, outcome.round_trips) == (0, 1)
    assert outcome.bytes_sent + outcome.bytes_received <= 5_000
    on_the_wire = sum(up + down for up, down in network.carried)
    assert on_the_wire <= 5_000 < sent_first
    agrees(shared_central, desk, ids)


class LosesOneReply(HttpTransport):
    """The way to the centre, on which the reply to one request is lost."""

    def __init__(self, url, number):
        super().__init__(url)
        self._left = number

    def exchange(self, *request):
        answer = super().exchange(*request)
        self._left -= 1
        if self._left == 0:
            raise Offline("Jawaban hilang.")
        return answer


def test_the_middle_of_several_batches_is_lost(shared_central, desk):
    ids = register(desk, 1_200)
    transport = LosesOneReply(desk.url, 2)
    with pytest.raises(Offline):
        desk.exchange(transport)
    transport.close()
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied, outcome.received, outcome.round_trips) == (700, 700, 0, 2)
    agrees(shared_central, desk, ids)


def test_a_request_that_never_arrived_is_asked_about_and_sent(shared_central, desk, network):
    ids = register(desk, 120)
    fails(desk, network, LOST_REQUEST)
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied, outcome.round_trips) == (120, 120, 2)
    agrees(shared_central, desk, ids)


def test_what_certainly_never_arrived_is_not_asked_about(shared_central, desk, network):
    ids = register(desk, 120)
    through, desk.url = desk.url, "http://127.0.0.1:9"
    with pytest.raises(Offline):
        desk.exchange()
    desk.url = through
    assert desk.exchange().round_trips == 1
    agrees(shared_central, desk, ids)


def test_the_answer_to_the_question_may_be_lost_too(shared_central, desk, network):
    ids = register(desk, 120)
    fails(desk, network, LOST_REPLY)
    for fault in (LOST_REPLY, LOST_REQUEST, Fault(cut_reply=700)):
        fails(desk, network, fault)
    ids |= register(desk, 30)  # meanwhile people work
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied, outcome.received) == (150, 150, 0)
    agrees(shared_central, desk, ids)


def test_what_others_did_meanwhile_is_told_all_the_same(shared_central, make_desk, desk, network):
    ids = register(desk, 60)
    fails(desk, network, LOST_REPLY)
    colleague = make_desk(shared_central, desk.office, "B")
    colleague.exchange()
    touched = min(ids)
    colleague.edit(touched, title="Judul dari B")
    ids.add(colleague.register().id)
    colleague.exchange()
    outcome = desk.exchange()
    assert (outcome.sent, outcome.received) == (60, 2)
    assert desk.complaint(touched).title == "Judul dari B"
    agrees(shared_central, desk, ids)


def test_a_few_entries_are_simply_sent_again(shared_central, desk, network):
    ids = {desk.register().id}
    fails(desk, network, LOST_REPLY)
    network.plan(PASS)
    outcome = desk.exchange()
    assert (outcome.sent, outcome.applied, outcome.round_trips) == (1, 1, 1)
    assert outcome.bytes_sent + outcome.bytes_received <= 5_000
    agrees(shared_central, desk, ids)
