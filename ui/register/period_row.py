"""The line that asks from which day to which day complaints were received."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.dates import read_date
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.labels import TextLabel
from ui.wording import short_date

_WIDTH = 150


class PeriodRow(QWidget):
    """Hidden while nothing is asked; `chosen` with the first and the last day, either may be None."""

    chosen = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._today = date.min
        self.first = LineEdit(theme, self.tr("dari, misalnya 1/7"), longest=40)
        self.first.setAccessibleName(self.tr("Diterima dari tanggal"))
        self.last = LineEdit(theme, self.tr("sampai"), longest=40)
        self.last.setAccessibleName(self.tr("Diterima sampai tanggal"))
        take = KeyButton(theme, self.tr("Terapkan"), Icon.CHECK)
        take.clicked.connect(self._take)
        leave = KeyButton(theme, self.tr("Batal"), key="Esc", kind=ButtonKind.QUIET)
        leave.clicked.connect(self.hide)
        self.wrong = TextLabel("", TextRole.CAPTION, Colour.RED_TEXT, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for box in (self.first, self.last):
            box.setFixedWidth(theme.px(_WIDTH))
            box.returnPressed.connect(self._take)
            row.addWidget(box)
        row.addWidget(take)
        row.addWidget(leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(row)
        column.addWidget(self.wrong)
        self.hide()

    def ask(self, first: date | None, last: date | None, today: date) -> None:
        """Ask, beginning with the days that are chosen now."""
        self._today = today
        for box, day in ((self.first, first), (self.last, last)):
            box.setText(short_date(day, today) if day is not None else "")
        self.wrong.hide()
        self.show()
        self.first.setFocus()
        self.first.selectAll()

    def leave(self) -> bool:
        """Esc; False where nothing was asked."""
        was_open = not self.isHidden()
        self.hide()
        return was_open

    def _take(self) -> None:
        days: list[date | None] = []
        for box in (self.first, self.last):
            text = box.text().strip()
            read = read_date(text, today=self._today) if text else None
            if read is not None and read.value is None:
                self._refuse(box, read.problem)
                return
            days.append(read.value if read is not None else None)
        first, last = days
        if first is None and last is None:
            self._refuse(self.first, self.tr("Tulis tanggal awal, tanggal akhir, atau keduanya."))
        elif first is not None and last is not None and last < first:
            self._refuse(self.last, self.tr("Tanggal akhir lebih dahulu daripada tanggal awal."))
        else:
            self.hide()
            self.chosen.emit(first, last)

    def _refuse(self, box: LineEdit, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.show()
        box.setFocus()
