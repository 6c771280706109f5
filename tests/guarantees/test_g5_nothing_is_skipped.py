"""G5: a cursor c means that everything up to c was applied, whoever is writing at that moment.

That many writers at once hide nothing is in `central_server/test_follower_beside_writers.py`; that a desk which ends
while it writes never has a cursor ahead of its records, in `test_g1_acknowledged_is_kept.py`.
"""

import threading
import uuid

import pytest

from central_server.centre import open_centre
from central_server.conflicts import centre_author
from central_server.store.shapes import Record
from kelurahan_client.errors import Untrusted
from tests.together.laws import nothing_is_doubled, nothing_is_skipped
from tools.broken_network import DOUBLED, OLD_REPLY

NOW = "2026-08-03T02:00:00Z"
PATIENCE = 30.0


@pytest.fixture
def three_processes(shared_central):
    """The stores of three processes of one centre: two write, one reads."""
    opened = [open_centre(shared_central.data_dir, shared_central.database_url) for _ in range(3)]
    yield [one.store for one in opened]
    for one in opened:
        one.store.close()


class Writer(threading.Thread):
    """Writes one record, and waits at the barrier before it commits."""

    def __init__(self, store, office, may_commit):
        super().__init__(daemon=True)
        self.store, self.office, self.may_commit = store, office, may_commit
        self.id = str(uuid.uuid4())
        self.begins, self.has_written, self.has_committed = (threading.Event() for _ in range(3))
        self.start()

    def run(self):
        self.begins.set()
        with self.store.writing() as session:
            record = Record(id=self.id, type="notice", body={"text": "Pengumuman", "received_at": NOW})
            session.records.create(record, [self.office], centre_author(NOW))
            session.records.flush()
            self.has_written.set()
            assert self.may_commit.wait(PATIENCE)
        self.has_committed.set()


class Follower:
    """Reads the feed of an office page by page, as the desks do."""

    def __init__(self, store, office):
        self.store, self.office, self.cursor, self.seen = store, office, 0, []

    def reads(self):
        with self.store.reading() as session:
            page = session.feed.page(self.office, self.cursor, 1_000, 1 << 30)
        self.cursor = int(page.cursor.split(".")[0])
        self.seen += [row.id for row in page.rows]


def test_a_follower_at_the_barrier_before_a_commit(shared_central, three_processes, office):
    """The second writer is let through only after the first, or the follower's cursor would pass what it never saw."""
    first_store, second_store, readers_store = three_processes
    follower = Follower(readers_store, office)
    follower.reads()
    before, gate = follower.cursor, threading.Event()
    first = Writer(first_store, office, gate)
    assert first.has_written.wait(PATIENCE)  # it has its seq, and nobody sees it
    free = threading.Event()
    free.set()
    second = Writer(second_store, office, free)
    assert second.begins.wait(PATIENCE)
    overtook = second.has_committed.wait(0.5)  # as long as it cannot, it waits for the head's lock
    follower.reads()
    assert follower.cursor == before or overtook
    gate.set()
    for writer in (first, second):
        writer.join(PATIENCE)
        assert writer.has_committed.is_set()
    follower.reads()
    assert [id_ for id_ in follower.seen if id_ in (first.id, second.id)] == [first.id, second.id]
    assert not overtook
    nothing_is_doubled(shared_central.centre)  # no two records have one seq: a cursor would stand between them


def test_an_answer_of_yesterday_does_not_turn_a_cursor_back(shared_central, make_desk, offices, network):
    """A proxy that kept the answer to an idle exchange gives it to another; both bring nothing and take nothing."""
    office = next(offices)
    one, two = make_desk(shared_central, office, "A", network), make_desk(shared_central, office, "B")
    network.plan(DOUBLED)  # which the network remembers
    one.exchange()
    two.register(title="Sesudah itu")
    two.exchange()
    one.exchange()
    before = one.dump(attempts=False)
    network.plan(OLD_REPLY)
    with pytest.raises(Untrusted):
        one.exchange()
    assert one.dump(attempts=False) == before
    nothing_is_skipped(shared_central.centre, one.desk)


def test_one_snapshot_gives_head_and_rows(three_processes, office):
    """What is committed between reading the head and reading the rows belongs to the next page, all of it."""
    writers_store, _other, readers_store = three_processes
    open_gate = threading.Event()
    open_gate.set()
    with readers_store.reading() as session:
        head = session.feed.head()
        late = Writer(writers_store, office, open_gate)
        late.join(PATIENCE)
        assert late.has_committed.is_set()
        page = session.feed.page(office, 0, 1_000, 1 << 30)
        assert session.feed.head() == head
        assert late.id not in [row.id for row in page.rows]
    follower = Follower(readers_store, office)
    follower.cursor = int(page.cursor.split(".")[0])
    follower.reads()
    assert late.id in follower.seen
