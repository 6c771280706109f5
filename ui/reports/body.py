"""The cards below the tiles: by agency at the left; the chart and the other tables at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services.report_figures import Report
from ui.reports.figure_table import FigureTable
from ui.reports.figures import agency_heads, agency_lines, flow_bars
from ui.reports.side_card import SideCard
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.bar_chart import BarChart
from ui.widgets.card import Card
from ui.widgets.notices import EmptyState

_AGENCY_WIDTHS = (None, 66, 70, 72, 74, 88, 70, 92)


class ReportBody(QWidget):
    """Shows a report; `list_wanted` carries the filter of a figure that was opened."""

    list_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.agencies = FigureTable(theme, self.tr("Menurut SKPD"), agency_heads(), _AGENCY_WIDTHS, left=frozenset({0}))
        self.agencies.setMinimumHeight(theme.px(36 + 4 * 40))
        self.chart = BarChart(theme, self.tr("Masuk dan selesai"))
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(theme.px(120))
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
        self.chart.set_bars(flow_bars(report))
        self.side.show_report(report)

    def set_narrow(self, narrow: bool) -> None:
        """One card below the other where there is no room for two."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _build(self) -> None:
        px = self._theme.px
        left = Card(
            self._theme,
            self.tr("Menurut SKPD"),
            note=self.tr("median dan rata-rata: hari kerja sampai selesai"),
            padding=0,
        )
        left.body.addWidget(self._stack, 1)
        chart = Card(self._theme, self.tr("Masuk dan selesai"))
        chart.body.addWidget(self.chart)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        right.addWidget(chart, 42)
        right.addWidget(self.side, 58)
        self.side.setMinimumHeight(px(200))
        for card in (chart, self.side):
            card.setMinimumWidth(px(400))
        left.setMinimumWidth(px(560))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(12))
        self._row.addWidget(left, 62)
        self._row.addLayout(right, 38)
