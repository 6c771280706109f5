"""Look through an XLS before the sheet reader does: locked ones it calls damaged, and damaged ones may end the program.

An XLS is a small file system (OLE) with one file in it, a run of records. A record with a wrong row or column number
makes the reader ask for more memory than there is, which no handler can catch.
"""

import struct
from collections.abc import Iterator
from typing import Final

from kelurahan_client.services.book_guard import check_size, damaged, locked

_SEALED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")  # an XLSX with a password is an OLE file with this part
_BEGIN: Final = 0x0809
_PASSWORD: Final = 0x002F
_SHEET: Final = 0x0085  # names a sheet and where its records begin
_CELLS: Final = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD))
_SEVERAL_CELLS: Final = 0x00BD  # its last two bytes are the last column
_DIMENSIONS: Final = 0x0200
_MAX_ROWS: Final = 65_536
_MAX_COLUMNS: Final = 256
_STRINGS: Final = 0x00FC
_END_OF_CHAIN: Final = 0xFFFFFFFA  # this and all above are no sectors
_ROOT: Final = 5
_ENTRY: Final = 128  # bytes of a directory entry


def check_xls(data: bytes, name: str) -> None:
    """Raise UnreadableFile when the OLE file `data` is locked, damaged, no XLS, or too large for a register book."""
    if _SEALED_PACKAGE in data:
        raise locked(name)
    try:
        stream = _workbook(data)
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(name) from error
    rows = columns = 0
    begins: set[int] = set()
    sheets: set[int] = set()
    for place, kind, body in _records(stream):
        if kind == _BEGIN:
            rows = columns = 0
            begins.add(place)
        elif kind == _PASSWORD:
            raise locked(name)
        elif kind == _SHEET and len(body) >= 4:
            sheets.add(struct.unpack_from("<I", body)[0])
        elif _impossible(kind, body, len(stream)):
            raise damaged(name)
        elif kind in _CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last: int = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _SEVERAL_CELLS else column
            rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
            check_size(rows, columns, name)
    if not sheets <= begins:  # the reader would take the middle of something for a record
        raise damaged(name)


def _impossible(kind: int, body: memoryview, size: int) -> bool:
    """Whether a record promises more texts than there are bytes, or a sheet of an impossible size."""
    if kind == _STRINGS and len(body) >= 8:
        return bool(struct.unpack_from("<I", body, 4)[0] > size)
    if kind == _DIMENSIONS and len(body) >= 10:
        form = "<IIHH" if len(body) >= 12 else "<HHHH"
        first_row, rows, first_column, columns = struct.unpack_from(form, body)
        return not (first_row <= rows <= _MAX_ROWS and first_column <= columns <= _MAX_COLUMNS)
    return False


def _records(stream: bytes) -> Iterator[tuple[int, int, memoryview]]:
    """Place, kind and body of every record."""
    view = memoryview(stream)
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, view[place + 4 : place + 4 + length]
        place += 4 + length


def _workbook(data: bytes) -> bytes:
    """The run of records; raises ValueError, IndexError or struct.error where the file system is damaged."""
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("sectors of a wrong size")
    size = 1 << shift
    (directory_start,) = struct.unpack_from("<I", data, 48)
    cutoff, small_start = struct.unpack_from("<II", data, 56)
    table = _table(data, size)
    directory = b"".join(_sector(data, number, size) for number in _chain(table, directory_start))
    root = book = None
    for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[place : place + _ENTRY]
        title = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", entry, 116)
        root = (start, length) if entry[66] == _ROOT and root is None else root
        book = (start, length) if title.casefold() in ("workbook", "book") and book is None else book
    if root is None or book is None:
        raise ValueError("no workbook in the file")
    start, length = book
    if length >= cutoff:
        return b"".join(_sector(data, number, size) for number in _chain(table, start))[:length]
    small_table = _numbers(b"".join(_sector(data, number, size) for number in _chain(table, small_start)))
    small = b"".join(_sector(data, number, size) for number in _chain(table, root[0]))
    return b"".join(small[number << 6 : (number + 1) << 6] for number in _chain(small_table, start))[:length]


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which, put together from the sectors that hold the table."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following, rest = struct.unpack_from("<II", data, 68)
    for _turn in range(min(rest, len(data) // size)):
        if following >= _END_OF_CHAIN:
            break
        *more, following = _numbers(_sector(data, following, size))
        listed += more
    parts = [_sector(data, number, size) for number in listed if number < _END_OF_CHAIN]
    return _numbers(b"".join(parts))


def _numbers(sectors: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sectors) // 4}I", sectors[: len(sectors) // 4 * 4])


def _sector(data: bytes, number: int, size: int) -> bytes:
    found = data[(number + 1) * size : (number + 2) * size]
    if not found:
        raise ValueError("a sector behind the end of the file")
    return found


def _chain(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The sectors of one chain; a chain longer than the table goes in a circle."""
    number = start
    for _turn in range(len(table)):
        if number >= _END_OF_CHAIN:
            return
        yield number
        number = table[number]
    if number < _END_OF_CHAIN:
        raise ValueError("a chain of sectors without an end")
