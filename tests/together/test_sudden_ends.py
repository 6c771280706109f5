"""The power goes, at the centre or at a desk, in the middle of the work: what was said to be done is done, once.

Every point at which a desk may end is in `guarantees/test_g1_acknowledged_is_kept.py`.
"""

import signal
import threading
from contextlib import suppress

import pytest

from kelurahan_client.errors import ExchangeError
from kelurahan_client.store import outbox
from tests.together.desk_at_work import held_by_the_centre, without
from tests.together.desk_process import End, run_command
from tools import sample_day
from tools.broken_network import LOST_REPLY, Fault


def whole(central, office, *desks):
    """All desks agree with the centre, and nothing waits anywhere."""
    for desk in (*desks, *desks):
        outcome = desk.exchange()
        assert (outcome.conflicts, outcome.rejected) == (0, 0)
    for desk in desks:
        assert desk.problems() == []
        assert desk.outbox("waiting") == []
        assert without(desk.listed(), "sync_state") == held_by_the_centre(central, office)
        with desk.desk.store.read() as transaction:
            end = outbox.tail(transaction)
        heard = central.sql("SELECT last_n, last_hash FROM stream WHERE epoch = :epoch", epoch=end.epoch)
        expected = [(end.n, end.hash)] if end.n else []
        assert [(stream["last_n"], bytes(stream["last_hash"])) for stream in heard] == expected


@pytest.mark.parametrize("milliseconds", [0, 40, 120])
def test_the_centre_dies_in_the_middle_of_a_batch(shared_central, make_desk, office, milliseconds):
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    made = one.register_many(list(sample_day.many_intakes(150, one.desk.today(), words=0)))
    one.edit(made[0].id, note="Diubah sebelum dikirim")
    end = threading.Timer(milliseconds / 1000, shared_central.kill)
    end.start()
    with suppress(ExchangeError):  # as it must be, unless the centre was quicker
        one.exchange()
    end.join()
    shared_central.start()
    whole(shared_central, office, one, two)
    assert set(two.listed()) == {complaint.id for complaint in made}


def test_the_centre_dies_after_its_commit_and_before_its_answer_is_heard(shared_central, make_desk, office, network):
    one, two = make_desk(shared_central, office, "A", network), make_desk(shared_central, office, "B")
    made = one.register()
    network.plan(Fault(meanwhile=shared_central.kill, cut_reply=0))
    with pytest.raises(ExchangeError):
        one.exchange()
    with pytest.raises(ExchangeError):
        one.exchange()  # nobody is there
    shared_central.start()
    assert set(held_by_the_centre(shared_central, office)) == {made.id}
    whole(shared_central, office, one, two)


def dies(desk, beginning, passed, *command):
    """The command in a process of its own that ends suddenly."""
    with desk.away():
        done = run_command("--data-dir", str(desk.config.data_dir), *command, end=End(beginning, passed))
    assert done.status == -signal.SIGKILL


@pytest.fixture
def busy_desk(shared_central, make_desk, offices, network):
    """A desk that has much to say and much to hear, its colleague, and their office."""
    office = next(offices)
    one, two = make_desk(shared_central, office, "A"), make_desk(shared_central, office, "B")
    known = one.register()
    one.exchange()
    two.exchange()
    two.edit(known.id, location="Muka pos ronda")
    two.follow_up(known.id, "Dari loket B")
    for number in range(5):
        two.register(title=f"Pengaduan B {number}")
        one.register(title=f"Pengaduan A {number}")
    two.exchange()
    one.follow_up(known.id, "Dari loket A")
    one.edit(known.id, title="Judul dari loket A")
    return one, two, office


def test_both_ends_die_one_after_the_other(shared_central, busy_desk, network):
    one, two, office = busy_desk
    over = one.url
    one.url = network.url
    network.plan(LOST_REPLY)
    with pytest.raises(ExchangeError):
        one.exchange()
    shared_central.kill()
    one.url = over
    shared_central.start()
    dies(one, "UPDATE outbox SET", 0, "exchange")
    whole(shared_central, office, one, two)
