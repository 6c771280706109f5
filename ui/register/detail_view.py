"""One complaint in the pane: head, what the centre refused, facts, story, and what to do next."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kelurahan_client.domain.complaint import Complaint
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services.half_written import HalfWritten
from kelurahan_client.services.lists import Detail
from kelurahan_client.services.reply_templates import OwnReply
from kelurahan_client.store.further_reporters import FurtherReporter
from ui.register.ask_panel import Answer, AskPanel, Memory, Question
from ui.register.cells import Day
from ui.register.detail_head import DetailHead
from ui.register.facts import Facts
from ui.register.foot import Foot
from ui.register.letters import letters_of
from ui.register.reply_panel import ReplyPanel
from ui.register.story import story
from ui.register.story_box import StoryBox
from ui.register.waiting_strip import WaitingStrip
from ui.theme.theme import Theme
from ui.widgets.labels import hairline
from ui.widgets.notices import Banner

_ROOMY = 700  # design pixels of height from which the statement shows three lines, and a follow-up five


class DetailView(QWidget):
    """Arranges the parts; a question takes the place of the foot while it is open.

    `dropped`: paths of files. `question_left`: the foot is back.
    """

    dropped = Signal(object)
    question_left = Signal()

    def __init__(self, theme: Theme, day: Day) -> None:
        super().__init__()
        self._theme = theme
        self._reference = day.reference
        self.head = DetailHead(theme)
        self.refused = Banner(theme)
        self.error = Banner(theme, closable=True)
        self.waiting = WaitingStrip(theme)
        self.facts = Facts(theme, day.reference)
        self.story = StoryBox(theme)
        self.timeline = self.story.timeline
        self.foot = Foot(theme)
        self.panel = AskPanel(theme)
        self.replies = ReplyPanel(theme)
        for banner in (self.refused, self.error):
            banner.hide()
        self.panel.closed.connect(self._question_closed)
        self.replies.closed.connect(partial(self._question_closed, True))
        self.setAcceptDrops(True)
        self._build()

    def show_detail(
        self, detail: Detail, clear: Complaint | None, day: Day, others: Sequence[FurtherReporter] = ()
    ) -> None:
        """Show a complaint, with the identity of `clear` where it was revealed, and who brought it too."""
        self.head.show_detail(detail, day)
        self.facts.show_detail(detail, clear, day.today, others)
        self.timeline.set_steps(story(detail, day.today, self._reference))
        self.foot.show_steps(detail.steps, detail.steps_for)
        self.foot.show_letters(letters_of(detail.complaint))
        self.refused.set_words(self.tr("Ditolak server kota."), " ".join(dict.fromkeys(detail.problems)))
        self.refused.setVisible(bool(detail.problems))

    def fresh(self) -> None:
        """Another complaint comes: fold, close the question, forget old errors."""
        self.facts.fold()
        self.error.hide()
        self.panel.dismiss()

    def show_waiting(self, texts: Sequence[HalfWritten], today: date) -> None:
        """What waits half written about the complaint; while something is asked, it gives its room to the question."""
        self.waiting.show_texts([] if self.foot.isHidden() else texts, today)

    def ask(self, question: Question, answer: Answer, memory: Memory | None = None) -> None:
        """Ask something where the foot was; Esc or the answer brings the foot back."""
        self.replies.dismiss()
        self._make_room()
        self.panel.ask(question, answer, memory)

    def refuse_answer(self, error: LaporError) -> None:
        """What was answered cannot be done: say so beside the answer, or above where the question is gone."""
        if self.panel.asking():
            in_agency = isinstance(error, FieldErrors) and "agency" in error.fields
            self.panel.refuse(str(error), agency=in_agency)
        else:
            self.error.show_error(error)

    def write_reply(self, reply: OwnReply, begun: OwnReply, since: str, *, new: bool) -> None:
        """Write a text to answer with where the foot was, with what was `begun` of it `since` before."""
        self.panel.dismiss()
        self._make_room()
        self.replies.write(reply, begun, since, new=new)

    def leave_question(self) -> bool:
        """Esc: bring the foot back; False where it is there."""
        open_ = self.panel.asking() or self.replies.writing()
        self.panel.leave()
        self.replies.leave()
        return open_

    def _make_room(self) -> None:
        self.facts.fold()
        self.facts.set_brief(True)
        self.waiting.hide()
        self.story.give_way(everything=True)
        self.foot.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More of the statement and of what is written where the window is high."""
        super().resizeEvent(event)
        roomy = self.height() >= self._theme.px(_ROOMY)
        self.facts.set_roomy(roomy)
        self.foot.words.set_roomy(roomy)

    def event(self, event: QEvent) -> bool:
        """A message of several lines takes no room from what stands below it."""
        handled = super().event(event)
        layout = self.layout()
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize} and layout is not None:
            self.setMinimumHeight(max(0, layout.totalMinimumHeightForWidth(self.width())))
        return handled

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Files were dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _question_closed(self, had_focus: bool) -> None:
        self.story.give_way(everything=False)
        self.facts.set_brief(False)
        self.foot.show()
        self.question_left.emit()
        if had_focus:
            self.foot.words.setFocus()

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        notices = QVBoxLayout()
        notices.setContentsMargins(px(16), 0, px(16), 0)
        notices.setSpacing(px(8))
        for banner in (self.refused, self.error):
            notices.addWidget(banner)
        column.addLayout(notices)
        column.addWidget(self.waiting)
        column.addWidget(hairline())
        column.addWidget(self.facts)
        column.addWidget(hairline())
        column.addWidget(self.story, 1)
        column.addWidget(self.foot)
        column.addWidget(self.panel)
        column.addWidget(self.replies)
