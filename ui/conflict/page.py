"""Konflik: what people wrote differently, side by side, and the decision of the person at the desk."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services import conflicts
from kelurahan_client.services.conflicts import Worklist
from kelurahan_client.services.desk import Desk
from ui.conflict.actions import load
from ui.conflict.answer_card import Draft
from ui.conflict.case_pane import CasePane
from ui.conflict.deciding import Deciding
from ui.conflict.lines import Kind
from ui.conflict.model import CaseView
from ui.conflict.words import head_words
from ui.conflict.worklist import WorklistCard
from ui.frame.page import Navigate, Notify, Page
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.card import Card, PageHead
from ui.widgets.notices import EmptyState

_LIST = 288  # design pixels; less where the page is narrow
_NARROW_LIST = 216
_ROOMY = 900  # from this width of the page on
_BESIDE = 660  # below it the list stands above the conflict
_HIGH_LIST = 180
_LEAST = 460
_UNBOUND = 16_777_215  # Qt's word for no limit


class ConflictPage(Page):
    """The worklist beside one conflict. `changed`: something was decided, or a decision taken back.

    `activate(conflict_id=, complaint_id=)` shows one conflict, or the first of a complaint; both may be left out.
    """

    changed = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, navigate: Navigate, notify: Notify) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._work = Worklist((), (), ())
        self._current = ""
        self._wanted_complaint = ""
        self._drafts: dict[str, Draft] = {}  # half decided, of conflicts that are not in front
        self._warned = False
        self.list = WorklistCard(theme, desk.today())
        self.pane = CasePane(theme, desk.reference)
        self.empty = EmptyState(theme, Icon.CONFLICT, self.tr("Tidak ada yang perlu diputuskan"), self._empty_words())
        self._build()
        self.list.chosen.connect(self._choose)
        self.list.complaint_asked.connect(self._open_complaint)
        self.pane.opened.connect(self._open_shown)
        self._deciding = Deciding(tasks, desk, self.pane, notify)
        self._deciding.saved.connect(self._decided)
        self._deciding.undone.connect(self._undone)
        self._deciding.refused.connect(partial(self.reload, frozenset()))
        self.pane.answer.changed.connect(self._typed)

    def activate(
        self, *_args: Any, conflict_id: str | None = None, complaint_id: str | None = None, **_arguments: Any
    ) -> None:
        """Show what was asked for, else what was in front before, else the first that waits."""
        self._wanted_complaint = complaint_id or ""
        if conflict_id:
            self._leave(conflict_id)
        self.reload(frozenset())
        self.list.view.setFocus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record shows here
        """Ask again for the worklist, then for the conflict in front."""
        self._tasks.latest("conflicts", partial(conflicts.worklist, self._desk), self._show_work, owner=self)

    def search_focus(self) -> None:
        """To the list."""
        self.list.view.setFocus()

    def may_close(self) -> bool:
        """Not at once while something is half decided; asked a second time, it is given up."""
        if self._warned or not (self.pane.draft() or any(self._drafts.values())):
            return True
        self._warned = True
        self.pane.news.set_words(
            self.tr("Keputusan belum disimpan."), self.tr("Simpan (Ctrl+S), atau tutup sekali lagi untuk membuangnya.")
        )
        self.pane.news.show()
        return False

    def go_back(self) -> bool:
        """Esc: out of the question, out of the editor into the list."""
        if self.pane.panel.asking():
            self.pane.panel.dismiss()
            return True
        if self.pane.has_focus_in_answer():
            self.list.view.setFocus()
            return True
        return False

    def minimumSizeHint(self) -> QSize:
        """Narrower than it likes to be: the values then stand below each other."""
        return QSize(self._theme.px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower list where there is little room."""
        super().resizeEvent(event)
        px = self._theme.px
        beside = self.width() >= px(_BESIDE)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        width = px(_LIST if self.width() >= px(_ROOMY) else _NARROW_LIST) if beside else _UNBOUND
        self._say_how_many()
        self.list.setMaximumSize(width, _UNBOUND if beside else px(_HIGH_LIST))
        self.list.setMinimumSize(width if beside else 0, 0 if beside else px(_HIGH_LIST))

    def _show_work(self, work: Worklist) -> None:
        self._work = work
        self._say_how_many()
        self.list.show_work(work, self._desk.today())
        known = [*self.list.ids(), *self.list.ids(Kind.DECIDED)]
        asked = [line.conflict_id for line in work.open if line.complaint_id == self._wanted_complaint]
        self._wanted_complaint = ""
        if asked:
            self._leave(asked[0])
        elif self._current not in known:
            self._leave(self.list.ids()[0] if work.open else "")
        self.list.setVisible(bool(known or work.merged))
        self.list.mark(self._current)
        self._ask()

    def _say_how_many(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._head.set_title(self.tr("Konflik"), head_words(len(self._work.open)) if beside else "")

    def _ask(self) -> None:
        if not self._current:
            self.stack.setCurrentWidget(self._empty_card)
            self.pane.view = None
            return
        work = partial(load, self._desk, self._current)
        self._tasks.latest("conflict", work, self._show_case, failed=self.pane.error.show_error, owner=self)

    def _show_case(self, view: CaseView) -> None:
        if view.case.conflict_id != self._current:
            return
        if self.pane.view is not None and self.pane.view.case.conflict_id == self._current:
            self.pane.renew(view)
        else:
            self.pane.show_case(view, self._drafts.pop(self._current, Draft()))
        self.stack.setCurrentWidget(self.pane)

    def _choose(self, conflict_id: str) -> None:
        if conflict_id != self._current:
            self._leave(conflict_id)
            self._ask()

    def _leave(self, conflict_id: str) -> None:
        """Another conflict comes in front; what was half decided about this one is kept."""
        if conflict_id != self._current:
            if draft := self.pane.draft():
                self._drafts[self._current] = draft
            self._current = conflict_id
            self.pane.view = None

    def _typed(self) -> None:
        self._warned = False

    def _decided(self, conflict_id: str) -> None:
        """The next that waits comes in front."""
        waiting = self.list.ids()
        at = waiting.index(conflict_id) if conflict_id in waiting else 0
        following = [one for one in (*waiting[at:], *waiting[:at]) if one != conflict_id]
        self._drafts.pop(conflict_id, None)
        if self._current == conflict_id:
            self.pane.view = None
            self._current = following[0] if following else ""
            self.list.view.setFocus()
        self._changed()

    def _undone(self, conflict_id: str, draft: Draft) -> None:
        self._leave(conflict_id)
        self._drafts[conflict_id] = draft
        self.pane.view = None
        self._changed()

    def _changed(self) -> None:
        self.reload(frozenset())
        self.changed.emit()

    def _open_shown(self) -> None:
        if self.pane.view is not None:
            self._open_complaint(self.pane.view.case.complaint.id)

    def _open_complaint(self, complaint_id: str) -> None:
        self._navigate("register", complaint_id=complaint_id)

    def _empty_words(self) -> str:
        return self.tr(
            "Bila isian yang sama diubah di loket ini dan di tempat lain, semua isinya tampil di sini, "
            "dan Anda memilih yang benar. Saat ini tidak ada."
        )

    def _build(self) -> None:
        px = self._theme.px
        self._head = PageHead(self._theme, self.tr("Konflik"))
        self._empty_card = Card(self._theme)
        self._empty_card.body.addWidget(self.empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._empty_card)
        self.stack.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(SIZES.page_x), px(SIZES.page_y), px(SIZES.page_x), px(SIZES.page_y))
        column.setSpacing(px(14))
        column.addWidget(self._head)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(16))
        self._row.addWidget(self.list)
        self._row.addWidget(self.stack, 1)
        column.addLayout(self._row, 1)
        QWidget.setTabOrder(self.list.more, self.pane.context.open)
