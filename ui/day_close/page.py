"""Tutup hari: steps, the numbers that must agree, the recap, the stick, and the days that were closed."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import SyncState
from kelurahan_client.services import day_close, lists
from kelurahan_client.services.day_close import ClosedDay, DayView
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import DeskState, ListFilter
from ui.day_close.asking import AskBar
from ui.day_close.closing import Closing
from ui.day_close.foot import DayCloseFoot
from ui.day_close.head import DayHead
from ui.day_close.history import HistoryCard
from ui.day_close.model import Step
from ui.day_close.pane import DayPane, scrolling
from ui.day_close.usb import UsbCard
from ui.day_close.usb_files import ChooseSource, ChooseTarget, choose_source, choose_target
from ui.frame.page import Navigate, Notify, Page
from ui.home.silence_row import SilenceRow
from ui.outbox.model import Sending
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner

_LEAST = 560  # design pixels
_LEAST_HEIGHT = 320


class DayClosePage(Page):
    """`exchange` is what sends now and what pauses it; `set_sending` and `set_progress` tell how it goes.

    `changed` carries the kinds of record that a stick's answer has changed. `activate(usb="save")` and `usb="take"`
    begin with the stick, `day=` shows another day.
    """

    changed = Signal(object)
    paper_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,
        notify: Notify,
        exchange: tuple[Callable[[], None], Callable[[], None]],
        files: tuple[ChooseTarget, ChooseSource] = (choose_target, choose_source),
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._notify = notify
        self._exchange, self._stop = exchange
        self._day: date | None = None
        self._drafts_at = "intake"  # the page where what is left of drafts waits
        self.setAccessibleName(self.tr("Tutup hari"))
        self.head = DayHead(theme)
        self.silence = SilenceRow(theme, desk, navigate)
        self.banner = Banner(theme, closable=True)
        self.pane = DayPane(theme, now)
        self.history = HistoryCard(theme)
        self.usb = UsbCard(theme, tasks, desk, *files)
        self.bar = AskBar(theme)
        self.foot = DayCloseFoot(theme)
        self.closing = Closing(tasks, desk, self.foot, self.bar, notify)
        self._build()
        self._connect()

    def activate(self, *_args: Any, day: date | None = None, usb: str = "", **_arguments: Any) -> None:
        """Show today, or the day that is asked for; with `usb` begin with the stick."""
        self._day = day
        self.stack.setCurrentWidget(self.pane)
        self.reload(frozenset())
        self.search_focus()
        if usb:
            (self.usb.save if usb == "save" else self.usb.take)()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record is counted here
        """Ask again how the day stands."""
        self._tasks.latest("day_close", partial(_read, self._desk, self._day), self._show, owner=self)

    def search_focus(self) -> None:
        """To what is to be done next: the first step that has a button, or the end of the day."""
        rows = self.pane.steps.rows.values()
        waiting = [row.button for row in rows if not row.done() and row.button.isVisibleTo(self)]
        ends = [one for one in (self.foot.close_day, self.foot.print) if one.isVisibleTo(self) and one.isEnabled()]
        (waiting or ends or [self.foot.save])[0].setFocus()

    def may_close(self) -> bool:
        """Not while a stick is being written or read: half a file would be left on it."""
        if self.usb.busy():
            self._notify(self.tr("Stik USB masih dipakai. Tunggu sampai selesai, atau tekan Batalkan."))
        return not self.usb.busy()

    def go_back(self) -> bool:
        """Esc: out of the question, the message, the counting, the history, another day."""
        if self.bar.asking():
            self.bar.dismiss()
        elif self.usb.isVisibleTo(self) and not self.usb.busy():
            self.usb.dismiss()
        elif self.pane.is_counting():
            self.pane.stop_counting()
        elif self.stack.currentWidget() is self.history:
            self._leave_history()
        elif self._day is not None:
            self.activate()
        else:
            return False
        return True

    def set_sending(self, sending: bool) -> None:
        """An exchange begins or has ended."""
        self.pane.steps.set_sending(sending)

    def set_progress(self, progress: Sending) -> None:
        """How far it is."""
        self.pane.steps.progress.set_progress(progress)

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes to be: the numbers then stand below the steps."""
        return QSize(self._theme.px(_LEAST), self._theme.px(_LEAST_HEIGHT))

    def _build(self) -> None:
        px = self._theme.px
        self.banner.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pane)
        self.stack.addWidget(self.history)
        inner = QVBoxLayout()
        inner.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(12))
        inner.setSpacing(px(12))
        inner.addWidget(self.head)
        for widget in (self.banner, self.usb, self.silence):
            inner.addWidget(widget)
        inner.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        room = scrolling(inner)
        self.usb.told.connect(lambda: room.verticalScrollBar().setValue(0))
        column.addWidget(room, 1)  # the foot stays in sight
        column.addWidget(self.bar)
        column.addWidget(self.foot)
        for one, other in ((self.foot.save, self.foot.take), (self.foot.take, self.foot.reopen)):
            QWidget.setTabOrder(one, other)

    def _connect(self) -> None:
        again = partial(self.reload, frozenset())
        self.pane.steps.asked.connect(self._help)
        self.pane.counting.counted.connect(self.closing.count)
        self.pane.counting_ended.connect(self.search_focus)
        self.head.day_asked.connect(lambda day: self.activate(day=day))
        self.head.history.clicked.connect(self._ask_history)
        self.history.recap_asked.connect(self.closing.show_recap)
        self.history.closed.connect(self._leave_history)
        self.foot.save.clicked.connect(self.usb.save)
        self.foot.take.clicked.connect(self.usb.take)
        self.usb.applied.connect(self.changed)
        self.usb.wrote.connect(again)
        self.usb.left.connect(self.search_focus)
        self.bar.closed.connect(self.search_focus)
        self.closing.changed.connect(again)
        self.closing.failed.connect(self.banner.show_error)
        self.closing.paper_wanted.connect(self.paper_wanted)

    def _show(self, found: tuple[DayView, DeskState]) -> None:
        view, state = found
        was_closed = self.foot.print.isEnabled()
        self._drafts_at = "intake" if view.count.drafts else "register"
        self.head.show_view(view)
        self.silence.show_count(view.closable)
        self.pane.show_view(view, state)
        self.closing.show_view(view)
        if view.closing is not None and not was_closed and not self.usb.busy():
            self.foot.print.setFocus()

    def _help(self, step: Step) -> None:
        """The button of a step."""
        if step is Step.DRAFTS:
            self._navigate(self._drafts_at)
        elif step is Step.BOOK:
            self.pane.count()
        elif step is Step.CONFLICTS:
            self._navigate("conflicts")
        elif step is Step.SIGNED:
            self._navigate("register", list_filter=ListFilter(sync_states=frozenset({SyncState.REJECTED})))
        elif step is Step.EXCHANGE:
            (self._stop if self.pane.steps.sending() else self._exchange)()

    def _ask_history(self) -> None:
        def show(closings: list[ClosedDay]) -> None:
            self.stack.setCurrentWidget(self.history)
            self.history.show_history(closings, self._desk.today())

        self._tasks.latest("day_history", partial(day_close.history, self._desk), show, owner=self)

    def _leave_history(self) -> None:
        self.stack.setCurrentWidget(self.pane)
        self.head.history.setFocus()


def _read(desk: Desk, day: date | None) -> tuple[DayView, DeskState]:
    """Run by the worker."""
    return day_close.view(desk, day), lists.state(desk)
