"""What drives a window from inside its own process: a generator that does a step each time a timer rings."""

import json
import os
import sys
import traceback
from collections.abc import Iterator

Step = Iterator[None]


def go_on(steps: Step) -> None:
    """Do the next step; a mistake in one must not look as if nothing came, nor as one of the window."""
    well = False
    try:
        next(steps, None)
        well = True
    finally:
        if not well:
            traceback.print_exc()
            os._exit(1)


def say(**what: object) -> None:
    """Tell whoever watches the process, as a line of JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()
