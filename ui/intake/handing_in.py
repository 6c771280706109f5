"""From the form to the data: a complaint of its own, or a further reporter of another. Handed in once, or refused."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kelurahan_client.errors import LaporError
from kelurahan_client.services import intake, joining
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.joining import Joined
from kelurahan_client.store.resembling import Candidate
from ui.intake.attaching import Attacher
from ui.intake.form import OF_THE_REPORTER
from ui.intake.form_draft import FormDraft
from ui.intake.form_view import FormView
from ui.tasks import Tasks

T = TypeVar("T")


class HandingIn(QObject):
    """`locked`: the form may be changed again, or not while it is on its way.

    `registered` carries what was registered, `joined` a Joined and whether the complaint is confidential, `taken_back`
    the draft that the form is again; `refused` a LaporError: everything that was typed is still there.
    """

    locked = Signal(bool)
    registered = Signal(object)
    joined = Signal(object, bool)
    taken_back = Signal(object)
    refused = Signal(object)

    def __init__(
        self, tasks: Tasks, desk: Desk, form: FormView, draft: FormDraft, attacher: Attacher, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._form = form
        self._draft = draft
        self._attacher = attacher
        self._busy = False
        attacher.failed.connect(lambda _error: self._lock(False))  # what waited for it does not go on

    def busy(self) -> bool:
        """Whether the form is on its way."""
        return self._busy

    def register(self) -> None:
        """Register the complaint, or go to the first field that has to be mended. Asked twice it is done once."""
        if self._busy:
            return
        found = self._form.show_all()
        first = found.first_error()
        if first is not None:
            self._form.focus_field(first)
            return
        made, draft_id = found.intake, self._draft.keeper.draft_id
        self._hand_in(lambda: intake.register(self._desk, made, draft_id), self.registered.emit)

    def join(self, candidate: Candidate) -> None:
        """Add the person as a further reporter of a complaint, or go to what must be asked first."""
        if self._busy:
            return
        found = self._form.show_some(OF_THE_REPORTER)
        first = found.first_error(OF_THE_REPORTER)
        if first is not None:
            self._form.focus_field(first)
            return
        made, draft_id = found.intake, self._draft.hold()
        hidden = candidate.confidential is not False

        def done(joined: Joined) -> None:
            self.joined.emit(joined, hidden)

        self._hand_in(lambda: joining.join(self._desk, candidate.id, made, draft_id), done)

    def take_back(self, join_id: str) -> None:
        """It was not the same: the form is a draft again."""
        work = partial(joining.take_back, self._desk, join_id)
        self._tasks.database(work, self.taken_back.emit, failed=self._refuse, owner=self)

    def _hand_in(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Lock the form and let the data have it, after the files that are still under way."""

        def finish(made: T) -> None:
            self._lock(False)
            done(made)

        def begin() -> None:
            self._tasks.database(work, finish, failed=self._refuse, owner=self)

        self._lock(True)
        self._draft.keeper.flush()
        self._attacher.after(begin)

    def _refuse(self, error: LaporError) -> None:
        self._lock(False)
        self.refused.emit(error)

    def _lock(self, locked: bool) -> None:
        self._busy = locked
        self.locked.emit(locked)
