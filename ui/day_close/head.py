"""The head of Tutup hari: which day, the one that nobody has closed, and the way to the closed ones."""

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent

from kelurahan_client.services.day_close import DayView
from ui.day_close.model import day_words
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import PageHead
from ui.wording import day_date, short_date

_ROOMY = 760  # design pixels


class DayHead(PageHead):
    """`day_asked` carries a day that nobody has closed; `history` is connected by the page."""

    day_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self._theme = theme
        self._day: date | None = None
        self._remark_words = ""
        self.older = KeyButton(theme, "", Icon.CALENDAR)
        self.older.clicked.connect(lambda: self.day_asked.emit(self._day))
        self.history = KeyButton(theme, self.tr("Riwayat"), Icon.HISTORY, kind=ButtonKind.QUIET)
        self.add_command(self.older)
        self.add_command(self.history)
        self.older.hide()
        self._say()

    def show_view(self, view: DayView) -> None:
        """Name the day, and the last one that is still open."""
        self._remark_words = day_words(view)
        self._say()
        self._day = next(iter(view.unclosed), None)
        self.older.setVisible(self._day is not None)
        if self._day is not None:
            words = self.tr("{day} belum ditutup")
            self.older.set_text(words.format(day=short_date(self._day, view.today)))
            self.older.setAccessibleName(words.format(day=day_date(self._day)))

    def minimumSizeHint(self) -> QSize:
        """Narrower than its remark, which then goes."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the remark out where there is no room."""
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        roomy = self.width() >= self._theme.px(_ROOMY)
        self.set_title(self.tr("Tutup hari"), self._remark_words if roomy else "")
