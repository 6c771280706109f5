"""Pengaduan baru: one form, kept as it is typed, checked as it is left, registered once."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.domain.day_words import local_date
from kelurahan_client.domain.emergency import emergency_in
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services import intake, joining
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.intake import Registered
from kelurahan_client.services.joining import Joined
from kelurahan_client.store.drafts import Draft
from kelurahan_client.store.resembling import Candidate
from ui.frame.page import Navigate, Notify, Page
from ui.intake.attachments import Attachments
from ui.intake.draft_desk import DraftDesk, Opening
from ui.intake.draft_list import Shelf
from ui.intake.drafts import DraftKeeper
from ui.intake.foot import IntakeFoot
from ui.intake.form import OF_THE_REPORTER, FormState, Review, received_on, what_is_left
from ui.intake.form_view import FormView
from ui.intake.head import IntakeHead
from ui.intake.joined_view import JoinedView
from ui.intake.result_view import ResultView
from ui.printing.asking import ask_receipt
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner

T = TypeVar("T")

REGISTER_PAGE = "register"


class IntakePage(Page):
    """`navigate` is the window's `show_page`, `notify` its `show_snack`; `changed` says that a complaint was saved.

    `paper_wanted` carries a Paper to be shown and printed.
    """

    changed = Signal()
    paper_wanted = Signal(object)

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
        self.banner.hide()
        self.form = FormView(theme, tasks, desk)
        self.result = ResultView(theme, tasks, desk)
        self.joined = JoinedView(theme)
        self.foot = IntakeFoot(theme)
        self.keeper = DraftKeeper(tasks, desk, self)
        self.drafts = DraftDesk(tasks, desk, notify, self)
        self.files = Attachments(theme, tasks, desk, notify, self._hold_draft, self.form.body.report.attachments, self)
        self._build()
        self._connect()
        self.form.fill(FormState())

    def _build(self) -> None:
        theme = self._theme
        self._stack = QStackedWidget()
        for view in (self.form, self.result, self.joined):
            self._stack.addWidget(view)
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
        self.form.door.give_to(self.files.attacher.take)
        self.form.door.dragged.connect(self.form.body.report.attachments.show_dragged)
        self.form.body.similar.join_requested.connect(self._join)
        for source in (self.form.body.similar, self.result, self.joined):
            source.look_requested.connect(lambda id_: self._navigate(REGISTER_PAGE, complaint_id=id_))
        self.result.print_requested.connect(
            lambda id_: ask_receipt(self._tasks, self._desk, self, id_, self.paper_wanted.emit)
        )
        for view in (self.result, self.joined):
            view.next_requested.connect(self.start_new)
        self.joined.undo_requested.connect(self._unjoin)
        self.foot.save_button.clicked.connect(self.save)
        self.foot.discard_button.clicked.connect(self._discard)
        menu = self.head.menu
        for signal, slot in (
            (menu.picked, self.resume),
            (menu.taken_over, self.drafts.take_over),
            (menu.discarded, self.drafts.discard),
            (menu.fresh_requested, self.start_new),
            (self.drafts.opened, self._opened),
            (self.drafts.taken, self.resume),
            (self.drafts.failed, self._refused),
            (self.files.attacher.failed, lambda _error: self._lock(locked=False)),  # what waited for it does not go on
            (self.keeper.saved, self._draft_saved),
            (self.keeper.failed, self._draft_failed),
        ):
            signal.connect(slot)

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Show the form, after a result an empty one. The first time, the one draft that lies open is brought back."""
        if self._stack.currentWidget() is not self.form:
            self.start_new()
            return
        self.drafts.ask()
        if self.form.state().is_empty():
            self.form.focus_field("anonymous")

    def reload(self, kinds: frozenset[str]) -> None:
        """Something was printed: receipts may have another size now. Something was sent: the complaint may be."""
        if kinds & {"print", "officer"}:
            self.form.live.again()
        if self._stack.currentWidget() is self.result:
            self.result.renew()
            if "print" in kinds:
                self.result.show_receipt()

    def may_close(self) -> bool:
        """What waits is queued, and finished before the program ends; a file may still be on its way to the draft."""
        self.keeper.flush()
        return not self.files.attacher.is_busy()

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

    def _hold_draft(self) -> str:
        """The id of the form's draft, which is on its way to the disk; a new one where nothing was typed yet."""
        self._keep()
        self.keeper.flush()
        if self.keeper.draft_id is None:
            raise RuntimeError("a form that was kept has a draft")
        return self.keeper.draft_id

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
        self.head.show_resumed(draft.begun_by if draft.begun_by != draft.officer else "")
        self.form.focus_field(self.form.look_through().first_error() or "statement")

    def save(self) -> None:
        """Register the complaint, or go to the first field that has to be mended. Pressed twice it saves once."""
        if self._saving or self._stack.currentWidget() is not self.form:
            return
        found = self.form.show_all()
        first = found.first_error()
        if first is not None:
            self.form.focus_field(first)
            return
        made, draft_id = found.intake, self.keeper.draft_id
        self._hand_in(lambda: intake.register(self._desk, made, draft_id), self._registered)

    def _hand_in(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Lock the form and let the data have it, after the files that are still under way."""
        self._lock(locked=True)
        self.keeper.flush()

        def begin() -> None:
            self._tasks.database(work, done, failed=self._refused, owner=self)

        self.files.attacher.after(begin)

    def _join(self, candidate: Candidate) -> None:
        """Add the person as a further reporter of a complaint, or go to what must be asked first."""
        if self._saving:
            return
        found = self.form.show_some(OF_THE_REPORTER)
        first = found.first_error(OF_THE_REPORTER)
        if first is not None:
            self.form.focus_field(first)
            return
        made, draft_id = found.intake, self._hold_draft()
        hidden = candidate.confidential is not False

        def done(joined: Joined) -> None:
            self._leave_form(self.joined)
            self.joined.show_joined(joined, confidential_title=hidden)

        self._hand_in(lambda: joining.join(self._desk, candidate.id, made, draft_id), done)

    def _unjoin(self, join_id: str) -> None:
        """It was not the same: the form is back."""

        def back(draft: Draft) -> None:
            self.resume(draft)
            self.changed.emit()

        work = partial(joining.take_back, self._desk, join_id)
        self._tasks.database(work, back, failed=self._refused, owner=self)

    def _clear(self) -> None:
        """Show an empty form, whatever was shown before."""
        self.banner.hide()
        self.form.fill(FormState())
        self._stack.setCurrentWidget(self.form)
        self.foot.show()
        self.head.clear()
        self.files.attacher.follow(self.keeper.draft_id)
        self.drafts.ask()

    def _lock(self, *, locked: bool) -> None:
        self._saving = locked
        for part in (self.form, self.foot.save_button, self.foot.discard_button, self.head.menu):
            part.setEnabled(not locked)

    def _registered(self, registered: Registered) -> None:
        self._leave_form(self.result)
        self.result.show_registered(registered, self._desk.today())

    def _leave_form(self, view: QWidget) -> None:
        """The form has become a complaint, or part of one: tell about it."""
        self._lock(locked=False)
        self.keeper.end()
        self.files.attacher.follow(None)
        self.banner.hide()
        self.head.clear()
        self.foot.hide()
        self._stack.setCurrentWidget(view)
        self.drafts.ask()
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
        state = self.form.state()
        empty = state.is_empty()
        self.head.emergency.show_hint(emergency_in(f"{state.title}\n{state.statement}"))
        self.foot.show_left(*what_is_left(found), quiet=empty)
        self.foot.discard_button.setEnabled(not self._saving and (not empty or self.keeper.draft_id is not None))

    def _draft_saved(self, draft: Draft) -> None:
        self.banner.hide()
        if self.head.is_clear():
            self.drafts.ask()
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
            self.drafts.ask()

        self.keeper.discard(tell)
        self.start_new()

    def _opened(self, opening: Opening) -> None:
        if opening.identity is not None:
            self.form.set_office(opening.identity.office)
        first, self._first = self._first, False
        own = [draft for draft in opening.drafts if draft.officer == opening.officer]
        if first and len(own) == 1 and self.keeper.draft_id is None and self.form.state().is_empty():
            self.resume(own[0])
        self.head.menu.show_shelf(Shelf(opening.drafts, self.keeper.draft_id, opening.officer, self._desk.today()))
