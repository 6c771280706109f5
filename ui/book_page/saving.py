"""*Simpan halaman*: what it does, and what is said when wrong lines stand in the way."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.page_reading import PAGE_FIELDS
from kelurahan_client.errors import LaporError
from kelurahan_client.services import book_pages
from kelurahan_client.services.book_pages import SavedPage
from kelurahan_client.services.desk import Desk
from ui.tasks import Tasks

if TYPE_CHECKING:
    from ui.book_page.work import PageWork


class PageSaving(QObject):
    """`whole` carries a SavedPage when all lines are complaints, `partly` when some are and wrong ones remain."""

    whole = Signal(object)
    partly = Signal(object)

    def __init__(self, tasks: Tasks, desk: Desk, work: "PageWork") -> None:
        super().__init__(work)
        self._tasks = tasks
        self._desk = desk
        self._work = work
        self._running = False
        work.title.save_button.clicked.connect(partial(self.save, leave_wrong=False))
        work.wrong_bar.go_wanted.connect(self.go_to_wrong)
        work.wrong_bar.leave_wanted.connect(partial(self.save, leave_wrong=True))

    def save(self, *, leave_wrong: bool = False) -> None:
        """Make complaints of the lines."""
        work = self._work
        work.grid.delegate.finish()
        if self._running or not work.model.lines():
            return
        self._running = True
        work.keeper.stop()
        work.setEnabled(False)  # what was typed now would belong to no page
        work.banner.hide()
        work.wrong_bar.hide()
        self._tasks.database(
            partial(book_pages.register_page, self._desk, work.page(), leave_wrong=leave_wrong),
            self._saved,
            failed=self._not_saved,
            owner=self,
        )

    def go_to_wrong(self) -> None:
        """Bring the clerk to the first wrong cell behind the one where they are, or else to the first."""
        grid, looked = self._work.grid, self._work.model.marks.looked
        if looked is None or not looked.wrong:
            return
        here = grid.place()[0]
        row = next((at for at in looked.wrong if at > here), looked.wrong[0])
        self._go(row)

    def _go(self, row: int) -> None:
        grid, looked = self._work.grid, self._work.model.marks.looked
        problems = looked.lines[row].problems if looked is not None else ()
        grid.go_to(row, PAGE_FIELDS.index(problems[0].field) if problems else 0)
        grid.setFocus()

    def _saved(self, saved: SavedPage) -> None:
        self._running = False
        work = self._work
        work.setEnabled(True)
        if saved.whole:
            self.whole.emit(saved)
            return
        if saved.import_id:
            work.model.load(saved.page.lines, saved.page.in_book)
            self.partly.emit(saved)
        work.show_looked(saved.looked)
        work.wrong_bar.ask(len(saved.looked.wrong), len(saved.looked.new()) if not saved.import_id else 0)
        self._go(saved.looked.wrong[0])
        work.model.set_current(-1)  # what is not filled is wrong now
        work.show_problem()
        work.keeper.look()

    def _not_saved(self, error: LaporError) -> None:
        self._running = False
        self._work.setEnabled(True)
        self._work.grid.setFocus()
        self._work.banner.show_error(error)
        if not self._work.title.number.text().strip():
            self._work.title.number.setFocus()
        self._work.keeper.touch()
