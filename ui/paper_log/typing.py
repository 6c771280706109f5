"""Pages that are typed: beginning one, going on with one, putting one aside, and what is said when it is saved."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.typed_page import TypedPage
from kelurahan_client.errors import LaporError
from kelurahan_client.services import book_pages, importing
from kelurahan_client.services.book_pages import OpenPage, SavedPage
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.importing import Undone
from ui.book_page.work import PageWork
from ui.figures import number
from ui.frame.page import Notify
from ui.paper_log.files import ChooseScans
from ui.paper_log.start_view import StartView
from ui.tasks import Tasks


class Typing(QObject):
    """Leads from the list of pages to the workplace and back. `begun`: a page is to be shown; `ended`: the list is."""

    begun = Signal()
    ended = Signal()
    changed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        desk: Desk,
        start: StartView,
        work: PageWork,
        notify: Notify,
        choose_scans: ChooseScans,
    ) -> None:
        super().__init__(work)
        self._choose_scans = choose_scans
        self._tasks = tasks
        self._desk = desk
        self._start = start
        self._work = work
        self._at_work = False
        self._notify = notify
        start.type_button.clicked.connect(self.new)
        start.pages.opened.connect(self.open)
        start.pages.discarded.connect(self._discard)
        work.saved.connect(self._saved)
        work.changed.connect(self.changed)
        work.closed.connect(self.leave)
        work.scans_wanted.connect(self._ask_for_scans)

    def new(self) -> None:
        """Begin an empty page."""
        self._tasks.database(partial(book_pages.new_page, self._desk), self._begin, failed=self._failed, owner=self)

    def open(self, page_id: str) -> None:
        """Go on with a page."""
        self._tasks.database(
            partial(book_pages.open_page, self._desk, page_id), self._begin, failed=self._failed, owner=self
        )

    def refresh(self) -> None:
        """Show the pages in work."""
        self._tasks.database(
            partial(book_pages.pages_in_work, self._desk), self._show_pages, failed=self._failed, owner=self
        )

    def leave(self) -> None:
        """Back to the list; what was typed is kept."""
        self._at_work = False
        self._work.leave()
        self.ended.emit()

    def _ask_for_scans(self) -> None:
        if paths := self._choose_scans(self._work):
            self._work.take_scans(paths)

    def _begin(self, page: OpenPage | TypedPage) -> None:
        self._at_work = True
        self.begun.emit()
        self._work.begin(page)

    def _begin_next(self, page: OpenPage | TypedPage) -> None:
        """Go on after a saved page, unless the person has left meanwhile."""
        if self._at_work:
            self._begin(page)

    def _show_pages(self, pages: list[OpenPage]) -> None:
        self._start.pages.show_pages(pages, self._desk.today())
        self._start.keep_focus()

    def _discard(self, page_id: str) -> None:
        def told(_none: None) -> None:
            self.refresh()
            self._notify(self.tr("Halaman disingkirkan."), partial(self._restore, page_id))

        self._tasks.database(partial(book_pages.discard, self._desk, page_id), told, failed=self._failed, owner=self)

    def _restore(self, page_id: str) -> None:
        self._tasks.database(
            partial(book_pages.restore, self._desk, page_id),
            lambda _none: self.refresh(),
            failed=self._failed,
            owner=self,
        )

    def _saved(self, saved: SavedPage) -> None:
        """Say what became of a page, and begin the next one."""
        label = self.tr("Halaman {number}").format(number=saved.page.number)
        if saved.accepted:
            text = self.tr("{label}: {n} pengaduan tersimpan.").format(label=label, n=number(saved.accepted))
        else:
            text = self.tr("{label}: tidak ada yang baru.").format(label=label)
        if saved.duplicates:
            more = self.tr("{n} sudah ada dan dilewati.").format(n=number(saved.duplicates))
            text = f"{text} {more}"
        self._notify(text, partial(self._undo, saved) if saved.import_id else None)
        self.changed.emit()
        following = self._work.scan.state_of_next()
        self._tasks.database(
            partial(book_pages.next_page, self._desk, saved.page, following),
            self._begin_next,
            failed=self._failed,
            owner=self,
        )

    def _undo(self, saved: SavedPage) -> None:
        self._tasks.database(
            partial(importing.undo, self._desk, saved.import_id),
            partial(self._undone, saved.page.id),
            failed=self._failed,
            owner=self,
        )

    def _undone(self, page_id: str, undone: Undone) -> None:
        text = self.tr("{n} pengaduan ditarik kembali; halamannya bisa diketik lagi.")
        self._notify(text.format(n=number(undone.removed)), None)
        self.changed.emit()
        self.open(page_id)

    def _failed(self, error: LaporError) -> None:
        banner = self._work.banner if self._work.isVisible() else self._start.banner
        banner.show_error(error)
