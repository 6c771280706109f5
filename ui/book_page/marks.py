"""What is shown of a line's reading: the glyph beside its number, and the problem of each cell."""

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from kelurahan_client.domain.page_reading import PAGE_FIELDS, CellProblem, LineReading, LineState
from kelurahan_client.services.page_looking import LookedAt
from ui.book_page.sheet import Sheet
from ui.language import said
from ui.theme.icons import Icon
from ui.theme.tokens import Tone


def _tr(text: str) -> str:
    return QCoreApplication.translate("BookPageMarks", text)


class LineMark(NamedTuple):
    """The glyph beside a line's number, and what it says."""

    icon: Icon | None = None
    tone: Tone = Tone.NEUTRAL
    text: str = ""


class Marks:
    """Reads what was found on the lines of `sheet`.

    What is only not yet filled in the line that the clerk is in (`current`) is no problem yet.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.looked: LookedAt | None = None
        self.current = -1

    def reading(self, row: int) -> LineReading | None:
        """What was found on a line; None where nothing was looked at, or it is a complaint already."""
        if self.looked is None or row >= len(self.looked.lines) or self._sheet.line(row).saved_as:
            return None
        return self.looked.lines[row]

    def problem(self, row: int, column: int) -> CellProblem | None:
        """What is wrong or odd in a cell."""
        reading = self.reading(row)
        found = reading.problem(PAGE_FIELDS[column]) if reading is not None else None
        return None if found is not None and found.unfilled and row == self.current else found

    def hint(self, row: int, column: int) -> CellProblem | None:
        """What can be said of a cell in which nothing is wrong."""
        reading = self.reading(row)
        found = reading.hint if reading is not None else None
        return found if found is not None and found.field == PAGE_FIELDS[column] else None

    def passed_over(self, row: int) -> str:
        """Why a line without a problem will not become a complaint, "" where it will."""
        reading, looked = self.reading(row), self.looked
        if reading is None or looked is None:
            return ""
        if row in looked.twins:
            return _tr("Sama dengan baris {n}.").format(n=looked.twins[row] + 1)
        if row in looked.known:
            return _tr("Sudah ada di komputer ini; tidak disimpan lagi.")
        return said(reading.remark)

    def of_line(self, row: int) -> LineMark:
        """The glyph of a line."""
        if self._sheet.line(row).saved_as:
            return LineMark(Icon.SAVE, text=_tr("Sudah disimpan sebagai pengaduan."))
        reading = self.reading(row)
        if reading is None or reading.state is LineState.EMPTY:
            return LineMark()
        if why := self.passed_over(row):
            return LineMark(Icon.SKIPPED, text=why)
        if reading.state is LineState.GOOD:
            return LineMark(Icon.CHECK, text=_tr("Sah."))
        if row == self.current and all(problem.unfilled for problem in reading.problems):
            return LineMark()
        wrong = reading.state is LineState.WRONG
        text = " ".join(said(problem.sentence) for problem in reading.problems)
        return LineMark(Icon.ERROR if wrong else Icon.WARNING, Tone.RED if wrong else Tone.AMBER, text)

    def counts(self) -> tuple[int, int, int, int]:
        """How many lines are good, to be looked at, wrong, and passed over."""
        looked = self.looked
        if looked is None:
            return 0, 0, 0, 0
        new = [looked.lines[at].state for at, _intake in looked.new()]
        joined = looked.count(LineState.JOINED)
        passed = sum(bool(self.passed_over(at)) for at in range(len(looked.lines))) - joined
        return new.count(LineState.GOOD), new.count(LineState.WARNED), len(looked.wrong), passed
