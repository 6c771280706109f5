"""The page as an item model: what stands in each cell, and what is wrong with it."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from kelurahan_client.domain.page_reading import PAGE_FIELDS, labels
from kelurahan_client.domain.phone import mask_phone
from kelurahan_client.domain.typed_page import MAX_LINES
from kelurahan_client.services.page_looking import LookedAt
from ui.book_page.marks import Marks
from ui.book_page.sheet import Lines, Place, Sheet
from ui.language import said

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
PROBLEM_ROLE = Qt.ItemDataRole.UserRole + 1
PHONE = PAGE_FIELDS.index("reporter_phone")
_LEAST = 10  # lines that are always there to be filled


class PageModel(QAbstractTableModel):
    """Lines of a page. `edited`: something was typed, and is to be kept and looked at again.

    What is being typed in an open cell counts for `lines` at once.
    """

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet()
        self.marks = Marks(self.sheet)
        self._in_book = 0
        self._rows = _LEAST
        self._live: tuple[Place, str] | None = None
        names = labels()
        self._names = [self.tr("No.") if field == "book_number" else said(names[field]) for field in PAGE_FIELDS]

    def load(self, lines: Lines, in_book: int) -> None:
        """Show another page."""
        self.beginResetModel()
        self.sheet.load(lines)
        self.marks.looked, self._live, self._in_book = None, None, in_book
        self._rows = self._wanted_rows()
        self.endResetModel()

    def lines(self) -> Lines:
        """What stands on the page, with what is being typed in an open cell."""
        return self.sheet.with_texts({self._live[0]: self._live[1]}) if self._live else self.sheet.lines

    def set_in_book(self, count: int) -> None:
        """How many lines the page of the book has."""
        self._in_book = count
        self._fit()

    def show(self, looked: LookedAt) -> None:
        """Show what was found on the lines."""
        self.marks.looked = looked
        self._repaint()

    def set_current(self, row: int) -> None:
        """The clerk is in this line."""
        if row != self.marks.current:
            self.marks.current = row
            self._repaint()

    def type_live(self, row: int, column: int, text: str | None) -> None:
        """An open cell holds this text now; None: it was closed."""
        before, self._live = self._live, ((row, column), text) if text is not None else None
        if before != self._live:
            self.edited.emit()

    def change(self, edit: Callable[[Sheet], bool]) -> bool:
        """Do one edit on the sheet; False where nothing changed."""
        changed = edit(self.sheet)
        if changed:
            self._fit()
            self.edited.emit()
        return changed

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The lines of the book, and at least one to go on with."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns of the book."""
        return 0 if parent.isValid() else len(PAGE_FIELDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text (a telephone masked until it is edited), what is wrong, and both for a screen reader."""
        if not index.isValid():
            return None
        text = self.sheet.text(index.row(), index.column())
        if role == Qt.ItemDataRole.EditRole:
            return text
        shown = mask_phone(text) if index.column() == PHONE else " ".join(text.split())
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        if role in {PROBLEM_ROLE, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            problem = self.marks.problem(index.row(), index.column())
            if role == PROBLEM_ROLE:
                return problem
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{shown}, {said(problem.sentence)}" if problem else shown
            return said(problem.sentence) if problem else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a text into a cell."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._live = None
        return self.change(lambda sheet: sheet.put({(index.row(), index.column()): str(value)}))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A line that is a complaint already cannot be edited."""
        flags = super().flags(index)
        return flags if self.sheet.line(index.row()).saved_as else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns; the numbers of the lines."""
        if orientation is Qt.Orientation.Horizontal:
            return self._names[section] if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(section + 1)
        return mark.text if role == Qt.ItemDataRole.ToolTipRole and (mark := self.marks.of_line(section)).text else None

    def _wanted_rows(self) -> int:
        return min(max(len(self.sheet.lines) + 1, self._in_book, _LEAST), MAX_LINES)

    def _fit(self) -> None:
        """As many rows as are wanted, all of them shown anew."""
        wanted = self._wanted_rows()
        if wanted > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, wanted - 1)
            self._rows = wanted
            self.endInsertRows()
        elif wanted < self._rows:
            self.beginRemoveRows(QModelIndex(), wanted, self._rows - 1)
            self._rows = wanted
            self.endRemoveRows()
        self._repaint()

    def _repaint(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(PAGE_FIELDS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self._rows - 1)


def texts_of(model: PageModel, places: Iterable[Place]) -> list[list[str]]:
    """The texts of a block of cells, row by row; cells of the block that are not among `places` are empty."""
    wanted = sorted(places)
    rows = sorted({row for row, _column in wanted})
    columns = sorted({column for _row, column in wanted})
    chosen = frozenset(wanted)
    return [[model.sheet.text(r, c) if (r, c) in chosen else "" for c in columns] for r in rows]
