"""*Ekspor…*: the list as it is filtered and sorted, as a workbook or as a document for paper."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kelurahan_client.domain.roles import Right
from kelurahan_client.errors import Cancelled, LaporError
from kelurahan_client.services.desk import Desk, refusal
from kelurahan_client.services.export_report import report_paper
from kelurahan_client.services.exporting import Wish, write_workbook
from kelurahan_client.services.paper import Paper
from ui.figures import number
from ui.frame.page import Notify
from ui.register.export_strip import ExportStrip, Kind
from ui.register.files import ChooseCopy, choose_target
from ui.tasks import Running, Tasks, Worker
from ui.theme.icons import Icon
from ui.theme.theme import Theme


class Exports(QObject):
    """The menu and the strip, and what they do. `paper_wanted` carries the report as a Paper.

    `wish` gives the list as it is shown now.
    """

    paper_wanted = Signal(object)

    def __init__(
        self, theme: Theme, tasks: Tasks, desk: Desk, notify: Notify, wish: Callable[[], Wish], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._wish = wish
        self._parent = parent
        self._kind = Kind.WORKBOOK
        self._running: Running | None = None
        self.choose_target: ChooseCopy = choose_target
        self.strip = ExportStrip(theme)
        self.strip.answered.connect(self._answered)
        self.strip.cancelled.connect(self._cancel)
        self.menu = QMenu(parent)
        for icon, words, kind, named in (
            (Icon.TABLE, self.tr("Lembar kerja XLSX…"), Kind.WORKBOOK, False),
            (Icon.PRINT, self.tr("Laporan untuk dicetak atau PDF…"), Kind.REPORT, False),
            (Icon.TABLE, self.tr("Lembar kerja XLSX dengan nama dan HP…"), Kind.WORKBOOK, True),
            (Icon.PRINT, self.tr("Laporan dengan nama dan HP…"), Kind.REPORT, True),
        ):
            self.menu.addAction(theme.icon(icon), words).triggered.connect(partial(self.begin, kind, named=named))

    def begin(self, kind: Kind, _checked: bool = False, *, named: bool = False) -> None:  # Qt's
        """Make a file or a document; with names only after the reason is told."""
        if self._running is not None:
            return
        self._kind = kind
        if named and (error := refusal(self._desk, Right.EXPORT_IDENTITIES)) is not None:
            self._failed(error)
        elif named:
            self.strip.ask()
        else:
            self._make("")

    def leave(self) -> bool:
        """Esc: away with the question; False where there is none."""
        if not self.strip.asking():
            return False
        self.strip.leave()
        return True

    def _answered(self, reason: str) -> None:
        self._make(reason)

    def _make(self, reason: str) -> None:
        wish = self._wish()
        wish = Wish(wanted=wish.wanted, described=wish.described, reason=reason)
        if self._kind is Kind.REPORT:
            work = partial(report_paper, self._desk, wish)
            self._start(work, self._show_report)
            return
        target = self.choose_target(self._parent, self._name())
        if target is not None:
            self._start(partial(write_workbook, self._desk, wish, target), partial(self._written, target))

    def _start(self, work: Callable[..., object], done: Callable[..., None]) -> None:
        self.strip.show_busy()
        self._running = self._tasks.long(
            Worker.PAPER,
            work,
            done,
            failed=self._failed,
            owner=self,
            progress=lambda far: self.strip.show_progress(*far),
        )

    def _name(self) -> str:
        day: date = self._desk.today()
        return self.tr("Daftar pengaduan {day}.xlsx").format(day=day.isoformat())

    def _written(self, target: Path, count: int) -> None:
        self._end()
        text = self.tr("{n} pengaduan tersimpan di {name}.").format(n=number(count), name=target.name)
        self._notify(text, None)

    def _show_report(self, paper: Paper) -> None:
        self._end()
        self.paper_wanted.emit(paper)

    def _failed(self, error: LaporError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._notify(str(error), None)
            return
        self.strip.banner.show_error(error)
        self.strip.only_banner()

    def _end(self) -> None:
        self._running = None
        self.strip.hide()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
