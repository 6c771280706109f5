"""What a cell of a typed page may have meant, for a mend by one key. Nothing is ever put in by itself."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from kelurahan_client.domain.book_headings import RT_RW
from kelurahan_client.domain.dates import EARLIEST, read_date

MOST: Final = 2
_DAY_AND_MONTH: Final = re.compile(r"\s*\d{1,2}\s*[-/. ]\s*(\d{1,2})\b")
_TWO_NUMBERS: Final = re.compile(r"0*(\d{1,3})\D+0*(\d{1,3})\b")
_CHOICES: Final = {
    "reporter_sex": ("L", "P"),
    "channel": ("Buku register",),
    "reporter_name": ("Anonim",),
}


def mends_for(field: str, text: str, *, above: date | None, below: date | None, today: date) -> tuple[str, ...]:
    """At most two texts that could stand in the cell instead; `above` and `below` are the dates of its neighbours."""
    if field == "received_date":
        return _dates(text, above=above, below=below, today=today)
    if field == RT_RW:
        numbers = _TWO_NUMBERS.search(text)
        return (f"{numbers[1]}/{numbers[2]}",) if numbers else ()
    return _CHOICES.get(field, ())[:MOST]


def _dates(text: str, *, above: date | None, below: date | None, today: date) -> tuple[str, ...]:
    found: list[date] = list(read_date(text, today=today, near=above).candidates)
    written = _DAY_AND_MONTH.match(text)
    year = (above or below or today).year
    if written and not found and 1 <= int(written[1]) <= 12:
        month = int(written[1])
        found.append(date(year, month, monthrange(year, month)[1]))
    found += [day for day in (below, above) if day is not None]
    usable = dict.fromkeys(day for day in found if EARLIEST <= day <= today)
    return tuple(_written(day, year) for day in usable)[:MOST]


def _written(day: date, year: int) -> str:
    """As a clerk writes it: without the year where the neighbours have it."""
    return f"{day.day}/{day.month}" if day.year == year else f"{day.day}/{day.month}/{day.year}"
