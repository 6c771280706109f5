"""Which lines of a register book's sheet make an entry, and which are totals, titles, blank lines and signatures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kelurahan_client.domain.book_cells import Cell, Grid, cell_text, is_ditto, is_empty_mark, read_cell
from kelurahan_client.domain.book_headings import heading_key, is_added_heading
from kelurahan_client.domain.book_layout import Layout

_TOTAL: Final = re.compile(r"(?:sub ?)?(?:jumlah|total|jml)\b.*|(?:jumlah )?(?:di)?pindah(?:an|kan)\b.*")
_TITLE: Final = re.compile(
    r"(?:pemerintah|kota|kelurahan|kecamatan|buku|register|rekap\w*|bulan|tahun|periode|triwulan|semester|halaman|hal|lembar"
    r"|januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember)\b.*"
)
_SIGNATURE: Final = re.compile(
    r"(?:mengetahui|menyetujui|dibuat oleh|yang membuat|petugas pencatat)\b.{0,60}"
    r"|(?:plt |plh |a n |an )?lurah\b.{0,40}"
    r"|(?:kepala seksi|kasi|sekretaris)\b.{0,60}|nip [\d ]+|banjarmasin (?:tgl |tanggal )?\d.{0,30}"
)
_ENTRY_MARKS: Final = (
    "book_number",
    "received_date",
    "reporter_name",
)  # a line without any of them continues the one above
_FLOWING: Final = frozenset(("statement", "note", "reporter_address", "location", "agency_written", "title"))


@dataclass(slots=True)
class Entry:
    """One entry of the book: its sheet lines from 1, its cells as texts and, for dates and numbers, as they came.

    `doubts` are sentences about signs that nobody sees. A `stray` entry continues a line that is not there.
    """

    lines: list[int]
    texts: list[str]
    cells: list[Cell]
    doubts: list[str]
    stray: bool = False
    parts: dict[int, list[str]] = field(default_factory=dict)

    def join(self) -> None:
        """Put the texts of the continuation lines behind those of the first."""
        for index, parts in self.parts.items():
            self.texts[index] = " ".join(part for part in (self.texts[index], *parts) if part)
        self.parts.clear()


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A line of the sheet, from 1, that is no entry, and why."""

    line: int
    reason: str


class ColumnIndex:
    """Where the fields of a layout stand; columns that a file of rejected rows added are hidden."""

    def __init__(self, grid: Grid, layout: Layout) -> None:
        self.of_field: dict[str, list[int]] = {}
        for column in layout.columns:
            if column.field is not None:
                self.of_field.setdefault(column.field, []).append(column.index)
        self.field_of = {index: name for name, indexes in self.of_field.items() for index in indexes}
        self.width = len(layout.header_cells)
        header = grid[layout.header_row] if layout.header_row < len(grid) else ()
        self.hidden = {index for index, cell in enumerate(header) if is_added_heading(cell_text(cell))}

    def text(self, texts: Sequence[str], name: str) -> str:
        """The first filled cell of a field, or ""."""
        return next((texts[index] for index in self.of_field.get(name, ()) if not is_empty_mark(texts[index])), "")


def sort_lines(grid: Grid, layout: Layout, columns: ColumnIndex) -> tuple[list[Entry], list[SkippedRow]]:
    """All entries in order and all skipped lines; blank lines behind the last written one are not mentioned."""
    sorter = _Sorter(grid, layout, columns)
    for number in range(layout.first_data_row, len(grid)):
        sorter.take(number + 1, grid[number])
    sorter.finish()
    return sorter.entries, sorter.skipped


class _Sorter:
    """Reads line after line; `_open` is the entry that a continuation line may follow."""

    def __init__(self, grid: Grid, layout: Layout, columns: ColumnIndex) -> None:
        self.entries: list[Entry] = []
        self.skipped: list[SkippedRow] = []
        self._columns = columns
        self._headings = [
            {heading_key(cell_text(cell)) for cell in grid[row]} - {""}
            for row in range(layout.header_row, min(layout.first_data_row, len(grid)))
        ]
        self._open: Entry | None = None
        self._blank: list[int] = []
        self._signing = False

    def take(self, line: int, row: Sequence[Cell]) -> None:
        """Decide what one line of the sheet is."""
        cells: list[Cell] = ["" if index in self._columns.hidden else cell for index, cell in enumerate(row)]
        cells += [""] * (self._columns.width - len(cells))
        cleaned = [read_cell(cell) for cell in cells]
        texts = [text for text, _problems in cleaned]
        filled = [text for text in texts if not is_empty_mark(text)]
        if not filled:
            self._blank.append(line)
            self._open = None
            return
        self._tell_blank()
        doubts = [problem for _text, problems in cleaned for problem in problems]
        reason = self._no_entry(texts, filled)
        if reason:
            self.skipped.append(SkippedRow(line, reason))
            self._open = None
        elif any(self._columns.text(texts, name) for name in _ENTRY_MARKS):
            self._open = Entry([line], texts, cells, doubts)
            self._signing = False
            self.entries.append(self._open)
        elif self._open is not None and self._continue(self._open, line, texts):
            self._open.doubts.extend(doubts)
        else:
            self.entries.append(Entry([line], texts, cells, doubts, stray=True))
            self._open = None

    def finish(self) -> None:
        """Forget the blank lines at the end of the sheet and join the continuation lines."""
        self._blank.clear()
        for entry in self.entries:
            entry.join()

    def _tell_blank(self) -> None:
        self.skipped.extend(SkippedRow(line, "Baris kosong.") for line in self._blank)
        self._blank.clear()

    def _no_entry(self, texts: Sequence[str], filled: Sequence[str]) -> str:
        """Why a written line is no entry, or ""."""
        keys = [heading_key(text) for text in filled]
        if any(_mostly(keys, headings) for headings in self._headings):
            return "Judul kolom yang diulang."
        if _counts_columns(filled):
            return "Nomor kolom."
        if len(set(keys)) <= 5 and _TOTAL.fullmatch(keys[0]) and not self._has_content(texts):
            return "Baris jumlah."
        if "nihil" in keys and not self._has_content(texts):
            return "Nihil: tidak ada pengaduan."
        if 1 < len(filled) <= 3 and _TITLE.fullmatch(keys[0]) and not self._has_content(texts):
            return "Judul halaman."
        if len(filled) <= 3 and self._is_signature(texts, keys):
            self._signing = True
            return "Tanda tangan atau catatan kaki."
        return self._lone(texts, filled, keys) if len(set(filled)) == 1 else ""

    def _has_content(self, texts: Sequence[str]) -> bool:
        """Whether there is a statement in words that is not itself the word for a total or for nothing."""
        statement = self._columns.text(texts, "statement")
        key = heading_key(statement)
        if not any(char.isalpha() for char in statement) or key == "nihil":
            return False
        return len(key.split()) > 4 or not (_TOTAL.fullmatch(key) or _TITLE.fullmatch(key)) if key else True

    def _is_signature(self, texts: Sequence[str], keys: Iterable[str]) -> bool:
        statement = heading_key(self._columns.text(texts, "statement"))
        if self._columns.text(texts, "statement") and not _SIGNATURE.fullmatch(statement):
            return False
        return self._signing or any(_SIGNATURE.fullmatch(key) for key in keys)

    def _lone(self, texts: Sequence[str], filled: Sequence[str], keys: Sequence[str]) -> str:
        """What a single text on a line is, unless it may belong to an entry."""
        places = [self._columns.field_of.get(index) for index, text in enumerate(texts) if text == filled[0]]
        wordy = any(char.isalpha() for char in filled[0])
        if "book_number" in places:
            return "Judul halaman." if wordy else "Hanya nomor, tanpa isi."
        if wordy and _TITLE.fullmatch(keys[0]) and not (self._open and set(places) <= _FLOWING):
            return "Judul halaman."
        if places == [None]:
            return "Tulisan di luar tabel."
        if self._open is None and not is_ditto(filled[0]) and set(places) <= _FLOWING - {"statement"}:
            return "Tulisan di luar tabel."
        return ""

    def _continue(self, entry: Entry, line: int, texts: Sequence[str]) -> bool:
        """Append a line that continues `entry`; False when one of its cells cannot belong there."""
        found: dict[int, str] = {}
        for index, text in enumerate(texts):
            name = self._columns.field_of.get(index)
            if name is None or is_empty_mark(text) or is_ditto(text):
                continue
            if name not in _FLOWING and not is_empty_mark(entry.texts[index]):
                return False
            found[index] = text
        for index, text in found.items():
            if is_empty_mark(entry.texts[index]):
                entry.texts[index] = ""
            entry.parts.setdefault(index, []).append(text)
        entry.lines.append(line)
        return True


def _mostly(keys: Sequence[str], headings: set[str]) -> bool:
    """Whether a line repeats the words of a header row."""
    same = sum(key in headings for key in keys)
    return same >= 2 and same * 2 > len(keys)


def _counts_columns(filled: Sequence[str]) -> bool:
    """Whether a line numbers the columns: 1 2 3 4, (1) (2) (3) (4)."""
    numbers = [text.strip("() .") for text in filled]
    return len(numbers) >= 4 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
