"""A screen for windows: an X server of the test's own where there is one, else Qt's own picture of none."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_SIZE = "1366x768x24"


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """What the environment of a window must say to be shown there."""
    program = shutil.which("Xvfb")
    if program is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    with os.fdopen(reading) as said:
        server = subprocess.Popen(
            [program, "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # about keys that no keyboard has
        )
        os.close(writing)
        try:
            number = said.readline().strip()
            assert number, "Xvfb did not start"
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        finally:
            server.terminate()
            server.wait()
