"""The list: filter chips, table, foot, and what is said when nothing fits."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services.lists import SEARCH_LIMIT, ListFilter, ListRow
from ui.register.cells import Day
from ui.register.filter_bar import FilterBar
from ui.register.filters import only_search
from ui.register.list_columns import ListColumns
from ui.register.list_foot import ListFoot
from ui.register.list_order import ListOrder
from ui.register.list_questions import ListQuestions
from ui.register.rows import RowsModel
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.keyed_rows import Load
from ui.widgets.notices import EmptyState
from ui.widgets.table import Table

_WIDE = 880  # design pixels from which number and agency have columns of their own


class ListView(QWidget):
    """Shows the lines of a `ListFilter`; the page fetches them.

    `filter_changed`: chips or order changed, see `wanted`. `chosen`: the id of the line that a person chose.
    """

    filter_changed = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, day: Day, load: Load) -> None:
        super().__init__()
        self._theme = theme
        self._chosen: int | None = None  # key of the marked line
        self._unknown = False  # it was chosen before its line was loaded
        self._wanted_id = ""  # to be marked as soon as its line is known
        self._silent = False
        self._total = -1  # not known yet
        self._words = ""
        self._more = False
        self._wide: bool | None = None
        self.bar = FilterBar(theme, day)
        self.order = ListOrder(self.bar)
        self.model = RowsModel(day, load)
        self.table = Table(theme, self.tr("Daftar pengaduan"), rounded=True)
        self.table.setModel(self.model)
        self.columns = ListColumns(theme, self.table, self.model)
        self.table.set_sortable(2, Qt.SortOrder.AscendingOrder)
        self.foot = ListFoot(theme)
        self.asks = ListQuestions(theme)
        self.clear = KeyButton(theme, self.tr("Hapus saringan"), Icon.CLOSE)
        self.empty = EmptyState(theme, Icon.SEARCH, "", "", [self.clear])
        self._stack = QStackedWidget()
        self._build()
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sort)
        self.table.rows_shown.connect(self.model.show_rows)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.bar.changed.connect(self.filter_changed)
        self.clear.clicked.connect(self.clear_filters)
        self.bar.clear_all.clicked.connect(self.clear_filters)
        self.bar.period_asked.connect(lambda: self.asks.ask_period(self.bar.filter(), self.bar.day().today))
        self.asks.period.chosen.connect(self.bar.set_period)

    def show_filter(self, wanted: ListFilter, day: Day) -> None:
        """Show another filter on the chips and in the header; emits nothing."""
        self.bar.set_day(day)
        self.model.set_day(day)
        self.bar.set_filter(wanted)
        self._show_order()

    def show_keys(self, keys: "array[int]", words: str) -> None:
        """Show the lines of these keys, found for `words`."""
        self._more = bool(words.strip()) and len(keys) > SEARCH_LIMIT
        shown = keys[:SEARCH_LIMIT] if self._more else keys
        bar = self.table.verticalScrollBar()
        at = bar.value()
        if self.model.set_keys(shown):
            bar.setValue(at)
            self._mark(self.model.place_of(self._chosen), scroll=False)
        self._show_order()
        self._stack.setCurrentWidget(self.table if len(shown) else self.empty)
        self._words = words.strip()
        self.set_total(self._total)

    def set_total(self, total: int) -> None:
        """How many complaints there are at all."""
        self._total = total
        self._say_empty()
        self.foot.set_count(self.model.rowCount(), total, more=self._more)

    def put_rows(self, asked: Sequence[int], rows: Sequence[ListRow]) -> None:
        """The lines that the model asked for."""
        self.model.put(asked, rows)
        if self._wanted_id:
            self.mark(self._wanted_id)
        elif self._unknown:
            self._tell_choice()

    def mark(self, complaint_id: str) -> None:
        """Mark a complaint's line without choosing it: now, or as soon as it is known; "" takes the mark away."""
        self._wanted_id = complaint_id
        if not complaint_id:
            self._chosen = None
            self._mark(-1, scroll=False)
        place = self.model.place_of(complaint_id=complaint_id) if complaint_id else -1
        if place >= 0:
            self._wanted_id = ""
            self._chosen = self.model.key(place)
            self._mark(place, scroll=True)

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
            self.renew_columns()
        else:
            self.columns.arrange()

    def renew_columns(self) -> None:
        """Other columns are shown: arrange them, the arrow and the mark."""
        self.columns.arrange()
        self._show_order()
        self._mark(self.model.place_of(self._chosen), scroll=False)

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
        column.addLayout(self.asks.column)
        column.addWidget(card, 1)

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._silent or not current.isValid():
            return
        self._chosen = self.model.key(current.row())
        self._wanted_id = ""
        self._unknown = True
        self._tell_choice()

    def _tell_choice(self) -> None:
        row = self.model.row(self.model.place_of(self._chosen))
        if row is not None:
            self._unknown = False
            self.chosen.emit(row.id)

    def _mark(self, place: int, *, scroll: bool) -> None:
        self._silent = True
        if place < 0:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
        else:
            auto = self.table.hasAutoScroll()
            self.table.setAutoScroll(scroll)
            self.table.selectRow(place)
            self.table.setAutoScroll(auto)
            if scroll:
                self.table.scrollTo(self.model.index(place, 0))
        self._silent = False

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if self._silent:
            return
        by = self.model.sort_of(column)
        if by is not None:
            self.order.choose(by, descending=order is Qt.SortOrder.DescendingOrder)
            self.filter_changed.emit()
        self._show_order()

    def _show_order(self) -> None:
        """The arrow in the header, where the order is that of a column."""
        wanted = self.order.wanted()
        column = self.model.column_of(wanted.sort)
        order = Qt.SortOrder.DescendingOrder if wanted.descending else Qt.SortOrder.AscendingOrder
        header = self.table.horizontalHeader()
        self._silent = True
        header.setSortIndicator(column, order)
        header.setSortIndicatorShown(column >= 0)
        self._silent = False

    def _say_empty(self) -> None:
        words = self._words
        on = "" if self._total == 0 else ", ".join(self.bar.values().values())
        self.clear.setVisible(bool(on))
        if words and self._total:
            text = self.tr("Saringan yang aktif: {filters}.").format(filters=on) if on else ""
            self.empty.set_words(
                self.tr("Tidak ada yang cocok dengan “{words}”").format(words=words),
                text or self.tr("Coba satu kata saja, atau sebagian dari nomornya."),
            )
        elif on:
            self.empty.set_words(
                self.tr("Tidak ada pengaduan dengan saringan ini"),
                self.tr("Saringan yang aktif: {filters}.").format(filters=on),
            )
        else:
            self.empty.set_words(
                self.tr("Belum ada pengaduan"), self.tr("Yang dicatat di loket atau dari buku akan tampak di sini.")
            )

    def clear_filters(self) -> None:
        """Take every filter off; the words of the search stay."""
        self.bar.set_filter(only_search(self.bar.filter()))
        self.filter_changed.emit()
