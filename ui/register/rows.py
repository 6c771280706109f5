"""The lines of the list: keys of all of them, the lines themselves only where somebody looks."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from kelurahan_client.services.lists import ListRow, Sort
from ui.register.cells import Day
from ui.register.columns import NARROW, WIDE, cell, column_name, look_of
from ui.widgets.cell import Cell, cell_data

Index = QModelIndex | QPersistentModelIndex
Load = Callable[[Sequence[int]], None]
"""Asks for the lines of some keys; the answer comes by `RowsModel.put`. A newer request replaces an older one."""

AHEAD = 50  # lines that are fetched before and behind those in view
KEPT = 4_000  # lines in memory; at most this many are ever held, whatever the length of the list
_WAITING = Cell(text="…", quiet=True)
_NOTHING = Cell()


class RowsModel(QAbstractTableModel):
    """The list as a table. Narrow: two-line cells; wide: own columns for number, day and agency; else as chosen."""

    def __init__(self, day: Day, load: Load) -> None:
        super().__init__()
        self._day = day
        self._load = load
        self._keys: array[int] = array("q")
        self._rows: OrderedDict[int, ListRow] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: frozenset[int] = frozenset()
        self._shown = (-1, -1)
        self._wide = False
        self._chosen: tuple[str, ...] = ()

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

    def set_wide(self, wide: bool) -> None:
        """Own columns, or two lines a cell."""
        if wide != self._wide:
            self.beginResetModel()
            self._wide = wide
            self.endResetModel()

    def set_chosen(self, codes: Sequence[str]) -> None:
        """The columns that a person chose, in their order; none for the usual ones."""
        if tuple(codes) != self._chosen:
            self.beginResetModel()
            self._chosen = tuple(codes)
            self.endResetModel()

    def codes(self) -> tuple[str, ...]:
        """The columns that are shown."""
        return self._chosen or (WIDE if self._wide else NARROW)

    def set_day(self, day: Day) -> None:
        """A new day began: due dates read differently."""
        if day != self._day:
            self._day = day
            self._tell(0, len(self._keys) - 1)

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

    def put(self, asked: Sequence[int], rows: Sequence[ListRow]) -> None:
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

    def row(self, at: int) -> ListRow | None:
        """The line, None while it is not loaded."""
        return self._rows.get(self._keys[at]) if 0 <= at < len(self._keys) else None

    def key(self, at: int) -> int | None:
        """The key of a row."""
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def place_of(self, key: int | None = None, complaint_id: str = "") -> int:
        """The row of a key, or of a complaint among the loaded lines; -1 where there is none."""
        if complaint_id:
            key = next((row.key for row in self._rows.values() if row.id == complaint_id), None)
        if key is None:
            return -1
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def sort_of(self, column: int) -> Sort | None:
        """What a press on a column's name sorts by."""
        return look_of(self.codes()[column]).sort if 0 <= column < len(self.codes()) else None

    def column_of(self, sort: Sort) -> int:
        """The column that shows the order, -1 where none does."""
        return next((at for at, code in enumerate(self.codes()) if look_of(code).sort is sort), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many lines."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(self.codes())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_name(self.codes()[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One cell."""
        row = self._rows.get(self._keys[index.row()])
        if row is None:
            return cell_data(_WAITING if index.column() == 0 else _NOTHING, role)
        return cell_data(cell(row, self.codes()[index.column()], self._day), role)

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
