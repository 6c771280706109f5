"""Laporan: one period, counted in one moment; every figure opens the list that it counts."""

from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from kelurahan_client.errors import LaporError
from kelurahan_client.services import reports
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.report_figures import Report
from kelurahan_client.services.report_paper import report_paper
from kelurahan_client.services.report_words import unsent_words
from ui.frame.page import Navigate, Notify, Page
from ui.language import said
from ui.reports.body import ReportBody
from ui.reports.choices import ReportChoices
from ui.reports.head import ReportHead
from ui.reports.pictures import paper_theme, pictures
from ui.reports.remark import UnsentRemark
from ui.reports.saving import ChooseTarget, SheetSaver, choose_target
from ui.reports.tile_grid import TileGrid
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner

_LEAST = 620  # design pixels
_TWO_COLUMNS = 1040


class ReportsPage(Page):
    """`paper_wanted` carries the `Paper` that is to be previewed, printed or kept as PDF."""

    paper_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,
        notify: Notify,
        *,
        choose_target: ChooseTarget = choose_target,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._report: Report | None = None
        self._narrow: bool | None = None
        self.head = ReportHead(theme)
        self.banner = Banner(theme, closable=True)
        self.choices = ReportChoices(theme, desk.reference, desk.today)
        self.grid = TileGrid(theme)
        self.body = ReportBody(theme)
        self.saver = SheetSaver(tasks, self, choose_target, lambda text: notify(text, None), self.banner.show_error)
        self._remark_below = UnsentRemark(theme)
        self._build()
        self._connect()

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Count anew: the day may be another, and so may the data."""
        self.choices.name_periods()
        self._ask()
        self.choices.period.setFocus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record counts here
        """Something changed: count again, unless nobody looks; coming back counts anyway."""
        if self.isVisible():
            self._ask()

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes to be, since it can stand in one column."""
        return QSize(self._theme.px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(_TWO_COLUMNS)
        if narrow != self._narrow:
            self._narrow = narrow
            self.body.set_narrow(narrow)
            self.grid.set_narrow(narrow)
            self._remark_unsent()

    @cached_property
    def _paper_theme(self) -> Theme:
        return paper_theme()

    def _build(self) -> None:
        px = self._theme.px
        self.banner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(SIZES.page_y))
        column.setSpacing(px(12))
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.choices)
        column.addWidget(self._remark_below)
        column.addWidget(self.grid)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.choices.changed.connect(self._ask)
        self.body.list_wanted.connect(self._open)
        self.grid.list_wanted.connect(self._open)
        self.head.pdf.clicked.connect(self._print)
        self.head.print.clicked.connect(self._print)
        self.head.xlsx.clicked.connect(self._save)

    def _ask(self) -> None:
        self.head.begin()
        work = partial(reports.report, self._desk, self.choices.question())
        self._tasks.latest("report", work, self._show, failed=self._failed, owner=self)

    def _show(self, report: Report) -> None:
        self.head.end()
        self.banner.hide()
        self._report = report
        self.choices.name_office(report.office)
        self._remark_unsent()
        self.grid.show_report(report)
        self.body.show_report(report)
        self.head.allow()

    def _remark_unsent(self) -> None:
        """Behind the title, or below the choices where the title has no room beside it."""
        words = said(unsent_words(self._report)) if self._report is not None else ""
        self.head.remark.say("" if self._narrow else words)
        self._remark_below.say(words if self._narrow else "")

    def _failed(self, error: LaporError) -> None:
        """What was shown before stays, with the reason above it."""
        self.head.end()
        self.banner.show_error(error)

    def _open(self, wanted: ListFilter) -> None:
        self._navigate("register", list_filter=wanted)

    def _print(self) -> None:
        if self._report is not None:
            self.paper_wanted.emit(report_paper(self._report, pictures(self._report, self._paper_theme)))

    def _save(self) -> None:
        if self._report is not None:
            self.saver.save(self._report)
