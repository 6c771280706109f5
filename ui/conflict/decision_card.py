"""What was decided, and the way back while the centre has not answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from kelurahan_client.domain.reference import ReferenceData
from kelurahan_client.services.conflicts import Case
from ui.conflict.words import decision_author, decision_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import KeyButton
from ui.widgets.card import Card
from ui.widgets.labels import Glyph, TextLabel


class DecisionCard(Card):
    """`undo_asked`: take the decision back."""

    undo_asked = Signal()

    def __init__(self, theme: Theme, reference: ReferenceData) -> None:
        super().__init__(theme, padding=16)
        self._reference = reference
        self._title = TextLabel("", bold=True, wrap=True)
        self._reason = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self._state = TextLabel("", TextRole.CAPTION, Colour.TEXT_2, wrap=True)
        self._glyph = Glyph(theme, Icon.UNSENT, Colour.TEXT_2, SIZES.icon_small)
        self.undo = KeyButton(theme, self.tr("Urungkan keputusan"), Icon.UNDO)
        self.undo.clicked.connect(self.undo_asked)
        self.body.addWidget(self._title)
        self.body.addWidget(self._reason)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._glyph)
        row.addWidget(self._state, 1)
        row.addWidget(self.undo)
        self.body.addLayout(row)

    def show_case(self, case: Case) -> None:
        """Show the decision of a conflict that is open no longer."""
        decision = case.decision
        if decision is None:
            self._title.setText(self.tr("Perbedaan ini tidak lagi menunggu keputusan."))
            self._reason.hide()
            self._say(Icon.INFO, Colour.TEXT_2, self.tr("Server kota sudah menutupnya."))
            self.undo.hide()
            return
        words = decision_words(decision, case.field, self._reference)
        self._title.setText(self.tr("Diputuskan {words} oleh {who}").format(words=words, who=decision_author(decision)))
        self._reason.setText(self.tr("Alasan: {reason}").format(reason=decision.reason))
        self._reason.setVisible(bool(decision.reason))
        self.undo.setVisible(decision.waits)
        self.undo.setEnabled(True)
        if decision.waits:
            words = self.tr("Belum dijawab server kota, jadi masih dapat diurungkan.")
            self._say(Icon.UNSENT, Colour.TEXT_2, words)
        else:
            words = self.tr("Ditandatangani server kota. Keliru? Ubah isiannya pada pengaduannya.")
            self._say(Icon.SIGNED, Colour.GREEN, words)

    def _say(self, icon: Icon, colour: Colour, words: str) -> None:
        self._glyph.set(icon, colour)
        self._state.setText(words)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(f"{self._reason.text()} {words}".strip())
