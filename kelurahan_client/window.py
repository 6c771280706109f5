"""Opening the window. What it needs to be seen is imported first; the data's libraries follow in the background."""

from functools import partial
from typing import TYPE_CHECKING

from kelurahan_client.config import Config

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk


def run_window(config: Config, *, demo: bool = False) -> int:
    """Open the window and work until it is closed; the exit status. `demo` shows sample data in place of the desk's."""
    from ui.start import run  # noqa: PLC0415  # the command line must not pay for Qt

    opened = partial(open_demo, config)
    if demo:
        return run(opened, config.demo.window_file, enrolled=config.demo.database.exists())
    return run(partial(open_data, config), config.window_file, enrolled=config.database.exists(), open_demo=opened)


def open_data(config: Config) -> "Desk":
    """Open the desk's data; runs in the database's thread, where also SQLAlchemy and its kind are imported."""
    from kelurahan_client.app import open_desk  # noqa: PLC0415
    from kelurahan_client.log import start_log  # noqa: PLC0415

    start_log(config)
    return open_desk(config)


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
