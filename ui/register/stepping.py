"""The steps of the complaint in the pane: each asks what it must know, is taken, and tells."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from kelurahan_client.domain.complaint import Complaint, Status
from kelurahan_client.domain.status import Step, steps_from
from kelurahan_client.errors import LaporError
from kelurahan_client.services.desk import Desk
from kelurahan_client.services.half_written import HalfWritten, Kind, Place
from ui.frame.page import Notify
from ui.register.actions import take_step
from ui.register.ask_panel import Memory, Question
from ui.register.commands import Shown, Writer
from ui.register.detail_view import DetailView
from ui.register.half_words import since_words
from ui.register.questions import step_done, step_question
from ui.register.shelf import Shelf
from ui.widgets.status_look import status_look


class Stepping(QObject):
    """`written`: a step was taken. What is typed for a step waits on the shelf until it is taken or thrown away."""

    written = Signal()

    def __init__(
        self, writer: Writer, desk: Desk, view: DetailView, shown: Shown, shelf: Shelf, notify: Notify
    ) -> None:
        super().__init__()
        self._writer = writer
        self._desk = desk
        self._view = view
        self._shown = shown
        self._shelf = shelf
        self._notify = notify
        view.foot.step_asked.connect(self.ask)

    def ask(self, step: Step) -> None:
        """Ask what the step must know, with what was written for it before, or take it at once."""
        complaint = self._shown.complaint()
        if complaint is None:
            return
        question = step_question(step, complaint, self._desk.reference)
        if question is None:
            self._take(complaint, step, "", "")
        else:
            memory = self._memory(Place(Kind.STEP, complaint.id, str(step.to)), question)
            self._view.ask(question, partial(self._take, complaint, step), memory)

    def resume(self, text: HalfWritten) -> None:
        """Go on with what was written for a step; where that is no step any more, the words go to the follow-up."""
        complaint = self._shown.complaint()
        if complaint is None or complaint.id != text.place.subject:
            return
        to = Status(text.place.part)
        step = next((one for one in self._view.foot.steps if one.to is to), None)
        if step is not None:
            self.ask(step)
        elif any(one.to is to for one in steps_from(complaint.status)):
            self._say_gone(to, self.tr("Drafnya tetap ada."))  # for who may take it, or for another day
        else:
            box = self._view.foot.words
            words = str(text.content.get("words", ""))
            box.setText("\n".join(part for part in (box.text().rstrip(), words) if part))
            box.setFocus()
            self._shelf.forget(text.place)
            self._say_gone(to, self.tr("Tulisannya dipindahkan ke kotak tindak lanjut."))

    def _say_gone(self, to: Status, text: str) -> None:
        title = self.tr("Langkah “{status}” tidak ditawarkan lagi.").format(status=status_look(to).word)
        self._view.error.set_words(title, text)
        self._view.error.show()

    def _memory(self, place: Place, question: Question) -> Memory:
        text = self._shelf.get(place)

        def keep(words: str, agency: str) -> None:
            begun = bool(words.strip()) or agency != question.agency
            self._shelf.keep(place, {"words": words, "agency": agency} if begun else {})

        return Memory(
            words=str(text.content.get("words", "")) if text else "",
            agency=str(text.content.get("agency", "")) if text else question.agency,
            since=since_words(text, self._desk.today()) if text else "",
            keep=keep,
            throw_away=partial(self._shelf.throw_away, place),
        )

    def _take(self, complaint: Complaint, step: Step, note: str, agency: str) -> None:
        work = partial(take_step, self._desk, complaint.id, step.to, note, agency)
        self._writer.run(("step", complaint.id), work, self._taken, self._refuse)

    def _taken(self, complaint: Complaint) -> None:
        self._shelf.forget(Place(Kind.STEP, complaint.id, str(complaint.status)))
        shown = self._shown.complaint()
        if shown is not None and shown.id == complaint.id:
            self._view.panel.dismiss()
        self.written.emit()
        self._notify(step_done(complaint, self._desk.reference), None)

    def _refuse(self, error: LaporError) -> None:
        self._view.refuse_answer(error)
