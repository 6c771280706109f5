"""The tables are made at the start, once, on both databases, and a newer database is left alone."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from central_server.store.engine import Database, Pool, open_engine
from central_server.store.migrate import upgrade
from central_server.store.tables import metadata


def test_the_migrations_make_exactly_the_tables(unstarted_central):
    assert unstarted_central.cli("complaints").returncode == 0
    url = unstarted_central.database_url or f"sqlite:///{unstarted_central.data_dir / 'central.db'}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_centre_of_the_first_program_gets_all_tables(tmp_path):
    database = Database(open_engine(f"sqlite:///{tmp_path / 'central.db'}", Pool()), 20.0)
    with database.writing() as connection:
        upgrade(connection, "0001")
        assert not inspect(connection).has_table("attachment")  # what a program has shipped is never written anew
    with database.writing() as connection:
        upgrade(connection, "head")
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_several_processes_may_start_at_once(unstarted_central):
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: unstarted_central.cli("complaints"), range(3)))
    assert [(one.returncode, one.stdout, one.stderr) for one in done] == [(0, "", "")] * 3
    assert len(unstarted_central.sql("SELECT id FROM identity")) == 1
    (counts,) = unstarted_central.sql("SELECT count(*) AS n, count(DISTINCT seq) AS seqs FROM scope")
    assert counts["n"] == counts["seqs"] > 50


def test_a_newer_database_is_refused_politely(unstarted_central):
    assert unstarted_central.cli("complaints").returncode == 0
    unstarted_central.sql("UPDATE alembic_version SET version_num = 'from-the-future'")
    done = unstarted_central.cli("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("LK-4002 ")
    assert len(done.stderr.splitlines()) == 1
