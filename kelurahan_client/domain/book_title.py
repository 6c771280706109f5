"""Whose register book it is, where a title above its headings says so."""

import re

from kelurahan_client.domain.book_cells import Grid, cell_text
from kelurahan_client.domain.reference import Office, ReferenceData

_NAMED = re.compile(r"\bkel(?:urahan|\.)\s*:?\s*(.+)", re.IGNORECASE)


def office_named(grid: Grid, header_row: int, reference: ReferenceData) -> Office | None:
    """The kelurahan that the lines above the headings name; None where none does, or more than one."""
    found: dict[str, Office] = {}
    for row in grid[:header_row]:
        for cell in row:
            named = _NAMED.search(cell_text(cell))
            office = reference.find_office(named[1]) if named else None
            if office is not None:
                found[office.code] = office
    return next(iter(found.values())) if len(found) == 1 else None
