"""Databases of a centre that have their tables already: a copy is sooner there than what hundreds of migrations make.

Only the tables are copied, as the migrations made them; identity, keys and reference data come with a centre's start.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from central_server.store.engine import DATABASE_FILE, Pool
from central_server.store.session import open_store
from tools.postgres import PostgresCluster


class ReadyTables:
    """Gives a database that has no tables yet its tables; `folder` is for the file that is copied."""

    def __init__(self, folder: Path, cluster: Callable[[], PostgresCluster]) -> None:
        self._folder = folder
        self._cluster = cluster
        self._template = ""  # the PostgreSQL database that is copied

    def give(self, data_dir: Path, database_url: str | None) -> None:
        """Put the tables into the centre's database, if it has none."""
        if database_url is None:
            self._give_file(data_dir / DATABASE_FILE)
        else:
            self._give_database(database_url)

    def _give_file(self, file: Path) -> None:
        if file.exists():
            return
        if not (self._folder / DATABASE_FILE).exists():
            open_store(self._folder, None, Pool()).close()
        shutil.copy(self._folder / DATABASE_FILE, file)

    def _give_database(self, url: str) -> None:
        cluster = self._cluster()
        if not self._template:
            made = cluster.new_database()
            open_store(self._folder, made, Pool()).close()
            self._template = _name(made)
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
            has_tables = row.fetchone() != (0,)
        if not has_tables:
            cluster.copy_database(self._template, _name(url))


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")
