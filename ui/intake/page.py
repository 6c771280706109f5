"""Pengaduan baru: one form, kept as it is typed, checked as it is left, registered once."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.domain.emergency import emergency_in
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.intake import Registered
from kelurahan_client.services.joining import Joined
from kelurahan_client.store.drafts import Draft
from ui.frame.page import Navigate, Notify, Page
from ui.intake.attachments import Attachments
from ui.intake.foot import IntakeFoot
from ui.intake.form import FormState, Review, what_is_left
from ui.intake.form_draft import FormDraft
from ui.intake.form_view import FormView
from ui.intake.handing_in import HandingIn
from ui.intake.head import IntakeHead
from ui.intake.joined_view import JoinedView
from ui.intake.result_view import ResultView
from ui.printing.asking import ask_receipt
from ui.tasks import Tasks
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES
from ui.widgets.notices import Banner

REGISTER_PAGE = "register"


class IntakePage(Page):
    """`navigate` is the window's `show_page`, `notify` its bottom line; `changed`: a complaint was saved.

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
        self.head = IntakeHead(theme)
        self.banner = Banner(theme, closable=True)
        self.banner.hide()
        self.form = FormView(theme, tasks, desk)
        self.result = ResultView(theme, tasks, desk)
        self.joined = JoinedView(theme)
        self.foot = IntakeFoot(theme)
        self.draft = FormDraft(tasks, desk, notify, self.form, self.head, self)
        box = self.form.body.report.attachments
        self.files = Attachments(theme, tasks, desk, notify, self.draft.hold, box, self)
        self.handing_in = HandingIn(tasks, desk, self.form, self.draft, self.files.attacher, self)
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
        self.form.reviewed.connect(self._show_what_is_left)
        self.form.door.give_to(self.files.attacher.take)
        self.form.door.dragged.connect(self.form.body.report.attachments.show_dragged)
        self.form.body.similar.join_requested.connect(self.handing_in.join)
        for source in (self.form.body.similar, self.result, self.joined):
            source.look_requested.connect(lambda id_: self._navigate(REGISTER_PAGE, complaint_id=id_))
        self.result.print_requested.connect(
            lambda id_: ask_receipt(self._tasks, self._desk, self, id_, self.paper_wanted.emit)
        )
        for view in (self.result, self.joined):
            view.next_requested.connect(self.draft.begin_anew)
        self.joined.undo_requested.connect(self.handing_in.take_back)
        self.foot.save_button.clicked.connect(self.save)
        self.foot.discard_button.clicked.connect(self.draft.discard)
        for signal, slot in (
            (self.draft.begun, self._begun),
            (self.draft.kept, lambda: self.foot.discard_button.setEnabled(True)),
            (self.draft.saved, self.banner.hide),
            (self.draft.failed, self.banner.show_error),
            (self.draft.refused, self._refused),
            (self.handing_in.locked, self._lock),
            (self.handing_in.registered, self._registered),
            (self.handing_in.joined, self._joined),
            (self.handing_in.taken_back, self._taken_back),
            (self.handing_in.refused, self._refused),
        ):
            signal.connect(slot)

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """Show the form, after a result an empty one. The first time, the one draft that lies open is brought back."""
        if self._stack.currentWidget() is not self.form:
            self.draft.begin_anew()
            return
        self.draft.look()
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
        self.draft.keeper.flush()
        return not self.files.attacher.is_busy()

    def officer_changed(self) -> None:
        """The form of the one before stays that officer's draft, and is offered among the drafts."""
        if self.draft.keeper.draft_id is not None and not self.handing_in.busy():
            self.draft.begin_anew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page comes to the front: do not wait with saving."""
        self.draft.keeper.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the head for the room there is."""
        super().resizeEvent(event)
        self.head.arrange(self.width() - 2 * self._theme.px(SIZES.page_x))

    def save(self) -> None:
        """Register what is in the form."""
        if self._stack.currentWidget() is self.form:
            self.handing_in.register()

    def _begun(self, draft_id: str | None) -> None:
        """The form is in front, whatever was shown before."""
        self.banner.hide()
        self._stack.setCurrentWidget(self.form)
        self.foot.show()
        self.files.attacher.follow(draft_id)

    def _lock(self, locked: bool) -> None:
        for part in (self.form, self.foot.save_button, self.foot.discard_button, self.head.menu):
            part.setEnabled(not locked)

    def _registered(self, registered: Registered) -> None:
        self._leave_form(self.result)
        self.result.show_registered(registered, self._desk.today())
        self.changed.emit()  # now that there is something to look up again

    def _joined(self, joined: Joined, hidden: bool) -> None:
        self._leave_form(self.joined)
        self.joined.show_joined(joined, confidential_title=hidden)
        self.changed.emit()

    def _taken_back(self, draft: Draft) -> None:
        self.draft.resume(draft)
        self.changed.emit()

    def _leave_form(self, view: QWidget) -> None:
        """The form has become a complaint, or part of one."""
        self.draft.end()
        self.files.attacher.follow(None)
        self.banner.hide()
        self.foot.hide()
        self._stack.setCurrentWidget(view)

    def _refused(self, error: LaporError) -> None:
        """Keep everything and say why; the cursor goes to the field, or stays by the button for another try."""
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
        begun = not empty or self.draft.keeper.draft_id is not None
        self.foot.discard_button.setEnabled(begun and not self.handing_in.busy())
