"""The frame: rail, top bar, pages, and the line at the bottom. It knows no database; whoever builds it connects it."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.frame.page import PageSpec
from ui.frame.page_stack import PageStack
from ui.frame.rail import Rail
from ui.frame.telling import Telling
from ui.frame.top_bar import TopBar
from ui.language import Language
from ui.theme.theme import Mode, Theme
from ui.theme.tokens import SIZES

if TYPE_CHECKING:
    from ui.frame.cover import Cover
    from ui.help.side import HelpSide

WINDOW_TITLE = "Lapor Kelurahan"
_USUAL = (1366, 696)
_LEAST = (960, 520)  # a screen of 1024 x 600 with title bar and taskbar; below that pages scroll
_TITLE_BAR = 32


class WindowMemory(Protocol):
    """Remembers the window's place and look between starts."""

    def geometry(self) -> bytes:
        """What was kept, b"" if nothing."""

    def keep_geometry(self, geometry: bytes) -> None:
        """Keep it."""

    def keep_mode(self, mode: Mode) -> None:
        """Keep the colours."""

    def keep_scale(self, scale: int) -> None:
        """Keep the size of everything."""

    def language(self) -> Language:
        """What the window is to speak from the next start on."""

    def keep_language(self, language: Language) -> None:
        """Keep the language."""


class MainWindow(QMainWindow):
    """The one window. `pages` in the order of the rail; what is not given is not shown.

    `exchange_requested`: F9. `outbox_requested`: the state chip was pressed. `page_changed`: which page is in front.
    `closing_refused`: a page below a cover may not be closed now.
    """

    exchange_requested = Signal()
    outbox_requested = Signal()
    page_changed = Signal(str)
    closing_refused = Signal()

    def __init__(self, theme: Theme, pages: Sequence[PageSpec], memory: WindowMemory | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._memory = memory
        self._specs = list(pages)
        self.setWindowTitle(WINDOW_TITLE)
        self.rail = Rail(theme, WINDOW_TITLE, pages)
        self.top_bar = TopBar(theme)
        self.chip = self.top_bar.chip
        self.pages = PageStack(pages)
        self._notice = QHBoxLayout()
        self._layers = QStackedWidget()
        self._cover: Cover | None = None
        self._area = self._build()
        self.telling = Telling(theme, self._area, self._notice)
        self.rail.picked.connect(self.show_page)
        self.top_bar.help_requested.connect(self.show_help)
        self.chip.clicked.connect(self.outbox_requested)
        self.setMinimumSize(*_LEAST)
        room = self.screen().availableSize()
        self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height() - _TITLE_BAR))
        if memory is not None and (kept := memory.geometry()):
            self.restoreGeometry(QByteArray(kept))

    def _build(self) -> QWidget:
        """Put the parts together; returns the area right of the rail."""
        side = self._theme.px(SIZES.page_x)
        self._beside = beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.pages, 1)
        self._notice.setContentsMargins(side, 0, side, 0)
        area = QWidget()
        column = QVBoxLayout(area)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(self._notice)
        column.addLayout(beside, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(area, 1)
        self._layers.addWidget(whole)
        self.setCentralWidget(self._layers)
        return area

    def bind_keys(self) -> None:
        """Let the keys work; called once, when there is something they can work on."""
        from PySide6.QtGui import QKeySequence, QShortcut  # noqa: PLC0415  # the window is painted without them

        def bind(key: str, action: Callable[[], object]) -> None:
            QShortcut(QKeySequence(key), self).activated.connect(action)

        def show_and_search(key: str) -> None:
            self.show_page(key)
            self.pages.page(key).search_focus()

        for at, page in enumerate(self._specs, start=1):
            bind(f"Ctrl+{at}", partial(self.show_page, page.key))
            if page.shortcut:
                bind(page.shortcut, partial(show_and_search, page.key))
        bind("F9", self.exchange_requested.emit)
        bind("Esc", self._go_back)
        bind("F1", self.show_help)
        bind("?", self.show_keys)

    def set_demo(self) -> None:
        """Say for good that everything shown is a sample."""
        from ui.frame.demo_ribbon import DemoRibbon  # noqa: PLC0415

        self.setWindowTitle(self.tr("{name} (mode demo)").format(name=WINDOW_TITLE))
        area = self._area.layout()
        if isinstance(area, QVBoxLayout):
            area.insertWidget(1, DemoRibbon(self._theme))

    def set_badge(self, page_key: str, count: int) -> None:
        """How much waits on a page; a page that is not shown has no badge."""
        if self.pages.has(page_key):
            self.rail.button(page_key).set_badge(count)

    def show_page(self, key: str, **arguments: object) -> None:
        """Bring a page to the front; its `activate` gets the arguments."""
        if key != self.pages.current():
            self.telling.leave()
        self.pages.bring(key, **arguments)
        self.rail.choose(key)
        if "help" in self.__dict__:
            self.help.follow(key)
        self.page_changed.emit(key)

    def show_keys(self) -> None:
        """The sheet of keys."""
        from ui.frame.key_sheet import KeySheet  # noqa: PLC0415

        sheet = KeySheet(self._theme, self._specs, self)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def cover(self, widget: QWidget) -> None:
        """Let `widget` stand in place of everything until `uncover`; no key reaches what is below."""
        from ui.frame.cover import Cover  # noqa: PLC0415  # only where officers sign in

        self.telling.set_silent(True)
        self._cover = Cover(self, self._layers, widget)

    def uncover(self) -> None:
        """Show everything as it was, with the cursor where it was."""
        if self._cover is not None:
            cover, self._cover = self._cover, None
            self.telling.set_silent(False)
            cover.take_off()

    @cached_property
    def help(self) -> "HelpSide":
        """The guide beside the pages."""
        from ui.help.side import HelpSide  # noqa: PLC0415

        return HelpSide(self._theme, self.pages, self._beside)

    def show_help(self) -> None:
        """The guide at the chapter of the page in front; a second time it is closed."""
        self.help.toggle(self.pages.current())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask every page; the one that says no is brought to the front."""
        unwilling = self.pages.unwilling()
        if unwilling:
            if self._cover is not None:
                self.closing_refused.emit()
            elif unwilling != self.pages.current():
                self.show_page(unwilling)
            event.ignore()
            return
        if self._memory is not None:
            self._memory.keep_geometry(bytes(self.saveGeometry().data()))
        event.accept()

    def _go_back(self) -> None:
        """Esc: first out of the help, then within the page, then to the page before."""
        if "help" in self.__dict__ and self.help.close():
            return
        before = self.pages.page_before()
        if before:
            self.show_page(before)
