"""Keeping a page while it is typed, and asking what is on its lines."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from kelurahan_client.domain.typed_page import TypedPage
from kelurahan_client.errors import LaporError, StoreError
from kelurahan_client.services import book_pages, page_looking
from kelurahan_client.services.desk import Desk
from ui.tasks import Tasks

DEBOUNCE_MS = 150  # an edit is on the disk within 300 ms
RETRY_MS = 5000


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
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def waiting(self) -> bool:
        """Whether something that was typed has not been handed on yet."""
        return self._timer.isActive()

    def touch(self) -> None:
        """The page has changed."""
        if not self._timer.isActive():  # not put off by the next key, or a quick typist would never be saved
            self._timer.start(DEBOUNCE_MS)

    def flush(self) -> None:
        """Save now, where something waits; the work is queued, and done even when the window closes."""
        self._timer.stop()
        page = self._state()
        self._tasks.database(
            partial(book_pages.keep, self._desk, page), self.kept.emit, failed=self._not_kept, owner=self
        )
        self.look()

    def flush_waiting(self) -> None:
        """Save what waits for its moment."""
        if self._timer.isActive():
            self.flush()

    def look(self) -> None:
        """Ask what is on the lines."""
        page = self._state()
        self._tasks.latest(
            "book-page", partial(page_looking.look, self._desk, page), self.looked.emit, self.failed.emit, owner=self
        )

    def stop(self) -> None:
        """The page is done: what waits is given up."""
        self._timer.stop()

    def _not_kept(self, error: LaporError) -> None:
        if isinstance(error, StoreError) and not self._timer.isActive():
            self._timer.start(RETRY_MS)
        self.failed.emit(error)
