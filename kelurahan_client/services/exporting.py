"""Giving a filtered list out of the program: a workbook with everything, or a report on paper.

Neither says who complained unless that is asked for with a reason, which is written down for every complaint before
the file is there. A NIK never leaves; nor does the person behind an *anonim* complaint, nor what is *rahasia*.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.domain.roles import Right
from kelurahan_client.domain.text import clean_line
from kelurahan_client.errors import Cancelled, InputError
from kelurahan_client.services.desk import Desk, allow, officer
from kelurahan_client.services.export_columns import Column, columns
from kelurahan_client.services.list_order import codes
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.long_sheet import Look, Place, write_sheet
from kelurahan_client.services.whole_file import write_whole
from kelurahan_client.store import complaints, imports, listing

Report = Callable[[tuple[int, int]], None]
"""Told how many complaints of how many are written."""
Asked = Callable[[], bool]
"""Asked now and then: was it cancelled?"""

_PART: Final = 1_000  # complaints in memory at a time


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
    shown = columns(desk.reference, with_identities=with_identities)

    def fill(temporary: Path) -> None:
        lines = (_line(shown, one) for one in _told(desk, keys, wish, report, cancelled))
        write_sheet(temporary, [_place(column) for column in shown], lines, len(keys), wish.described)
        if cancelled():
            raise _stopped()

    write_whole(target, fill)
    return len(keys)


def _place(column: Column) -> Place:
    look = Look.DAY if column.day is not None else Look.LONG if column.long else Look.TEXT
    return Place(column.heading, column.width, look)


def _line(shown: Sequence[Column], complaint: Complaint) -> list[str | date | None]:
    return [column.text(complaint) if column.day is None else column.day(complaint) for column in shown]


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
                said = f"Ekspor: {clean_line(reason).text}"[:300]
                by = officer(transaction).name
                imports.add_reveals(transaction, [one.id for one in found], by, desk.now(), said)
        yield found


def _told(desk: Desk, keys: Sequence[int], wish: Wish, report: Report, cancelled: Asked) -> Iterator[Complaint]:
    done = 0
    report((0, len(keys)))
    for part in parts(desk, keys, wish.reason, cancelled):
        yield from part
        done += len(part)
        report((done, len(keys)))


def _stopped() -> Cancelled:
    return Cancelled("Ekspor dihentikan; tidak ada berkas yang dibuat.")
