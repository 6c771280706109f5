"""Keeping a page while it is typed, and asking what is on its lines."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.typed_page import TypedPage
from kelurahan_client.errors import LaporError, StoreError
from kelurahan_client.services import book_pages, page_looking
from kelurahan_client.services.desk import Desk
from ui.autosave import Autosave
from ui.tasks import Tasks


class PageKeeper(QObject):
    """Saves the newest state of the page and looks at its lines.

    `kept` carries the time of the state on the disk, `looked` a LookedAt, `failed` a LaporError. What the disk refused
    is tried again by itself.
    """

    kept = Signal(object)
    looked = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, state: Callable[[], TypedPage], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk = desk
        self._state = state
        self._autosave = Autosave(self._save, self)

    @property
    def waiting(self) -> bool:
        """Whether something that was typed has not been handed on yet."""
        return self._autosave.waiting

    def touch(self) -> None:
        """The page has changed."""
        self._autosave.touch()

    def flush_waiting(self) -> None:
        """Save what waits for its moment; the work is queued, and done even when the window closes."""
        self._autosave.flush()

    def _save(self) -> None:
        page = self._state()
        self._tasks.database(
            partial(book_pages.keep, self._desk, page), self.kept.emit, failed=self._not_kept, owner=self
        )
        self.look()

    def look(self) -> None:
        """Ask what is on the lines."""
        page = self._state()
        self._tasks.latest(
            "book-page", partial(page_looking.look, self._desk, page), self.looked.emit, self.failed.emit, owner=self
        )

    def stop(self) -> None:
        """The page is done: what waits is given up."""
        self._autosave.drop()

    def _not_kept(self, error: LaporError) -> None:
        if isinstance(error, StoreError):
            self._autosave.retry()
        self.failed.emit(error)
