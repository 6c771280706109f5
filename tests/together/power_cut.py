"""The power goes at a desk in this process: its data are put back as they were on the disk at that moment."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from tests.together.desk_at_work import DeskAtWork


class PowerCut(BaseException):
    """Nothing handles it, as nothing handles the real one."""


def power_goes(work: DeskAtWork, at: int, act: Callable[[], object]) -> bool:
    """Do `act`, and let the power go just before the desk's `at`-th statement or commit; whether it was as many.

    The desk is open again afterwards. What SQLite shares between connections (`-shm`) is never on the disk.
    """
    engine, left = work.desk.store._engine, [at]
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "image"

        def see(*_: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                shutil.copytree(work.config.data_dir, image, ignore=shutil.ignore_patterns("*-shm"))
                raise PowerCut

        def see_commit(connection: Connection) -> None:
            see(connection)

        event.listen(engine, "before_cursor_execute", see)
        event.listen(engine, "commit", see_commit)
        try:
            act()
        except PowerCut:
            work.close()
            shutil.rmtree(work.config.data_dir)
            shutil.copytree(image, work.config.data_dir)
            work.reopen()
            return True
        finally:
            event.remove(engine, "before_cursor_execute", see)
            event.remove(engine, "commit", see_commit)
    return False
