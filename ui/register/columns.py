"""The columns of the list: two-line cells in a narrow table, columns of their own in a wide one or where chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kelurahan_client.domain.words import CHANNEL_WORDS, CLASSIFICATION_WORDS
from kelurahan_client.services.lists import ListRow, Sort
from ui.language import said
from ui.register.cells import Day, agency_cell, due_cell, status_cell, sync_cell, title_cell, tr
from ui.widgets.cell import Cell
from ui.wording import short_date

NARROW = ("complaint", "status_lines", "due", "sync")
WIDE = ("reference", "title", "received", "status", "agency", "due", "sync")
MORE = ("category", "channel", "classification", "location")  # that a person may add


@dataclass(frozen=True, slots=True)
class Look:
    """A column: what a press on it sorts by, its usual width in design pixels (None: the room that is left)."""

    sort: Sort
    width: int | None
    cell: Callable[[ListRow, Day], Cell]


def column_name(code: str) -> str:
    """The heading of a column."""
    return {
        "complaint": tr("Pengaduan"),
        "status_lines": tr("Status"),
        "reference": tr("Nomor"),
        "title": tr("Judul"),
        "received": tr("Diterima"),
        "status": tr("Status"),
        "agency": tr("SKPD"),
        "due": tr("Tenggat"),
        "category": tr("Kategori"),
        "channel": tr("Kanal"),
        "classification": tr("Klasifikasi"),
        "location": tr("Lokasi"),
        "sync": "",
    }[code]


def spoken_name(code: str) -> str:
    """The name of a column where it stands in words; that of the glyphs has no heading."""
    return column_name(code) or tr("Keadaan kiriman")


def look_of(code: str) -> Look:
    """How a column is shown."""
    return _LOOKS[code]


def known(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes that this program has, each once; another version may have kept others."""
    return tuple(dict.fromkeys(code for code in codes if code in {*WIDE, *MORE}))


def cell(row: ListRow, code: str, day: Day) -> Cell:
    """One cell of a line."""
    return _LOOKS[code].cell(row, day)


def _category(row: ListRow, day: Day) -> Cell:
    return (
        Cell(text=day.reference.category_name(row.category))
        if row.category
        else Cell(text=tr("belum", "chosen"), quiet=True)
    )


def _location(row: ListRow, _day: Day) -> Cell:
    if row.confidential:
        return Cell(text=tr("Rahasia"), quiet=True)
    return Cell(text=row.location) if row.location else Cell(text="–", quiet=True)


_LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "complaint": Look(Sort.RECEIVED, None, lambda row, day: title_cell(row, day, two_lines=True)),
        "status_lines": Look(Sort.STATUS, 172, lambda row, day: status_cell(row, day, two_lines=True)),
        "reference": Look(Sort.REFERENCE, 160, lambda row, _day: Cell(text=row.reference)),
        "title": Look(Sort.TITLE, None, lambda row, day: title_cell(row, day, two_lines=False)),
        "received": Look(Sort.RECEIVED, 84, lambda row, day: Cell(text=short_date(row.received_date, day.today))),
        "status": Look(Sort.STATUS, 172, lambda row, day: status_cell(row, day, two_lines=False)),
        "agency": Look(Sort.AGENCY, 116, agency_cell),
        "due": Look(Sort.DUE, 180, due_cell),
        "category": Look(Sort.CATEGORY, 170, _category),
        "channel": Look(Sort.CHANNEL, 116, lambda row, _day: Cell(text=said(CHANNEL_WORDS[row.channel]))),
        "classification": Look(
            Sort.CLASSIFICATION, 150, lambda row, _day: Cell(text=said(CLASSIFICATION_WORDS[row.classification]))
        ),
        "location": Look(Sort.LOCATION, 200, _location),
        "sync": Look(Sort.SYNC, 40, lambda row, _day: sync_cell(row)),
    }
)
