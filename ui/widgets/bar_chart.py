"""Days as bars: what came in beside what was resolved. Its numbers are also its accessible text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import TextRole
from ui.widgets.bar_painter import BarPainter, FlowBar, legend_words, paint_legend
from ui.wording import short_date

_WEEK = 7


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day: how many came in, how many were resolved."""

    day: date
    incoming: int
    resolved: int


class BarChart(QWidget):
    """Two bars a day (or another part of time), a legend with the sums, a scale at the left, some dates below.

    Without `legend` the card around it has a `ChartLegend`.
    """

    def __init__(self, theme: Theme, name: str, *, legend: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._legend = legend
        self._every = 0
        self._bars: list[FlowBar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_days([])

    def set_days(self, days: Sequence[DayCount]) -> None:
        """Show `days`, oldest first, one after another, with a date each week."""
        last = days[-1].day if days else date.min
        self.set_bars([FlowBar(short_date(day.day, last), day.incoming, day.resolved) for day in days], _WEEK)

    def set_bars(self, bars: Sequence[FlowBar], every: int = 0) -> None:
        """Show `bars`, oldest first, with each `every`-th name, or as many as there is room for."""
        self._bars = list(bars)
        self._every = every
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
        """Show the bar's numbers under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._bars:
            area = self._painter().area(QRectF(self.rect()))
            at = event.pos().x() - area.x()
            index = int(at / max(area.width(), 1) * len(self._bars))
            if 0 <= index < len(self._bars):
                QToolTip.showText(event.globalPos(), self._line(self._bars[index]), self)
                return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint legend, scale and bars."""
        self._painter().paint(QPainter(self), QRectF(self.rect()))

    def _painter(self) -> BarPainter:
        return BarPainter(self._theme, self._bars, self._every, legend=self._legend)

    def _line(self, bar: FlowBar) -> str:
        text = self.tr("{day}: {incoming} masuk, {resolved} selesai")
        return text.format(day=bar.name, incoming=bar.incoming, resolved=bar.resolved)

    def _spoken(self) -> str:
        if not self._bars:
            return self.tr("Belum ada data.")
        return "; ".join(self._line(bar) for bar in self._bars)


class ChartLegend(QWidget):
    """What the two colours of a chart are, with their sums; for the head of its card."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = [""] * 2
        self.set_bars([])

    def set_bars(self, bars: Sequence[FlowBar]) -> None:
        """Show the sums of `bars`."""
        self._words = legend_words(bars)
        self.setAccessibleName(", ".join(self._words))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        metrics = QFontMetrics(self._theme.font(TextRole.CAPTION))
        px = self._theme.px
        return QSize(sum(metrics.horizontalAdvance(words) + px(16 + 18) for words in self._words), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        paint_legend(QPainter(self), self._theme, QRectF(self.rect()), self._words)
