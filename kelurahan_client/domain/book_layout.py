"""Where the header of a register book stands and which column holds what.

Offices put titles over the header, spread it over two rows with groups (IDENTITAS PELAPOR over NAMA, ALAMAT, HP), and
word it as they like. The layout is found by its words alone; a mapping, remembered by its signature, overrules it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kelurahan_client.domain.book_cells import Grid, cell_text
from kelurahan_client.domain.book_headings import (
    FIELD_LABELS,
    MAX_HEADING,
    REPEATABLE_FIELDS,
    REQUIRED_FIELDS,
    RT_RW,
    field_for,
    heading_key,
    is_added_heading,
    weak_field_for,
)
from kelurahan_client.errors import InputError

HEADER_SEARCH_ROWS: Final = 60  # a header further down belongs to another table
_MIN_FIELDS: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column with a heading: `index` from 0, `field` a key of FIELD_LABELS or None when it is not imported."""

    index: int
    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The header of one sheet; rows are counted from 0, `signature` is the same for books with the same headings."""

    header_row: int
    first_data_row: int
    columns: tuple[Column, ...]
    signature: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that no column holds; a book can be read only when there are none."""
        held = {column.field for column in self.columns}
        return tuple(field for field in REQUIRED_FIELDS if field not in held)

    @property
    def header_cells(self) -> tuple[str, ...]:
        """The headings at their places, "" over columns without one."""
        cells = [""] * (max((column.index for column in self.columns), default=-1) + 1)
        for column in self.columns:
            cells[column.index] = column.heading
        return tuple(cells)

    @property
    def fields(self) -> int:
        """How many different fields the columns hold."""
        return len({column.field for column in self.columns} - {None})

    def heading(self, field: str) -> str:
        """The heading over the first column of `field`, or the field's name on the screen when there is none."""
        for column in self.columns:
            if column.field == field:
                return column.heading
        return FIELD_LABELS.get(field, field)


def find_layout(grid: Grid) -> Layout | None:
    """The layout with the most known columns among the first rows, or None when there is nothing like a header.

    The layout may lack required columns (`missing`), so that a person can name them.
    """
    best: Layout | None = None
    for layout in _candidates(grid):
        if layout.fields >= _MIN_FIELDS and (best is None or _worth(layout) > _worth(best)):
            best = layout
    return best


def layout_with(grid: Grid, mapping: Mapping[str, str]) -> Layout:
    """The layout after `mapping` (heading as in the book -> field, "" to leave the column out) has overruled it.

    Columns that the mapping does not name keep what their words say. Raises InputError for an unknown field, a heading
    that the sheet does not have, or a field given to two columns.
    """
    wanted = _checked(mapping)
    found = find_layout(grid)
    if found is None or not wanted.keys() <= _keys(found):
        named = max(_candidates(grid), key=lambda layout: len(wanted.keys() & _keys(layout)), default=None)
        found = named if named is not None and wanted.keys() & _keys(named) else found
    if found is None:
        raise InputError(
            "Baris judul kolom tidak ditemukan di lembar ini.",
            way_out="Pastikan ada satu baris dengan nama kolom, misalnya No, Tanggal, Nama, Isi pengaduan.",
        )
    for heading in mapping:
        if _key(heading) not in _keys(found):
            raise InputError(
                f"Kolom “{heading}” tidak ada di buku ini.",
                way_out=f"Kolom yang ada: {', '.join(column.heading for column in found.columns)}.",
            )
    return _overruled(found, wanted)


def _checked(mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping by heading keys; raises InputError for an unknown field or one that is given twice."""
    wanted: dict[str, str] = {}
    for heading, field in mapping.items():
        if field and field not in FIELD_LABELS:
            raise InputError(
                f"Isian “{field}” untuk kolom “{heading}” tidak dikenal.",
                way_out=f"Pilih salah satu: {', '.join(FIELD_LABELS)}; kosongkan bila kolom tidak dipakai.",
            )
        if field and field not in REPEATABLE_FIELDS and field in wanted.values():
            raise InputError(
                f"Isian “{field}” diberikan kepada dua kolom.",
                way_out="Pilih satu kolom saja untuk isian itu.",
            )
        wanted[_key(heading)] = field
    return wanted


def _overruled(layout: Layout, wanted: Mapping[str, str]) -> Layout:
    taken = set(wanted.values()) - set(REPEATABLE_FIELDS)
    columns = []
    for column in layout.columns:
        by_words = None if column.field in taken else column.field
        field = wanted.get(_key(column.heading), by_words) or None
        columns.append(Column(column.index, column.heading, field))
    return Layout(layout.header_row, layout.first_data_row, tuple(columns), layout.signature)


def _keys(layout: Layout) -> set[str]:
    return {_key(column.heading) for column in layout.columns}


def _worth(layout: Layout) -> tuple[int, int]:
    return (layout.fields, -len(layout.missing))


def _candidates(grid: Grid) -> Iterable[Layout]:
    """Every row among the first ones as a header alone, and together with the row beneath it."""
    rows = [[cell_text(cell) for cell in row] for row in grid[: HEADER_SEARCH_ROWS + 1]]
    for index, upper in enumerate(rows[:HEADER_SEARCH_ROWS]):
        if sum(_is_heading(text) for text in upper) < 2:
            continue
        yield _layout(index, index + 1, upper, upper)
        if index + 1 < len(rows):
            joined = _two_rows(upper, rows[index + 1])
            if joined is not None:
                yield _layout(index, index + 2, *joined)


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= MAX_HEADING and any(char.isalpha() for char in text)


def _two_rows(upper: Sequence[str], lower: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Headings to show and headings to understand of a header in two rows, or None when the second is none.

    A group's word is spread over the cells to its right that are empty above and filled beneath.
    """
    width = max(len(upper), len(lower))
    top = [*upper, *[""] * (width - len(upper))]
    bottom = [*lower, *[""] * (width - len(lower))]
    filled = [text for text in bottom if text]
    if not filled or not all(_is_heading(text) for text in filled):
        return None
    if not any(under and under != over and field_for(under) for over, under in zip(top, bottom, strict=True)):
        return None
    shown: list[str] = []
    understood: list[str] = []
    group = ""
    for over, under in zip(top, bottom, strict=True):
        group = over or (group if under else "")
        both = f"{group} {under}" if group and under and group != under else under or over
        field = field_for(both) or field_for(under)
        other = _is_other_person(group)
        shown.append(under if field is not None and field_for(under) == field and not other else both)
        understood.append(both if field_for(both) or other else under or over)
    return shown, understood


def _key(heading: str) -> str:
    """What a heading is compared by: its words, or the sign itself where it has none ("#")."""
    return heading_key(heading) or heading


def _is_other_person(group: str) -> bool:
    """Whether a group of columns describes somebody who is not the reporter."""
    words = heading_key(group).split()
    return any(word in ("terlapor", "petugas", "saksi", "teradu") for word in words)


def _layout(header_row: int, first_data_row: int, shown: Sequence[str], understood: Sequence[str]) -> Layout:
    present = [index for index, text in enumerate(shown) if text and not is_added_heading(text)]
    fields = _fields(understood, present)
    seen: dict[str, int] = {}
    columns = []
    for index in present:
        heading = shown[index][:MAX_HEADING]
        key = _key(heading)
        seen[key] = seen.get(key, 0) + 1
        heading = heading if seen[key] == 1 else f"{heading} ({seen[key]})"
        columns.append(Column(index, heading, fields[index]))
    words = "\n".join(_key(column.heading) for column in columns)
    return Layout(header_row, first_data_row, tuple(columns), hashlib.sha256(words.encode()).hexdigest()[:32])


def _fields(headings: Sequence[str], present: Sequence[int]) -> dict[int, str | None]:
    """The field of each column; of two columns for one field the left one counts."""
    fields: dict[int, str | None] = {}
    held: set[str] = set()
    for index in present:
        field = field_for(headings[index])
        if field in held and field not in REPEATABLE_FIELDS:
            field = None
        fields[index] = field
        if field is not None:
            held |= {field} | ({"rt", "rw"} if field == RT_RW else set())
            held |= {RT_RW} if field in ("rt", "rw") else set()
    for index in present:
        weak = weak_field_for(headings[index]) if fields[index] is None else None
        if weak is not None:
            fields[index] = weak if weak not in held else ("title" if "title" not in held else None)
            held |= {fields[index] or ""}
    return fields
