"""The second card at the right: by category, by age, by day, and beside the country."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from kelurahan_client.services.report_figures import Report
from ui.reports.figure_table import FigureTable
from ui.reports.figures import (
    age_heads,
    age_lines,
    category_heads,
    category_lines,
    flow_heads,
    flow_lines,
    time_heads,
    time_lines,
)
from ui.theme.theme import Theme
from ui.widgets.labels import hairline
from ui.widgets.tab_row import TabRow

_NAMED = frozenset({0, 1})
_FIRST = frozenset({0})
_DENSE = 28


class SideCard(QFrame):
    """Four tables, one of them in view; `list_wanted` carries the filter of a figure that was opened."""

    list_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Rincian"))
        self.categories = FigureTable(
            theme, self.tr("Menurut kategori"), category_heads(), (None, 104, 68), _NAMED, row=_DENSE, headed=False
        )
        self.ages = FigureTable(
            theme, self.tr("Umur yang masih terbuka"), age_heads(), (None, 104, 68), _NAMED, row=_DENSE, headed=False
        )
        self.flow = FigureTable(theme, self.tr("Masuk dan selesai"), flow_heads(), (None, 76, 90), _FIRST, row=_DENSE)
        self.times = FigureTable(theme, self.tr("Banding nasional"), time_heads(), (None, 106, 106), _FIRST, row=_DENSE)
        self.tabs = TabRow(theme, [self.tr("Kategori"), self.tr("Umur"), self.tr("Per waktu"), self.tr("Nasional")])
        self._stack = QStackedWidget()
        for table in self.tables():
            self._stack.addWidget(table)
            table.list_wanted.connect(self.list_wanted)
        self.tabs.chosen.connect(self._stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, theme.px(4))
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(hairline())
        column.addWidget(self._stack, 1)

    def tables(self) -> tuple[FigureTable, ...]:
        """The tables in the order of their tabs."""
        return (self.categories, self.ages, self.flow, self.times)

    def show_report(self, report: Report) -> None:
        """Show its figures."""
        self.categories.show_lines(category_lines(report))
        self.ages.show_lines(age_lines(report))
        self.flow.show_lines(flow_lines(report))
        self.times.show_lines(time_lines(report))
