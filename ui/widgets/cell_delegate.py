"""Paints every cell of every table from its `Cell`."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.cell import CELL_ROLE, Cell, CellLook
from ui.widgets.chips import chip_width, paint_chip

Index = QModelIndex | QPersistentModelIndex

_PAD = 8
_PAD_EDGE = 16
_EMPTY = Cell()


class CellDelegate(QStyledItemDelegate):
    """Ground, selection bar, words, chips and glyphs; one hairline below each row."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.hover_row = -1

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """What the cell needs to show everything; rows are always of one height."""
        cell = self._cell(index)
        width = self._text_width(cell) + self._theme.px(_PAD * 2)
        return QSize(width, self._theme.px(SIZES.row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        cell = self._cell(index)
        painter.save()
        self._paint_ground(painter, rect, cell, option, index)
        room = self._room(rect, index)
        if cell.look is CellLook.CHIP:
            self._paint_chip(painter, room, cell)
        elif cell.look is CellLook.GLYPH:
            if cell.icon is not None:
                glyph = self._theme.tone(cell.tone).glyph
                self._theme.paint_icon(painter, QRectF(rect), cell.icon, glyph, SIZES.icon)
        elif cell.look is CellLook.MARKED:
            self._paint_marked(painter, room, cell)
        elif cell.look is CellLook.BAR:
            height = self._theme.px(12)
            bar = QRectF(room.x(), room.center().y() - height / 2, room.width() * cell.share, height)
            painter.fillRect(bar, self._theme.colour(Colour.CHART_1))
        else:
            self._paint_text(painter, room, cell)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show the model's tooltip, or the whole text where it was cut."""
        if event.type() == QEvent.Type.ToolTip and index.isValid() and not index.data(Qt.ItemDataRole.ToolTipRole):
            cell = self._cell(index)
            room = self._room(option.rect, index)
            if self._text_width(cell) > room.width():
                text = f"{cell.text}\n{cell.second}" if cell.second else cell.text
                QToolTip.showText(event.globalPos(), text, view)
                return True
        return super().helpEvent(event, view, option, index)

    def _cell(self, index: Index) -> Cell:
        cell = index.data(CELL_ROLE)
        return cell if isinstance(cell, Cell) else _EMPTY

    def _room(self, rect: QRect, index: Index) -> QRect:
        """The part of the cell for its words; the first and the last column keep clear of the table's edge."""
        header_last = index.model().columnCount() - 1
        left = _PAD_EDGE if index.column() == 0 else _PAD
        right = _PAD_EDGE if index.column() == header_last else _PAD
        return rect.adjusted(self._theme.px(left), 0, -self._theme.px(right), -1)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, cell: Cell, option: QStyleOptionViewItem, index: Index
    ) -> None:
        theme = self._theme
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = Colour.ACCENT_SOFT if chosen else Colour.SURFACE_2 if index.row() == self.hover_row else Colour.SURFACE
        if cell.ground is not None:
            ground = theme.tone(cell.ground).soft
        painter.fillRect(rect, theme.colour(ground))
        painter.setPen(theme.colour(Colour.LINE))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour(Colour.ACCENT))
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._paint_focus(painter, rect, index)

    def _paint_focus(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The ring round the row (or round the cell, where single cells are chosen)."""
        painter.setPen(QPen(self._theme.colour(Colour.FOCUS), SIZES.focus))
        inner = rect.adjusted(1, 1, -1, -1)
        if self._view.selectionBehavior() is not QAbstractItemView.SelectionBehavior.SelectRows:
            if index.column() == self._view.currentIndex().column():
                painter.drawRect(inner)
            return
        painter.drawLine(rect.x(), inner.top(), rect.right(), inner.top())
        painter.drawLine(rect.x(), inner.bottom(), rect.right(), inner.bottom())
        if index.column() == 0:
            painter.drawLine(inner.topLeft(), inner.bottomLeft())
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(inner.topRight(), inner.bottomRight())

    def _paint_chip(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        height = self._theme.px(SIZES.chip)
        width = min(chip_width(self._theme, cell.text, cell.icon), room.width())
        box = QRectF(room.x(), room.center().y() - height / 2 + 0.5, width, height)
        paint_chip(painter, self._theme, box, cell.text, cell.icon, cell.tone)

    def _paint_marked(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        theme = self._theme
        pad = theme.px(6)
        width = min(QFontMetrics(theme.font()).horizontalAdvance(cell.text) + 2 * pad, room.width())
        height = theme.px(22)
        box = QRect(room.x(), room.center().y() - height // 2, width, height)
        painter.fillRect(box, theme.colour(theme.tone(cell.tone).soft))
        self._line(painter, box.adjusted(pad, 0, -pad + 1, 0), cell.text, theme.font(), Colour.TEXT)

    def _paint_text(self, painter: QPainter, room: QRect, cell: Cell) -> None:
        theme = self._theme
        two = cell.look is CellLook.TWO_LINES and bool(cell.second)
        top = QRect(room.x(), room.y() + theme.px(3), room.width(), theme.px(19)) if two else room
        if cell.inset:
            top = top.adjusted(theme.px(9), 0, 0, 0)
        if cell.icon is not None and not cell.right:
            side = theme.px(SIZES.icon_small)
            area = QRectF(top.x(), top.y(), side, top.height())
            theme.paint_icon(painter, area, cell.icon, theme.tone(cell.icon_tone or cell.tone).glyph, SIZES.icon_small)
            top = top.adjusted(side + theme.px(6), 0, 0, 0)
        elif cell.icon is not None:
            side = theme.px(SIZES.icon_small)
            words = QFontMetrics(theme.font(bold=cell.bold)).horizontalAdvance(cell.text)
            area = QRectF(top.right() - words - theme.px(6) - side, top.y(), side, top.height())
            theme.paint_icon(painter, area, cell.icon, theme.tone(cell.icon_tone or cell.tone).glyph, SIZES.icon_small)
        colour = theme.tone(cell.tone).text
        if cell.tone is Tone.NEUTRAL and cell.quiet:
            colour = Colour.TEXT_3
        self._line(painter, top, cell.text, theme.font(bold=cell.bold), colour, right=cell.right)
        if two:
            below = QRect(top.x(), room.y() + theme.px(21), top.width(), theme.px(16))
            small = theme.tone(cell.second_tone).text if cell.second_tone is not Tone.NEUTRAL else Colour.TEXT_3
            self._line(painter, below, cell.second, theme.font(TextRole.CAPTION), small)

    def _line(
        self, painter: QPainter, room: QRect, text: str, font: QFont, colour: Colour, *, right: bool = False
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)

    def _text_width(self, cell: Cell) -> int:
        theme = self._theme
        if cell.look is CellLook.GLYPH:
            return theme.px(SIZES.icon)
        if cell.look is CellLook.BAR:
            return 0
        if cell.look is CellLook.CHIP:
            return chip_width(theme, cell.text, cell.icon)
        glyph = theme.px(SIZES.icon_small + 6) if cell.icon is not None else 0
        first = QFontMetrics(theme.font(bold=cell.bold)).horizontalAdvance(cell.text)
        second = QFontMetrics(theme.font(TextRole.CAPTION)).horizontalAdvance(cell.second)
        return max(first, second) + glyph + theme.px(9 if cell.inset else 0)
