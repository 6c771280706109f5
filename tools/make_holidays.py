"""Write the dated holiday tables of resources/reference anew from the PyPI package `holidays`.

Run it as `python tools/make_holidays.py 2020 2027` (first and last year) when a new joint decree is out and a new
version of the package knows it, then look at the difference before committing. holidays.csv gets the national holidays
(public) and cuti bersama (joint_leave); holiday_years.csv says for each year whether it is complete: its cuti bersama
is known and none of its dates is an estimate.
"""

import csv
import sys
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays

_FOLDER = Path(__file__).parent.parent / "resources" / "reference"
_KINDS = (("public", "public"), ("government", "joint_leave"))


def main(first: int, last: int) -> None:
    """Write both tables for the years from `first` to `last`."""
    source = f"holidays {version('holidays')}"
    rows: list[tuple[date, str, str]] = []
    for category, kind in _KINDS:
        found = holidays.country_holidays("ID", years=range(first, last + 1), categories=category, language="id")
        rows += [(day, name, kind) for day, name in found.items()]
    _write("holidays.csv", ("date", "name", "kind", "source"), ((*row, source) for row in sorted(rows)))
    known = {day.year for day, _, kind in rows if kind == "joint_leave"}
    known -= {day.year for day, name, _ in rows if "perkiraan" in name}
    years = ((year, "yes" if year in known else "no", source) for year in range(first, last + 1))
    _write("holiday_years.csv", ("year", "complete", "source"), years)


def _write(name: str, heading: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with (_FOLDER / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
