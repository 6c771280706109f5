"""The lines of the list in the columns that are shown."""

from collections.abc import Sequence

from kelurahan_client.services.lists import ListRow, Sort
from ui.register.cells import Day
from ui.register.columns import NARROW, WIDE, cell, column_name, look_of
from ui.widgets.cell import Cell
from ui.widgets.keyed_rows import KeyedRows, Load


class RowsModel(KeyedRows[ListRow]):
    """The list as a table. Narrow: two-line cells; wide: own columns for number, day and agency; else as chosen."""

    def __init__(self, day: Day, load: Load) -> None:
        super().__init__(load)
        self._day = day
        self._wide = False
        self._chosen: tuple[str, ...] = ()

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

    def columns(self) -> int:
        """How many columns there are."""
        return len(self.codes())

    def head(self, column: int) -> str:
        """The name of a column."""
        return column_name(self.codes()[column])

    def cell(self, row: ListRow, column: int) -> Cell:
        """One cell of a line that is known."""
        return cell(row, self.codes()[column], self._day)
