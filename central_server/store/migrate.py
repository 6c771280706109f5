"""Brings a database to the present tables, one migration after the other, in one transaction.

Two processes that start at once: the second waits for the first (the write lock on SQLite, an advisory lock on
PostgreSQL) and then finds nothing left to do.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from central_server.errors import NewerDatabase
from central_server.store.engine import Database

_ADVISORY_LOCK = 0x6C61_706F_72  # any number, the same for every process of ours


def migrate(database: Database) -> None:
    """Upgrades to the newest tables; raises NewerDatabase or Unavailable, and then nothing was changed."""
    with database.writing() as connection:
        upgrade(connection, "head")


def upgrade(connection: Connection, wanted: str) -> None:
    """Upgrades to the tables of the revision `wanted`, within the transaction; raises NewerDatabase."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
    scripts = ScriptDirectory.from_config(config)
    if wanted != "head" and wanted not in _known(scripts):
        raise NewerDatabase("Cadangan dibuat oleh program server yang lebih baru; pasang program terbaru dahulu.")
    if not _behind(connection, scripts):
        return
    config.attributes["connection"] = connection
    command.upgrade(config, wanted)


def _behind(connection: Connection, scripts: ScriptDirectory) -> bool:
    present = MigrationContext.configure(connection).get_current_revision()
    if present == scripts.get_current_head():
        return False
    if present is not None and present not in _known(scripts):
        raise NewerDatabase("Basis data dibuat oleh program server yang lebih baru; pasang program terbaru dahulu.")
    return True


def _known(scripts: ScriptDirectory) -> set[str]:
    return {script.revision for script in scripts.walk_revisions()}
