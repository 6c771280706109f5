"""The pane at the right of the list: one complaint, its form, or the word that none is chosen."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import LaporError
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.lists import Detail
from ui.frame.page import Notify
from ui.language import said
from ui.register.actions import Opened, opened
from ui.register.attaching import Attaching
from ui.register.cells import Day
from ui.register.commands import Commands, Writer
from ui.register.detail_view import DetailView
from ui.register.edit_form import EditForm
from ui.register.editing import Editing
from ui.register.identity import Identity
from ui.register.letters import Letters
from ui.register.replying import Replying
from ui.register.resuming import Resuming
from ui.register.seen_by import SeenBy
from ui.register.shelf import Shelf
from ui.register.stepping import Stepping
from ui.register.unsaid import Unsaid
from ui.tasks import Tasks
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.card import Card
from ui.widgets.notices import EmptyState


class DetailPane(Card):
    """`open` shows a complaint; `written` when something of it was written here; `decide_asked`: a conflict's id.

    A revealed identity is hidden again with the next complaint, after a while, and when the page is left. What is half
    written waits on the shelf, for each complaint. `paper_wanted` carries a letter as a Paper.
    """

    written = Signal()
    decide_asked = Signal(str)
    paper_wanted = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, desk: Desk, notify: Notify) -> None:
        super().__init__(theme, padding=0)
        self.setAccessibleName(self.tr("Rincian pengaduan"))
        self._tasks = tasks
        self._desk = desk
        self._wanted = ""
        self._detail: Detail | None = None
        self.identity = Identity()
        self._empty = EmptyState(theme, Icon.LIST, "")
        self.view = DetailView(theme, Day.now(desk))
        self.form = EditForm(theme, desk.reference, desk.today)
        self._stack = QStackedWidget()
        for widget in (self._empty, self.view, self.form):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack)
        self.writer = Writer(tasks, self.view.error)
        self.shelf = Shelf(tasks, desk, notify, self)
        self._unsaid = Unsaid(self.shelf, desk, self.view.foot)
        self._commands = Commands(self.writer, desk, self.view, self, notify)
        self._stepping = Stepping(self.writer, desk, self.view, self, self.shelf, notify)
        self._editing = Editing(self.writer, desk, self.form, self.shelf, self.view.error, notify)
        self.attaching = Attaching(theme, tasks, desk, self.writer, self.view, self, notify)
        self.replying = Replying(theme, tasks, desk, self.view, self, self.shelf, notify)
        self._resuming = Resuming(desk, self.view, self, self.shelf, self.start_edit, self._stepping, self.replying)
        self.seen_by = SeenBy(theme, tasks, desk, self.view, self)
        self._letters = Letters(tasks, desk)
        self._letters.made.connect(self.paper_wanted)
        self._connect()
        self._show_none()

    def _connect(self) -> None:
        self._commands.letter_wanted.connect(partial(self._letters.write, self.view.error.show_error))
        self._commands.said.connect(self._unsaid.said)
        self._commands.revealed.connect(self.identity.set)
        self.identity.changed.connect(self._render)
        self._editing.edited.connect(self.identity.correct)
        self._editing.left.connect(self._leave_form)
        self._editing.outdated.connect(self.reload)
        written = (self._commands.written, self._stepping.written, self._editing.edited, self._editing.undone)
        for done in (*written, self.attaching.written):
            done.connect(self.reload)
            done.connect(self.written)
        self.view.head.edit_asked.connect(self.start_edit)
        self.view.facts.decide_asked.connect(self.decide_asked)

    def complaint(self) -> Complaint | None:
        """The complaint in the pane, masked."""
        return self._detail.complaint if self._detail is not None else None

    def open_id(self) -> str:
        """The id of the complaint that is shown or asked for, "" if none."""
        return self._wanted

    def open(self, complaint_id: str) -> None:
        """Show a complaint, none for ""; what is half written about the one before waits."""
        if complaint_id != self._wanted:
            self._wanted = complaint_id
            self.reload()
            if not complaint_id:
                self._show_none()

    def reload(self) -> None:
        """Ask again for what is shown."""
        self.shelf.before_asking()
        if self._wanted:
            work = partial(opened, self._desk, self._wanted)
            self._tasks.latest("register.detail", work, self._show, failed=self._cannot_show, owner=self)

    def start_edit(self) -> None:
        """Open the form."""
        if self._detail is not None:
            self.view.panel.dismiss()
            self._stack.setCurrentWidget(self.form)
            self._editing.begin(self._detail, self.identity.clear)

    def set_aside(self) -> None:
        """Somebody else sits down: what the one before has half written waits."""
        self._stack.setCurrentWidget(self.view if self._detail is not None else self._empty)
        self.view.panel.dismiss()
        self.view.replies.dismiss()
        self.reload()

    def go_back(self) -> bool:
        """Esc: leave the form or the question; False where there is none."""
        if self._stack.currentWidget() is self.form:
            self._editing.throw_away()
            return True
        return self.view.leave_question()

    def hideEvent(self, event: QHideEvent) -> None:
        """The page is left: identities are hidden, what is half written is on the disk."""
        super().hideEvent(event)
        self.identity.hide()
        self.shelf.flush()

    def _show(self, found: Opened) -> None:
        detail = found.detail
        complaint = detail.complaint
        if complaint.id != self._wanted:  # the pane was emptied meanwhile
            return
        before = self.complaint()
        another = before is None or before.id != complaint.id
        self.shelf.show(found.half)
        if another:
            self._unsaid.show(complaint.id)
            self.view.fresh()
        # Another revision may have another identity.
        self.identity.show(found, same=before is not None and (before.id, before.rev) == (complaint.id, complaint.rev))
        self._detail = detail
        self._render()
        self._resuming.show()
        self.attaching.show_files(found.files)
        if self._stack.currentWidget() is self.form and not another:
            self.form.renew(detail, self.identity.clear)
        else:
            self._stack.setCurrentWidget(self.view)

    def _render(self) -> None:
        if self._detail is not None:
            self.view.show_detail(self._detail, self.identity.clear, Day.now(self._desk), self.identity.others)

    def _cannot_show(self, error: LaporError) -> None:
        if self._stack.currentWidget() is self.form and self.form.changes():
            self.form.warn(said(error.message), self.tr("Salin tulisan Anda bila masih perlu."))
            return
        self._show_none(said(error.message), said(error.way_out))

    def _show_none(self, title: str = "", text: str = "") -> None:
        self._detail = None
        self.identity.forget()
        self._wanted = ""
        self._empty.set_words(
            title or self.tr("Pilih satu pengaduan"), text if title else self.tr("Rinciannya tampak di sini.")
        )
        self._stack.setCurrentWidget(self._empty)

    def _leave_form(self) -> None:
        """Back to the complaint, if nobody has left it for another meanwhile."""
        if self._stack.currentWidget() is self.form:
            self._stack.setCurrentWidget(self.view)
            self.view.head.edit.setFocus()
