"""The frame: rail, top bar, pages, and the line at the bottom. It knows no database; whoever builds it connects it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.errors import LaporError
from ui.frame.key_sheet import KeySheet
from ui.frame.page import Page, PageSpec
from ui.frame.rail import Rail
from ui.frame.top_bar import TopBar
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.connection import ConnectionState, StateChip
from ui.widgets.notices import Banner
from ui.widgets.snack_bar import SnackBar

WINDOW_TITLE = "Lapor Kelurahan"
_HISTORY = 20


class WindowMemory(Protocol):
    """Remembers the window's place between starts."""

    def geometry(self) -> bytes:
        """What was kept, b"" if nothing."""

    def keep_geometry(self, geometry: bytes) -> None:
        """Keep it."""


class MainWindow(QMainWindow):
    """The one window. `pages` in the order of the rail; what is not given is not shown."""

    exchange_requested = Signal()
    outbox_requested = Signal()
    page_changed = Signal(str)

    def __init__(self, theme: Theme, pages: Sequence[PageSpec], memory: WindowMemory | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._memory = memory
        self._specs = {page.key: page for page in pages}
        self._built: dict[str, Page] = {}
        self._current = ""
        self._history: list[str] = []
        self.setWindowTitle(WINDOW_TITLE)
        self.rail = Rail(theme, WINDOW_TITLE, pages)
        self.top_bar = TopBar(theme)
        self.snack = self._build(theme)
        self.rail.picked.connect(self.show_page)
        self.top_bar.help_requested.connect(self.show_keys)
        self.top_bar.chip.clicked.connect(self.outbox_requested)
        self._bind_keys(pages)
        self.setMinimumSize(960, 600)
        self.resize(1366, 696)
        if memory is not None and (kept := memory.geometry()):
            self.restoreGeometry(QByteArray(kept))

    def _build(self, theme: Theme) -> SnackBar:
        """Put the parts together."""
        self._stack = QStackedWidget()
        self._banner = Banner(theme, closable=True)
        self._banner.hide()
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        notice = QHBoxLayout()
        side = theme.px(SIZES.page_x)
        notice.setContentsMargins(side, 0, side, 0)
        notice.addWidget(self._banner)
        column.addWidget(self.top_bar)
        column.addLayout(notice)
        column.addWidget(self._stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(area, 1)
        self.setCentralWidget(whole)
        return SnackBar(theme, area)

    def _bind_keys(self, pages: Sequence[PageSpec]) -> None:
        def bind(key: str, action: Callable[[], None]) -> None:
            QShortcut(QKeySequence(key), self).activated.connect(action)

        for at, page in enumerate(pages, start=1):
            bind(f"Ctrl+{at}", lambda key=page.key: self.show_page(key))  # type: ignore[misc]
            if page.shortcut:
                bind(page.shortcut, lambda key=page.key: self._show_by_key(key))  # type: ignore[misc]
        bind("F9", self.exchange_requested.emit)
        bind("Esc", self._go_back)
        bind("F1", self.show_keys)
        bind("?", self.show_keys)

    @property
    def chip(self) -> StateChip:
        """The state chip, to hang the outbox below."""
        return self.top_bar.chip

    def set_state(self, state: ConnectionState) -> None:
        """How the desk stands with the centre."""
        self.top_bar.chip.set_state(state)

    def set_badge(self, page_key: str, count: int) -> None:
        """How much waits on a page; a page that is not shown has no badge."""
        if page_key in self._specs:
            self.rail.button(page_key).set_badge(count)

    def show_snack(self, text: str, undo: Callable[[], None] | None = None, icon: Icon = Icon.RESOLVED) -> None:
        """Say what was done, at the bottom, with *Urungkan* where `undo` is given."""
        self.snack.show_line(text, undo, icon)

    def show_error(self, error: LaporError) -> None:
        """Say above the page what failed, what was kept and what to do now."""
        self._banner.show_error(error)

    def show_page(self, key: str, **arguments: object) -> None:
        """Bring a page to the front; its `activate` gets the arguments."""
        page = self._page(key)
        if self._current and self._current != key:
            self._history = [*self._history, self._current][-_HISTORY:]
        self._current = key
        self._stack.setCurrentWidget(page)
        self.rail.choose(key)
        self._banner.hide()
        page.activate(**arguments)
        self.page_changed.emit(key)

    def current_page(self) -> str:
        """The key of the page in front, "" before the first."""
        return self._current

    def reload(self, kinds: frozenset[str]) -> None:
        """Records of these kinds have changed: every page that was ever shown may ask again."""
        for page in self._built.values():
            page.reload(kinds)

    def show_keys(self) -> None:
        """The sheet of keys."""
        sheet = KeySheet(self._theme, list(self._specs.values()), self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask every page; the one that says no is brought to the front."""
        for key, page in self._built.items():
            if not page.may_close():
                if key != self._current:
                    self.show_page(key)
                event.ignore()
                return
        if self._memory is not None:
            self._memory.keep_geometry(bytes(self.saveGeometry().data()))
        event.accept()

    def _page(self, key: str) -> Page:
        """The page, made when it is first wanted."""
        page = self._built.get(key)
        if page is None:
            made = self._specs[key].widget
            page = made if isinstance(made, Page) else made()
            self._built[key] = page
            self._stack.addWidget(page)
        return page

    def _show_by_key(self, key: str) -> None:
        self.show_page(key)
        self._page(key).search_focus()

    def _go_back(self) -> None:
        """Esc: first within the page, then to the page before."""
        if self._current and self._page(self._current).go_back():
            return
        if self._history:
            before = self._history.pop()
            self._current = ""
            self.show_page(before)
