"""Konflik: what people wrote differently, side by side, and the decision of the person at the desk."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.services import conflicts
from kelurahan_client.services.conflicts import Worklist
from kelurahan_client.services.desk import Desk
from ui.conflict.case_pane import CasePane
from ui.conflict.deciding import Deciding
from ui.conflict.front import Front
from ui.conflict.lines import Kind
from ui.conflict.words import empty_words, head_words
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
        self._work = Worklist((), (), ())
        self._wanted_complaint = ""
        self.setAccessibleName(self.tr("Konflik"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.list = WorklistCard(theme, desk.today())
        self.pane = CasePane(theme, desk.reference)
        self.empty = EmptyState(theme, Icon.CONFLICT, self.tr("Tidak ada yang perlu diputuskan"), empty_words())
        self._front = Front(tasks, desk, self.pane)
        self._build()
        self.list.chosen.connect(self._front.choose)
        self.list.complaint_asked.connect(lambda id_: navigate("register", complaint_id=id_))
        self.pane.opened.connect(lambda id_: navigate("register", complaint_id=id_))
        self._front.shown.connect(lambda: self.stack.setCurrentWidget(self.pane))
        self._deciding = Deciding(tasks, desk, self.pane, notify)
        self._deciding.saved.connect(self._decided)
        self._deciding.undone.connect(self._front.resume)
        self._deciding.undone.connect(lambda *_: self._changed())
        self._deciding.refused.connect(partial(self.reload, frozenset()))

    def activate(
        self, *_args: Any, conflict_id: str | None = None, complaint_id: str | None = None, **_arguments: Any
    ) -> None:
        """Show what was asked for, else what was in front before, else the first that waits."""
        self._wanted_complaint = complaint_id or ""
        if conflict_id:
            self._front.bring(conflict_id)
        self.reload(frozenset())
        self.search_focus()

    def reload(self, kinds: frozenset[str]) -> None:  # noqa: ARG002  # every kind of record shows here
        """Ask again for the worklist, then for the conflict in front."""
        self._tasks.latest("conflicts", partial(conflicts.worklist, self._desk), self._show_work, owner=self)

    def search_focus(self) -> None:
        """To the list; where there is none, the page itself listens to the keys."""
        (self if self.list.isHidden() else self.list.view).setFocus()

    def may_close(self) -> bool:
        """What is half decided is queued for the disk, and there before the program ends."""
        self._front.autosave.flush()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes to the front: do not wait with keeping what is half decided."""
        self._front.autosave.flush()
        super().hideEvent(event)

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
            self._front.bring(asked[0])
        elif self._front.id not in known:
            self._front.bring(self.list.ids()[0] if work.open else "")
        self._show_list(bool(known or work.merged))
        self.list.mark(self._front.id)
        if not self._front.id:
            self.stack.setCurrentWidget(self._empty_card)
        self._front.ask()

    def _show_list(self, wanted: bool) -> None:
        """The keys are not to go elsewhere when the list comes or goes."""
        here = self.list.view.hasFocus() or self.hasFocus()
        if here and not wanted:
            self.setFocus()
        self.list.setVisible(wanted)
        if here:
            self.search_focus()

    def _say_how_many(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._head.set_title(
            self.tr("Konflik"), head_words(len(self._work.open), self._desk.store.at_work) if beside else ""
        )

    def _decided(self, conflict_id: str) -> None:
        """The next that waits comes in front."""
        waiting = self.list.ids()
        at = waiting.index(conflict_id) if conflict_id in waiting else 0
        following = [one for one in (*waiting[at:], *waiting[:at]) if one != conflict_id]
        self._front.forget(conflict_id)
        if self._front.id == conflict_id:
            self._front.bring(following[0] if following else "")
            self.search_focus()
        self._changed()

    def _changed(self) -> None:
        self.reload(frozenset())
        self.changed.emit()

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
