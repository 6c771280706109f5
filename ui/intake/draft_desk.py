"""What lies open at this desk: asked for, taken over from a colleague, thrown away and brought back."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services import intake
from kelurahan_client.services.desk import Desk, Identity, current_officer, find_identity
from kelurahan_client.store.drafts import Draft
from ui.frame.page import Notify
from ui.intake.form import FormState
from ui.tasks import Tasks
from ui.theme.icons import Icon


@dataclass(frozen=True, slots=True)
class Opening:
    """Who sits where, and what was begun; a form with nothing in it is no draft."""

    identity: Identity | None
    officer: str
    drafts: tuple[Draft, ...]


class DraftDesk(QObject):
    """`opened` carries an Opening, `taken` a Draft to go on with, `failed` a LaporError."""

    opened = Signal(object)
    taken = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, notify: Notify, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._notify = notify

    def ask(self) -> None:
        """Look what is there."""
        self._tasks.latest("intake-opening", partial(_opening, self._desk), self.opened.emit, owner=self)

    def take_over(self, draft: Draft) -> None:
        """Go on with the draft of a colleague, as it is on the disk now."""
        work = partial(intake.take_over, self._desk, draft.id)
        self._tasks.database(work, self.taken.emit, failed=self.failed.emit, owner=self)

    def discard(self, draft: Draft) -> None:
        """Throw a draft of the list away, with a way back."""
        title = FormState.from_draft(draft.fields).heading()

        def undo() -> None:
            work = partial(intake.restore_draft, self._desk, draft.id)
            self._tasks.database(work, lambda _draft: self.ask(), failed=self.failed.emit, owner=self)

        def tell(_none: None) -> None:
            self._notify(self.tr("Draf “{title}” dibuang.").format(title=title), undo=undo, icon=Icon.TRASH)
            self.ask()

        work = partial(intake.discard_draft, self._desk, draft.id)
        self._tasks.database(work, tell, failed=self.failed.emit, owner=self)


def _opening(desk: Desk) -> Opening:
    drafts = intake.open_drafts(desk)
    kept = tuple(one for one in drafts if one.files or not FormState.from_draft(one.fields).is_empty())
    return Opening(find_identity(desk), current_officer(desk).name, kept)
