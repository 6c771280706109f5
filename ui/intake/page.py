"""Pengaduan baru: one form, kept as it is typed, checked as it is left, registered once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout

from kelurahan_client.domain.dates import local_date
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services import intake
from kelurahan_client.services.desk import Desk, Identity, find_identity
from kelurahan_client.services.intake import Registered
from kelurahan_client.store.drafts import Draft
from ui.frame.page import Page
from ui.intake.body import IntakeBody
from ui.intake.drafts import DraftKeeper
from ui.intake.foot import IntakeFoot
from ui.intake.form import FIELD_WORDS, FormState, Review, received_on, review, what_is_left
from ui.intake.head import IntakeHead
from ui.intake.hints import Hints
from ui.intake.result_view import ResultView
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner

_LIVE = frozenset({"statement"})  # its warning helps to choose, so it does not wait until the field is left
REGISTER_PAGE = "register"


@dataclass(frozen=True, slots=True)
class _Opening:
    identity: Identity | None
    drafts: list[Draft]


class IntakePage(Page):
    """`navigate` is the window's `show_page`, `notify` its `show_snack`."""

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Callable[..., None],
        notify: Callable[..., None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._office = ""
        self._touched: set[str] = set()
        self._saving = False
        self._first = True
        self.head = IntakeHead(theme)
        self.body = IntakeBody(theme, desk.reference, desk.today)
        self.result = ResultView(theme)
        self.foot = IntakeFoot(theme)
        self.banner = Banner(theme, closable=True)
        self.keeper = DraftKeeper(tasks, desk, self)
        self._hints = Hints(tasks, desk, self.body.category, self.body.similar, self)
        self._build()
        self._connect(navigate)
        self._fill(FormState())

    def _build(self) -> None:
        theme = self._theme
        self.banner.hide()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.body)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.result)
        inner = QVBoxLayout()
        side = theme.px(SIZES.page_x)
        inner.setContentsMargins(side, theme.px(12), side, theme.px(12))
        inner.setSpacing(theme.px(14))
        inner.addWidget(self.head)
        inner.addWidget(self.banner)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(self.foot)

    def _connect(self, navigate: Callable[..., None]) -> None:
        def look(complaint_id: str) -> None:
            navigate(REGISTER_PAGE, complaint_id=complaint_id)

        for panel in self.body.panels():
            panel.edited.connect(self._edited)
            panel.left.connect(self._left)
        self.body.category.chosen.connect(lambda _code: self._edited("category"))
        self.body.similar.look_requested.connect(look)
        self.result.look_requested.connect(look)
        self.result.next_requested.connect(self.activate)
        self.foot.save_button.clicked.connect(self.save)
        self.foot.discard_button.clicked.connect(self._discard)
        self.head.menu.picked.connect(self.resume)
        self.head.menu.fresh_requested.connect(self.start_new)
        self.keeper.saved.connect(self._draft_saved)
        self.keeper.failed.connect(self._draft_failed)

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Show the form; after a result an empty one. At the first time the one draft that lies open is brought back."""
        if self._stack.currentWidget() is self.result:
            self.start_new()
        self._tasks.database(
            lambda: _Opening(find_identity(self._desk), intake.open_drafts(self._desk)), self._opened, owner=self
        )
        if not self._touched and not self.state().statement:
            self.body.reporter.focus("anonymous")

    def may_close(self) -> bool:
        """Always: what waits is queued, and the workers finish it before the program ends."""
        self.keeper.flush()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes to the front: do not wait with saving."""
        self.keeper.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the room there is."""
        super().resizeEvent(event)
        width = self.width() - 2 * self._theme.px(SIZES.page_x)
        self.head.arrange(width)
        self.body.arrange(width)

    def state(self) -> FormState:
        """What stands in the form now."""
        return FormState(
            **self.body.reporter.read(), **self.body.report.read(), category=self.body.category.value()
        )

    def review(self) -> Review:
        """What the check says to the form now."""
        return review(self.state(), today=self._desk.today(), reference=self._desk.reference, office=self._office)

    def start_new(self) -> None:
        """An empty form; what stood in the old one stays a draft."""
        self.keeper.adopt(None)
        self._fill(FormState())
        self._stack.setCurrentWidget(self._scroll)
        self.foot.show()
        self.head.clear()
        self.banner.hide()
        self._ask_for_drafts()
        self.body.reporter.focus("anonymous")

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; what stood in the form stays one."""
        self.keeper.adopt(draft.id)
        state = FormState.from_draft(draft.fields)
        self._fill(received_on(state, local_date(draft.created_at), self._desk.today()))
        self._touched = {name for name in FIELD_WORDS if getattr(state, name)}
        self._show_review()
        self.head.show_resumed()
        self._ask_for_drafts()
        self._focus(self.review().first_error() or "statement")

    def save(self) -> None:
        """Register the complaint, or go to the first field that has to be mended. Pressed twice it saves once."""
        if self._saving or self._stack.currentWidget() is self.result:
            return
        self._touched = set(FIELD_WORDS)
        found = self._show_review()
        first = found.first_error()
        if first is not None:
            self._focus(first)
            return
        self._lock_form(locked=True)
        self.keeper.flush()
        made, draft_id = found.intake, self.keeper.draft_id
        self._tasks.database(
            lambda: intake.register(self._desk, made, draft_id), self._registered, failed=self._refused, owner=self
        )

    def _lock_form(self, *, locked: bool) -> None:
        self._saving = locked
        self.body.setEnabled(not locked)
        self.foot.save_button.setEnabled(not locked)
        self.foot.discard_button.setEnabled(not locked)
