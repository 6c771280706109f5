"""When no connection or no lock is to be had, the answer is 503 with a time, nothing is acknowledged, nobody hangs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from central_server.errors import Unavailable
from central_server.store.engine import Database, Pool, open_engine
from central_server.store.session import open_store
from tests.conftest import DATABASES


@pytest.fixture(scope="module", params=DATABASES)
def impatient_central(request, central_factory):
    """A centre with one connection, for which and for whose locks nobody waits longer than a second."""
    made = central_factory(request.param)
    made.options = ("--connections", "1", "--wait", "1", "--requests-per-minute", "0")
    made.start()
    yield made
    made.close()


@contextmanager
def head_held(central):
    """Somebody else has the head's lock and does not let go."""
    url = (central.database_url or f"sqlite:///{central.data_dir / 'central.db'}").replace(
        "postgresql:", "postgresql+psycopg:"
    )
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("UPDATE head SET seq = seq"))
        yield
        connection.rollback()


def test_a_lock_that_does_not_come_is_503_and_nothing_is_acknowledged(impatient_central, new_desk, refused):
    desk = new_desk(impatient_central)
    create = desk.create()
    with head_held(impatient_central), pytest.raises(refused) as caught:
        desk.exchange(create)
    assert (caught.value.status, caught.value.number) == (503, 141)
    assert int(caught.value.headers["retry-after"]) > 0
    assert impatient_central.sql("SELECT count(*) AS n FROM mutation WHERE device = :d", d=desk.device)[0]["n"] == 0
    assert [(one.result, one.replayed) for one in desk.exchange(create).results] == [("applied", False)]


def test_whoever_gets_no_connection_is_told_so_and_the_operator_still_sees_why(impatient_central, new_desk, http_call):
    desks = [new_desk(impatient_central) for _ in range(4)]
    creates = [desk.create() for desk in desks]
    start = threading.Barrier(len(desks))

    def send(desk, create):
        start.wait()
        return desk.post(desk.packed(create))

    with head_held(impatient_central), ThreadPoolExecutor(len(desks)) as pool:
        sending = [pool.submit(send, desk, create) for desk, create in zip(desks, creates, strict=True)]
        answers = [one.result() for one in sending]
        health, _, _ = http_call(impatient_central.url, "GET", "/health")
        _, figures, _ = http_call(impatient_central.url, "GET", "/metrics")
    assert health == 200
    assert b"lapor_pool_size 1.0" in figures
    assert {status for status, _, _ in answers} == {503}
    assert all(int(headers["retry-after"]) > 0 for _, _, headers in answers)
    for desk, create in zip(desks, creates, strict=True):
        assert [(one.result, one.replayed) for one in desk.exchange(create).results] == [("applied", False)]


@pytest.mark.parametrize("_database", [name for name in DATABASES if name == "postgresql"])
def test_a_process_that_hangs_with_the_lock_does_not_keep_it(postgres_url_factory, tmp_path, _database):
    url = postgres_url_factory()
    open_store(tmp_path, url, Pool()).close()
    stuck, other = (Database(open_engine(url, Pool(1, 20.0, 0.5)), 20.0) for _ in range(2))
    lock = text("UPDATE head SET seq = seq + 1 RETURNING seq")

    def hang():
        with stuck.writing() as connection:
            connection.execute(lock)
            with other.writing() as elsewhere:  # comes through once PostgreSQL has ended the other transaction
                assert elsewhere.execute(lock).scalar_one() == 1
            connection.execute(lock)

    with pytest.raises(Unavailable):
        hang()
    with other.reading() as connection:
        assert connection.execute(text("SELECT seq FROM head")).scalar_one() == 1
    stuck.close()
    other.close()
