"""The pages of the book that are being typed: go on with one, or put it aside."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from kelurahan_client.services.book_pages import OpenPage
from ui.figures import number
from ui.paper_log.model import CellModel
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.cell import Cell
from ui.widgets.table import Table
from ui.wording import WITA, clock, short_date

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NARROW = 780  # design pixels
_MOST_SHOWN = 4  # rows before the table scrolls


class PagesModel(CellModel):
    """A row for each page, the one that was typed last first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[OpenPage, ...] = ()
        self._today = date.min
        self._columns = (self.tr("Halaman"), self.tr("Diketik"), self.tr("Terakhir diketik"), self.tr("Pindaian"))

    def show(self, pages: Sequence[OpenPage], today: date) -> None:
        """Show these pages."""
        self.beginResetModel()
        self._pages, self._today = tuple(pages), today
        self.endResetModel()

    def page(self, row: int) -> OpenPage:
        """The page of a row."""
        return self._pages[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row a page."""
        return 0 if parent.isValid() else len(self._pages)

    def cell(self, row: int, column: int) -> Cell:
        """One place."""
        opened = self._pages[row]
        page = opened.page
        if column == 0:
            label = self.tr("{book}, halaman {number}").format(book=page.book, number=page.number or "…")
            return Cell(text=label, icon=Icon.BOOK)
        if column == 1:
            of = self.tr("{n} dari {all} baris") if page.in_book else self.tr("{n} baris")
            return Cell(text=of.format(n=number(page.typed), all=number(page.in_book)))
        if column == 2:
            day = short_date(opened.updated_at.astimezone(WITA).date(), self._today)
            text = self.tr("{day}, {time} · {name}")
            return Cell(text=text.format(day=day, time=clock(opened.updated_at), name=opened.officer))
        return Cell(text=", ".join(scan.name for scan in opened.scans), quiet=True)


class PagesInWork(Card):
    """A card with the table; hidden where nothing is in work. Enter goes on, Delete puts aside."""

    opened = Signal(str)
    discarded = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Halaman yang sedang diketik"), padding=0)
        self._px = theme.px
        self.model = PagesModel(self)
        self.table = _PagesTable(theme, self.tr("Halaman yang sedang diketik"))
        self.table.setModel(self.model)
        self.table.set_widths(230, 140, 236, None)
        self.go_button = KeyButton(theme, self.tr("Lanjutkan"), Icon.RIGHT, kind=ButtonKind.QUIET, dense=True)
        self.aside_button = KeyButton(
            theme, self.tr("Singkirkan"), Icon.TRASH, key="Del", kind=ButtonKind.DANGER_QUIET, dense=True
        )
        self.add_to_head(self.go_button)
        self.add_to_head(self.aside_button)
        self.body.addWidget(self.table)
        self.table.opened.connect(lambda _index: self._tell(self.opened))
        self.table.aside.connect(lambda: self._tell(self.discarded))
        self.go_button.clicked.connect(lambda: self._tell(self.opened))
        self.aside_button.clicked.connect(lambda: self._tell(self.discarded))
        self.hide()

    def show_pages(self, pages: Sequence[OpenPage], today: date) -> None:
        """Show the pages in work."""
        self.model.show(pages, today)
        self.setVisible(bool(pages))
        if pages:
            shown = min(len(pages), _MOST_SHOWN)
            self.table.setFixedHeight(self._px(SIZES.row_head) + 1 + shown * self._px(SIZES.row) + 2)
            self.table.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the page is narrow, the names of the scans give way."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._px(_NARROW)
        self.table.set_widths(*((None, 130, 220, 0) if narrow else (230, 140, 236, None)))
        self.table.setColumnHidden(3, narrow)

    def take_focus(self) -> bool:
        """Give the keyboard to the table; False where there is nothing in it."""
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.model.rowCount() > 0

    def _tell(self, signal: object) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < self.model.rowCount():
            chosen = self.model.page(row).page.id
            (self.opened if signal is self.opened else self.discarded).emit(chosen)


class _PagesTable(Table):
    """`aside`: Delete on a row."""

    aside = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete puts the row aside."""
        if event.key() == Qt.Key.Key_Delete:
            self.aside.emit()
        else:
            super().keyPressEvent(event)
