"""Keeping the form as a draft while it is typed, and bringing drafts back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from kelurahan_client.errors import LaporError, StoreError
from kelurahan_client.services import intake
from kelurahan_client.services.desk import Desk
from kelurahan_client.store.drafts import Draft
from ui.autosave import Autosave
from ui.tasks import Tasks


class DraftKeeper(QObject):
    """Saves the newest state of the form, and knows which draft that is.

    `saved` carries the Draft as it is on the disk; `failed` a LaporError. What the disk refused is tried again by
    itself, also when another form has been begun since.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._waiting: dict[str, dict[str, Any]] = {}  # by draft: the state that is not on the disk yet
        self._draft_id: str | None = None
        self._autosave = Autosave(self._save, self)

    @property
    def draft_id(self) -> str | None:
        """The draft of the form; None while nothing was typed."""
        return self._draft_id

    def adopt(self, draft_id: str | None) -> None:
        """From now on another draft (None: a new one) is in the form; what was typed before stays a draft."""
        self.flush()
        self._draft_id = draft_id

    def keep(self, fields: dict[str, Any]) -> None:
        """The form has changed to `fields`."""
        if self._draft_id is None:
            # The id is given here, so that two saves before the first answer are one draft.
            self._draft_id = self._desk.new_id()
        self._waiting[self._draft_id] = fields
        self._autosave.touch()

    def flush(self) -> None:
        """Save now what waits; the work is queued, and done even when the window closes."""
        self._autosave.now()

    def _save(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for draft_id, fields in waiting.items():
            self._tasks.database(
                partial(intake.save_draft, self._desk, fields, draft_id),
                self._was_saved,
                failed=partial(self._was_not_saved, draft_id, fields),
                owner=self,
            )

    def end(self) -> None:
        """The form has become a complaint and its draft is gone: nothing of it is saved any more."""
        if self._draft_id is not None:
            self._waiting.pop(self._draft_id, None)
        self._draft_id = None

    def discard(self, done: Callable[[str], None]) -> None:
        """Put the form's draft aside; `done` gets its id, with which it can be restored."""
        self.flush()
        draft_id, self._draft_id = self._draft_id, None
        if draft_id is not None:
            self._tasks.database(
                partial(intake.discard_draft, self._desk, draft_id),
                lambda _none: done(draft_id),
                failed=self.failed.emit,
                owner=self,
            )

    def restore(self, draft_id: str, done: Callable[[Draft], None]) -> None:
        """Bring a discarded draft back."""
        self._tasks.database(
            partial(intake.restore_draft, self._desk, draft_id), done, failed=self.failed.emit, owner=self
        )

    def _was_saved(self, draft: Draft) -> None:
        if draft.id == self._draft_id:
            self.saved.emit(draft)

    def _was_not_saved(self, draft_id: str, fields: dict[str, Any], error: LaporError) -> None:
        if isinstance(error, StoreError):
            self._waiting.setdefault(draft_id, fields)
            self._autosave.retry()
        self.failed.emit(error)
