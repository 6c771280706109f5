"""Does the proof prove anything? Breaks one promise at a time in a copy of the tree; the tests must see each of them.

`python3 dev.py prove` does all of BREAKS, `prove cursor fsync` those whose names have one of the words. It takes about
a minute each. A break that no test sees is an error, as is a piece of code that is not there any more.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.breaks import BREAKS, Break

ROOT = Path(__file__).resolve().parent.parent
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".dev", "__pycache__", ".*_cache", ".hypothesis", "build", "dist")
_FAILED = 1  # the exit status of pytest when a test failed; anything else but 0 is no answer


class BreakingError(Exception):
    """The check itself cannot be made; the message says why."""


def broken(text: str, one: Break) -> str:
    """The file's text with the break in it; raises BreakingError when the piece is not there exactly once."""
    count = text.count(one.old)
    if count != 1:
        raise BreakingError(f"“{one.name}”: its piece of code is in {one.file} {count} times; mend tools/breaks.py")
    return text.replace(one.old, one.new)


def main(arguments: list[str] | None = None) -> int:
    """Break what is asked for; 0 when every break was found."""
    parser = argparse.ArgumentParser(prog="dev.py prove", description=main.__doc__)
    parser.add_argument("words", nargs="*", help="only breaks whose name has one of these words (default: all)")
    parser.add_argument("--list", action="store_true", help="only print their names")
    given = parser.parse_args(arguments)
    chosen = [one for one in BREAKS if not given.words or any(word in one.name for word in given.words)]
    if given.list or not chosen:
        print("\n".join(one.name for one in chosen) or "no break has such a name; --list shows all")
        return 0 if chosen else 2
    with tempfile.TemporaryDirectory(prefix="lapor-broken-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=_LEFT_OUT)
        try:
            return _break_each(tree, chosen)
        except BreakingError as error:
            print(error, file=sys.stderr)
            return 2


def _break_each(tree: Path, chosen: Iterable[Break]) -> int:
    missed = []
    sound: dict[tuple[str, ...], bool] = {}
    for one in chosen:
        if not sound.setdefault(one.tests, _status(tree, one.tests) == 0 if one.tests not in sound else True):
            raise BreakingError(f"{' '.join(one.tests)}: fails although nothing is broken")
        file = tree / one.file
        whole = file.read_text("utf-8")
        file.write_text(broken(whole, one), "utf-8")
        status = _status(tree, one.tests)
        file.write_text(whole, "utf-8")
        if status not in (0, _FAILED):
            raise BreakingError(f"“{one.name}”: pytest ended with {status} and said nothing about it")
        print(f"{'found    ' if status else 'NOT FOUND'}  {one.name}", flush=True)
        missed += [] if status else [one.name]
    print(f"not found: {', '.join(missed)}" if missed else "every break was found")
    return 1 if missed else 0


def _status(tree: Path, tests: Iterable[str]) -> int:
    """How pytest ends in this tree."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
