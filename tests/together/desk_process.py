"""Commands of the desk in processes of their own; some of them end as in a power cut."""

import multiprocessing
import os
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from kelurahan_client.cli import main

_PATIENCE = 60.0


@dataclass(frozen=True)
class Done:
    """How a command ended (-9: suddenly), and what it said."""

    status: int | None
    out: str
    err: str


@dataclass(frozen=True)
class End:
    """A sudden end just before an SQL statement that begins so (or COMMIT), when `passed` of them were let through."""

    before: str
    passed: int = 0


def run_command(*command: str, end: End | None = None) -> Done:
    """Run `python -m kelurahan_client` with these words, in a process of its own."""
    processes = multiprocessing.get_context("forkserver")
    # What takes a second to import is imported once, in the process that all these processes come from.
    processes.set_forkserver_preload([__name__])
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = processes.Process(target=_run, args=(command, end, out, err))
        process.start()
        process.join(_PATIENCE)
        return Done(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _run(command: tuple[str, ...], end: End | None, out: Path, err: Path) -> None:
    if end is not None:
        _arrange(end)
    with out.open("w", encoding="utf-8") as sys.stdout, err.open("w", encoding="utf-8") as sys.stderr:
        status = main(command)
    os._exit(status)


def _arrange(end: End) -> None:
    left = [end.passed]

    def count() -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(end.before):
            count()

    if end.before == "COMMIT":
        event.listen(Engine, "commit", lambda _connection: count())
    else:
        event.listen(Engine, "before_cursor_execute", see)
