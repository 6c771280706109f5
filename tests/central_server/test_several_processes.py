"""Several processes of one centre on one PostgreSQL: one ready line, one truth, and nobody is missed who dies."""

import hashlib
import itertools
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from tests.conftest import DATABASES
from tools.central_process import Central

SHARED = [name for name in DATABASES if name == "postgresql"]


@pytest.fixture(params=SHARED)
def crew(request, central_factory):
    """A centre of two processes behind one address."""
    made = central_factory(request.param)
    made.options = (*made.options, "--workers", "2")
    made.start()
    yield made
    made.close()


@pytest.fixture(params=SHARED)
def pair(request, central_factory, tmp_path):
    """Two servers with an address each, one of them of two processes, on one database."""
    one = central_factory(request.param)
    one.options = (*one.options, "--workers", "2")
    one.start()
    other = Central(tmp_path, one.database_url)
    other.start()
    yield one, other
    other.close()
    one.close()


def ways(letter):
    """0 and 1 in an order of this desk's own that looks like none."""
    bits = [byte >> bit & 1 for byte in hashlib.sha256(letter.encode()).digest() for bit in range(8)]
    return itertools.cycle(bits)


def workers_of(central):
    """The processes that serve."""
    found = psutil.Process(central.process.pid).children()
    return [child for child in found if "spawn_main" in " ".join(child.cmdline())]


def test_a_dead_process_is_missed_by_nobody_and_followed_by_another(crew, new_desk):
    desk = new_desk(crew)
    before = {child.pid for child in workers_of(crew)}
    assert len(before) == 2
    os.kill(min(before), signal.SIGKILL)
    for _ in range(10):
        assert desk.exchange(desk.create()).results[0].result == "applied"
    while len(now := {child.pid for child in workers_of(crew)}) < 2:
        assert desk.exchange(desk.create()).results[0].result == "applied"
    assert len(now - before) == 1
    assert crew.process.poll() is None
    assert "dimulai lagi" in crew.log


def test_it_ends_in_order_and_says_one_line(crew, new_desk):
    desk = new_desk(crew)
    desk.exchange(desk.create())
    processes, out = workers_of(crew), crew.process.stdout
    crew.process.send_signal(signal.SIGTERM)
    assert crew.process.wait(30) == 0
    assert out.read() == ""
    gone, alive = psutil.wait_procs(processes, timeout=30)
    assert (len(gone), alive) == (2, [])
    assert crew.log == ""


def test_no_process_outlives_its_parent(crew):
    processes = workers_of(crew)
    crew.process.kill()
    gone, alive = psutil.wait_procs(processes, timeout=30)
    assert (len(gone), alive) == (2, [])


def test_a_file_of_sqlite_is_served_by_one_process(central_factory):
    central = central_factory("sqlite")
    refused = central.cli("serve", "--port", "0", "--workers", "2")
    assert refused.returncode == 1
    assert refused.stderr == (
        "LK-4003 Lebih dari satu proses (--workers) memerlukan PostgreSQL; berkas SQLite dilayani oleh satu proses.\n"
    )
    assert refused.stdout == ""


@pytest.mark.parametrize(
    "options",
    [
        ("--workers", "0"),
        ("--connections", "0"),
        ("--wait", "0"),
        ("--body-seconds", "-1"),
        ("--requests-per-minute", "-1"),
    ],
    ids=lambda options: options[0],
)
def test_numbers_that_make_no_sense_are_refused(central_factory, command, options):
    central = central_factory("sqlite")
    refused = command(central, "serve", *options)
    assert refused.returncode == 1
    assert options[0] in refused.stderr


def test_a_follower_misses_nothing_and_counts_nothing_twice_over_all_processes(pair, new_desk):
    reader = new_desk(pair[0])
    writers = [new_desk(pair[0], reader.office, letter) for letter in "BCDEF"]
    batches = {desk.letter: [[desk.create() for _ in range(5)] for _ in range(12)] for desk in writers}

    def somewhere(desk, turns):
        desk.url = pair[next(turns)].url

    def write(desk):
        turns = ways(desk.letter)
        for batch in batches[desk.letter]:
            somewhere(desk, turns)
            lost = desk.exchange(*batch, keep=False)
            somewhere(desk, turns)
            again = desk.exchange(*batch)
            assert {result.result for result in lost.results} == {"applied"}
            assert [(one.n, one.rev, one.replayed) for one in again.results] == [
                (one.n, one.rev, True) for one in lost.results
            ]

    seen, turns = [], ways("A")
    with ThreadPoolExecutor(len(writers)) as pool:
        running = [pool.submit(write, desk) for desk in writers]
        while not all(done.done() for done in running):
            somewhere(reader, turns)
            seen += [change.id for change in reader.exchange().changes]
        for done in running:
            done.result()
    seen += [change.id for change in reader.all_pages().changes]
    written = [create.id for desk in writers for batch in batches[desk.letter] for create in batch]
    assert sorted(seen) == sorted(written)
    rows = pair[0].sql("SELECT seq FROM record WHERE type = 'complaint'")
    assert len({row["seq"] for row in rows}) == len(rows) == len(written)
