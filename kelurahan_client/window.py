"""Opening the window. What it needs to be seen is imported first; the data's libraries follow in the background."""

from functools import partial
from typing import TYPE_CHECKING

from kelurahan_client.config import Config

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk


def run_window(config: Config) -> int:
    """Open the window and work until it is closed; the exit status."""
    from ui.start import run  # noqa: PLC0415  # the command line must not pay for Qt

    return run(partial(open_data, config), config.window_file, enrolled=config.database.exists())


def open_data(config: Config) -> "Desk":
    """Open the desk's data; runs in the database's thread, where also SQLAlchemy and its kind are imported."""
    from kelurahan_client.app import open_desk  # noqa: PLC0415
    from kelurahan_client.log import start_log  # noqa: PLC0415

    start_log(config)
    return open_desk(config)
