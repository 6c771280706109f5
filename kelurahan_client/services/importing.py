"""Importing a register book: look, try, import as one, take back as one."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kelurahan_client.domain.book_entries import SkippedRow
from kelurahan_client.domain.book_layout import Layout, layout_with
from kelurahan_client.domain.book_reading import BookReading, BookRow, RejectedRow
from kelurahan_client.domain.book_rows import read_rows
from kelurahan_client.domain.complaint import Intake
from kelurahan_client.domain.fields import utc_text
from kelurahan_client.domain.text import fold_words
from kelurahan_client.errors import InputError, NotFound, UnreadableFile
from kelurahan_client.services.book_files import Book, Sheet, best_sheet, open_book, sheets_with_layout, write_rejected
from kelurahan_client.services.desk import Desk, identity, officer
from kelurahan_client.services.registering import Origin, register_all
from kelurahan_client.store import attachments, book_pages, complaints, imports, outbox, settings
from kelurahan_client.store.complaints import Stored
from kelurahan_client.store.engine import Transaction
from kelurahan_client.store.imports import ImportBatch
from sync.protocol import Op, RecordType

Report = Callable[[int, int], None]  # rows done, rows in all
_CHUNK = 250  # complaints written between two looks at "cancelled"


@dataclass(frozen=True, slots=True)
class Opened:
    """A book with the sheet that looks like a register, its layout, and the mapping last used for such a layout."""

    path: Path
    book: Book
    sheet: Sheet
    layout: Layout
    remembered: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, row by row; nothing is written yet."""

    path: Path
    sheet: str
    layout: Layout
    new: tuple[BookRow, ...]
    duplicates: tuple[BookRow, ...]
    rejected: tuple[RejectedRow, ...]
    skipped: tuple[SkippedRow, ...]
    fingerprints: tuple[str, ...]  # of `new`

    @property
    def read(self) -> int:
        """Entries of the book: new, already here, and rejected."""
        return len(self.new) + len(self.duplicates) + len(self.rejected)

    @property
    def warned(self) -> tuple[BookRow, ...]:
        """The new rows that somebody should look at."""
        return tuple(row for row in self.new if row.warnings)


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome of an import; `import_id` is "" when nothing was new."""

    import_id: str
    read: int
    accepted: int
    duplicates: int
    rejected: tuple[RejectedRow, ...]


def inspect(desk: Desk, path: Path) -> Opened:
    """Open a book and find its register; raises UnreadableFile."""
    book = open_book(path)
    sheet, layout = best_sheet(book)
    return _with_memory(desk, path, book, sheet, layout)


def choose_sheet(desk: Desk, opened: Opened, name: str) -> Opened:
    """The same book with another of its sheets; raises UnreadableFile when that has no header, or is not there."""
    for sheet, layout in sheets_with_layout(opened.book):
        if sheet.name == name:
            return _with_memory(desk, opened.path, opened.book, sheet, layout)
    raise UnreadableFile(f"Lembar “{name}” tidak berisi judul kolom buku register.", way_out="Pilih lembar lain.")


def _with_memory(desk: Desk, path: Path, book: Book, sheet: Sheet, layout: Layout) -> Opened:
    with desk.store.read() as transaction:
        mapping = settings.remembered_mapping(transaction, layout.signature)
    return Opened(path, book, sheet, layout_with(sheet.grid, mapping) if mapping else layout, mapping is not None)


def plan(desk: Desk, opened: Opened, mapping: Mapping[str, str] | None = None) -> Plan:
    """Read every row and say what would become of it. Raises InputError for a mapping that does not fit."""
    layout = layout_with(opened.sheet.grid, mapping) if mapping else opened.layout
    with desk.store.read() as transaction:
        me = identity(transaction)
    reading = read_rows(
        opened.sheet.grid,
        layout,
        sheet=opened.sheet.name,
        today=desk.today(),
        reference=desk.reference,
        office=me.office,
    )
    return _compared(desk, opened, layout, reading)


def _compared(desk: Desk, opened: Opened, layout: Layout, reading: BookReading) -> Plan:
    prints = [fingerprint(row.intake) for row in reading.rows]
    with desk.store.read() as transaction:
        known = complaints.known_fingerprints(transaction, prints)
    new: list[BookRow] = []
    new_prints: list[str] = []
    duplicates: list[BookRow] = []
    for row, mark in zip(reading.rows, prints, strict=True):
        if mark in known:
            duplicates.append(row)
            continue
        known.add(mark)
        new.append(row)
        new_prints.append(mark)
    return Plan(
        opened.path,
        opened.sheet.name,
        layout,
        tuple(new),
        tuple(duplicates),
        reading.rejected,
        reading.skipped,
        tuple(new_prints),
    )


def fingerprint(intake: Intake) -> str:
    """The same for the same line of a book, whatever the file is called and wherever the line has moved to."""
    parts = (
        intake.received_date.isoformat(),
        intake.book_number,
        *(" ".join(fold_words(text)) for text in (intake.reporter_name, intake.reporter_address, intake.statement)),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def run(
    desk: Desk, wanted: Plan, report: Report = lambda _done, _all: None, cancelled: Callable[[], bool] = lambda: False
) -> Imported:
    """Register every new row of a plan, all or none. Raises ImportStopped if `cancelled` said so."""
    rejected = wanted.rejected
    if not wanted.new:
        return Imported("", wanted.read, 0, len(wanted.duplicates), rejected)
    import_id = desk.new_id()
    with desk.store.write() as transaction:
        still = complaints.known_fingerprints(transaction, wanted.fingerprints)
        rows = [(row, mark) for row, mark in zip(wanted.new, wanted.fingerprints, strict=True) if mark not in still]
        if not rows:  # another import has brought them since they were tried
            return Imported("", wanted.read, 0, wanted.read - len(rejected), rejected)
        imports.add_batch(transaction, _batch(desk, transaction, import_id, wanted, len(rows)))
        for start in range(0, len(rows), _CHUNK):
            if cancelled():
                raise ImportStopped("Impor dihentikan; tidak ada baris yang ditulis.")
            report(start, len(rows))
            part = rows[start : start + _CHUNK]
            intakes = [replace(row.intake, warnings=row.warnings) for row, _ in part]
            register_all(desk, transaction, intakes, Origin(import_id, tuple(mark for _, mark in part)))
        settings.remember_mapping(transaction, wanted.layout.signature, _mapping(wanted.layout))
    report(len(rows), len(rows))
    return Imported(import_id, wanted.read, len(rows), wanted.read - len(rows) - len(rejected), rejected)


class ImportStopped(InputError):
    """The person stopped an import; nothing of it was written."""

    code = "LK-1113"
    title = "Impor dihentikan"


def _batch(desk: Desk, transaction: Transaction, id_: str, wanted: Plan, accepted: int) -> ImportBatch:
    return ImportBatch(
        id=id_,
        file_name=wanted.path.name,
        sheet=wanted.sheet,
        actor=officer(transaction).name,
        at=desk.now(),
        read=wanted.read,
        accepted=accepted,
        duplicates=wanted.read - accepted - len(wanted.rejected),
        rejected=len(wanted.rejected),
    )


def _mapping(layout: Layout) -> dict[str, str]:
    return {column.heading: column.field or "" for column in layout.columns}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many complaints of an import were taken back, and how many stayed since somebody has worked on them."""

    import_id: str
    removed: int
    kept: int


def undo(desk: Desk, import_id: str) -> Undone:
    """Take a whole import back; complaints that were worked on since stay. Raises NotFound or InputError."""
    with desk.store.write() as transaction:
        batch = imports.get_batch(transaction, import_id)
        if batch is None:
            raise NotFound(f"Impor “{import_id[:60]}” tidak ada di komputer ini.")
        if batch.undone_at is not None:
            raise InputError("Impor itu sudah dibatalkan sebelumnya.")
        rows = complaints.of_import(transaction, import_id)
        ids = [stored.complaint.id for stored in rows]
        worked_on = complaints.with_story(transaction, ids) | attachments.with_files(transaction, ids)
        removed = [stored for stored in rows if stored.complaint.id not in worked_on]
        actor, at = officer(transaction).name, utc_text(desk.now())
        outbox.append(transaction, [_deletion(stored, actor, at) for stored in removed])
        complaints.delete_many(transaction, removed)
        imports.mark_undone(transaction, import_id, desk.now())
        book_pages.reopen(transaction, import_id)
    return Undone(import_id, len(removed), len(rows) - len(removed))


def _deletion(stored: Stored, actor: str, at: str) -> outbox.Pending:
    return outbox.Pending(
        op=Op.DELETE,
        type=RecordType.COMPLAINT,
        id=stored.complaint.id,
        complaint_id=stored.complaint.id,
        set={},
        was={},
        base_rev=stored.complaint.rev,
        actor=actor,
        device_time=at,
    )


def history(desk: Desk) -> list[ImportBatch]:
    """All imports of this desk, newest first."""
    with desk.store.read() as transaction:
        return imports.all_batches(transaction)


def save_rejected(wanted: Plan, path: Path) -> None:
    """Write the rejected rows as a book that can be mended and imported again."""
    write_rejected(path, wanted.layout.header_cells, wanted.rejected)


def as_json(outcome: Imported) -> dict[str, Any]:
    """The outcome as the command line prints it."""
    return {
        "import_id": outcome.import_id,
        "read": outcome.read,
        "accepted": outcome.accepted,
        "duplicates": outcome.duplicates,
        "rejected": [{"row": row.line, "reason": f"{row.reason} {row.remedy}".strip()} for row in outcome.rejected],
    }
