"""The cards below the tiles: by agency at the left; the chart and the other tables at the right."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services.report_figures import Report
from ui.reports.figure_table import FigureTable
from ui.reports.figures import agency_heads, agency_lines, flow_bars
from ui.reports.side_card import SideCard
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.bar_chart import BarChart, ChartLegend
from ui.widgets.card import Card
from ui.widgets.notices import EmptyState

_ROW = 36  # as many agencies as a kelurahan usually has stand above the sum without scrolling
_AGENCY_WIDTHS = (None, 70, 76, 78, 80, 96, 76, 100)


class ReportBody(QWidget):
    """Shows a report; `list_wanted` carries the filter of a figure that was opened."""

    list_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.agencies = FigureTable(
            theme, self.tr("Menurut SKPD"), agency_heads(), _AGENCY_WIDTHS, left=frozenset({0}), row=_ROW
        )
        self.agencies.setMinimumHeight(theme.px(SIZES.row_head + 4 * _ROW))
        self.chart = BarChart(theme, self.tr("Masuk dan selesai"), legend=False)
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(theme.px(104))
        self.legend = ChartLegend(theme)
        self.side = SideCard(theme)
        self.empty = EmptyState(
            theme,
            Icon.REPORTS,
            self.tr("Belum ada pengaduan dalam periode ini"),
            self.tr("Pilih periode lain, atau longgarkan pilihan di atas. Umur yang masih terbuka ada di kanan."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.agencies)
        self._stack.addWidget(self.empty)
        self._build()
        self.agencies.list_wanted.connect(self.list_wanted)
        self.side.list_wanted.connect(self.list_wanted)

    def show_report(self, report: Report) -> None:
        """Show its figures."""
        self.agencies.show_lines(agency_lines(report))
        self._stack.setCurrentWidget(self.agencies if report.agencies else self.empty)
        bars = flow_bars(report)
        self.chart.set_bars(bars)
        self.legend.set_bars(bars)
        self._chart_card.set_title(self._part_word(report))
        self.side.show_report(report)

    def hasHeightForWidth(self) -> bool:
        """No: what does not fit is scrolled within the tables, so that the page fits the window."""
        return False

    def sizeHint(self) -> QSize:
        """No higher than it must be; it grows."""
        return self.minimumSizeHint()

    def set_narrow(self, narrow: bool) -> None:
        """One card below the other where there is no room for two; the mean gives its room to the names."""
        self.agencies.setColumnHidden(len(_AGENCY_WIDTHS) - 1, narrow)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _part_word(self, report: Report) -> str:
        """What one bar of the chart is."""
        days = max((part.span.days for part in report.flow), default=1)
        if days == 1:
            return self.tr("Per hari")
        if days <= 7:
            return self.tr("Per minggu")
        return self.tr("Per bulan") if days <= 31 else self.tr("Per tahun")

    def _build(self) -> None:
        px = self._theme.px
        left = Card(
            self._theme,
            self.tr("Menurut SKPD"),
            note=self.tr("waktu dalam hari kerja sampai selesai"),
            padding=0,
        )
        left.body.addWidget(self._stack, 1)
        chart = self._chart_card = Card(self._theme, self.tr("Per hari"), padding=8)
        chart.add_to_head(self.legend)
        chart.body.addWidget(self.chart)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        right.addWidget(chart, 44)
        right.addWidget(self.side, 56)
        self.side.setMinimumHeight(px(190))
        for card in (chart, self.side):
            card.setMinimumWidth(px(360))
        left.setMinimumWidth(px(560))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(12))
        self._row.addWidget(left, 66)
        self._row.addLayout(right, 34)
