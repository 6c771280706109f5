"""The log as a workbook. That it was exported, and by whom, is in the log before the file is there."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from kelurahan_client.domain.day_words import WITA
from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import Cancelled, InputError
from kelurahan_client.services.audit import AuditFilter, AuditKind, AuditRow, as_written, page
from kelurahan_client.services.audit_words import KIND_WORDS
from kelurahan_client.services.desk import Desk, allow, officer
from kelurahan_client.services.exporting import MAX_ROWS, Asked, Report
from kelurahan_client.services.whole_file import write_whole
from kelurahan_client.store import audit
from kelurahan_client.store.audit import NewLine

_PART: Final = 1_000  # lines in memory at a time
_MOMENT: Final = "dd/mm/yyyy hh:mm:ss"
_WIDTHS: Final = (8, 20, 20, 24, 22, 60, 66)
_HEADS: Final = ("Baris", "Waktu (WITA)", "Kejadian", "Petugas", "Nomor pengaduan", "Keterangan", "Sidik rantai")


@dataclass(frozen=True, slots=True)
class _Work:
    desk: Desk
    numbers: "array[int]"
    report: Report
    cancelled: Asked

    def rows(self) -> Iterator[AuditRow]:
        self.report((0, len(self.numbers)))
        for start in range(0, len(self.numbers), _PART):
            if self.cancelled():
                raise Cancelled("Ekspor dihentikan; tidak ada berkas yang dibuat.")
            yield from page(self.desk, self.numbers[start : start + _PART])
            self.report((min(start + _PART, len(self.numbers)), len(self.numbers)))


def write_workbook(
    desk: Desk, wanted: AuditFilter, target: Path, report: Report = lambda _: None, cancelled: Asked = lambda: False
) -> int:
    """Write the wanted lines as XLSX, newest first; the file appears whole or not at all. Returns how many.

    Raises NotAllowed, InputError where it cannot be written, DiskFull, Cancelled.
    """
    with desk.store.write() as transaction:
        allow(transaction, Right.LOG)
        found = audit.numbers(transaction, as_written(wanted))
        if len(found) > MAX_ROWS:
            raise InputError(
                "Terlalu banyak untuk satu lembar kerja.", way_out="Persempit saringannya, misalnya per tahun."
            )
        by, body = officer(transaction).name, {"lines": len(found)}
        audit.append(transaction, [NewLine(kind=AuditKind.LOG_EXPORT, at=desk.now(), actor=by, body=body)])
    work = _Work(desk, found, report, cancelled)
    write_whole(target, lambda temporary: _write(temporary, work.rows()))
    return len(found)


def _write(path: Path, rows: Iterator[AuditRow]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        looks = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"num_format": "@", "valign": "top"}),
            "moment": book.add_format({"num_format": _MOMENT, "valign": "top", "align": "left"}),
        }
        sheet = book.add_worksheet("Catatan")
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(1, 0)
        for at, head in enumerate(_HEADS):
            sheet.write_string(0, at, head, looks["head"])
        last = 0
        for last, row in enumerate(rows, 1):  # the number of the last row is needed after the loop
            _line(sheet, last, row, looks)
        sheet.autofilter(0, 0, max(last, 1), len(_HEADS) - 1)


def _line(sheet: Any, at: int, row: AuditRow, looks: dict[str, Any]) -> None:
    """Every text as text, so that nothing anybody wrote is ever a formula."""
    sheet.write_number(at, 0, row.key)
    sheet.write_datetime(at, 1, row.at.astimezone(WITA).replace(tzinfo=None), looks["moment"])
    texts = (KIND_WORDS[row.kind], row.actor, row.reference, row.detail, row.hash.hex())
    for column, text in enumerate(texts, start=2):
        if text:
            sheet.write_string(at, column, text, looks["text"])
