"""Which schema the file has, and bringing it to this program's."""

from enum import Enum, auto

from sqlalchemy import Connection

from kelurahan_client.errors import NewerData

HEAD = "0016"
KNOWN = frozenset(f"{number:04}" for number in range(1, int(HEAD) + 1))
MIGRATIONS = "kelurahan_client.store:migrations"  # where Alembic finds them


class State(Enum):
    """How the file stands against this program."""

    EMPTY = auto()
    OLDER = auto()
    CURRENT = auto()


def state(connection: Connection) -> State:
    """Look without writing; raises NewerData for a schema that this program does not know."""
    table = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name='alembic_version'").first()
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if table else None
    if version is None:
        return State.EMPTY
    if version == HEAD:
        return State.CURRENT
    if version in KNOWN:
        return State.OLDER
    raise NewerData(
        "Data ini ditulis oleh Lapor Kelurahan yang lebih baru; tidak ada yang diubah.",
        way_out="Perbarui program di komputer ini, lalu buka lagi.",
    )


def migrate(connection: Connection) -> None:
    """Run what is missing, each step in its own transaction."""
    from alembic import command  # noqa: PLC0415  # 150 ms that an up-to-date start need not pay
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
