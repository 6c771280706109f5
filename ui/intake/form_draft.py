"""The draft that the form is: kept as it is typed, begun anew, gone on with, thrown away."""

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.day_words import local_date
from kelurahan_client.errors import LaporError
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.drafts import Draft
from ui.frame.page import Notify
from ui.intake.draft_desk import DraftDesk, Opening
from ui.intake.draft_list import Shelf
from ui.intake.drafts import DraftKeeper
from ui.intake.form import FormState, received_on
from ui.intake.form_view import FormView
from ui.intake.head import IntakeHead
from ui.tasks import Tasks
from ui.theme.icons import Icon


class FormDraft(QObject):
    """What stands in `form` is on its way to the disk; `head` says so, and offers what else lies open.

    `begun`: another form is in front, with the id of its draft, None for a new one. `kept`: there is something to be
    thrown away. `saved`: it is on the disk. `failed` and `refused` carry a LaporError: the disk refused the form, or
    something was not done with another draft.
    """

    begun = Signal(object)
    kept = Signal()
    saved = Signal()
    failed = Signal(object)
    refused = Signal(object)

    def __init__(
        self, tasks: Tasks, desk: Desk, notify: Notify, form: FormView, head: IntakeHead, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notify = notify
        self._form = form
        self._head = head
        self._first = True
        self.keeper = DraftKeeper(tasks, desk, self)
        self._others = DraftDesk(tasks, desk, notify, self)
        menu = head.menu
        for signal, slot in (
            (form.edited, self.keep),
            (menu.picked, self.resume),
            (menu.taken_over, self._others.take_over),
            (menu.discarded, self._others.discard),
            (menu.fresh_requested, self.begin_anew),
            (self._others.opened, self._opened),
            (self._others.taken, self.resume),
            (self._others.failed, self.refused),
            (self.keeper.saved, self._saved),
            (self.keeper.failed, self._failed),
        ):
            signal.connect(slot)

    def look(self) -> None:
        """Ask what lies open. The first time, the one draft that this officer left is brought back."""
        self._others.ask()

    def keep(self) -> None:
        """The form has changed."""
        self.keeper.keep(self._form.state().to_draft())
        self.kept.emit()

    def hold(self) -> str:
        """The id of the form's draft, which is on its way to the disk; a new one where nothing was typed yet."""
        self.keep()
        self.keeper.flush()
        if self.keeper.draft_id is None:
            raise RuntimeError("a form that was kept has a draft")
        return self.keeper.draft_id

    def begin_anew(self) -> None:
        """An empty form; what stood in the old one stays a draft."""
        self.keeper.adopt(None)
        self._begin()
        self._form.focus_field("anonymous")
        self._form.fill(FormState())  # the field that lost the cursor just now was not left by a person

    def resume(self, draft: Draft) -> None:
        """Go on with a draft; what stood in the form stays one."""
        self.keeper.adopt(draft.id)
        self._begin()
        state = FormState.from_draft(draft.fields)
        self._form.fill(received_on(state, local_date(draft.created_at), self._desk.today()))
        self._head.show_resumed(draft.begun_by if draft.begun_by != draft.officer else "")
        self._form.focus_field(self._form.look_through().first_error() or "statement")

    def end(self) -> None:
        """The form has become a complaint, or part of one, and its draft is gone."""
        self.keeper.end()
        self._head.clear()
        self.look()

    def discard(self) -> None:
        """Put the form aside for good, with a way back for as long as the line is shown."""

        def undo(draft_id: str) -> None:
            self.keeper.restore(draft_id, self.resume)

        def tell(draft_id: str) -> None:
            self._notify(self.tr("Draf dibuang."), undo=lambda: undo(draft_id), icon=Icon.TRASH)
            self.look()

        self.keeper.discard(tell)
        self.begin_anew()

    def _begin(self) -> None:
        self._form.fill(FormState())
        self._head.clear()
        self.begun.emit(self.keeper.draft_id)
        self.look()

    def _saved(self, draft: Draft) -> None:
        self.saved.emit()
        if self._head.is_clear():
            self.look()
        self._head.show_saved(draft.updated_at)

    def _failed(self, error: LaporError) -> None:
        self.failed.emit(error)
        self._head.show_unsaved()

    def _opened(self, opening: Opening) -> None:
        if opening.identity is not None:
            self._form.set_office(opening.identity.office)
        first, self._first = self._first, False
        own = [draft for draft in opening.drafts if draft.officer == opening.officer]
        if first and len(own) == 1 and self.keeper.draft_id is None and self._form.state().is_empty():
            self.resume(own[0])
        self._head.menu.show_shelf(Shelf(opening.drafts, self.keeper.draft_id, opening.officer, self._desk.today()))
