"""The grid of a page: a table that is typed into as into a spreadsheet."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.book_page.delegate import PageDelegate
from ui.book_page.edits import GridEdits
from ui.book_page.model import Index, PageModel
from ui.book_page.sheet import Place
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.table import TableHeader

WIDTHS = (54, 76, 122, 42, 118, 66, 118, 260, 110, 120, 140, 190)  # design pixels, in the order of PAGE_FIELDS
_MARK = 56
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home})


class LineHeader(QHeaderView):
    """The number of each line with its glyph."""

    def __init__(self, theme: Theme, model: PageModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._page = model
        self.setFixedWidth(theme.px(_MARK))
        self.setMinimumSectionSize(theme.px(SIZES.row))
        self.setDefaultSectionSize(theme.px(SIZES.row))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one line's head."""
        theme = self._theme
        mark = self._page.marks.of_line(section)
        painter.save()
        painter.fillRect(rect, theme.colour(Colour.SURFACE_2))
        painter.setPen(theme.colour(Colour.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(theme.font(TextRole.BODY))
        painter.setPen(theme.colour(Colour.TEXT_2))
        number = QRect(rect.x(), rect.y(), theme.px(28), rect.height())
        painter.drawText(number, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(section + 1))
        if mark.icon is not None:
            area = QRectF(rect.x() + theme.px(32), rect.y(), theme.px(20), rect.height())
            theme.paint_icon(painter, area, mark.icon, theme.tone(mark.tone).glyph, SIZES.icon_small)
        painter.restore()


class PageGrid(QTableView):
    """Tab, Enter and the arrows move as in a spreadsheet; `moved` (line, column) says where the clerk is now."""

    moved = Signal(int, int)

    def __init__(self, theme: Theme, model: PageModel) -> None:
        super().__init__()
        self._theme = theme
        self._page = model
        self._began = -1  # the column where a run of Tabs began; Enter returns to it
        self.setModel(model)
        self.setAccessibleName(self.tr("Baris halaman buku"))
        self.setHorizontalHeader(TableHeader(theme, self))
        self.setVerticalHeader(LineHeader(theme, model, self))
        self.delegate = PageDelegate(theme, self, model)
        self.setItemDelegate(self.delegate)
        self.edits = GridEdits(model, self.selected, self)
        self.delegate.left.connect(self._leave)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setMinimumHeight(theme.px(SIZES.row_head + 4 * SIZES.row))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.px(width))

    def place(self) -> Place:
        """The cell that the clerk is in; the first where there is none."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (0, 0)

    def go_to(self, row: int, column: int) -> None:
        """Bring the clerk into a cell."""
        index = self.model().index(max(row, 0), max(column, 0))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def selected(self) -> list[Place]:
        """The chosen cells, or the one where the clerk is."""
        found = [(index.row(), index.column()) for index in self.selectedIndexes()]
        return found or [self.place()]

    def event(self, event: QEvent) -> bool:
        """A letter opens the cell, also one that is a key of the window elsewhere (?)."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a spreadsheet."""
        if self.edits.take(event):
            return
        if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._leave(event)
            return
        self._began = -1 if event.key() in _ARROWS else self._began
        super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab stays in the grid; F6 leaves it."""
        return False

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say where the clerk is."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._page.set_current(current.row())
            self.moved.emit(current.row(), current.column())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same by mouse."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.edits.fill(menu)
        menu.popup(event.globalPos())

    def _leave(self, event: QKeyEvent) -> None:
        """Go on from a cell as a spreadsheet does."""
        row, column = self.place()
        last = self._page.columnCount() - 1
        back = event.key() == Qt.Key.Key_Backtab or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            if self._began < 0:
                self._began = column
            step = -1 if back else 1
            row, column = divmod(row * (last + 1) + column + step, last + 1)
        else:
            up = back or event.key() == Qt.Key.Key_Up
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            column = self._began if enter and self._began >= 0 and not up else column
            row, self._began = row + (-1 if up else 1), -1
        if 0 <= row < self._page.rowCount():
            self.go_to(row, column)
