"""Refuse workbooks that would exhaust the memory before a reader unpacks them.

The sheet reader keeps a full rectangle of cells, so one stray cell at the far corner of a sheet would need gigabytes
and end the program; a packed file may also unpack to a thousand times its size. Both show in the packed file itself.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from kelurahan_client.errors import UnreadableFile

MAX_UNPACKED: Final = 400 * 1024 * 1024  # bytes of all parts together
MAX_CELLS: Final = 5_000_000  # rows times columns of one sheet
_CHUNK: Final = 1 << 20
_MAX_TAG: Final = 4096  # bytes kept between chunks so that no tag is cut in two

_XLSX_TAG: Final = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_XLSX_PLACE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_ODS_TAG: Final = re.compile(
    rb"<(?:\w+:)?(table-row|table-cell|covered-table-cell|table)(?![-\w])([^<>]*)>|</(?:\w+:)?table-row>"
)
_ODS_ROWS: Final = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,9})["']""")
_ODS_COLUMNS: Final = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,9})["']""")


def check_packed(data: bytes, name: str) -> None:
    """Raise UnreadableFile when the packed workbook `data` is damaged, locked or too large to be a register book."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_large(name)
            if any(part.flag_bits & 1 for part in parts):
                raise locked(name)
            for part in parts:
                if part.filename == "META-INF/manifest.xml" and b"encryption-data" in packed.read(part):
                    raise locked(name)
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
                    _check_xlsx(packed, part, name)
                elif part.filename == "content.xml":
                    _check_ods(packed, part, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise damaged(name) from error


def damaged(name: str) -> UnreadableFile:
    """The error for a workbook that was not written or copied completely."""
    return UnreadableFile(
        f"Berkas {name} rusak atau bukan lembar kerja.",
        way_out="Buka di Excel atau LibreOffice, simpan ulang sebagai XLSX, lalu coba lagi.",
    )


def locked(name: str) -> UnreadableFile:
    """The error for a workbook that asks for a password."""
    return UnreadableFile(
        f"Berkas {name} dikunci dengan kata sandi.",
        way_out="Buka dengan kata sandinya, simpan salinan tanpa kata sandi, lalu impor salinan itu.",
    )


def check_size(rows: int, columns: int, name: str) -> None:
    """Raise UnreadableFile when a sheet of this size cannot be a register book."""
    if rows * columns > MAX_CELLS:
        raise _too_large(name)


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Berkas {name} terlalu besar untuk buku register.",
        way_out="Periksa apakah ada sel terisi jauh di bawah atau di kanan tabel; hapus, simpan, lalu coba lagi.",
    )


def _tags(packed: zipfile.ZipFile, part: zipfile.ZipInfo, tag: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """The tags of one part, read in pieces; no more than MAX_UNPACKED bytes whatever the directory promised."""
    kept = b""
    read = 0
    with packed.open(part) as stream:
        while piece := stream.read(_CHUNK):
            read += len(piece)
            if read > MAX_UNPACKED:
                raise ValueError("the part is longer than the directory says")
            text = kept + piece
            end = 0
            for match in tag.finditer(text):
                end = match.end()
                yield match
            kept = text[max(end, len(text) - _MAX_TAG) :]


def _check_xlsx(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    rows = columns = row = column = 0
    for match in _tags(packed, part, _XLSX_TAG):
        place = _XLSX_PLACE.search(match[2])
        if match[1] == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
            continue
        column = _column_number(place[1]) if place and place[1] else column + 1
        row = int(place[2]) if place else row
        if not match[2].endswith(b"/"):  # a cell that is only formatted takes no room
            rows, columns = max(rows, row), max(columns, column)
            check_size(rows, columns, name)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(packed: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    rows = columns = pending = width = filled = repeat = 0
    for match in _tags(packed, part, _ODS_TAG):
        kind, attributes = match[1], match[2] or b""
        if kind == b"table":
            rows = columns = pending = 0
        elif kind == b"table-row":
            repeat = _number(_ODS_ROWS, attributes)
            width = filled = 0
            if attributes.endswith(b"/"):
                pending += repeat
        elif kind is not None:
            width += _number(_ODS_COLUMNS, attributes)
            filled = filled if attributes.endswith(b"/") else width
        elif repeat:  # the end of a row: empty rows count only when a filled one follows
            pending += repeat
            rows, pending = (rows + pending, 0) if filled else (rows, pending)
            columns, repeat = max(columns, filled), 0
            check_size(rows, columns, name)


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return max(1, int(match[1])) if match else 1
