"""What the list keeps: filters under a name, and its columns."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from kelurahan_client.errors import LaporError
from kelurahan_client.services import list_memory, saved_filters
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.list_memory import Columns
from kelurahan_client.services.lists import ListFilter
from kelurahan_client.services.saved_filters import SavedFilter
from ui.frame.page import Notify
from ui.language import sentences
from ui.register.list_view import ListView
from ui.tasks import Tasks

Take = Callable[[ListFilter | None], ListFilter]
"""Shows a filter where one is given; returns the one that is shown."""


class Keeping(QObject):
    """Connects the menu of kept filters and the columns with what is on the disk."""

    def __init__(self, tasks: Tasks, desk: Desk, notify: Notify, view: ListView, take: Take) -> None:
        super().__init__(view)
        self._tasks = tasks
        self._desk = desk
        self._notify = notify
        self._view = view
        self._take = take
        self._known: list[SavedFilter] = []
        menu = view.bar.saved
        menu.picked.connect(self._take)
        menu.naming.connect(view.asks.ask_name)
        menu.removed.connect(self._remove)
        view.asks.naming.named.connect(self._save)
        view.columns.kept.connect(self._keep_columns)

    def load(self) -> None:
        """Ask for what was kept."""
        self._tasks.database(partial(list_memory.columns, self._desk), self._show_columns, owner=self)
        self._tasks.database(partial(saved_filters.saved_filters, self._desk), self._show_filters, owner=self)

    def _show_filters(self, found: list[SavedFilter]) -> None:
        self._known = found
        self._view.bar.saved.show_filters(found)

    def _show_columns(self, columns: Columns) -> None:
        self._view.columns.show(columns)
        self._view.renew_columns()

    def _keep_columns(self, columns: Columns) -> None:
        self._view.renew_columns()
        self._tasks.database(partial(list_memory.keep_columns, self._desk, columns), owner=self)

    def _save(self, name: str) -> None:
        work = partial(saved_filters.save_filter, self._desk, name, self._take(None))
        self._tasks.database(work, partial(self._saved, name), failed=self._refused, owner=self)

    def _saved(self, name: str, found: list[SavedFilter]) -> None:
        self._view.asks.naming.leave()
        self._show_filters(found)
        self._notify(self.tr("Saringan “{name}” tersimpan.").format(name=name.strip()), None)

    def _refused(self, error: LaporError) -> None:
        self._view.asks.naming.refuse(sentences(error))

    def _remove(self, name: str) -> None:
        before = {one.name: one.wanted for one in self._known}.get(name)
        work = partial(saved_filters.remove_filter, self._desk, name)
        self._tasks.database(work, partial(self._removed, name, before), owner=self)

    def _removed(self, name: str, before: ListFilter | None, found: list[SavedFilter]) -> None:
        self._show_filters(found)
        undo = partial(self._bring_back, name, before) if before is not None else None
        self._notify(self.tr("Saringan “{name}” dihapus.").format(name=name), undo)

    def _bring_back(self, name: str, wanted: ListFilter) -> None:
        work = partial(saved_filters.save_filter, self._desk, name, wanted)
        self._tasks.database(work, self._show_filters, owner=self)
