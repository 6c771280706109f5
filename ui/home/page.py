"""Beranda: the numbers of the day, what is due first, the last month, the last exchange."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import Home, ListFilter
from ui.frame.page import Navigate, Notify, Page
from ui.home.due_card import DueCard
from ui.home.exchange_card import ExchangeCard
from ui.home.model import blank_tiles, tiles
from ui.home.notice_row import NoticeRow
from ui.home.silence_row import SilenceRow
from ui.register.cells import Day
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, TextRole
from ui.widgets.bar_chart import BarChart, DayCount
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card, PageHead
from ui.widgets.tile import Tile
from ui.wording import WITA, day_date, greeting

_LEAST = 600  # design pixels
_TWO_COLUMNS = 930
_DUE_ROWS = 30  # more than any screen has room for


class HomePage(Page):
    """The first page. `navigate(key, **arguments)` shows another page, `exchange` sends now.

    `outbox_wanted`: what waits is only in the outbox, not in a list of complaints.
    """

    outbox_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,
        notify: Notify,  # noqa: ARG002  # every page is made with the same arguments; this one changes nothing
        exchange: Callable[[], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._asked = True  # by the page's making, for the `activate` that follows
        self._ask()  # the database works while the page is built
        self._navigate = navigate
        self._home: Home | None = None
        self._filters: dict[str, ListFilter] = {}
        self._head = PageHead(theme, "")
        self._narrow = False
        self._book = KeyButton(theme, self.tr("Buku register"), Icon.BOOK, key="F4")
        self._book.clicked.connect(partial(navigate, "paper_log"))
        self._head.add_command(self._book)
        self.new = self._new_button(ButtonKind.PRIMARY)
        self._head.add_command(self.new)
        self.tiles = {tile.key: Tile(theme, tile.name, tile.icon) for tile in blank_tiles()}
        day = Day.now(desk)
        self.due = DueCard(theme, day, navigate, self._new_button(ButtonKind.SECONDARY))
        self.chart = BarChart(theme, self.tr("30 hari terakhir"))
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(theme.px(110))
        self.exchange_card = ExchangeCard(theme, exchange)
        self.silence = SilenceRow(theme, desk, navigate)
        self.notices = NoticeRow(theme, tasks, desk)
        self.notices.closed.connect(self.new.setFocus)
        self._build()

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Ask for today's numbers, the first time not again."""
        self._greet()
        if not self._asked:
            self._ask()
        self._asked = False
        self.notices.ask()
        self.new.setFocus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record shows here
        """Something changed: ask again."""
        self._greet()
        self._ask()
        self.notices.ask()

    def _ask(self) -> None:
        self._tasks.latest("home", partial(lists.home, self._desk, _DUE_ROWS), self._show, owner=self)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(SIZES.page_y))
        column.setSpacing(px(12))
        column.addWidget(self._head)
        column.addWidget(self.notices)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        for key, tile in self.tiles.items():
            tile.clicked.connect(partial(self._open_tile, key))
        column.addSpacing(px(2))
        column.addLayout(self._grid)
        column.addWidget(self.silence)
        self._below = QHBoxLayout()
        self._below.setSpacing(px(16))
        self._below.addWidget(self.due, 69)
        self._below.addLayout(self._side(), 31)
        column.addLayout(self._below, 1)
        self._arrange(narrow=False)

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes to be, since it can stand in one column."""
        return QSize(max(self._theme.px(_LEAST), self._needed(3)), super().minimumSizeHint().height())

    def _needed(self, across: int) -> int:
        """The width at which so many tiles side by side say their names whole; letters do not shrink as lengths do."""
        widest = max(tile.minimumSizeHint().width() for tile in self.tiles.values())
        return across * widest + (across - 1) * self._theme.px(12) + 2 * self._theme.px(SIZES.page_x)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        super().resizeEvent(event)
        narrow = self.width() < max(self._theme.px(_TWO_COLUMNS), self._needed(len(self.tiles)))
        if narrow != self._narrow:
            self._arrange(narrow=narrow)
        elif narrow:
            self._greet()

    def _arrange(self, *, narrow: bool) -> None:
        self._narrow = narrow
        across = 3 if narrow else len(self.tiles)
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, at // across, at % across)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._below.setDirection(direction)
        self._book.setVisible(not narrow)  # it is in the rail, and F4
        self._greet()

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(self._theme.px(12))
        chart = Card(self._theme, self.tr("30 hari terakhir"))
        chart.body.addWidget(self.chart)
        side.addWidget(chart, 1)
        side.addWidget(self.exchange_card, 1)
        for widget in (chart, self.exchange_card):
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
        whole = f"{words}, {name}" if name else words
        title = QFontMetrics(self._theme.font(TextRole.TITLE, bold=True)).horizontalAdvance(whole)
        beside = self.new.sizeHint().width() + self._theme.px(2 * SIZES.page_x + 3 * 12)
        fits = not self._narrow or title + beside <= self.width()
        self._head.set_title(whole if fits else words, "" if self._narrow else day_date(now.date()))

    def _show(self, home: Home) -> None:
        self._home = home
        self._greet()
        day = Day(home.today, home.soon, self._desk.reference)
        for view in tiles(home, day):
            self.tiles[view.key].set_value(view.figure, view.remark, view.tone)
            self._filters[view.key] = view.list_filter
        self.due.show_rows(home.due, day, any_at_all=bool(home.counts.total))
        self.chart.set_days([DayCount(*one) for one in home.days])
        self.exchange_card.set_state(home.state, home.today)
        self.silence.show_count(home.closable)

    def _open_tile(self, key: str) -> None:
        if key == "conflicts" and self._home is not None and self._home.state.conflicts:
            self._navigate("conflicts")
        elif key == "unsent" and self._only_files_wait():
            self.outbox_wanted.emit()
        elif key in self._filters:
            self._navigate("register", list_filter=self._filters[key])

    def _only_files_wait(self) -> bool:
        home = self._home
        return home is not None and not home.counts.unsent and bool(home.state.files.count)
