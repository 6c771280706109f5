"""What can be done with the complaint in the pane: each command asks what it must know, writes, and tells."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.complaint import Complaint, TimelineEntry
from kelurahan_client.errors import LaporError
from kelurahan_client.services.desk import Desk
from ui.frame.page import Notify
from ui.register.actions import Revealed, reveal, say
from ui.register.detail_view import DetailView
from ui.register.letters import Letter
from ui.register.questions import reveal_question
from ui.tasks import Tasks
from ui.widgets.notices import Banner

T = TypeVar("T")


class Shown(Protocol):
    """Where the commands find what they work on."""

    def complaint(self) -> Complaint | None:
        """The complaint in the pane, masked."""


class Writer(QObject):
    """Hands writes to the worker, in the order in which they are asked; the same one twice is a double click."""

    def __init__(self, tasks: Tasks, error: Banner) -> None:
        super().__init__()
        self._tasks = tasks
        self._error = error
        self._under_way: set[Hashable] = set()

    def under_way(self) -> frozenset[Hashable]:
        """What was asked and is not answered yet."""
        return frozenset(self._under_way)

    def run(
        self, what: Hashable, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[LaporError], None]
    ) -> None:
        """Run `work` in the database's thread; an error that was shown before is taken away.

        `what` tells this write from others: while one that equals it is under way, this one is dropped.
        """
        if what in self._under_way:
            return
        self._under_way.add(what)
        self._error.hide()

        def finish(result: T) -> None:
            self._under_way.discard(what)
            done(result)

        def fail(error: LaporError) -> None:
            self._under_way.discard(what)
            failed(error)

        self._tasks.database(work, finish, failed=fail, owner=self)


class Commands(QObject):
    """Connects the parts of the pane with the use cases.

    `written`: something of the complaint was written. `revealed`: who brought it, in clear (Revealed), None to
    hide it again. `said`: the follow-up was added, to the complaint with this id. `letter_wanted`: which letter, the
    complaint's id, the words for it.
    """

    written = Signal()
    revealed = Signal(object)
    said = Signal(str)
    letter_wanted = Signal(object, str, str)

    def __init__(self, writer: Writer, desk: Desk, view: DetailView, shown: Shown, notify: Notify) -> None:
        super().__init__()
        self._writer = writer
        self._desk = desk
        self._view = view
        self._shown = shown
        self._notify = notify
        view.facts.reveal_asked.connect(self._ask_reveal)
        view.facts.hide_asked.connect(partial(self.revealed.emit, None))
        view.foot.said.connect(self._follow_up)
        view.foot.letter_asked.connect(self._ask_letter)

    def _ask_reveal(self) -> None:
        if (complaint := self._shown.complaint()) is not None:
            self._view.ask(reveal_question(), lambda reason, _: self._reveal(complaint, reason))

    def _reveal(self, complaint: Complaint, reason: str) -> None:
        work = partial(reveal, self._desk, complaint.id, reason)
        self._writer.run(("reveal", complaint.id), work, self._show_identity, self._view.refuse_answer)

    def _show_identity(self, clear: Revealed) -> None:
        self._view.panel.dismiss()
        self.revealed.emit(clear)

    def _follow_up(self, text: str) -> None:
        if (complaint := self._shown.complaint()) is not None:
            work = partial(say, self._desk, complaint.id, text)
            said = partial(self._said, complaint.id)
            self._writer.run(("say", complaint.id, text), work, said, self._view.error.show_error)

    def _said(self, complaint_id: str, _entry: TimelineEntry) -> None:
        self.said.emit(complaint_id)
        self.written.emit()
        self._notify(self.tr("Tindak lanjut ditambahkan."), None)

    def _ask_letter(self, letter: Letter) -> None:
        complaint = self._shown.complaint()
        words = self._view.foot.words
        if complaint is None:
            return
        if letter is Letter.REPLY and not words.text().strip():
            title = self.tr("Jawaban masih kosong.")
            self._view.error.set_words(title, self.tr("Tulis jawabannya di kotak tindak lanjut, lalu buat suratnya."))
            self._view.error.show()
            words.setFocus()
            return
        self._view.error.hide()
        self.letter_wanted.emit(letter, complaint.id, words.text())
