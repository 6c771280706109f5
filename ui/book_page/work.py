"""The workplace of a page: head, scan, grid and foot, and what its commands do."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from kelurahan_client.domain.typed_page import TypedPage
from kelurahan_client.services import book_scans
from kelurahan_client.services.book_pages import OpenPage
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.page_looking import LookedAt
from kelurahan_client.store.book_pages import ScanRow
from ui.book_page.foot import Counts, ProblemBar
from ui.book_page.grid import PageGrid
from ui.book_page.head import PageTitle
from ui.book_page.keeper import PageKeeper
from ui.book_page.keys import bind_keys
from ui.book_page.model import PageModel
from ui.book_page.saving import PageSaving
from ui.book_page.scan_pane import ScanPane
from ui.book_page.wrong_bar import WrongBar
from ui.figures import number
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner


class PageWork(QWidget):
    """Types one page. `saved` carries a SavedPage when all its lines are complaints; `closed`: the clerk goes back."""

    saved = Signal(object)
    changed = Signal()
    closed = Signal()
    scans_wanted = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._id = ""
        self.title = PageTitle(theme)
        self.banner = Banner(theme, closable=True)
        self.banner.hide()
        self.wrong_bar = WrongBar(theme)
        self.model = PageModel(self)
        self.grid = PageGrid(theme, self.model)
        self.problem = ProblemBar(theme)
        self.counts = Counts(theme)
        self.keeper = PageKeeper(tasks, desk, self.page, self)
        self.saving = PageSaving(tasks, desk, self)
        self.scan = ScanPane(theme, tasks, desk)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        card = QFrame()
        card.setProperty("surface", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, theme.px(4), 1, theme.px(4))  # a table would paint over the card's corners
        inner.setSpacing(0)
        inner.addWidget(self.grid, 1)
        inner.addWidget(self.problem)
        inner.addWidget(self.counts)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setHandleWidth(theme.px(SIZES.gap_wide))
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.scan)
        self.halves.addWidget(card)
        self.halves.setStretchFactor(0, 1)
        self.halves.setStretchFactor(1, 2)
        self.halves.setSizes([theme.px(344), theme.px(762)])
        self.scan.hide()
        column = self._column = QVBoxLayout(self)
        side, top = theme.px(SIZES.page_x), theme.px(SIZES.page_y)
        column.setContentsMargins(side, top, side, top)
        column.setSpacing(theme.px(SIZES.gap_wide))
        for widget in (self.title, self.banner, self.wrong_bar):
            column.addWidget(widget)
        column.addWidget(self.halves, 1)

    def _connect(self) -> None:
        self.model.edited.connect(self.keeper.touch)
        self.title.changed.connect(self._retitled)
        self.title.back_button.clicked.connect(self.closed)
        for button in (self.title.scan_button, self.scan.bar.other, self.scan.bar.other_worded):
            button.clicked.connect(self.scans_wanted)
        self.grid.moved.connect(self._moved)
        self.scan.changed.connect(self.keeper.touch)
        self.scan.failed.connect(self.banner.show_error)
        bind_keys(self)
        self.problem.mended.connect(self._mend)
        self.keeper.kept.connect(self.title.show_kept)
        self.keeper.looked.connect(self.show_looked)
        self.keeper.failed.connect(self.banner.show_error)
        self.saving.whole.connect(self.saved)
        self.saving.partly.connect(lambda _saved: self.changed.emit())

    def minimumSizeHint(self) -> QSize:
        """With the words over the grid as high as they are in this width, for which the stack around does not ask."""
        least = super().minimumSizeHint()
        return least.expandedTo(QSize(0, self._column.minimumHeightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may break the words elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def begin(self, opened: OpenPage | TypedPage) -> None:
        """Show a page; the clerk is in the first cell that waits."""
        page = opened.page if isinstance(opened, OpenPage) else opened
        scans = opened.scans if isinstance(opened, OpenPage) else ()
        self._id = page.id
        self.banner.hide()
        self.wrong_bar.hide()
        self.title.show_page(page.book, page.number, page.in_book)
        self.model.load(page.lines, page.in_book)
        self.counts.show_counts(page.typed, page.in_book, 0, 0, 0, 0)
        self._show_scan(scans, page)
        self.grid.go_to(len(page.lines), 0)
        self.grid.setFocus()
        self.keeper.look()

    def page(self) -> TypedPage:
        """The page as it stands."""
        title = self.title
        return TypedPage(
            self._id,
            title.book.text().strip(),
            title.number.text().strip(),
            self.model.lines(),
            title.lines_in_book(),
            self.scan.state(),
        )

    def take_scans(self, paths: Sequence[Path]) -> None:
        """Type this page from other files."""
        self._tasks.database(
            partial(book_scans.choose, self._desk, self.page(), paths),
            self._show_scans,
            failed=self.banner.show_error,
            owner=self,
        )

    def _show_scans(self, opened: OpenPage) -> None:
        if opened.page.id == self._id:
            self.banner.hide()
            self._show_scan(opened.scans, opened.page)
            self._moved(*self.grid.place())

    def _show_scan(self, scans: Sequence[ScanRow], page: TypedPage) -> None:
        self.scan.show_scans(scans, page.view)
        self.title.scan_button.setVisible(not scans)  # else it stands over the scan

    def leave(self) -> None:
        """The clerk goes: what is half typed is kept."""
        self.grid.delegate.finish()
        self.keeper.flush_waiting()

    def _moved(self, row: int, column: int) -> None:
        header = self.grid.horizontalHeader()
        middle = header.sectionPosition(column) + header.sectionSize(column) / 2
        self.scan.follow(row, middle / max(header.length(), 1))
        self.show_problem()

    def _retitled(self) -> None:
        self.model.set_in_book(self.title.lines_in_book())
        self.keeper.touch()

    def show_looked(self, looked: LookedAt) -> None:
        """Show what was found on the lines."""
        self.model.show(looked)
        self.title.show_earlier(looked.earlier)
        typed = sum(line.filled for line in self.model.lines())
        self.counts.show_counts(typed, self.title.lines_in_book(), *self.model.marks.counts())
        self.show_problem()

    def show_problem(self) -> None:
        """Say what is wrong where the clerk is."""
        row, column = self.grid.place()
        found = self.model.marks.problem(row, column)
        problem = found or self.model.marks.hint(row, column)
        where = self.tr("Baris {n}").format(n=number(row + 1))
        if problem is not None:
            name = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            where = self.tr("{line}, {column}").format(line=where, column=name)
        self.problem.show_problem(where, problem, self.model.marks.passed_over(row), hint=found is None)

    def _mend(self, text: str) -> None:
        place = self.grid.place()
        self.grid.delegate.finish()  # else what stands in the open cell would be written after it
        self.model.change(lambda sheet: sheet.put({place: text}))
        self.grid.setFocus()
