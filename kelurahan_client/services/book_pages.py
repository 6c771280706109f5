"""Typing a page of a register book: kept with every key, looked at line by line, registered and taken back as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.domain.typed_page import MAX_LINES, TypedLine, TypedPage
from kelurahan_client.errors import InputError, NotFound
from kelurahan_client.services.desk import Desk, officer
from kelurahan_client.services.importing import fingerprint
from kelurahan_client.services.page_looking import LookedAt, look_within
from kelurahan_client.services.registering import Origin, register_all
from kelurahan_client.store import book_pages as rows
from kelurahan_client.store import imports
from kelurahan_client.store.book_pages import PageRow, ScanRow
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import ImportBatch

_MAX_TEXT = 2_000_000  # characters of all cells together
_MAX_LABEL = 60
_WIDTH_BEFORE = 11  # cells of a line that was kept before there was a category
_KEEP_DISCARDED = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page in work, with the files that it is typed from."""

    page: TypedPage
    scans: tuple[ScanRow, ...]
    officer: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class PageTyped:
    """How far a page is: of the lines that were counted `in_book` (0 = not counted), `done` are complaints here."""

    label: str
    in_book: int
    done: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What *Simpan halaman* did. `import_id` is "" where nothing was new, or where wrong lines stood in the way."""

    import_id: str
    page: TypedPage
    looked: LookedAt
    accepted: int = 0
    duplicates: int = 0
    whole: bool = False  # every line is a complaint now, and the page is done


def new_page(desk: Desk, book: str = "") -> TypedPage:
    """An empty page behind the last one of its book."""
    name = book or f"Buku {desk.today().year}"
    with desk.store.read() as transaction:
        number = rows.last_number(transaction, name) + 1
    return TypedPage(desk.new_id(), name, str(number))


def next_page(desk: Desk, done: TypedPage, view: Mapping[str, Any] | None) -> OpenPage:
    """The page behind a saved one, in the same book; with `view` it is typed from the same scans, looked at so."""
    page = new_page(desk, done.book)
    if view is None:
        return OpenPage(page, (), "", desk.now())
    page = replace(page, view=view)
    with desk.store.write() as transaction:
        row = _put(desk, transaction, page)
        rows.set_scans(transaction, page.id, rows.scans_of(transaction, done.id))
        return _open(transaction, row)


def put_scans(desk: Desk, page: TypedPage, scans: Sequence[ScanRow]) -> OpenPage:
    """Type a page from these files, which lie encrypted beside the data already. The page is kept as it stands."""
    with desk.store.write() as transaction:
        row = _put(desk, transaction, page)
        rows.set_scans(transaction, page.id, scans)
        return _open(transaction, row)


def keep(desk: Desk, page: TypedPage) -> datetime:
    """Keep the state of a page, valid or not; on the disk when this returns, which is the time it gives.

    A page whose lines all are complaints is not touched any more.
    """
    with desk.store.write() as transaction:
        known = rows.get(transaction, page.id)
        if known is not None and known.saved_at is not None:
            return known.saved_at
        return _put(desk, transaction, page).updated_at


def _put(desk: Desk, transaction: Transaction, page: TypedPage, saved_at: datetime | None = None) -> PageRow:
    if len(page.lines) > MAX_LINES or sum(len(text) for line in page.lines for text in line.cells) > _MAX_TEXT:
        raise InputError(
            f"Satu halaman paling banyak {MAX_LINES} baris.", way_out="Mulai halaman baru untuk baris berikutnya."
        )
    known = rows.get(transaction, page.id)
    now = desk.now()
    row = PageRow(
        id=page.id,
        officer=officer(transaction).name,
        created_at=known.created_at if known else now,
        updated_at=now,
        book=page.book[:_MAX_LABEL],
        number=page.number[:_MAX_LABEL],
        content={
            "width": len(PAGE_FIELDS),
            "lines": [[*line.cells] if not line.saved_as else [*line.cells, line.saved_as] for line in page.lines],
            "in_book": page.in_book,
            "view": dict(page.view),
        },
        saved_at=saved_at,
    )
    rows.put(transaction, row)
    return row


def pages_in_work(desk: Desk) -> list[OpenPage]:
    """The pages that are being typed, the last one first; pages discarded a week ago are forgotten here."""
    with desk.store.write() as transaction:
        if rows.remove_discarded_before(transaction, desk.now() - _KEEP_DISCARDED):
            desk.store.scan_files.drop_strays(rows.scan_hashes(transaction))
        return [_open(transaction, row) for row in rows.in_work(transaction)]


def open_page(desk: Desk, page_id: str) -> OpenPage:
    """A page with its lines; raises NotFound."""
    with desk.store.read() as transaction:
        row = rows.get(transaction, page_id)
        if row is None:
            raise NotFound("Halaman itu sudah tidak ada di komputer ini.", way_out="Mulai halaman baru.")
        return _open(transaction, row)


def pages_typed(transaction: Transaction, since: datetime) -> list[PageTyped]:
    """How far the pages have come that were typed after `since`; two of the same number are two."""
    found = []
    for row in rows.typed_since(transaction, since):
        page = _open(transaction, row).page
        # A line that is left on a saved page tells of a complaint that was here before.
        done = page.typed if row.saved_at else sum(bool(line.saved_as) for line in page.lines)
        found.append(PageTyped(page.label, page.in_book, done, row.updated_at))
    return found


def _open(transaction: Transaction, row: PageRow) -> OpenPage:
    width = int(row.content.get("width", _WIDTH_BEFORE))
    missing = [""] * (len(PAGE_FIELDS) - width)
    lines = [
        TypedLine((*map(str, cells[:width]), *[""] * (width - len(cells)), *missing), *cells[width : width + 1])
        for cells in row.content.get("lines", [])
    ]
    gone = rows.undone(transaction, sorted({line.saved_as for line in lines} - {""}))
    kept = tuple(replace(line, saved_as="") if line.saved_as in gone else line for line in lines)
    content = row.content
    page = TypedPage(row.id, row.book, row.number, kept, int(content.get("in_book", 0)), content.get("view", {}))
    return OpenPage(page, tuple(rows.scans_of(transaction, row.id)), row.officer, row.updated_at)


def discard(desk: Desk, page_id: str) -> None:
    """Put a page aside; `restore` undoes it for a week."""
    with desk.store.write() as transaction:
        rows.discard(transaction, page_id, desk.now())


def restore(desk: Desk, page_id: str) -> None:
    """Bring a discarded page back."""
    with desk.store.write() as transaction:
        rows.discard(transaction, page_id, None)


def register_page(desk: Desk, page: TypedPage, *, leave_wrong: bool = False) -> SavedPage:
    """Make complaints of all lines of a page, in one transaction. The page itself is kept too, whatever comes of it.

    Wrong lines stand in the way of all, unless `leave_wrong` says to register the others; the wrong ones then remain
    on the page. A line whose complaint is here already is not registered again.
    """
    if not page.number.strip():
        raise InputError("Nomor halaman belum diisi.", way_out="Tulis nomor halaman buku di atas tabel.")
    with desk.store.write() as transaction:
        looked = look_within(desk, transaction, page)
        if looked.wrong and not leave_wrong:
            _put(desk, transaction, page)
            return SavedPage("", page, looked)
        new = looked.new()
        import_id = desk.new_id() if new else ""
        marks = tuple(fingerprint(intake) for _at, intake in new)
        duplicates = len(looked.known) + len(looked.twins.keys() - looked.known)
        if new:
            imports.add_batch(transaction, _batch(desk, transaction, page, import_id, looked))
            register_all(desk, transaction, [intake for _at, intake in new], Origin(import_id, marks))
        done = _with_saved(page, import_id, [at for at, _intake in new])
        whole = not looked.wrong
        _put(desk, transaction, done, desk.now() if whole else None)
    return SavedPage(import_id, done, looked, len(new), duplicates, whole)


def _with_saved(page: TypedPage, import_id: str, lines: Sequence[int]) -> TypedPage:
    wanted = frozenset(lines)
    made = tuple(replace(line, saved_as=import_id) if at in wanted else line for at, line in enumerate(page.lines))
    return replace(page, lines=made)


def _batch(desk: Desk, transaction: Transaction, page: TypedPage, id_: str, looked: LookedAt) -> ImportBatch:
    new = len(looked.new())
    duplicates = len(looked.known | looked.twins.keys())
    return ImportBatch(
        id=id_,
        file_name=f"{page.book}, halaman {page.number}",
        sheet="",
        actor=officer(transaction).name,
        at=desk.now(),
        read=new + duplicates + len(looked.wrong),
        accepted=new,
        duplicates=duplicates,
        rejected=len(looked.wrong),
    )
