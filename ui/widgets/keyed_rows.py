"""A long table as a model: the keys of all its lines, the lines themselves only where somebody looks."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.widgets.cell import Cell, cell_data

Index = QModelIndex | QPersistentModelIndex
Load = Callable[[Sequence[int]], None]
"""Asks for the lines of some keys; the answer comes by `KeyedRows.put`. A newer request replaces an older one."""

AHEAD = 50  # lines that are fetched before and behind those in view
KEPT = 4_000  # lines in memory; at most this many are ever held, whatever the length of the list
_WAITING = Cell(text="…", quiet=True)
_NOTHING = Cell()


class Keyed(Protocol):
    """A line that knows its key."""

    @property
    def key(self) -> int:
        """Its number among all lines."""


R = TypeVar("R", bound=Keyed)


class KeyedRows(QAbstractTableModel, Generic[R]):
    """The list as a table; what stands in the columns is said by `columns`, `head` and `cell`."""

    def __init__(self, load: Load) -> None:
        super().__init__()
        self._load = load
        self._keys: array[int] = array("q")
        self._rows: OrderedDict[int, R] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: frozenset[int] = frozenset()
        self._shown = (-1, -1)

    def columns(self) -> int:
        """How many columns there are; Qt asks for each cell that it paints."""
        raise NotImplementedError

    def head(self, column: int) -> str:
        """The name of a column."""
        raise NotImplementedError

    def cell(self, row: R, column: int) -> Cell:
        """One cell of a line that is known."""
        raise NotImplementedError

    def set_keys(self, keys: "array[int]") -> bool:
        """Show another list; what is known of its lines is shown until it was asked again. True if it differs."""
        self._stale = set(self._rows)
        self._asked = frozenset()
        differs = keys != self._keys
        if differs:
            self.beginResetModel()
            self._keys = keys
            self.endResetModel()
        self.show_rows(*self._shown)  # the table says so only where other rows have come into view
        return differs

    def show_rows(self, first: int, last: int) -> None:
        """These rows are in view: ask for those that are not known."""
        self._shown = (first, last)
        if first < 0 or not self._keys:
            return
        around = self._keys[max(0, first - AHEAD) : last + 1 + AHEAD]
        missing = frozenset(key for key in around if key not in self._rows or key in self._stale)
        if missing and missing != self._asked:
            self._asked = missing
            self._load([key for key in around if key in missing])

    def put(self, asked: Sequence[int], rows: Sequence[R]) -> None:
        """The lines of the keys `asked`; a line that is gone meanwhile stays empty."""
        for row in rows:
            self._rows[row.key] = row
            self._rows.move_to_end(row.key)
        self._stale -= set(asked)
        self._asked = frozenset()
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        first, last = self._shown
        self._tell(max(0, first - AHEAD), min(len(self._keys) - 1, last + AHEAD))

    def row(self, at: int) -> R | None:
        """The line, None while it is not loaded."""
        return self._rows.get(self._keys[at]) if 0 <= at < len(self._keys) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many lines."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else self.columns()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell."""
        row = self._rows.get(self._keys[index.row()])
        if row is None:
            return cell_data(_WAITING if index.column() == 0 else _NOTHING, role)
        return cell_data(self.cell(row, index.column()), role)

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columns() - 1))
