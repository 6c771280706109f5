"""The last days as bars: what came in beside what was resolved. Its numbers are also its accessible text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.figures import number
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.wording import short_date


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day: how many came in, how many were resolved."""

    day: date
    incoming: int
    resolved: int


class BarChart(QWidget):
    """Two bars a day, a legend with the sums, a scale at the left, a date each week."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._days: list[DayCount] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_days([])

    def set_days(self, days: Sequence[DayCount]) -> None:
        """Show `days`, oldest first, one after another."""
        self._days = list(days)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self._spoken())
        self.update()

    def sizeHint(self) -> QSize:
        """Small; it grows."""
        return QSize(self._theme.px(300), self._theme.px(150))

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(self._theme.px(220), self._theme.px(120))

    def event(self, event: QEvent) -> bool:
        """Show the day's numbers under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._days:
            area = self._area()
            at = event.pos().x() - area.x()
            index = int(at / max(area.width(), 1) * len(self._days))
            if 0 <= index < len(self._days):
                QToolTip.showText(event.globalPos(), self._line(self._days[index]), self)
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint legend, scale and bars."""
        painter = QPainter(self)
        self._paint_legend(painter)
        area = self._area()
        top = self._top()
        painter.setFont(self._theme.font(TextRole.CAPTION))
        for mark in (0, top // 2, top):
            y = area.bottom() - area.height() * mark / top
            painter.setPen(QPen(self._theme.colour(Colour.LINE_MID if mark == 0 else Colour.GRID), 1))
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
            painter.setPen(self._theme.colour(Colour.TEXT_2))
            words = QRectF(0, y - 10, area.left() - self._theme.px(8), 20)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(mark))
        if self._days:
            self._paint_bars(painter, area, top)
            self._paint_dates(painter, area)

    def _paint_legend(self, painter: QPainter) -> None:
        theme = self._theme
        painter.setFont(theme.font(TextRole.CAPTION))
        side = theme.px(10)
        x = 0
        sums = (
            (Colour.CHART_1, self.tr("Masuk {n}").format(n=number(sum(day.incoming for day in self._days)))),
            (Colour.CHART_2, self.tr("Selesai {n}").format(n=number(sum(day.resolved for day in self._days)))),
        )
        for colour, text in sums:
            painter.fillRect(QRectF(x, theme.px(4), side, side), theme.colour(colour))
            painter.setPen(theme.colour(Colour.TEXT_2))
            width = painter.fontMetrics().horizontalAdvance(text)
            x += side + theme.px(6)
            painter.drawText(QRectF(x, 0, width + 1, theme.px(18)), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + theme.px(18)

    def _paint_bars(self, painter: QPainter, area: QRectF, top: int) -> None:
        slot = area.width() / len(self._days)
        bar = max(1.0, slot * 0.38)
        for at, day in enumerate(self._days):
            x = area.left() + slot * at + (slot - 2 * bar) / 2
            for count, colour in ((day.incoming, Colour.CHART_1), (day.resolved, Colour.CHART_2)):
                height = area.height() * count / top
                painter.fillRect(QRectF(x, area.bottom() - height, bar * 0.92, height), self._theme.colour(colour))
                x += bar

    def _paint_dates(self, painter: QPainter, area: QRectF) -> None:
        """A date every seven days, counted back from the last."""
        slot = area.width() / len(self._days)
        last = self._days[-1].day
        painter.setPen(self._theme.colour(Colour.TEXT_2))
        for at in range(len(self._days) - 1, -1, -7):
            text = short_date(self._days[at].day, last)
            width = painter.fontMetrics().horizontalAdvance(text)
            x = min(max(area.left() + slot * (at + 0.5) - width / 2, area.left()), area.right() - width)
            room = QRectF(x, area.bottom() + 3, width + 1, self._theme.px(18))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _area(self) -> QRectF:
        theme = self._theme
        return QRectF(self.rect()).adjusted(theme.px(24), theme.px(28), -1, -theme.px(22))

    def _top(self) -> int:
        """The top of the scale: an even number not below the highest bar."""
        highest = max((max(day.incoming, day.resolved) for day in self._days), default=0)
        step = 4 if highest <= 40 else 20 if highest <= 400 else 200
        return max(step, -(-highest // step) * step)

    def _line(self, day: DayCount) -> str:
        text = self.tr("{day}: {incoming} masuk, {resolved} selesai")
        last = self._days[-1].day
        return text.format(day=short_date(day.day, last), incoming=day.incoming, resolved=day.resolved)

    def _spoken(self) -> str:
        if not self._days:
            return self.tr("Belum ada data.")
        return "; ".join(self._line(day) for day in self._days)
