"""Pengaduan baru: one form, kept as it is typed, checked as it is left, registered once."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from kelurahan_client.domain.day_words import local_date
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services import intake
from kelurahan_client.services.desk import Desk, Identity, find_identity
from kelurahan_client.services.intake import Registered
from kelurahan_client.store.drafts import Draft
from ui.frame.page import Navigate, Notify, Page
from ui.intake.drafts import DraftKeeper
from ui.intake.foot import IntakeFoot
from ui.intake.form import FormState, Review, received_on, what_is_left
from ui.intake.form_view import FormView
from ui.intake.head import IntakeHead
from ui.intake.result_view import ResultView
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner

REGISTER_PAGE = "register"


@dataclass(frozen=True, slots=True)
class _Opening:
    identity: Identity | None
    drafts: list[Draft]


class IntakePage(Page):
    """`navigate` is the window's `show_page`, `notify` its `show_snack`; `changed` says that a complaint was saved."""

    changed = Signal()

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, navigate: Navigate, notify: Notify) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._notify = notify
        self._saving = False
        self._first = True
        self.head = IntakeHead(theme)
        self.banner = Banner(theme, closable=True)
        self.form = FormView(theme, tasks, desk)
        self.result = ResultView(theme)
        self.foot = IntakeFoot(theme)
        self.keeper = DraftKeeper(tasks, desk, self)
        self._build()
        self._connect()
        self.form.fill(FormState())

    def _build(self) -> None:
        theme = self._theme
        self.banner.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.result)
        inner = QVBoxLayout()
        side = theme.px(SIZES.page_x)
        gutter = self.form.gutter
        inner.setContentsMargins(side, theme.px(12), side - gutter, theme.px(12))
        inner.setSpacing(theme.px(14))
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, gutter, 0)
        above.setSpacing(theme.px(12))
        above.addWidget(self.head)
        above.addWidget(self.banner)
        inner.addLayout(above)
        inner.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.form.edited.connect(self._keep)
        self.form.reviewed.connect(self._show_what_is_left)
        for source in (self.form.body.similar, self.result):
            source.look_requested.connect(lambda id_: self._navigate(REGISTER_PAGE, complaint_id=id_))
        self.result.next_requested.connect(self.start_new)
        self.foot.save_button.clicked.connect(self.save)
        self.foot.discard_button.clicked.connect(self._discard)
        self.head.menu.picked.connect(self.resume)
        self.head.menu.fresh_requested.connect(self.start_new)
        self.keeper.saved.connect(self._draft_saved)
        self.keeper.failed.connect(self._draft_failed)

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Show the form, after a result an empty one. The first time, the one draft that lies open is brought back."""
        if self._stack.currentWidget() is self.result:
            self.start_new()
            return
        self._ask_for_drafts()
        if self.form.state().is_empty():
            self.form.focus_field("anonymous")

    def may_close(self) -> bool:
        """Always: what waits is queued, and the workers finish it before the program ends."""
        self.keeper.flush()
        return True

    def officer_changed(self) -> None:
        """The form of the one before stays that officer's draft, and is offered among the drafts."""
        if self.keeper.draft_id is not None and not self._saving:
            self.start_new()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes to the front: do not wait with saving."""
        self.keeper.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the head for the room there is."""
        super().resizeEvent(event)
        self.head.arrange(self.width() - 2 * self._theme.px(SIZES.page_x))

    def _keep(self) -> None:
        self.keeper.keep(self.form.state().to_draft())
        self.foot.discard_button.setEnabled(True)

    def start_new(self) -> None:
        """An empty form; what stood in the old one stays a draft."""
        self.keeper.adopt(None)
        self._clear()
        self.form.focus_field("anonymous")
        self.form.fill(FormState())  # the field that lost the cursor just now was not left by a person

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; what stood in the form stays one."""
        self.keeper.adopt(draft.id)
        self._clear()
        state = FormState.from_draft(draft.fields)
        self.form.fill(received_on(state, local_date(draft.created_at), self._desk.today()))
        self.head.show_resumed()
        self.form.focus_field(self.form.look_through().first_error() or "statement")

    def save(self) -> None:
        """Register the complaint, or go to the first field that has to be mended. Pressed twice it saves once."""
        if self._saving or self._stack.currentWidget() is self.result:
            return
        found = self.form.show_all()
        first = found.first_error()
        if first is not None:
            self.form.focus_field(first)
            return
        self._lock(locked=True)
        self.keeper.flush()
        made, draft_id = found.intake, self.keeper.draft_id
        self._tasks.database(
            lambda: intake.register(self._desk, made, draft_id), self._registered, failed=self._refused, owner=self
        )

    def _clear(self) -> None:
        """Show an empty form, whatever was shown before."""
        self.banner.hide()
        self.form.fill(FormState())
        self._stack.setCurrentWidget(self.form)
        self.foot.show()
        self.head.clear()
        self._ask_for_drafts()

    def _lock(self, *, locked: bool) -> None:
        self._saving = locked
        for part in (self.form, self.foot.save_button, self.foot.discard_button, self.head.menu):
            part.setEnabled(not locked)

    def _registered(self, registered: Registered) -> None:
        self._lock(locked=False)
        self.keeper.end()
        self.banner.hide()
        self.head.clear()
        self.foot.hide()
        self._stack.setCurrentWidget(self.result)
        self.result.show_registered(registered, self._desk.today())
        self._ask_for_drafts()
        self.changed.emit()

    def _refused(self, error: LaporError) -> None:
        """Keep everything and say why; the cursor goes to the field, or stays by the button for another try."""
        self._lock(locked=False)
        if isinstance(error, FieldErrors):
            self.form.show_errors(error.fields)
        else:
            self.banner.show_error(error)
            self.foot.save_button.setFocus()

    def _show_what_is_left(self, found: Review) -> None:
        empty = self.form.state().is_empty()
        self.foot.show_left(*what_is_left(found), quiet=empty)
        self.foot.discard_button.setEnabled(not empty and not self._saving)

    def _draft_saved(self, draft: Draft) -> None:
        self.banner.hide()
        if self.head.is_clear():
            self._ask_for_drafts()
        self.head.show_saved(draft.updated_at)

    def _draft_failed(self, error: LaporError) -> None:
        self.banner.show_error(error)
        self.head.show_unsaved()

    def _discard(self) -> None:
        """Put the form aside for good, with a way back for as long as the line is shown."""

        def undo(draft_id: str) -> None:
            self.keeper.restore(draft_id, self.resume)

        def tell(draft_id: str) -> None:
            self._notify(self.tr("Draf dibuang."), undo=lambda: undo(draft_id), icon=Icon.TRASH)
            self._ask_for_drafts()

        self.keeper.discard(tell)
        self.start_new()

    def _ask_for_drafts(self) -> None:
        self._tasks.latest(
            "intake-opening",
            lambda: _Opening(find_identity(self._desk), intake.open_drafts(self._desk)),
            self._opened,
            owner=self,
        )

    def _opened(self, opening: _Opening) -> None:
        if opening.identity is not None:
            self.form.set_office(opening.identity.office)
        drafts = [draft for draft in opening.drafts if not FormState.from_draft(draft.fields).is_empty()]
        first, self._first = self._first, False
        if first and len(drafts) == 1 and self.keeper.draft_id is None and self.form.state().is_empty():
            self.resume(drafts[0])
        self.head.menu.set_drafts(drafts, self.keeper.draft_id, self._desk.today())
