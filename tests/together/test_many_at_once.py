"""Large batches, long feeds, and a reader beside writers: nothing is skipped and nothing comes twice."""

from concurrent.futures import ThreadPoolExecutor

from sync import engine
from sync.protocol import FEED_PAGE, MAX_ITEMS
from sync.transport import HttpTransport
from tests.together.desk_at_work import held_by_the_centre, without
from tools import sample_day


def many(desk, count, seed=1):
    return desk.register_many(list(sample_day.many_intakes(count, desk.desk.today(), seed=seed, words=0)))


def test_a_batch_larger_than_a_request_and_a_feed_longer_than_a_page(shared_central, make_desk, office):
    one, two, three = (make_desk(shared_central, office, letter) for letter in "ABC")
    made = many(one, 3 * MAX_ITEMS)
    outcome = one.exchange()
    assert (outcome.sent, outcome.applied, outcome.round_trips, outcome.received) == (1_500, 1_500, 3, 0)
    made += many(one, FEED_PAGE + 500 - len(made), seed=2)
    assert one.exchange().round_trips == -(-(FEED_PAGE + 500 - 1_500) // MAX_ITEMS)
    outcome = two.exchange()
    assert (outcome.received, outcome.round_trips) == (FEED_PAGE + 500, 2)
    assert keys(one) == keys(two) == [(complaint.id, complaint.reference) for complaint in made]
    assert set(held_by_the_centre(shared_central, office)) == {complaint.id for complaint in made}
    outcome = exchange_and_register(three)
    assert (outcome.sent, outcome.applied, outcome.received) == (1, 1, FEED_PAGE + 500)
    one.exchange()
    assert sorted(keys(one)) == sorted(keys(three))
    assert len(keys(one)) == FEED_PAGE + 501


def exchange_and_register(desk):
    """A clerk saves while the first page is written down: what was asked ahead is let go of."""
    saved = []

    def save(progress):
        if progress.phase == "applying" and not saved:
            saved.append(desk.register(title="Sementara itu"))

    transport = HttpTransport(desk.url)
    try:
        return engine.exchange(desk.desk, transport, save)
    finally:
        transport.close()


def keys(desk):
    with desk.desk.store.read() as transaction:
        rows = transaction.connection.exec_driver_sql("SELECT id, reference FROM complaint ORDER BY key")
        return [tuple(row) for row in rows]


def test_a_reader_beside_two_writers_misses_nothing(shared_central, make_desk, office):
    writers = [make_desk(shared_central, office, letter) for letter in "AB"]
    reader = make_desk(shared_central, office, "C")

    def write(desk):
        for round_ in range(15):
            for part in range(4):
                desk.register(title=f"{round_} {part}")
            desk.exchange()

    received = 0
    with ThreadPoolExecutor() as pool:
        writing = [pool.submit(write, desk) for desk in writers]
        while not all(work.done() for work in writing):
            received += reader.exchange().received
    for work in writing:
        work.result()
    received += reader.exchange().received
    assert received == 2 * 15 * 4
    assert without(reader.listed(), "sync_state") == held_by_the_centre(shared_central, office)
    assert len(reader.listed()) == 2 * 15 * 4
