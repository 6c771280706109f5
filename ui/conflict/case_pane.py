"""The right side of the page: one conflict in its context, its values side by side, and the decision."""

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.errors import FieldErrors, LaporError
from kelurahan_client.services.half_decided import HalfDecided
from ui.conflict.answer_card import AnswerCard
from ui.conflict.comparison import Comparison
from ui.conflict.context_card import ContextCard
from ui.conflict.decision_card import DecisionCard
from ui.conflict.model import CaseView
from ui.register.ask_panel import Answer, AskPanel
from ui.register.questions import reveal_question
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets.notices import Banner


class CasePane(QWidget):
    """Arranges the parts and keeps what is typed while the values around it change.

    `saved`: a HalfDecided to be kept. `undo_asked`: take the decision back. `opened`: show the complaint with this id.
    """

    saved = Signal(object)
    undo_asked = Signal()
    opened = Signal(str)
    reveal_asked = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__()
        self.view: CaseView | None = None
        self.context = ContextCard(theme, reference)
        self.news = Banner(theme, icon=Icon.INFO, tone=Tone.AMBER, closable=True)
        self.error = Banner(theme, closable=True)
        self.panel = AskPanel(theme)
        self.comparison = Comparison(theme)
        self.answer = AnswerCard(theme, reference)
        self.decision = DecisionCard(theme, reference)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for widget in (self.context, self.news, self.error, self.panel):
            column.addWidget(widget)
        column.addWidget(self.comparison, 1_000)  # all the room that it can use; the rest is empty below
        column.addWidget(self.answer)
        column.addWidget(self.decision)
        column.addStretch(1)
        self.news.hide()
        self.error.hide()
        self.comparison.taken.connect(self.answer.take)
        self.answer.saved.connect(self.saved)
        self.decision.undo_asked.connect(self.undo_asked)
        self.context.opened.connect(self._open)
        self.context.reveal_asked.connect(self.reveal_asked)

    def show_case(self, view: CaseView, draft: HalfDecided) -> None:
        """Another conflict comes in front, with what was half decided about it."""
        self.news.hide()
        self.error.hide()
        self.panel.dismiss()
        self._render(view)
        self.answer.show_case(view, draft)
        self._order_tabs()

    def renew(self, view: CaseView) -> None:
        """The same conflict as it stands now; what was typed stays, and what is new is said."""
        before, draft = self.view, self.draft()
        if before is not None and before.fingerprint == view.fingerprint:
            if view.case.hidden == before.case.hidden:
                self._render(view)
            return
        self.show_case(view, draft)
        new = [
            side for side in view.sides if before is not None and side.side not in {one.side for one in before.sides}
        ]
        if view.case.open:
            who = ", ".join(side.author for side in new)
            text = self.tr("Dari {who}. Lihat dahulu sebelum memutuskan.").format(who=who) if who else ""
            kept = self.tr("Yang Anda ketik tetap ada.") if draft else ""
            self._tell(self.tr("Ada isi lain yang baru datang."), f"{text} {kept}".strip())
        elif draft and (view.case.decision is None or not view.case.decision.waits):
            text = self.tr("Yang Anda ketik: “{text}”.").format(text=draft.value or draft.reason)
            self._tell(self.tr("Isian ini baru saja diputuskan di tempat lain."), text)

    def reveal(self, view: CaseView) -> None:
        """The same conflict with its values in clear."""
        draft = self.draft()
        taken = next((at for at, side in enumerate(view.sides) if side.side == draft.side), None)
        self.panel.dismiss()
        self._render(view)
        self.answer.show_case(view, draft)
        self._order_tabs()
        if taken is not None:
            self.answer.take(taken)

    def draft(self) -> HalfDecided:
        """What is half decided about the conflict in front."""
        return self.answer.draft() if self.view is not None and self.view.case.open else HalfDecided()

    def ask_reason(self, answer: Answer) -> None:
        """Before masked values are shown."""
        self.panel.ask(reveal_question(), answer)

    def refuse(self, error: LaporError) -> None:
        """The decision was not kept: say why beside it."""
        self.answer.refuse(error.fields if isinstance(error, FieldErrors) else {"value": str(error)})

    def has_focus_in_answer(self) -> bool:
        """Whether the cursor is where the decision is written."""
        return any(widget.hasFocus() for widget in (self.answer.editor, self.answer.reason, self.answer.save))

    def _render(self, view: CaseView) -> None:
        self.view = view
        case = view.case
        self.context.show_case(case)
        self.comparison.show_case(view)
        self.answer.setVisible(case.open)
        self.decision.setVisible(not case.open)
        if not case.open:
            self.decision.show_case(case)

    def _order_tabs(self) -> None:
        """From top to bottom, though cards and editor are made as they are needed."""
        values = [part for card in self.comparison.cards() for part in (card.text, card.take)]
        order = [self.context.open, self.context.reveal, *values, *self.answer.parts(), self.decision.undo]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _open(self) -> None:
        if self.view is not None:
            self.opened.emit(self.view.case.complaint.id)

    def _tell(self, title: str, text: str) -> None:
        self.news.set_words(title, text)
        self.news.show()
