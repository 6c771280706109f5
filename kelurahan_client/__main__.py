"""`python -m kelurahan_client`: the window without a command, else the command."""

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
    from kelurahan_client import cli  # noqa: PLC0415  # the window must not wait for what the commands need

    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
