"""The rows of a register book become complaints to be, or are refused with the cell at fault and the way to mend it.

Nothing is guessed: "as above" takes what stands above and nothing else, an empty date is no date, and a row whose cells
have moved is given back.
"""

from datetime import date
from typing import Final

from kelurahan_client.domain.book_above import EntryAbove
from kelurahan_client.domain.book_cells import Cell, Grid, column_letter, is_ditto, is_empty_mark
from kelurahan_client.domain.book_entries import ColumnIndex, Entry, sort_lines
from kelurahan_client.domain.book_headings import FIELD_LABELS, REQUIRED_FIELDS
from kelurahan_client.domain.book_layout import Layout
from kelurahan_client.domain.book_reading import BookReading, BookRow, RejectCode, RejectedRow
from kelurahan_client.domain.book_values import (
    SHOWN,
    Fault,
    check_shift,
    date_fault,
    first_sentence,
    lost_its_zero,
    read_channel_cell,
    read_classification_cell,
    read_date_cell,
    read_place,
    with_zero,
)
from kelurahan_client.domain.complaint import MAX_LINE, MAX_NOTE, MAX_STATEMENT, Intake
from kelurahan_client.domain.dates import DateReading
from kelurahan_client.domain.reference import Category, ReferenceData
from kelurahan_client.domain.validation import check_intake
from kelurahan_client.errors import InputError

_LIMITS: Final = {"statement": MAX_STATEMENT, "note": MAX_NOTE}
_EXACT_DIGITS: Final = 15  # a spreadsheet keeps no more digits of a number
_EMPTY: Final = {
    "received_date": RejectCode.NO_DATE,
    "reporter_name": RejectCode.NO_NAME,
    "statement": RejectCode.NO_TEXT,
}


def read_rows(
    grid: Grid,
    layout: Layout,
    *,
    sheet: str,
    today: date,
    reference: ReferenceData,
    office: str,
    near: date | None = None,
) -> BookReading:
    """Read all rows beneath the header.

    `sheet` is the name that goes into `book_sheet`, `today` the local date after which nothing can have been received,
    `office` the Kemendagri code of the kelurahan whose book it is, `near` a day to which the first row's is near, where
    one is known. Every written line is in exactly one place of the
    result. Raises InputError when the layout lacks a column that every complaint needs.
    """
    if layout.missing:
        names = ", ".join(FIELD_LABELS[field] for field in layout.missing)
        raise InputError(
            f"Kolom {names} belum dikenali.", way_out="Tunjukkan kolom itu di langkah Kolom atau di berkas pemetaan."
        )
    columns = ColumnIndex(grid, layout)
    entries, skipped = sort_lines(grid, layout, columns)
    reader = _Reader(layout, columns, entries, sheet=sheet, today=today, reference=reference, office=office)
    reader.begin(near)
    rows: list[BookRow] = []
    rejected: list[RejectedRow] = []
    for entry in entries:
        result = reader.read(entry)
        if isinstance(result, BookRow):
            rows.append(result)
        else:
            rejected.append(result)
    return BookReading(tuple(rows), tuple(rejected), tuple(skipped))


class _Reader:
    """Reads entry after entry, each with the one above in mind."""

    def __init__(
        self,
        layout: Layout,
        columns: ColumnIndex,
        entries: list[Entry],
        *,
        sheet: str,
        today: date,
        reference: ReferenceData,
        office: str,
    ) -> None:
        self._layout = layout
        self._columns = columns
        self._sheet = sheet
        self._today = today
        self._reference = reference
        self._office = office
        self._above = EntryAbove(columns, today)
        self._agencies: dict[str, str] = {}
        self._headed = {column.index for column in layout.columns} | columns.hidden
        phones = [columns.text(entry.texts, "reporter_phone") for entry in entries]
        self._all_lost_zeros = all(lost_its_zero(phone) for phone in phones if phone and not is_ditto(phone))

    def begin(self, near: date | None) -> None:
        """Where in time the book begins, if that is known."""
        self._above.near = near

    def read(self, entry: Entry) -> BookRow | RejectedRow:
        """One entry as a complaint to be, or refused."""
        texts = list(entry.texts)
        if entry.stray:
            fault = Fault(
                "",
                "Baris tanpa nomor, tanggal, dan nama; tidak jelas lanjutan baris mana.",
                "Gabungkan dengan barisnya, atau lengkapi nomor, tanggal, dan nama.",
                RejectCode.UNREADABLE,
            )
            return self._rejected(entry, texts, fault)
        missing = self._above.fill(texts)
        dated = self._above.read_date(entry, texts)
        try:
            self._check_whole(entry, texts, missing)
            if isinstance(dated, Fault):
                raise dated
            return self._accepted(entry, self._intake(entry, texts, dated))
        except Fault as fault:
            if fault.code in (RejectCode.SHIFTED, RejectCode.TOO_LONG):
                self._above.distrust()
            return self._rejected(entry, texts, fault)

    def _check_whole(self, entry: Entry, texts: list[str], missing: dict[str, str]) -> None:
        """Raise Fault for what makes the row as a whole unreadable."""
        values = self._values(texts)
        for field, text in values.items():
            limit = _LIMITS.get(field, MAX_LINE)
            if len(text) > limit:
                reason = f"Isi sel {len(text)} huruf; batasnya {limit}."
                raise Fault(field, reason, "Ringkas isinya; naskah lengkap tetap di buku.", RejectCode.TOO_LONG)
        number = self._columns.of_field.get("book_number", [])
        check_shift(values, entry.cells[number[0]] if number else "")
        for field, reason in missing.items():
            raise Fault(field, reason, "Tulis isinya seperti di buku.", RejectCode.NOTHING_ABOVE)

    def _values(self, texts: list[str]) -> dict[str, str]:
        """The texts by field; "-" is nothing; several columns of one field are joined."""
        values = {}
        for field, indexes in self._columns.of_field.items():
            parts = dict.fromkeys(texts[index] for index in indexes if not is_empty_mark(texts[index]))
            values[field] = "; ".join(parts)
        return values

    def _intake(self, entry: Entry, texts: list[str], dated: DateReading) -> Intake:
        """The entry with every cell read; raises Fault."""
        values = self._values(texts)
        warnings = [*entry.doubts, *([dated.note] if dated.note else []), *self._outside(texts)]
        category = self._category(values)
        place = read_place(*(values.get(field, "") for field in ("reporter_address", "rt", "rw", "rt_rw")))
        warnings += place.warnings
        if dated.value is None:
            raise date_fault("received_date", dated)
        return Intake(
            classification=read_classification_cell(values, warnings),
            channel=read_channel_cell(values, warnings),
            received_date=dated.value,
            event_date=self._event_date(entry, values),
            reporter_name=values.get("reporter_name", ""),
            reporter_sex=values.get("reporter_sex", ""),
            reporter_nik=self._exact(entry, values, "reporter_nik", warnings),
            reporter_phone=self._phone(entry, values, warnings),
            reporter_address=place.address,
            rt=place.rt,
            rw=place.rw,
            title=values.get("title", ""),
            statement=values.get("statement", ""),
            category=category.code if category else "",
            agency=self._agency(values, warnings) or self._usual_agency(values, category),
            agency_written=values.get("agency_written", ""),
            note=values.get("note", ""),
            location=values.get("location", ""),
            book_number=values.get("book_number", ""),
            book_sheet=self._sheet,
            book_line=entry.lines[0],
            warnings=tuple(warnings),
        )

    def _accepted(self, entry: Entry, intake: Intake) -> BookRow:
        """The row after the check that every intake passes; raises Fault."""
        checked = check_intake(intake, today=self._today, reference=self._reference)
        for field, sentence in checked.errors.items():
            reason, remedy = first_sentence(sentence)
            empty = field in REQUIRED_FIELDS and is_empty_mark(str(getattr(intake, field)))
            raise Fault(field, reason, remedy, _EMPTY[field] if empty else RejectCode.NOT_ACCEPTED)
        return BookRow(tuple(entry.lines), checked.intake, checked.warnings)

    def _rejected(self, entry: Entry, texts: list[str], fault: Fault) -> RejectedRow:
        shown = self._values(texts).get(fault.field, "") or self._as_written(entry, fault.field)
        return RejectedRow(
            lines=tuple(entry.lines),
            column=self._layout.heading(fault.field) if fault.field else "",
            text=shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 1]}…",
            reason=fault.reason,
            remedy=fault.remedy,
            code=fault.code,
            cells=tuple(texts),
        )

    def _as_written(self, entry: Entry, field: str) -> str:
        return next((entry.texts[index] for index in self._columns.of_field.get(field, ())), "")

    def _outside(self, texts: list[str]) -> list[str]:
        """Warnings for cells under no heading."""
        return [
            f"Tulisan di luar tabel, kolom {column_letter(index)}, tidak diimpor."
            for index, text in enumerate(texts)
            if index not in self._headed and not is_empty_mark(text)
        ]

    def _event_date(self, entry: Entry, values: dict[str, str]) -> date | None:
        written = values.get("event_date", "")
        if not written:
            return None
        index = self._columns.of_field["event_date"][0]
        cell: Cell = entry.cells[index] if not is_ditto(entry.texts[index]) else written
        reading = read_date_cell(cell, written, today=self._today, near=self._above.near)
        if reading.value is None:
            raise date_fault("event_date", reading)
        return reading.value

    def _exact(self, entry: Entry, values: dict[str, str], field: str, warnings: list[str]) -> str:
        """The digits of a field, unless the spreadsheet kept them as a number and rounded the last ones."""
        written = values.get(field, "")
        cells = [entry.cells[index] for index in self._columns.of_field.get(field, ())]
        if len(written) > _EXACT_DIGITS and any(isinstance(cell, int | float) for cell in cells):
            warnings.append(
                f"{self._layout.heading(field)} dibulatkan oleh lembar kerja; dikosongkan. Salin dari buku."
            )
            return ""
        return written

    def _phone(self, entry: Entry, values: dict[str, str], warnings: list[str]) -> str:
        written = self._exact(entry, values, "reporter_phone", warnings)
        if not lost_its_zero(written):
            return written
        if not self._all_lost_zeros:
            warnings.append("Nomor HP kehilangan angka 0 di depan; sudah dikembalikan. Cocokkan dengan buku.")
        return with_zero(written)

    def _category(self, values: dict[str, str]) -> Category | None:
        """What was typed as the category, which only a typed page has a column for; raises Fault."""
        written = values.get("category", "")
        found = self._reference.find_category(written) if written else None
        if written and found is None:
            reason = f"“{written[:SHOWN]}” bukan satu kategori di daftar."
            raise Fault("category", reason, "Ketik lebih lengkap, atau kosongkan.", RejectCode.NOT_ACCEPTED)
        return found

    def _usual_agency(self, values: dict[str, str], category: Category | None) -> str:
        """The category's own, as in the form of the counter, where the book names none."""
        if category is None or values.get("agency_written"):
            return ""
        return self._reference.resolve_agency(category.default_agency, self._office)

    def _agency(self, values: dict[str, str], warnings: list[str]) -> str:
        written = values.get("agency_written", "")
        if not written:
            return ""
        if written not in self._agencies:
            found = self._reference.find_agency(written, self._office)
            self._agencies[written] = found.code if found else ""
        if not self._agencies[written]:
            warnings.append(f"“{written[:SHOWN]}” tidak ada di daftar dinas; pilih dinasnya nanti.")
        return self._agencies[written]
