"""`python -m benchmarks [desk|window|exchange|central|city|ui|all] [--json FILE]`: measure, print, say what is over."""

import argparse
import importlib
import json
import sys
from pathlib import Path

from benchmarks.measuring import Row, table

_MODULES = {
    "desk": "benchmarks.desk_speed",
    "window": "benchmarks.window_speed",
    "exchange": "benchmarks.exchange_speed",
    "central": "benchmarks.central_load",
    "city": "benchmarks.city_speed",
    "ui": "benchmarks.ui_speed",
}


def main(arguments: list[str] | None = None) -> int:
    """Measure what is named; 1 when a bound is not kept."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Measure the program against its yardsticks.")
    parser.add_argument("what", nargs="?", default="all", choices=[*_MODULES, "all"])
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there too")
    given = parser.parse_args(arguments)
    found: dict[str, list[Row]] = {}
    for name in _MODULES if given.what == "all" else [given.what]:
        found[name] = importlib.import_module(_MODULES[name]).measure()
        print(f"{name}\n{table(found[name])}\n", flush=True)
    if given.json is not None:
        figures = {name: [row.as_json() for row in rows] for name, rows in found.items()}
        given.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")
    over = [row.name for rows in found.values() for row in rows if not row.held]
    if over:
        print("over the bound: " + "; ".join(over), file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
