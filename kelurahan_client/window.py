"""Opening the window. What it needs to be seen is imported first; the data's libraries follow in the background."""

from functools import partial
from typing import TYPE_CHECKING

from kelurahan_client.config import Config

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk
    from kelurahan_client.services.signing_in import Entered
    from kelurahan_client.store.officers_file import OfficersFile


def run_window(config: Config, *, officers: bool = True, demo: bool = False) -> int:
    """Open the window and work until it is closed; the exit status.

    A desk without officers is asked for its first one, unless `officers` is False. `demo` shows sample data, where
    nobody signs in, in place of the desk's.
    """
    from ui.plain_imports import load_qt  # noqa: PLC0415  # the command line must not pay for Qt

    load_qt()
    from ui.start import run  # noqa: PLC0415

    opened = partial(open_demo, config)
    if demo:
        return run(opened, config.demo.window_file, enrolled=config.demo.database.exists())
    door = FrontDoor(config) if officers else None
    there = config.database.exists()
    return run(partial(open_data, config), config.window_file, enrolled=there, door=door, open_demo=opened)


def open_data(config: Config) -> "Desk":
    """Open the desk's data; runs in the database's thread, where also SQLAlchemy and its kind are imported."""
    from kelurahan_client.app import open_desk  # noqa: PLC0415
    from kelurahan_client.log import start_log  # noqa: PLC0415

    start_log(config)
    return open_desk(config)


class FrontDoor:
    """The way in for officers; see `ui.sign_in.door`."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def file(self) -> "OfficersFile | None":
        """Who may sign in; None on a desk without officers."""
        if not self._config.officers_file.exists():
            return None
        from kelurahan_client.store import officers_file  # noqa: PLC0415

        return officers_file.read(self._config.officers_file)

    def warm_up(self) -> None:
        """Import what opening needs, while the PIN is typed. Raises AlreadyOpen: a PIN would be typed in vain."""
        from kelurahan_client.log import start_log  # noqa: PLC0415
        from kelurahan_client.store.engine import check_unused  # noqa: PLC0415

        start_log(self._config)
        check_unused(self._config)

    def sign_in(self, officer_id: str, pin: str) -> "tuple[Desk, Entered]":
        """Open the data for an officer."""
        from kelurahan_client import app  # noqa: PLC0415

        return app.sign_in(self._config, officer_id, pin)

    def recover(self, code: str, officer_id: str, pin: str) -> "tuple[Desk, str]":
        """Open the data with the recovery code and a new PIN."""
        from kelurahan_client import app  # noqa: PLC0415

        return app.recover(self._config, code, officer_id, pin)


def open_demo(config: Config) -> "Desk":
    """Open the sample data that lie beside those of `config`, made at the first time; runs in the database's thread."""
    from kelurahan_client.services.demo import prepare  # noqa: PLC0415

    desk = open_data(config.demo)
    try:
        prepare(desk)
    except BaseException:
        desk.store.close()
        raise
    return desk
