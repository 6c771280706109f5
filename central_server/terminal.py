"""What the centre's commands share: a result as a line of JSON, and who sits at the terminal."""

import getpass
import json
import os
import sys
from typing import Any


def print_line(value: dict[str, Any]) -> None:
    """One result on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def who() -> str:
    """The name of the machine's user, its number where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return str(os.getuid()) if hasattr(os, "getuid") else ""
