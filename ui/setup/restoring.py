"""The first start on a new computer, with a backup of the old one: the backup, the recovery code, a new PIN."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kelurahan_client.domain.entry_errors import WrongPin
from kelurahan_client.errors import Cancelled, FieldErrors, LaporError
from kelurahan_client.services import moving_in
from kelurahan_client.services.backups import Backup, BackupProgress
from kelurahan_client.services.officers import recovery_paper
from kelurahan_client.services.signing_in import code_was_kept
from kelurahan_client.store.officers_file import OfficersFile
from ui.figures import size
from ui.settings.files import choose_folder
from ui.setup.first_screen import stand_beside
from ui.setup.restore_form import RestoreForm
from ui.setup.side_panel import SidePanel
from ui.sign_in.code_view import CodeView
from ui.tasks import Asked, Running, Tasks, Worker
from ui.theme.theme import Theme
from ui.widgets.notices import Banner
from ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from kelurahan_client.services.desk import Desk

_FORM = 440  # pixels
_MARGIN = 32
_UNIT = 1024 * 1024

Recover = Callable[[str, str, str], "tuple[Desk, str]"]
"""Opens the data that lie there now, with the recovery code, for an officer and a new PIN; gives the next code."""

Work = Callable[[Callable[[BackupProgress], None], Asked], object]


class RestorePage(QWidget):
    """`opened` carries the Desk as soon as the restored data are open, `entered` when nothing is left to ask.

    `left`: back to the enrolment. `paper_wanted` carries the Paper of the new recovery code.
    """

    opened = Signal(object)
    entered = Signal()
    left = Signal()
    paper_wanted = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, desk: "Desk", recover: Recover) -> None:
        super().__init__()
        self._theme = theme
        self._tasks = tasks
        self._empty = desk
        self._desk: Desk | None = None
        self._recover = recover
        self._folder: Path | None = None
        self._running: Running | None = None
        self.choose: Callable[[QWidget, str, str], Path | None] = choose_folder
        self.side = SidePanel(theme)
        self.form = RestoreForm(theme)
        self.code_view = CodeView(theme)
        self.banner = Banner(theme)
        self.progress = ProgressLine(theme, self.tr("Memeriksa dan menyalin cadangan…"))
        self._stack = QStackedWidget()
        self._build()
        self.form.choose_button.clicked.connect(self._choose)
        self.form.given.connect(self._restore)
        self.form.back_button.clicked.connect(self.go_back)
        self.progress.cancelled.connect(self._cancel)
        self.code_view.kept.connect(self._code_kept)
        self.code_view.print_requested.connect(self._print)
        self.setAccessibleName(self.tr("Pulihkan dari cadangan"))
        self.form.choose_button.setFocus()

    def busy(self) -> bool:
        """Whether a backup is being looked at or put in place."""
        return self._running is not None

    def go_back(self) -> None:
        """Back to the enrolment; not once the data are here."""
        if self.busy():
            self._cancel()
        elif self._stack.currentWidget() is self.form:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._stack.currentWidget() is self.code_view:
                self.code_view.done_button.click()
            elif not self.busy():
                self.form.advance()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form has precedence over the cloth."""
        super().resizeEvent(event)
        self.side.leave_room(self.width(), self._theme.px(_FORM + 2 * _MARGIN))

    def _choose(self) -> None:
        folder = self.choose(self, self.tr("Pilih folder cadangan"), self.tr("Pilih"))
        if folder is not None:
            self._run(lambda _report, _stop: (folder, *moving_in.look(folder)), self._chosen)

    def _chosen(self, found: object) -> None:
        if isinstance(found, tuple):
            folder, backup, people = found
            if isinstance(backup, Backup) and isinstance(people, OfficersFile):
                self._folder = folder
                self.form.show_backup(backup, people)
                place = self.tr("Kec. {name} · Loket {desk}").format(name=people.district, desk=people.desk)
                self.side.set_place(self.tr("Kelurahan {name}").format(name=people.office), place)

    def _restore(self, code: str, officer_id: str, pin: str) -> None:
        folder = self._folder
        if folder is None:
            return

        def work(report: Callable[[BackupProgress], None], cancelled: Asked) -> "tuple[Desk, str]":
            moving_in.move_in(self._empty, folder, code, pin, report, cancelled)
            return self._recover(code, officer_id, pin)

        self._run(work, self._restored)

    def _restored(self, found: object) -> None:
        if isinstance(found, tuple):
            self._desk, code = found
            self.form.asked.clear()
            self.opened.emit(self._desk)
            self._stack.setCurrentWidget(self.code_view)
            self.code_view.show_code(code)

    def _run(
        self, work: Callable[[Callable[[BackupProgress], None], Asked], object], done: Callable[..., None]
    ) -> None:
        def ended(answer: object) -> None:
            self._set_running(None)
            done(answer)

        self.banner.hide()
        self.progress.set_busy()
        self._set_running(self._tasks.long(Worker.DATABASE, work, ended, self._failed, self, self._tell))

    def _tell(self, news: BackupProgress) -> None:
        remark = self.tr("{done} dari {total}").format(done=size(news.done), total=size(news.total))
        self.progress.set_progress(-(-news.done // _UNIT), -(-news.total // _UNIT), remark)

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _failed(self, error: LaporError) -> None:
        self._set_running(None)
        if isinstance(error, Cancelled):
            return
        if isinstance(error, FieldErrors) and "pin" in error.fields:
            self.form.asked.pin.show_error(error.fields["pin"])
        elif isinstance(error, WrongPin):
            self.form.asked.refuse_code(str(error))
        else:
            self.banner.show_error(error)

    def _set_running(self, running: Running | None) -> None:
        self._running = running
        self.progress.setVisible(running is not None)
        self._stack.setEnabled(running is None)

    def _code_kept(self) -> None:
        if self._desk is not None:
            work = partial(code_was_kept, self._desk)
            self._tasks.database(work, lambda _none: self.entered.emit(), failed=self._failed, owner=self)

    def _print(self, code: str) -> None:
        if self._desk is not None:
            work = partial(recovery_paper, self._desk, code)
            self._tasks.database(work, self.paper_wanted.emit, failed=self._failed, owner=self)

    def _build(self) -> None:
        theme = self._theme
        form = QWidget()
        form.setFixedWidth(theme.px(_FORM))
        column = QVBoxLayout(form)
        column.setContentsMargins(0, theme.px(_MARGIN), 0, theme.px(24))
        column.setSpacing(theme.px(12))
        column.addStretch(1)
        for view in (self.form, self.code_view):
            self._stack.addWidget(view)
        column.addWidget(self._stack)
        for part in (self.banner, self.progress):
            column.addWidget(part)
            part.hide()
        column.addStretch(2)
        stand_beside(self, self.side, form)
