"""Laporan: one period, counted in one moment; every figure opens the list that it counts."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from kelurahan_client.errors import LaporError
from kelurahan_client.services import reports
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.report_figures import Report
from kelurahan_client.services.report_paper import report_paper
from kelurahan_client.services.report_words import unsent_words
from ui.frame.page import Navigate, Notify, Page
from ui.reports.body import ReportBody
from ui.reports.choices import ReportChoices
from ui.reports.pictures import pictures
from ui.reports.remark import UnsentRemark
from ui.reports.saving import ChooseTarget, SheetSaver, choose_target
from ui.reports.tiles import blank_tiles, tiles
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import PageHead
from ui.widgets.labels import TextLabel
from ui.widgets.notices import Banner
from ui.widgets.tile import Tile

_LEAST = 620  # design pixels
_TWO_COLUMNS = 1040
_SAY_AFTER_MS = 200


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
        self._lists: dict[str, ListFilter] = {}
        self._narrow: bool | None = None
        self.banner = Banner(theme, closable=True)
        self.choices = ReportChoices(theme, desk.reference, desk.today)
        self.tiles = {tile.key: Tile(theme, tile.name, tile.icon) for tile in blank_tiles()}
        self.body = ReportBody(theme)
        self.saver = SheetSaver(tasks, self, choose_target, lambda text: notify(text, None), self.banner.show_error)
        self.busy = TextLabel(self.tr("Menghitung…"), TextRole.CAPTION, Colour.TEXT_2)
        self.remark = UnsentRemark(theme)
        self._remark_below = UnsentRemark(theme)
        self.pdf, self.xlsx, self.print = self._buttons()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SAY_AFTER_MS)
        self._slow.timeout.connect(self.busy.show)
        self._build()
        self._connect()

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Count anew: the day may be another, and so may the data."""
        self.choices.name_periods()
        self._ask()
        self.choices.period.setFocus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record counts here
        """Something changed: count again."""
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
            self._remark_unsent()
            for at, tile in enumerate(self.tiles.values()):
                across = 2 if narrow else len(self.tiles)
                self._grid.addWidget(tile, at // across, at % across)

    def _buttons(self) -> tuple[KeyButton, KeyButton, KeyButton]:
        return (
            KeyButton(self._theme, self.tr("PDF"), Icon.FILE),
            KeyButton(self._theme, self.tr("XLSX"), Icon.TABLE),
            KeyButton(self._theme, self.tr("Cetak"), Icon.PRINT, key="Ctrl+P", kind=ButtonKind.PRIMARY, binds=True),
        )

    def _build(self) -> None:
        px = self._theme.px
        head = PageHead(self._theme, self.tr("Laporan"))
        for button in (self.pdf, self.xlsx, self.print):
            button.setEnabled(False)  # until there is something to print
            head.add_command(button)
        self.banner.hide()
        self.busy.hide()
        head.add_left(self.busy)
        head.add_left(self.remark)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(SIZES.page_y))
        column.setSpacing(px(12))
        column.addWidget(head)
        column.addWidget(self.banner)
        column.addWidget(self.choices)
        column.addWidget(self._remark_below)
        column.addLayout(self._grid)
        column.addWidget(self.body, 1)
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, 0, at)

    def _connect(self) -> None:
        self.choices.changed.connect(self._ask)
        self.body.list_wanted.connect(self._open)
        for key, tile in self.tiles.items():
            tile.clicked.connect(partial(self._open_tile, key))
        self.pdf.clicked.connect(self._print)
        self.print.clicked.connect(self._print)
        self.xlsx.clicked.connect(self._save)

    def _ask(self) -> None:
        if not self._slow.isActive() and self.busy.isHidden():
            self._slow.start()
        work = partial(reports.report, self._desk, self.choices.question())
        self._tasks.latest("report", work, self._show, failed=self._failed, owner=self)

    def _show(self, report: Report) -> None:
        self._rest()
        self.banner.hide()
        self._report = report
        self.choices.name_office(report.office)
        self._remark_unsent()
        self._lists = {}
        for view in tiles(report):
            self.tiles[view.key].set_value(view.figure, view.remark, unit=view.unit)
            if view.list_filter is not None:
                self._lists[view.key] = view.list_filter
        self.body.show_report(report)
        for button in (self.pdf, self.xlsx, self.print):
            button.setEnabled(True)

    def _remark_unsent(self) -> None:
        """Behind the title, or below the choices where the title has no room beside it."""
        words = unsent_words(self._report) if self._report is not None else ""
        self.remark.say("" if self._narrow else words)
        self._remark_below.say(words if self._narrow else "")

    def _failed(self, error: LaporError) -> None:
        """What was shown before stays, with the reason above it."""
        self._rest()
        self.banner.show_error(error)

    def _rest(self) -> None:
        self._slow.stop()
        self.busy.hide()

    def _open(self, wanted: ListFilter) -> None:
        self._navigate("register", list_filter=wanted)

    def _open_tile(self, key: str) -> None:
        if key in self._lists:
            self._open(self._lists[key])

    def _print(self) -> None:
        if self._report is not None:
            self.paper_wanted.emit(report_paper(self._report, pictures(self._report)))

    def _save(self) -> None:
        if self._report is not None:
            self.saver.save(self._report)
