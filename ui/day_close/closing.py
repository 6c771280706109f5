"""Closing a day, opening it again, and its recap: what is asked before, and what is said after."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.errors import LaporError
from kelurahan_client.services import day_close, day_recap
from kelurahan_client.services.day_close import ClosedDay, DayView
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.paper import Paper
from ui.day_close.asking import AskBar
from ui.day_close.foot import DayCloseFoot
from ui.figures import number
from ui.frame.page import Notify
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.wording import day_date


class Closing(QObject):
    """`changed`: the day was closed or opened again, or a page counted. `failed` carries the error.

    `paper_wanted` carries a Paper.
    """

    changed = Signal()
    failed = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, foot: DayCloseFoot, bar: AskBar, notify: Notify) -> None:
        super().__init__(foot)
        self._tasks = tasks
        self._desk = desk
        self._foot = foot
        self._bar = bar
        self._notify = notify
        self._view: DayView | None = None
        foot.close_day.clicked.connect(self.close)
        foot.reopen.clicked.connect(self.reopen)
        foot.print.clicked.connect(self.print)

    def show_view(self, view: DayView) -> None:
        """Which day it is about, and how it stands."""
        self._view = view
        self._foot.show_view(view)

    def close(self) -> None:
        """Close the day, after a question where something is left over."""
        view = self._view
        if view is None or view.closing is not None:
            return
        left = view.count.left_over
        if not left:
            self._close("")
            return
        question = self.tr(
            "Tutup {day} dengan {n} sisa? Tidak ada yang hilang: sisanya tertulis di rekap dan tetap ada."
        )
        words = question.format(day=day_date(view.count.day), n=number(left))
        self._bar.ask(words, self.tr("Tutup dengan sisa"), self._close, reason=False)

    def reopen(self) -> None:
        """Open today again, for a reason."""
        view = self._view
        if view is not None and view.closing is not None:
            words = self.tr("Buka kembali hari ini? Penutupan tadi tetap tercatat, dan rekapnya tidak berlaku lagi.")
            self._bar.ask(words, self.tr("Buka kembali"), partial(self._reopen, view.closing.id), reason=True)

    def count(self, page: str, lines: int | None) -> None:
        """Keep how many lines of the day a page of the book has."""
        if self._view is not None:
            work = partial(day_close.count_page, self._desk, self._view.count.day, page, lines)
            self._tasks.database(work, lambda _nothing: self.changed.emit(), failed=self.failed.emit, owner=self)

    def print(self) -> None:
        """Ask for the recap of the day in front."""
        view = self._view
        if view is not None and view.closing is not None:
            self.show_recap(view.closing.id)

    def show_recap(self, closing_id: str) -> None:
        """Ask for the recap of a closing."""
        self._tasks.database(
            partial(day_recap.recap, self._desk, closing_id), self._show_paper, failed=self.failed.emit, owner=self
        )

    def _show_paper(self, paper: Paper) -> None:
        self.paper_wanted.emit(paper)

    def _close(self, _nothing: str) -> None:
        if self._view is None:
            return
        self._foot.close_day.setEnabled(False)
        count = self._view.count
        self._tasks.database(
            partial(day_close.close, self._desk, count.day, count.left_over),
            self._closed,
            failed=self._refused,
            owner=self,
        )

    def _closed(self, closing: ClosedDay) -> None:
        words = self.tr("{day} ditutup. Rekapnya siap dicetak (Ctrl+P).")
        self._notify(words.format(day=day_date(closing.day)), icon=Icon.DAY_CLOSE)
        self.changed.emit()

    def _reopen(self, closing_id: str, reason: str) -> None:
        self._tasks.database(
            partial(day_close.reopen, self._desk, closing_id, reason), self._opened, failed=self._refused, owner=self
        )

    def _opened(self, _nothing: None) -> None:
        self._notify(self.tr("Hari ini dibuka kembali."), icon=Icon.UNDO)
        self.changed.emit()

    def _refused(self, error: LaporError) -> None:
        self.failed.emit(error)
        self.changed.emit()
