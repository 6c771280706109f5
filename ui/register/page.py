"""Daftar: find, read, carry on."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import ListFilter
from ui.frame.page import Navigate, Notify, Page
from ui.printing.asking import bind_receipt
from ui.register.cells import Day
from ui.register.column_panel import ColumnPanel
from ui.register.detail import DetailPane
from ui.register.exports import Exports
from ui.register.filters import WORKLIST
from ui.register.finding import Finding
from ui.register.keeping import Keeping
from ui.register.list_view import ListView
from ui.register.panes import LIST_LEAST, Panes
from ui.register.silence import SilenceStrip
from ui.register.waiting_menu import WaitingMenu
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.buttons import KeyButton
from ui.widgets.card import PageHead
from ui.widgets.editors import LineEdit

_SEARCH_WIDTH = 640


class RegisterPage(Page):
    """The list beside one complaint.

    `activate(list_filter=, complaint_id=, search=)` shows a list, opens a complaint, types words; all may be left out.
    `paper_wanted` carries a Paper: a letter, the list as a report, at Ctrl+P the receipt of the complaint in the pane.
    """

    paper_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,
        notify: Notify,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._began = False
        self.box = LineEdit(
            theme, self.tr("Nomor, nama, HP, atau kata; misalnya “titian rahmat”"), icon=Icon.SEARCH, hint="F3"
        )
        self.box.setAccessibleName(self.tr("Cari pengaduan"))
        self.box.setMaximumWidth(theme.px(_SEARCH_WIDTH))
        self.box.installEventFilter(self)
        self.list = ListView(theme, Day.now(desk), self._load)
        self.detail = DetailPane(theme, tasks, desk, notify)
        self.finding = Finding(tasks, desk, self.box, self.list, self.detail.open_id)
        self.waiting = WaitingMenu(theme, tasks, desk, self.detail.open_id)
        self.panes = Panes(theme, self.list, self.detail)
        self.exports = Exports(theme, tasks, desk, notify, self.finding.wish, self)
        self.keeping = Keeping(tasks, desk, notify, self.list, self._take_filter)
        self.silence = SilenceStrip(theme, tasks, desk, notify)
        self.columns = ColumnPanel(theme, self)
        self._build()
        self.exports.paper_wanted.connect(self.paper_wanted)
        self.detail.paper_wanted.connect(self.paper_wanted)
        self.columns.changed.connect(self.list.columns.choose)
        self.panes.arranged.connect(self._arranged)
        self.list.chosen.connect(self.detail.open)
        self.list.table.opened.connect(self._into_detail)
        self.list.table.clicked.connect(self.panes.read)
        self.detail.written.connect(self.finding.refresh)
        self.finding.found.connect(self.silence.show_list)
        for leave in (self.list.mark, self.detail.open):
            self.finding.left_out.connect(partial(leave, ""))
        self.finding.left_out.connect(self.panes.back)
        for told in (self.detail.shelf.changed, self.detail.shelf.brought_back):
            told.connect(self.waiting.ask)
        self.waiting.picked.connect(lambda complaint_id: self.activate(complaint_id=complaint_id))
        self.silence.closed.connect(partial(self.reload, frozenset()))
        bind_receipt(tasks, desk, self, self.detail.open_id, self.paper_wanted.emit)
        self.detail.decide_asked.connect(lambda conflict_id: navigate("conflicts", conflict_id=conflict_id))

    def activate(
        self,
        *_args: Any,
        list_filter: ListFilter | None = None,
        complaint_id: str | None = None,
        search: str | None = None,
        **_arguments: Any,
    ) -> None:
        """Show what was asked for; without arguments, what was shown before."""
        if list_filter is None and not self._began:
            list_filter = WORKLIST
        if not self._began:
            self.keeping.load()
        self._began = True
        words = search if search is not None else list_filter.search if list_filter is not None else None
        if list_filter is not None:
            self.list.show_filter(replace(list_filter, search=""), Day.now(self._desk))
            self.list.order.begin_with(list_filter)
        if words is not None and words != self.box.text():
            self.finding.type(words)
        if complaint_id:
            self.detail.open(complaint_id)
            self.finding.expect(complaint_id)
            self.list.mark(complaint_id)
            self.panes.read()
            (self._back if self.list.isHidden() else self.list.table).setFocus()
        self.reload(frozenset())

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record shows here
        """Ask again for the list, the count and the complaint."""
        self.finding.refresh()
        self.finding.count()
        self.waiting.ask()
        self.detail.reload()

    def search_focus(self) -> None:
        """F3."""
        self.box.setFocus()
        self.box.selectAll()

    def officer_changed(self) -> None:
        """What the one before has half written waits."""
        self.detail.set_aside()

    def go_back(self) -> bool:
        """Esc: leave what is open in the pane, or clear the search."""
        if self.exports.leave() or self.list.asks.leave() or self.detail.go_back():
            return True
        if self._to_list():
            return True
        if self.box.hasFocus() and self.box.text():
            self.box.clear()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Enter lead from the search box into the list."""
        into = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in into
        if watched is self.box and pressed:
            self.list.focus_first()
            return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """One pane beside the other is a wish, not a need."""
        return QSize(self._theme.px(LIST_LEAST + 2 * SIZES.page_x), super().minimumSizeHint().height())

    def _build(self) -> None:
        px = self._theme.px
        head = PageHead(self._theme, self.tr("Daftar"))
        head.add_left(self.box, 100)  # all the room up to its greatest width
        self._back = KeyButton(self._theme, self.tr("Kembali ke daftar"), Icon.LEFT, key="Esc")
        self._back.clicked.connect(self._to_list)
        self._back.hide()
        head.add_command(self._back)
        self.export = KeyButton(self._theme, self.tr("Ekspor…"), Icon.EXPORT, menu=self.exports.menu)
        self.choose = KeyButton(self._theme, self.tr("Kolom", "several"), Icon.COLUMNS)
        self.choose.clicked.connect(self._open_columns)
        for button in (self.waiting, self.export, self.choose):
            head.add_command(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(SIZES.page_y))
        column.setSpacing(px(14))
        column.addWidget(head)
        column.addWidget(self.panes, 1)
        self.list.asks.add(self.exports.strip)
        self.list.asks.add(self.silence)

    def _arranged(self, alone: bool) -> None:
        """The complaint stands alone in front: what concerns the list makes room for the way back."""
        self._back.setVisible(alone)
        for button in (self.export, self.choose):
            button.setVisible(not alone)

    def _open_columns(self) -> None:
        corner = self.choose.mapToGlobal(QPoint(self.choose.width(), self.choose.height() + self._theme.px(4)))
        self.columns.open_at(corner, self.list.columns.shown())

    def _load(self, keys: Sequence[int]) -> None:
        self.finding.load(keys)

    def _take_filter(self, wanted: ListFilter | None) -> ListFilter:
        """Show a kept filter; in any case the one that is shown."""
        if wanted is not None:
            self.activate(list_filter=wanted)
        return self.finding.wanted()

    def _to_list(self) -> bool:
        """In a narrow window: back from the complaint."""
        if not self.panes.back():
            return False
        self.list.table.setFocus()
        return True

    def _into_detail(self) -> None:
        self.panes.read()
        self.detail.view.foot.words.setFocus()
