"""A question as a line of the page: whether to close with something left over, why a day is to be opened again."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.labels import Glyph, TextLabel


class AskBar(QFrame):
    """Hidden until it asks. `closed` when it was answered or left; the cursor is to go back to the page."""

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "amber")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._answer: Callable[[str], None] | None = None
        self._words = TextLabel("", wrap=True)
        self.reason = LineEdit(theme, self.tr("Alasan, misalnya: warga datang sesudah ditutup"))
        self.reason.setAccessibleName(self.tr("Alasan"))
        self.reason.returnPressed.connect(self._confirm)
        self.yes = KeyButton(theme, "", kind=ButtonKind.PRIMARY, dense=True)
        self.no = KeyButton(theme, self.tr("Tidak jadi"), key="Esc", dense=True)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(SIZES.page_x), theme.px(8), theme.px(SIZES.page_x), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(Glyph(theme, Icon.WARNING, Colour.AMBER))
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(self._words)
        words.addWidget(self.reason)
        row.addLayout(words, 1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        self.hide()

    def ask(self, question: str, confirm: str, answer: Callable[[str], None], *, reason: bool) -> None:
        """Ask; `answer` gets the reason, "" where none is wanted. The cursor goes to the harmless answer."""
        self._answer = answer
        self._words.setText(question)
        self.setAccessibleName(question)
        self.yes.set_text(confirm)
        self.reason.setVisible(reason)
        self.reason.clear()
        self.show()
        (self.reason if reason else self.no).setFocus()

    def asking(self) -> bool:
        """Whether a question is open."""
        return self._answer is not None

    def hasHeightForWidth(self) -> bool:
        """No: else the whole page would grow with it, and the foot would leave the window."""
        return False

    def sizeHint(self) -> QSize:
        """As high as the words need at this width."""
        layout = self.layout()
        hint = super().sizeHint()
        if layout is None or not layout.hasHeightForWidth() or not self.width():
            return hint
        return QSize(hint.width(), layout.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other width, other height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def dismiss(self) -> None:
        """Take the question away."""
        self._answer = None
        self.hide()
        self.closed.emit()

    def _confirm(self) -> None:
        answer = self._answer
        if answer is None:
            return
        if self.reason.isVisibleTo(self) and not self.reason.text().strip():
            self.reason.setFocus()
            return
        words = self.reason.text().strip()
        self._answer = None
        self.hide()
        answer(words)
