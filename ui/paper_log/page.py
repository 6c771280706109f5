"""The page *Buku register*: pages that are typed, earlier imports, and the wizard for a new one."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from kelurahan_client.errors import LaporError
from kelurahan_client.services import importing
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.importing import Undone
from kelurahan_client.services.lists import ListFilter
from ui.book_page.work import PageWork
from ui.figures import number
from ui.frame.page import Navigate, Notify, Page
from ui.paper_log.drop_area import FileDrop
from ui.paper_log.files import ChooseFile, ChooseTarget, choose_book, choose_scans, choose_target
from ui.paper_log.flow import ImportFlow
from ui.paper_log.start_view import StartView
from ui.paper_log.step_stack import StepStack
from ui.paper_log.typing import Typing
from ui.paper_log.wizard import ImportWizard
from ui.tasks import Tasks
from ui.theme.theme import Theme


class PaperLogPage(Page):
    """Shows what was imported, takes a book by button or by drop, and leads it through the wizard.

    `navigate` brings another page to the front (`MainWindow.show_page`), `notify` says a line at the bottom. `changed`
    is emitted when complaints were written or taken back.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        tasks: Tasks,
        desk: Desk,
        navigate: Navigate,
        notify: Notify,
        choose_file: ChooseFile = choose_book,
        choose_target: ChooseTarget = choose_target,
    ) -> None:
        super().__init__()
        self._tasks = tasks
        self._desk = desk
        self._navigate = navigate
        self._notify = notify
        self._choose_file = choose_file
        self.start = StartView(theme)
        self.wizard = ImportWizard(theme)
        self.flow = ImportFlow(desk, tasks, self.wizard, choose_target, notify)
        self.work = PageWork(theme, tasks, desk)
        self.typing = Typing(tasks, desk, self.start, self.work, notify, choose_scans)
        self._views = StepStack(self.start, self.wizard, self.work)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._views)
        self._drop = FileDrop(self, self._welcome)
        self._connect()

    def _connect(self) -> None:
        for place in (self.start.drop_area, self.wizard.drop_area):
            place.file_wanted.connect(self._ask_for_file)
            self._drop.hovering.connect(place.set_over)
        for bar in (self.start.undo_bar, self.wizard.result_step.undo_bar):
            bar.confirmed.connect(self._undo)
        self._drop.dropped.connect(self._take_dropped)
        self.typing.begun.connect(lambda: self._views.setCurrentWidget(self.work))
        self.typing.ended.connect(self._show_start)
        self.typing.changed.connect(self.changed)
        self.flow.closed.connect(self._show_start)
        self.flow.writing.imported.connect(self.changed)
        self.wizard.undo_wanted.connect(self._ask_undo)
        self.wizard.see_wanted.connect(self._see_imported)

    def activate(self, *_args: Any, **_arguments: Any) -> None:
        """The page was brought to the front; a wizard that was left half-way is still there."""
        if self._views.currentWidget() is self.start:
            self._show_start()

    def reload(self, kinds: frozenset[str]) -> None:
        """Complaints came or went: a line that is typed may be here already."""
        if "complaint" in kinds and self._views.currentWidget() is self.work:
            self.work.keeper.look()

    def go_back(self) -> bool:
        """Esc: the question goes, else one step back in the wizard."""
        for bar in (self.start.undo_bar, self.wizard.result_step.undo_bar):
            if bar.isVisible():
                bar.dismiss()
                return True
        if self._views.currentWidget() is self.start:
            return False
        if self._views.currentWidget() is self.work:
            self.typing.leave()
        else:
            self.flow.back()
        return True

    def may_close(self) -> bool:
        """Not while rows are being written: stop it first, or wait; either way nothing is half-written."""
        self.work.leave()
        if self.flow.is_writing:
            self._notify(self.tr("Impor masih berjalan. Tunggu sampai selesai, atau tekan Batalkan."))
        return not self.flow.is_writing

    def open_file(self, path: Path) -> None:
        """Lead a book through the wizard."""
        self._views.setCurrentWidget(self.wizard)
        self.flow.begin(path)

    def _welcome(self) -> bool:
        return self._views.currentWidget() in (self.start, self.work) or self.flow.takes_files

    def _take_dropped(self, path: Path) -> None:
        """A file on a page that is typed is its scan, anywhere else a book."""
        if self._views.currentWidget() is self.work:
            self.work.take_scans([path])
        else:
            self.open_file(path)

    def _ask_for_file(self) -> None:
        path = self._choose_file(self)
        if path is not None:
            self.open_file(path)

    def _show_start(self) -> None:
        self._views.setCurrentWidget(self.start)
        self.start.take_focus()
        self.typing.refresh()
        self._tasks.database(
            lambda: importing.history(self._desk),
            lambda batches: self.start.show_history(batches, self._desk.today()),
            failed=self.start.banner.show_error,
            owner=self,
        )

    def _ask_undo(self) -> None:
        trial, outcome = self.flow.writing.trial, self.flow.writing.outcome
        if trial is not None and outcome is not None:
            self.wizard.result_step.undo_bar.ask(outcome.import_id, trial.plan.path.name, outcome.accepted)

    def _undo(self, import_id: str) -> None:
        self._tasks.database(
            lambda: importing.undo(self._desk, import_id), self._undone, failed=self._not_undone, owner=self
        )

    def _undone(self, undone: Undone) -> None:
        text = self.tr("{n} pengaduan ditarik kembali.").format(n=number(undone.removed))
        if undone.kept:
            kept = self.tr("{n} tetap ada karena sudah dikerjakan.").format(n=number(undone.kept))
            text = f"{text} {kept}"
        self._notify(text)
        self._show_start()
        self.changed.emit()

    def _not_undone(self, error: LaporError) -> None:
        self._show_start()
        self.start.banner.show_error(error)

    def _see_imported(self) -> None:
        outcome = self.flow.writing.outcome
        if outcome is not None:
            self._navigate("register", list_filter=ListFilter(import_id=outcome.import_id))
