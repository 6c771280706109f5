"""The tables are made at the start, once, on both databases, and a newer database is left alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from central_server.store.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, central_factory):
    from tests.conftest import DATABASES

    assert request.param in DATABASES
    made = central_factory(request.param)
    yield made
    made.close()


def test_the_migrations_make_exactly_the_tables(empty):
    empty.start()
    url = empty.database_url or f"sqlite:///{empty.data_dir / 'central.db'}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_several_processes_may_start_at_once(empty):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: empty.cli("complaints"), range(4)))
    assert [(one.returncode, one.stdout, one.stderr) for one in done] == [(0, "", "")] * 4
    assert len(empty.sql("SELECT id FROM identity")) == 1
    (counts,) = empty.sql("SELECT count(*) AS n, count(DISTINCT seq) AS seqs FROM scope")
    assert counts["n"] == counts["seqs"] > 50


def test_a_newer_database_is_refused_politely(empty):
    assert empty.cli("complaints").returncode == 0
    empty.sql("UPDATE alembic_version SET version_num = 'from-the-future'")
    done = empty.cli("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("LK-4002 ")
    assert len(done.stderr.splitlines()) == 1
