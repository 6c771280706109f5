"""What "as above" stands for in a register book."""

from datetime import date

from kelurahan_client.domain.book_cells import cell_text, is_ditto, is_empty_mark
from kelurahan_client.domain.book_entries import ColumnIndex, Entry
from kelurahan_client.domain.book_reading import RejectCode
from kelurahan_client.domain.book_values import Fault, date_fault, read_date_cell
from kelurahan_client.domain.complaint import MAX_LINE
from kelurahan_client.domain.dates import DateReading


class EntryAbove:
    """The entry above the one that is being read, and the last readable date; empty at the beginning of a book."""

    def __init__(self, columns: ColumnIndex, today: date) -> None:
        self.near: date | None = None
        self._columns = columns
        self._today = today
        self._line = 0
        self._texts: list[str] | None = None
        self._day: date | None = None

    def fill(self, texts: list[str]) -> dict[str, str]:
        """Replace "as above" in all columns but the date's; give the fields where nothing stands above."""
        missing: dict[str, str] = {}
        for index, field in self._columns.field_of.items():
            mark = texts[index]
            if field == "received_date" or not is_ditto(mark):
                continue
            if not self._line:
                missing[field] = f"“{mark}” tanpa baris di atasnya."
            elif self._texts is None:
                missing[field] = f"“{mark}” menunjuk baris {self._line}, yang tidak terbaca."
            elif is_empty_mark(self._texts[index]) or is_ditto(self._texts[index]):
                missing[field] = f"“{mark}” menunjuk sel kosong di baris {self._line}."
            else:
                texts[index] = self._texts[index]
        return missing

    def read_date(self, entry: Entry, texts: list[str]) -> DateReading | Fault:
        """The received date of `entry`, written out in `texts`; `entry` is the one above from now on."""
        index = self._columns.of_field["received_date"][0]
        dated = self._date(entry, index, texts[index])
        day = dated.value if isinstance(dated, DateReading) else None
        if day is not None:
            self.near = day
            texts[index] = cell_text(day)
        self._line, self._texts, self._day = entry.lines[0], texts, day
        return dated

    def distrust(self) -> None:
        """Let nothing but the date of the entry above be repeated: its cells stand in wrong columns."""
        self._texts = None

    def _date(self, entry: Entry, index: int, mark: str) -> DateReading | Fault:
        if is_ditto(mark):
            if self._day is not None:
                return DateReading(self._day)
            there = (
                f"menunjuk baris {self._line}, yang tanggalnya tidak terbaca"
                if self._line
                else "tanpa baris di atasnya"
            )
            remedy = "Tulis tanggalnya, misalnya 3/8/2024."
            return Fault("received_date", f"“{mark}” {there}.", remedy, RejectCode.NOTHING_ABOVE)
        dated = read_date_cell(entry.cells[index], mark[:MAX_LINE], today=self._today, near=self.near)
        return date_fault("received_date", dated) if dated.value is None else dated
