"""Which list is asked for: the filter and the words in the search box, and what the data answer."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.exporting import Wish
from kelurahan_client.services.lists import ListFilter, ListRow, Sort
from ui.register.list_view import ListView
from ui.tasks import Tasks
from ui.widgets.editors import LineEdit


class Finding(QObject):
    """Asks for keys, lines and the count, and hands them to the list. `found`: which list, and how long it is.

    `left_out`: the complaint of `in_pane` (an id) is not in a list that was asked for now. A list that has only changed
    leaves nothing out: whoever has just closed a complaint goes on reading it.
    """

    found = Signal(object, int)
    left_out = Signal()

    def __init__(self, tasks: Tasks, desk: Desk, box: LineEdit, view: ListView, in_pane: Callable[[], str]) -> None:
        super().__init__(view)
        self._tasks = tasks
        self._desk = desk
        self._box = box
        self._list = view
        self._in_pane = in_pane
        self._shown: ListFilter | None = None
        self._asked_for = ""  # a complaint that is wanted whatever the list
        box.textChanged.connect(self.refresh)
        view.filter_changed.connect(self.refresh)

    def wanted(self) -> ListFilter:
        """The list that is asked for."""
        self._list.order.search(self._box.text())
        return self._list.order.wanted()

    def wish(self) -> Wish:
        """The same, to be given out."""
        parts = [*self._list.bar.values().values()]
        if words := self._box.text().strip():
            parts.insert(0, self.tr("“{words}”").format(words=words))
        described = self.tr("Saringan: {filters}").format(filters=", ".join(parts)) if parts else ""
        return Wish(wanted=self.wanted(), described=described)

    def type(self, words: str) -> None:
        """Put words into the search box without asking yet."""
        self._box.blockSignals(True)
        self._box.setText(words)
        self._box.blockSignals(False)

    def expect(self, complaint_id: str) -> None:
        """This complaint is asked for together with the next list, whether or not it is in there."""
        self._asked_for = complaint_id

    def refresh(self) -> None:
        """Ask for the list."""
        words, wanted = self._box.text(), self.wanted()
        in_pane = self._in_pane() if wanted != self._shown else ""

        def show(answer: "tuple[array[int], bool]") -> None:
            keys, without = answer
            expected, self._asked_for, self._shown = self._asked_for, "", wanted
            if without and in_pane == self._in_pane() != expected:
                self.left_out.emit()
            self._list.show_keys(keys, words)
            self.found.emit(wanted, len(keys))

        self._tasks.latest("register.keys", partial(lists.keys_without, self._desk, wanted, in_pane), show, owner=self)

    def count(self) -> None:
        """Ask how many complaints there are at all."""
        self._tasks.latest("register.total", partial(_count, self._desk), self._list.set_total, owner=self)

    def load(self, keys: Sequence[int]) -> None:
        """Ask for the lines of some keys."""

        def put(rows: list[ListRow]) -> None:
            self._list.put_rows(keys, rows)

        self._tasks.latest("register.rows", partial(lists.page, self._desk, keys), put, owner=self)


def _count(desk: Desk) -> int:
    return len(lists.keys(desk, ListFilter(sort=Sort.ARRIVAL)))
