"""The recap: a small picture of the sheet, whom it is for, and what stands in its way."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.services.day_close import DayView
from ui.day_close.model import recap_words
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.card import Card
from ui.widgets.labels import TextLabel

_SHEET = (84, 112)


class _Sheet(QWidget):
    """A page with lines of text and a signature."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(theme.px(_SHEET[0]), theme.px(_SHEET[1]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme, painter = self._theme, QPainter(self)
        painter.setPen(theme.colour(Colour.LINE_MID))
        painter.setBrush(theme.colour(Colour.SURFACE))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y, width, height, colour in (
            (20, 9, 44, 4, Colour.TEXT),
            (27, 16, 30, 3, Colour.LINE_STRONG),
            *((9, 26 + 8 * at, 66 - 5 * (at % 3), 3, Colour.LINE_MID) for at in range(6)),
            (46, 92, 30, 1, Colour.TEXT),
            (50, 97, 22, 3, Colour.LINE_STRONG),
        ):
            painter.fillRect(
                QRectF(theme.px(x), theme.px(y), theme.px(width), max(1, theme.px(height))), theme.colour(colour)
            )


class RecapCard(Card):
    """What the recap is for; `say_how` tells what can be done without a network."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, padding=16)
        self.setAccessibleName(self.tr("Rekap harian"))
        self._words = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self._hint = TextLabel(
            self.tr(
                "Tidak ada jaringan sampai sore? Kirim lewat USB, atau tutup dengan sisa: sisanya tertulis di rekap."
            ),
            colour=Colour.TEXT_2,
            wrap=True,
        )
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addWidget(_Sheet(theme), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(TextLabel(self.tr("Rekap harian"), bold=True))
        words.addWidget(self._words)
        words.addStretch(1)
        words.addWidget(self._hint)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def show_view(self, view: DayView) -> None:
        """Say how it stands."""
        self._words.setText(recap_words(view))
        self._hint.setVisible(view.closing is None and bool(view.count.waiting))

    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def minimumSizeHint(self) -> QSize:
        """As wide as the sheet and some words."""
        return QSize(0, super().minimumSizeHint().height())
