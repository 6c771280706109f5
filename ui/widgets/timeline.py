"""What happened to a complaint, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone

Index = QModelIndex | QPersistentModelIndex
STEP_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """One thing: what (bold), when and who, the words said; at the right whether the centre has it."""

    icon: Icon
    title: str
    subtitle: str
    text: str = ""
    mark: Icon | None = None
    mark_tone: Tone = Tone.NEUTRAL
    mark_name: str = ""


class TimelineModel(QAbstractListModel):
    """The steps as a list."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[TimelineStep] = []

    def set_steps(self, steps: Sequence[TimelineStep]) -> None:
        """Replace all, newest first."""
        self.beginResetModel()
        self._steps = list(steps)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many steps."""
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The step, its title, or all its words."""
        step = self._steps[index.row()]
        if role == STEP_ROLE:
            return step
        if role == Qt.ItemDataRole.DisplayRole:
            return step.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (step.title, step.subtitle, step.text, step.mark_name) if part)
        return None


class Timeline(QListView):
    """The list with its line at the left; it scrolls by itself and can be walked with the arrows."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._steps = TimelineModel()
        self.setModel(self._steps)
        self.setItemDelegate(_StepDelegate(theme, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def set_steps(self, steps: Sequence[TimelineStep]) -> None:
        """Show these, newest first."""
        self._steps.set_steps(steps)
        self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _StepDelegate(QStyledItemDelegate):
    """Circle and line at the left, words, mark at the right."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        step: TimelineStep = index.data(STEP_ROLE)
        theme = self._theme
        height = theme.px(20 + 17 + 8)
        if step.text:
            height += self._text_box(step, QRect(0, 0, self._view.viewport().width(), 0)).height() + theme.px(3)
        return QSize(self._view.viewport().width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step: TimelineStep = index.data(STEP_ROLE)
        theme = self._theme
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_rail(painter, rect, step, last=index.row() == index.model().rowCount() - 1)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setPen(QPen(theme.colour(Colour.FOCUS), SIZES.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)  # or it would lie on the glyph
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 4, 4)
        x = rect.x() + self._left()
        width = self._width(rect)
        title = QRect(x, rect.y(), width, theme.px(20))
        self._line(painter, title, step.title, Colour.TEXT, TextRole.BODY, bold=True)
        below = QRect(x, rect.y() + theme.px(19), width, theme.px(17))
        self._line(painter, below, step.subtitle, Colour.TEXT_3, TextRole.CAPTION)
        if step.text:
            painter.setFont(theme.font(TextRole.LABEL))
            painter.setPen(theme.colour(Colour.TEXT_2))
            painter.drawText(self._text_box(step, rect), int(Qt.TextFlag.TextWordWrap), step.text)
        if step.mark is not None:
            side = theme.px(SIZES.icon_small)
            area = QRectF(rect.right() - theme.px(16) - side, rect.y() + theme.px(2), side, side)
            theme.paint_icon(painter, area, step.mark, theme.tone(step.mark_tone).glyph, SIZES.icon_small)
        painter.restore()

    def _paint_rail(self, painter: QPainter, rect: QRect, step: TimelineStep, *, last: bool) -> None:
        theme = self._theme
        side = theme.px(28)
        x = rect.x() + theme.px(16)
        if not last:
            painter.setPen(QPen(theme.colour(Colour.LINE), 2))
            painter.drawLine(x + side // 2, rect.y() + side, x + side // 2, rect.bottom())
        circle = QRectF(x, rect.y(), side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Colour.SURFACE_3))
        painter.drawEllipse(circle)
        theme.paint_icon(painter, circle, step.icon, Colour.TEXT_2, SIZES.icon_small)

    def _line(
        self, painter: QPainter, room: QRect, text: str, colour: Colour, role: TextRole, *, bold: bool = False
    ) -> None:
        painter.setFont(self._theme.font(role, bold=bold))
        painter.setPen(self._theme.colour(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _left(self) -> int:
        return self._theme.px(16 + 28 + 12)

    def _width(self, rect: QRect) -> int:
        return rect.width() - self._left() - self._theme.px(16 + SIZES.icon_small + 8)

    def _text_box(self, step: TimelineStep, rect: QRect) -> QRect:
        metrics = QFontMetrics(self._theme.font(TextRole.LABEL))
        room = QRect(0, 0, max(self._width(rect), 40), 100_000)
        height = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), step.text).height()
        return QRect(rect.x() + self._left(), rect.y() + self._theme.px(37), room.width(), height)
