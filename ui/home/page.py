"""Beranda: the numbers of the day, what is due first, the last month, the last exchange."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import Home, ListFilter
from ui.frame.page import Page
from ui.home.due import DueModel, DueTable
from ui.home.exchange_card import ExchangeCard
from ui.home.model import blank_tiles, greeting, tiles
from ui.register.cells import Day
from ui.register.filters import WORKLIST
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.bar_chart import BarChart, DayCount
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card, PageHead
from ui.widgets.notices import EmptyState
from ui.widgets.tile import Tile
from ui.wording import WITA, day_date

Navigate = Callable[..., None]
Notify = Callable[[str, Callable[[], None] | None], None]

_DUE_ROWS = 30  # more than any screen has room for


class HomePage(Page):
    """The first page. `navigate(key, **arguments)` shows another page, `exchange` sends now."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,
        notify: Notify,  # noqa: ARG002  # every page is made with the same arguments; this one changes nothing
        exchange: Callable[[], None],
        *,
        has_paper_log: bool = True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._home: Home | None = None
        self._filters: dict[str, ListFilter] = {}
        self._head = PageHead(theme, "")
        if has_paper_log:
            book = KeyButton(theme, self.tr("Buku register"), Icon.BOOK, key="F4")
            book.clicked.connect(partial(navigate, "paper_log"))
            self._head.add_command(book)
        self._new = self._new_button(ButtonKind.PRIMARY)
        self._head.add_command(self._new)
        self._tiles = {tile.key: Tile(theme, tile.name, tile.icon) for tile in blank_tiles()}
        self._due = DueModel(Day.of(desk.today(), desk.reference))
        self._table = DueTable(theme, self.tr("Tenggat terdekat"), self._due)
        self._chart = BarChart(theme, self.tr("30 hari terakhir"))
        self._chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._chart.setMinimumHeight(theme.px(110))
        self._exchange_card = ExchangeCard(theme, exchange)
        self._build()
        self._greet()

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Ask for today's numbers."""
        self._ask()
        self._new.setFocus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record shows here
        """Something changed: ask again."""
        self._ask()

    def _ask(self) -> None:
        self._greet()
        self._tasks.latest("home", partial(lists.home, self._desk, _DUE_ROWS), self._show, owner=self)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(SIZES.page_y))
        column.setSpacing(px(12))
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for key, tile in self._tiles.items():
            tile.clicked.connect(partial(self._open_tile, key))
            row.addWidget(tile, 1)
        column.addSpacing(px(2))
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(px(16))
        below.addWidget(self._due_card(), 69)
        below.addLayout(self._side(), 31)
        column.addLayout(below, 1)

    def _due_card(self) -> Card:
        card = Card(self._theme, self.tr("Tenggat terdekat"), padding=0)
        self._all = KeyButton(self._theme, self.tr("Lihat semua"), Icon.RIGHT, kind=ButtonKind.QUIET, dense=True)
        self._all.set_icon_last()
        self._all.clicked.connect(partial(self._navigate, "register", list_filter=WORKLIST))
        card.add_to_head(self._all)
        self._table.opened.connect(self._open_row)
        self._table.clicked.connect(self._open_row)
        self._empty = EmptyState(self._theme, Icon.RECEIVED, "", "", [self._new_button(ButtonKind.SECONDARY)])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack)
        return card

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(self._theme.px(12))
        chart = Card(self._theme, self.tr("30 hari terakhir"))
        chart.body.addWidget(self._chart)
        side.addWidget(chart, 1)
        side.addWidget(self._exchange_card)
        for widget in (chart, self._exchange_card):
            widget.setMinimumWidth(self._theme.px(300))
        return side

    def _new_button(self, kind: ButtonKind) -> KeyButton:
        button = KeyButton(self._theme, self.tr("Pengaduan baru"), Icon.ADD, key="F2", kind=kind)
        button.clicked.connect(partial(self._navigate, "intake"))
        return button

    def _greet(self) -> None:
        now = self._desk.now().astimezone(WITA)
        name = self._home.officer.name if self._home is not None else ""
        words = greeting(now.hour)
        self._head.set_title(f"{words}, {name}" if name else words, day_date(now.date()))

    def _show(self, home: Home) -> None:
        self._home = home
        self._greet()
        day = Day(home.today, home.soon, self._desk.reference)
        for view in tiles(home, day):
            self._tiles[view.key].set_value(view.figure, view.remark, view.tone)
            self._filters[view.key] = view.list_filter
        self._due.set_rows(home.due, day)
        self._chart.set_days([DayCount(*one) for one in home.days])
        self._exchange_card.set_state(home.state, home.today)
        self._show_empty(home)

    def _show_empty(self, home: Home) -> None:
        if home.counts.total == 0:
            self._empty.set_words(
                self.tr("Belum ada pengaduan"),
                self.tr("Yang dicatat di loket atau dari buku akan tampak di sini."),
            )
        else:
            self._empty.set_words(
                self.tr("Tidak ada yang menunggu"), self.tr("Semua pengaduan sudah selesai atau ditutup.")
            )
        self._all.setVisible(bool(home.counts.total))
        self._stack.setCurrentWidget(self._table if home.due else self._empty)

    def _open_tile(self, key: str) -> None:
        if key in self._filters:
            self._navigate("register", list_filter=self._filters[key])

    def _open_row(self, index: QModelIndex) -> None:
        row = self._due.row(index.row())
        self._navigate("register", list_filter=WORKLIST, complaint_id=row.id)
