"""Giving a filtered list out of the program: a workbook with everything, or a report on paper.

Neither says who complained unless that is asked for with a reason, which is written down for every complaint before
the file is there. A NIK never leaves; nor does the person behind an *anonim* complaint, nor what is *rahasia*.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.roles import Right
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import Cancelled, InputError
from kelurahan_client.services.desk import Desk, allow, officer
from kelurahan_client.services.export_columns import Column, columns
from kelurahan_client.services.list_order import codes
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.whole_file import write_whole
from kelurahan_client.store import complaints, listing, reveals
from kelurahan_client.store.audit import AuditKind

Report = Callable[[tuple[int, int]], None]
"""Told how many complaints of how many are written."""
Asked = Callable[[], bool]
"""Asked now and then: was it cancelled?"""

_PART: Final = 1_000  # complaints in memory at a time
_MAX_CELL: Final = 32_000  # characters; XLSX holds 32,767 in a cell and would lose a longer one whole
MAX_ROWS: Final = 1_048_575
"""Of a sheet, below the heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be given out: the list as it is filtered and sorted, and how it is described on the file.

    `reason` is why identities are wanted, "" for a file without them.
    """

    wanted: ListFilter
    described: str = ""
    reason: str = ""


def write_workbook(
    desk: Desk, wish: Wish, target: Path, report: Report = lambda _: None, cancelled: Asked = lambda: False
) -> int:
    """Write the list as XLSX, in the order shown; the file appears whole or not at all. Returns how many complaints.

    Raises InputError where it cannot be written or no good reason was given, DiskFull, Cancelled.
    """
    with_identities = identities_allowed(desk, wish)
    keys = chosen(desk, wish)
    if len(keys) > MAX_ROWS:
        raise InputError(
            "Terlalu banyak untuk satu lembar kerja.", way_out="Persempit saringannya, misalnya per tahun."
        )

    def fill(temporary: Path) -> None:
        shown = columns(desk.reference, with_identities=with_identities)
        _write(temporary, shown, _told(desk, keys, wish, report, cancelled), wish.described)
        if cancelled():
            raise _stopped()

    write_whole(target, fill)
    return len(keys)


def identities_allowed(desk: Desk, wish: Wish) -> bool:
    """Whether identities go out; raises InputError where the reason will not do, NotAllowed where the role does not."""
    if not wish.reason:
        return False
    with desk.store.read() as transaction:
        allow(transaction, Right.EXPORT_IDENTITIES)
    if len(clean_line(wish.reason).text) < 3:
        raise InputError("Tulis alasan mengekspor identitas.", way_out="Misalnya: diminta Lurah untuk rapat RT.")
    return True


def chosen(desk: Desk, wish: Wish) -> "array[int]":
    """The keys of all complaints of the list, also of those of a search that the window does not show any more."""
    with desk.store.read() as transaction:
        order = codes(desk.reference, wish.wanted.sort)
        return listing.keys(transaction, wish.wanted, most_found=None, codes=order)


def parts(desk: Desk, keys: Sequence[int], reason: str, cancelled: Asked = lambda: False) -> Iterator[list[Complaint]]:
    """The complaints of `keys`, a thousand at a time; with a `reason` each part is logged before it is given."""
    for start in range(0, len(keys), _PART):
        if cancelled():
            raise _stopped()
        part = keys[start : start + _PART]
        with desk.store.read() as transaction:
            found = [stored.complaint for stored in complaints.by_keys(transaction, part)]
        if reason:
            with desk.store.write() as transaction:
                ids, by = [one.id for one in found], officer(transaction).name
                reveals.add(transaction, ids, by, desk.now(), clean_line(reason).text[:300], AuditKind.EXPORT)
        yield found


def _told(desk: Desk, keys: Sequence[int], wish: Wish, report: Report, cancelled: Asked) -> Iterator[Complaint]:
    done = 0
    report((0, len(keys)))
    for part in parts(desk, keys, wish.reason, cancelled):
        yield from part
        done += len(part)
        report((done, len(keys)))


def _write(path: Path, shown: Sequence[Column], rows: Iterator[Complaint], described: str) -> None:
    # What it writes meanwhile is as readable as the file will be, so it lies where the person wants that.
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"title": "Daftar pengaduan", "comments": described[:250]})
        sheet = book.add_worksheet("Pengaduan")
        formats = _formats(book)
        for at, column in enumerate(shown):
            sheet.set_column(at, at, column.width)
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(shown):
            sheet.write_string(0, at, column.heading, formats["head"])
        last = 0
        for last, complaint in enumerate(rows, 1):  # the number of the last row is needed after the loop
            for at, column in enumerate(shown):
                _cell(sheet, (last, at), column, complaint, formats)
        sheet.autofilter(0, 0, max(last, 1), len(shown) - 1)


def _formats(book: Any) -> Mapping[str, Any]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"num_format": "@", "valign": "top"}),
        "long": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
    }


def _cell(sheet: Any, place: tuple[int, int], column: Column, complaint: Complaint, formats: Mapping[str, Any]) -> None:
    """One value: a day as a day, everything else as text, so that nothing anybody wrote is ever a formula."""
    row, at = place
    if column.day is not None:
        if (day := column.day(complaint)) is not None:
            sheet.write_datetime(row, at, day, formats["day"])
    elif text := column.text(complaint):
        fitting = text if len(text) <= _MAX_CELL else f"{text[: _MAX_CELL - 1]}…"
        sheet.write_string(row, at, fitting, formats["long" if column.long else "text"])


def _stopped() -> Cancelled:
    return Cancelled("Ekspor dihentikan; tidak ada berkas yang dibuat.")
