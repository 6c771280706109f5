"""Paints the worklist: field, number, title in two lines, and who wrote the other value."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.conflict.lines import ENTRY_ROLE, Entry, Kind
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole

Index = QModelIndex | QPersistentModelIndex

_PAD = 16
_LINES = 2  # of a title


class LineDelegate(QStyledItemDelegate):
    """Lines as high as their words, up to two lines of title."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the list's width."""
        px = self._theme.px
        width = self._view.viewport().width()
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return QSize(width, px(SIZES.row))
        if entry.kind is not Kind.OPEN:
            return QSize(width, px(34 if entry.kind is Kind.HEAD else SIZES.hit))
        words = self._lines(entry.text, width - 2 * px(_PAD))[1] * self._height(TextRole.BODY)
        lines = self._height(TextRole.CAPTION) * (2 if self._stacks(entry, width) else 1)
        return QSize(width, px(24) + self._height(TextRole.BODY) + words + lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, entry, chosen=chosen, hover=bool(state & QStyle.StateFlag.State_MouseOver))
        if entry.kind is Kind.OPEN:
            self._paint_open(painter, rect, entry, chosen=chosen)
        else:
            self._paint_short(painter, rect, entry)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, entry: Entry, *, chosen: bool, hover: bool) -> None:
        theme = self._theme
        if chosen:
            painter.fillRect(rect, theme.colour(Colour.ACCENT_SOFT))
            painter.fillRect(QRect(rect.x(), rect.y(), theme.px(3), rect.height()), theme.colour(Colour.ACCENT))
        elif hover and entry.kind is not Kind.HEAD:
            painter.fillRect(rect, theme.colour(Colour.SURFACE_2))
        if entry.kind is Kind.OPEN:
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.colour(Colour.LINE))

    def _paint_open(self, painter: QPainter, rect: QRect, entry: Entry, *, chosen: bool) -> None:
        theme = self._theme
        px = theme.px
        left, right = rect.x() + px(_PAD), rect.right() - px(_PAD)
        y, line = rect.y() + px(11), self._height(TextRole.BODY)
        icon = QRectF(left, y, px(SIZES.icon_small), line)
        theme.paint_icon(painter, icon, entry.icon, Colour.ACCENT if chosen else Colour.TEXT_2, SIZES.icon_small)
        stacks = self._stacks(entry, rect.width())
        number = 0
        if not stacks:
            painter.setFont(theme.font(TextRole.LABEL))
            painter.setPen(theme.colour(Colour.TEXT_2))
            number = painter.fontMetrics().horizontalAdvance(entry.reference)
            room = QRectF(right - number, y, number + 1, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, entry.reference)
        painter.setFont(theme.font(TextRole.BODY, bold=True))
        painter.setPen(theme.colour(Colour.TEXT))
        start = left + px(SIZES.icon_small + 8)
        self._draw(painter, QRectF(start, y, right - number - px(8) - start, line), entry.title)
        painter.setFont(theme.font(TextRole.BODY))
        y += line
        y += self._paint_title(painter, entry.text, left, y, right - left)
        painter.setFont(theme.font(TextRole.CAPTION))
        painter.setPen(theme.colour(Colour.TEXT_2))
        small = self._height(TextRole.CAPTION)
        for text in [entry.reference, entry.remark] if stacks else [entry.remark]:
            self._draw(painter, QRectF(left, y + px(2), right - left, small), text)
            y += small

    def _paint_title(self, painter: QPainter, text: str, x: float, y: float, width: float) -> int:
        layout, count = self._lines(text, int(width))
        line = self._height(TextRole.BODY)
        for at in range(count):
            start = layout.lineAt(at).textStart()
            if at == _LINES - 1 and layout.lineCount() > _LINES:
                self._draw(painter, QRectF(x, y + at * line, width, line), text[start:])
            else:
                shown = text[start : start + layout.lineAt(at).textLength()]
                base = y + at * line + painter.fontMetrics().ascent()
                painter.drawText(QPointF(x, base), shown.rstrip())
        return count * line

    def _paint_short(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        theme = self._theme
        px = theme.px
        left, right = rect.x() + px(_PAD), rect.right() - px(_PAD)
        head = entry.kind is Kind.HEAD
        painter.setFont(theme.font(TextRole.LABEL, bold=head))
        painter.setPen(theme.colour(Colour.TEXT_2))
        if not head:
            icon = QRectF(left, rect.y(), px(SIZES.icon_small), rect.height())
            theme.paint_icon(painter, icon, entry.icon, Colour.TEXT_2, SIZES.icon_small)
            left += px(SIZES.icon_small + 8)
        self._draw(painter, QRectF(left, rect.y(), right - left, rect.height()), entry.title)

    def _draw(self, painter: QPainter, room: QRectF, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _stacks(self, entry: Entry, width: int) -> bool:
        """Whether the number has no room beside the field's name, and stands below the title."""
        px = self._theme.px
        name = QFontMetrics(self._theme.font(TextRole.BODY, bold=True)).horizontalAdvance(entry.title)
        number = QFontMetrics(self._theme.font(TextRole.LABEL)).horizontalAdvance(entry.reference)
        return name + number + px(SIZES.icon_small + 24 + 2 * _PAD) > width

    def _height(self, role: TextRole) -> int:
        return QFontMetrics(self._theme.font(role)).lineSpacing()

    def _lines(self, text: str, width: int) -> tuple[QTextLayout, int]:
        """The wrapped title, and how many of its lines are shown."""
        layout = QTextLayout(text, self._theme.font(TextRole.BODY))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid() and layout.lineCount() <= _LINES + 1:
            line.setLineWidth(max(width, 1))
        layout.endLayout()
        return layout, max(1, min(_LINES, layout.lineCount()))
