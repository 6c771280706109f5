"""One command of the desk in a process that kills itself the hard way: `python -m tests.together.dying_desk`.

Arguments: the beginning of an SQL statement (or COMMIT), how many of them to let pass, then the command line's own.
The end comes just before the chosen statement runs, as a power cut would.
"""

import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event

from kelurahan_client.cli import main


def die_before(beginning: str, passed: int) -> None:
    """Arrange for this process to end itself."""
    left = [passed]

    def count() -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith(beginning):
            count()

    if beginning == "COMMIT":
        event.listen(Engine, "commit", lambda _connection: count())
    else:
        event.listen(Engine, "before_cursor_execute", see)


if __name__ == "__main__":
    die_before(sys.argv[1], int(sys.argv[2]))
    sys.exit(main(sys.argv[3:]))
