"""The scans that a page of the book is typed from: taken over from files, kept encrypted, read again."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kelurahan_client.domain.attachments import HEAD_BYTES, MAX_NAME, media_type_of
from kelurahan_client.domain.text import clean_line
from kelurahan_client.domain.typed_page import TypedPage
from kelurahan_client.errors import DamagedData, UnreadableFile, why
from kelurahan_client.services import book_pages
from kelurahan_client.services.book_pages import OpenPage
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.blob_files import SALT_BYTES
from kelurahan_client.store.book_pages import ScanRow

MAX_BYTES: Final = 50_000_000
MAX_FILES: Final = 50  # of one page
_KINDS: Final = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})


def choose(desk: Desk, page: TypedPage, paths: Sequence[Path]) -> OpenPage:
    """Type a page from these files instead of those before. Raises UnreadableFile, and then nothing has changed."""
    if len(paths) > MAX_FILES:
        raise UnreadableFile(f"Paling banyak {MAX_FILES} berkas untuk satu halaman.", way_out="Pilih lebih sedikit.")
    found = [(path, _read(path)) for path in paths]
    scans = []
    for path, content in found:
        digest = hashlib.sha256(content).hexdigest()
        desk.store.scan_files.put(digest, content, desk.random(SALT_BYTES))
        name = clean_line(path.name)[0][:MAX_NAME]
        scans.append(ScanRow(digest, len(content), media_type_of(content[:HEAD_BYTES]) or "", name))
    return book_pages.put_scans(desk, page, scans)


def content(desk: Desk, scan: ScanRow) -> bytes:
    """The bytes of a scan; raises DamagedData where they are not what was written."""
    try:
        return desk.store.scan_files.read(scan.sha256, scan.size, 0, scan.size)
    except DamagedData as error:
        raise DamagedData(
            f"Pindaian {scan.name} di komputer ini hilang atau rusak; yang sudah diketik tetap utuh.",
            way_out="Pilih lagi berkas aslinya dengan tombol Pindaian.",
        ) from error


def _read(path: Path) -> bytes:
    name = path.name[:80]
    try:
        with path.open("rb") as file:
            found = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise UnreadableFile(f"Berkas {name} tidak dapat dibaca: {why(error)}.") from error
    if len(found) > MAX_BYTES:
        raise UnreadableFile(
            f"Berkas {name} lebih besar dari {MAX_BYTES // 1_000_000} MB.",
            way_out="Pindai dengan resolusi lebih rendah, atau pisahkan per beberapa halaman.",
        )
    if media_type_of(found[:HEAD_BYTES]) not in _KINDS:
        raise UnreadableFile(
            f"Berkas {name} bukan PDF atau foto JPEG, PNG, atau WEBP.", way_out="Pilih hasil pindai atau foto."
        )
    return found
