"""The table: rows of one height, no grid, one delegate, a header that says how it is sorted."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.cell_delegate import CellDelegate


class TableHeader(QHeaderView):
    """Column names; the sorted one in teal with an arrow. `rounded` for a table that begins at the top of a card."""

    def __init__(self, theme: Theme, parent: QWidget, *, rounded: bool = False) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._rounded = rounded
        self.setFixedHeight(theme.px(SIZES.row_head) + 1)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(SIZES.hit))

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        """The ground and its lower line; at the top of a card also the card's own round corners."""
        theme = self._theme
        painter.fillRect(rect, theme.colour(Colour.SURFACE_2))
        if self._rounded:
            painter.save()
            painter.setClipRect(rect)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(rect, theme.colour(Colour.BG))
            painter.setPen(theme.colour(Colour.LINE))
            painter.setBrush(theme.colour(Colour.SURFACE_2))
            radius = theme.px(SIZES.radius_card)
            card = QRectF(-0.5, -0.5, self.viewport().width() + 1, self.height() + 2 * radius)
            painter.drawRoundedRect(card, radius, radius)
            painter.restore()
        painter.setPen(theme.colour(Colour.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one column's name."""
        theme = self._theme
        painter.save()
        self._paint_ground(painter, rect)
        model = self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        alignment = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = alignment is not None and bool(Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight)
        first, last = section == 0, section == self.count() - 1
        room = rect.adjusted(theme.px(16 if first else 8), 0, -theme.px(16 if last else 8), -1)
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        painter.setFont(theme.font(TextRole.LABEL, bold=True))
        painter.setPen(theme.colour(Colour.ACCENT_TEXT if is_sorted else Colour.TEXT_2))
        arrow = theme.px(SIZES.icon_small + 4) if is_sorted else 0
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width() - arrow)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            room.adjusted(0, 0, -arrow if right else 0, 0), int(side | Qt.AlignmentFlag.AlignVCenter), shown
        )
        if is_sorted:
            width = painter.fontMetrics().horizontalAdvance(shown)
            x = room.right() - arrow + theme.px(4) if right else room.x() + width + theme.px(4)
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            area = QRectF(x, room.y(), theme.px(SIZES.icon_small), room.height())
            theme.paint_icon(painter, area, Icon.UP if up else Icon.DOWN, Colour.ACCENT_TEXT, SIZES.icon_small)
        painter.restore()


class Table(QTableView):
    """A table of `Cell`s, row by row.

    `opened` is emitted by Enter or a double click; `rows_shown` (first, last) when other rows come into view, so that a
    model of 100,000 rows can fetch only those.
    """

    opened = Signal(QModelIndex)
    rows_shown = Signal(int, int)

    def __init__(self, theme: Theme, name: str, *, rounded: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._shown = (-1, -1)
        self.setAccessibleName(name)
        self.setHorizontalHeader(TableHeader(theme, self, rounded=rounded))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(theme.px(SIZES.row))
        rows.setDefaultSectionSize(theme.px(SIZES.row))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(theme.px(SIZES.row))
        self._delegate = CellDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(self.opened)
        self.verticalScrollBar().valueChanged.connect(self._tell_rows)

    def set_widths(self, *widths: int | None) -> None:
        """Width of each column in design pixels; None takes the room that is left."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            if width is None:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, self._theme.px(width))

    def set_sortable(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let a press on a column's name sort by it, beginning with `column`.

        Listen to `horizontalHeader().sortIndicatorChanged`.
        """
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(column, order)

    def visible_rows(self) -> tuple[int, int]:
        """First and last row in view, (-1, -1) when empty."""
        first = self.rowAt(0)
        if first < 0:
            return -1, -1
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self.model().rowCount() - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows may be in view."""
        super().resizeEvent(event)
        self._tell_rows()

    def updateGeometries(self) -> None:
        """Rows were added or removed."""
        super().updateGeometries()
        if self.model() is not None:
            self._tell_rows()

    def viewportEvent(self, event: QEvent) -> bool:
        """No row is under a mouse that has left."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        old, self._delegate.hover_row = self._delegate.hover_row, row
        for changed in {old, row} - {-1}:
            y = self.rowViewportPosition(changed)
            self.viewport().update(0, y, self.viewport().width(), self.rowHeight(changed))

    def _tell_rows(self) -> None:
        shown = self.visible_rows()
        if shown != self._shown:
            self._shown = shown
            if shown[0] >= 0:
                self.rows_shown.emit(*shown)
