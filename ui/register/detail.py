"""The pane at the right of the list: one complaint, its form, or the word that none is chosen."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import LaporError
from kelurahan_client.services import lists
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import Detail
from ui.frame.page import Notify
from ui.register.cells import Day
from ui.register.commands import Commands, Writer
from ui.register.detail_view import DetailView
from ui.register.edit_form import EditForm
from ui.register.editing import Editing
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.card import Card
from ui.widgets.notices import EmptyState


class DetailPane(Card):
    """`open` shows a complaint; `written` when something of it was written here; `decide_asked`: a conflict's id.

    A revealed identity is hidden again with the next complaint. What was half typed as a follow-up is kept for each.
    """

    written = Signal()
    decide_asked = Signal(str)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, notify: Notify) -> None:
        super().__init__(theme, padding=0)
        self.setAccessibleName(self.tr("Rincian pengaduan"))
        self._tasks = tasks
        self._desk = desk
        self._wanted = ""
        self._detail: Detail | None = None
        self._clear: Complaint | None = None
        self._unsaid: dict[str, str] = {}
        self._empty = EmptyState(
            theme, Icon.LIST, self.tr("Pilih satu pengaduan"), self.tr("Rinciannya tampak di sini.")
        )
        self.view = DetailView(theme, self._day())
        self.form = EditForm(theme, desk.reference)
        self._stack = QStackedWidget()
        for widget in (self._empty, self.view, self.form):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack)
        writer = Writer(tasks, self.view.error)
        self._commands = Commands(writer, desk, self.view, self, notify)
        self._editing = Editing(writer, desk, self.form, self, self.view.error, notify)
        self._commands.revealed.connect(self._set_identity)
        self._editing.edited.connect(self._edited)
        for done in (self._commands.written, self._editing.edited, self._editing.undone):
            done.connect(self._after_write)
        self.view.head.edit_asked.connect(self.start_edit)
        self.view.facts.decide_asked.connect(self.decide_asked)
        self.form.left.connect(self._leave_form)

    def complaint(self) -> Complaint | None:
        """The complaint in the pane, masked."""
        return self._detail.complaint if self._detail is not None else None

    def open_id(self) -> str:
        """The id of the complaint that is shown or asked for, "" if none."""
        return self._wanted

    def open(self, complaint_id: str) -> None:
        """Show a complaint; while an edit is unsaved, the form stays in front and says so."""
        if complaint_id != self._wanted:
            self._wanted = complaint_id
            if self.may_close():
                self.reload()

    def reload(self) -> None:
        """Ask again for what is shown."""
        if self._wanted:
            work = partial(lists.detail, self._desk, self._wanted)
            self._tasks.latest("register.detail", work, self._show, failed=self._cannot_show, owner=self)

    def start_edit(self) -> None:
        """Open the form."""
        if self._detail is not None:
            self.view.panel.dismiss()
            self.form.show_detail(self._detail, self._clear)
            self._stack.setCurrentWidget(self.form)

    def may_close(self) -> bool:
        """False while an edit is unsaved; the form then says so."""
        if self._stack.currentWidget() is not self.form or not self.form.changes():
            return True
        self.form.warn(self.tr("Perubahan belum disimpan."), self.tr("Simpan (Ctrl+S) atau Batal (Esc) dahulu."))
        return False

    def go_back(self) -> bool:
        """Esc: leave the form or the question; False where there is none."""
        if self._stack.currentWidget() is self.form:
            self._leave_form()
            return True
        if self.view.panel.asking():
            self.view.panel.dismiss()
            return True
        return False

    def _show(self, detail: Detail) -> None:
        complaint = detail.complaint
        before = self.complaint()
        if before is None or before.id != complaint.id:
            if before is not None:
                self._unsaid[before.id] = self.view.foot.words.text()
            self.view.foot.words.setText(self._unsaid.pop(complaint.id, ""))
            self._clear = None
            self.view.fresh()
        elif before.rev != complaint.rev:
            self._clear = None  # the centre may have sent another identity
        self._detail = detail
        self._render()
        if self._stack.currentWidget() is not self.form:
            self._stack.setCurrentWidget(self.view)

    def _render(self) -> None:
        if self._detail is not None:
            self.view.show_detail(self._detail, self._clear, self._day())

    def _cannot_show(self, error: LaporError) -> None:
        self._detail = self._clear = None
        self._wanted = ""
        self._empty.set_words(error.message, error.way_out)
        self._stack.setCurrentWidget(self._empty)

    def _set_identity(self, clear: Complaint | None) -> None:
        self._clear = clear
        self._render()

    def _edited(self, complaint: Complaint) -> None:
        if self._clear is not None:
            self._clear = complaint
        self._leave_form()

    def _after_write(self) -> None:
        self.reload()
        self.written.emit()

    def _leave_form(self) -> None:
        """Back to what is shown, or on to what was asked for meanwhile."""
        self._stack.setCurrentWidget(self.view)
        self.view.head.edit.setFocus()
        if self._detail is not None and self._detail.complaint.id != self._wanted:
            self.reload()

    def _day(self) -> Day:
        return Day.of(self._desk.today(), self._desk.reference)
