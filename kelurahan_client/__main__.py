"""`python -m kelurahan_client`: the window without a command, else the command."""

import io
import os
import sys
from pathlib import Path

from kelurahan_client.config import config
from kelurahan_client.window import run_window


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; the exit status."""
    match arguments:
        case []:
            return run_window(config())
        case ["--data-dir", folder]:
            return run_window(config(Path(folder)))
    return run_command(arguments)


def run_command(arguments: list[str]) -> int:
    """Run a command: in UTF-8 whatever the console speaks, and quiet when its reader has enough (`list | head`)."""
    from kelurahan_client import cli  # noqa: PLC0415  # the window must not wait for what the commands need

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None in a program without a console
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = cli.main(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
