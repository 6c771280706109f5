"""Pairs of bars, painted alike on the screen and for paper: what came in beside what was resolved."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.figures import number
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole


@dataclass(frozen=True, slots=True)
class FlowBar:
    """One pair: what it is called ("3 Agu"), how many came in, how many were resolved."""

    name: str
    incoming: int
    resolved: int


def _tr(text: str) -> str:
    return QCoreApplication.translate("BarChart", text)


_COLOURS = (Colour.CHART_1, Colour.CHART_2)


def legend_words(bars: Sequence[FlowBar]) -> list[str]:
    """What the two colours stand for, with their sums."""
    incoming, resolved = sum(bar.incoming for bar in bars), sum(bar.resolved for bar in bars)
    return [_tr("Masuk {n}").format(n=number(incoming)), _tr("Selesai {n}").format(n=number(resolved))]


def paint_legend(painter: QPainter, theme: Theme, room: QRectF, words: Sequence[str]) -> None:
    """A square of each colour with its words, from the upper left corner of `room`."""
    painter.setFont(theme.font(TextRole.CAPTION))
    side = theme.px(10)
    x = room.left()
    for colour, text in zip(_COLOURS, words, strict=True):
        painter.fillRect(QRectF(x, room.top() + theme.px(4), side, side), theme.colour(colour))
        painter.setPen(theme.colour(Colour.TEXT_2))
        width = painter.fontMetrics().horizontalAdvance(text)
        x += side + theme.px(6)
        painter.drawText(QRectF(x, room.top(), width + 1, theme.px(18)), Qt.AlignmentFlag.AlignVCenter, text)
        x += width + theme.px(18)


class BarPainter:
    """Paints a legend with the sums, a scale at the left, the bars, and as many of their names as there is room for.

    Without `legend` somebody else says what the two colours are.

    Names are counted back from the last bar, so that it always has one; `every` = 0 finds the distance by itself.
    """

    def __init__(self, theme: Theme, bars: Sequence[FlowBar], every: int = 0, *, legend: bool = True) -> None:
        self._theme = theme
        self._bars = bars
        self._every = every
        self._legend = legend

    def area(self, room: QRectF) -> QRectF:
        """The part of the room in which the bars stand."""
        theme = self._theme
        left = theme.px(max(24, 8 + 8 * len(number(self.top()))))
        return room.adjusted(left, theme.px(28 if self._legend else 8), -1, -theme.px(22))

    def top(self) -> int:
        """The top of the scale: an even number not below the highest bar."""
        highest = max((max(bar.incoming, bar.resolved) for bar in self._bars), default=0)
        step = 4 if highest <= 40 else 20 if highest <= 400 else 200 if highest <= 4000 else 2000
        return max(step, -(-highest // step) * step)

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """Paint everything into `room`."""
        if self._legend:
            paint_legend(painter, self._theme, room, legend_words(self._bars))
        area = self.area(room)
        self._paint_scale(painter, area)
        if self._bars:
            self._paint_bars(painter, area)
            self._paint_names(painter, area)

    def _paint_scale(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        top = self.top()
        painter.setFont(theme.font(TextRole.CAPTION))
        for mark in (0, top // 2, top):
            y = area.bottom() - area.height() * mark / top
            painter.setPen(QPen(theme.colour(Colour.LINE_MID if mark == 0 else Colour.GRID), 1))
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
            painter.setPen(theme.colour(Colour.TEXT_2))
            words = QRectF(0, y - 10, area.left() - theme.px(8), 20)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number(mark))

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        top = self.top()
        slot = area.width() / len(self._bars)
        bar = min(max(1.0, slot * 0.38), self._theme.px(28))
        for at, pair in enumerate(self._bars):
            x = area.left() + slot * at + (slot - 2 * bar) / 2
            for count, colour in ((pair.incoming, Colour.CHART_1), (pair.resolved, Colour.CHART_2)):
                height = area.height() * count / top
                painter.fillRect(QRectF(x, area.bottom() - height, bar * 0.92, height), self._theme.colour(colour))
                x += bar

    def _paint_names(self, painter: QPainter, area: QRectF) -> None:
        slot = area.width() / len(self._bars)
        painter.setPen(self._theme.colour(Colour.TEXT_2))
        metrics = painter.fontMetrics()
        widest = max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + self._theme.px(10)
        # The last name is moved to the left where it would be cut, towards its neighbour.
        every = self._every or max(1, -int(-1.5 * widest // slot))
        for at in range(len(self._bars) - 1, -1, -every):
            text = self._bars[at].name
            width = metrics.horizontalAdvance(text)
            x = min(max(area.left() + slot * (at + 0.5) - width / 2, area.left()), area.right() - width)
            room = QRectF(x, area.bottom() + 3, width + 1, self._theme.px(18))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
