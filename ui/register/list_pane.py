"""The list: filter chips, table, foot. It asks for keys and lines and says which complaint was chosen."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import SEARCH_LIMIT, ListFilter, ListRow, Sort
from ui.register.cells import Day
from ui.register.filter_bar import FilterBar
from ui.register.filters import only_search
from ui.register.list_foot import ListFoot
from ui.register.rows import RowsModel
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.notices import EmptyState
from ui.widgets.table import Table

_WIDE = 880  # design pixels from which number and agency have columns of their own
_NARROW_WIDTHS = (None, 146, 160, 44)
_WIDE_WIDTHS = (168, None, 92, 166, 120, 164, 44)


class ListPane(QWidget):
    """`chosen` carries the id of the line that was chosen by a person."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._words = ""
        self._total = 0
        self._chosen_key: int | None = None
        self._wanted_id = ""  # to be chosen in the list as soon as its line is known
        self._silent = False
        self._wide: bool | None = None
        day = Day.of(desk.today(), desk.reference)
        self.bar = FilterBar(theme, day)
        self.model = RowsModel(day, self._load)
        self.table = Table(theme, self.tr("Daftar pengaduan"), rounded=True)
        self.table.setModel(self.model)
        self.foot = ListFoot(theme)
        self._clear = KeyButton(theme, self.tr("Hapus saringan"), Icon.CLOSE)
        self.empty = EmptyState(theme, Icon.SEARCH, "", "", [self._clear])
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    def show_filter(self, wanted: ListFilter) -> None:
        """Show another list."""
        self._words = wanted.search
        self.bar.set_filter(wanted)
        self.refresh()

    def search(self, words: str) -> None:
        """Show what fits to the words as typed."""
        self._words = words
        self.refresh()

    def choose(self, complaint_id: str) -> None:
        """Mark a complaint's line, now or when it is known."""
        self._wanted_id = complaint_id
        self._mark_wanted()

    def refresh(self) -> None:
        """Ask for the list and for how many there are at all."""
        day = Day.of(self._desk.today(), self._desk.reference)
        self.bar.set_day(day)
        self.model.set_day(day)
        wanted = replace(self.bar.filter(), search=self._words)
        self._tasks.latest("register.keys", partial(lists.keys, self._desk, wanted), self._show_keys, owner=self)

    def count_all(self) -> None:
        """Ask how many complaints there are; not at every key that is typed."""
        self._tasks.latest("register.total", partial(_count, self._desk), self._show_total, owner=self)

    def focus_first(self) -> None:
        """From the search box into the list."""
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Own columns where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= self._theme.px(_WIDE)
        if wide != self._wide:
            self._wide = wide
            self.model.set_wide(wide)
            self.bar.set_wide(wide)
            self.table.set_widths(*(_WIDE_WIDTHS if wide else _NARROW_WIDTHS))
            self._show_order()
            self._mark_chosen()

    def _build(self) -> None:
        card = Card(self._theme, padding=0)
        card.body.setSpacing(0)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self.foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.table.set_sortable(2, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.rows_shown.connect(self.model.show_rows)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.bar.changed.connect(self.refresh)
        self._clear.clicked.connect(self._clear_filters)
