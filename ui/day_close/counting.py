"""Counting the lines of the register book: one number a page, kept as it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.day_count import DayLine
from kelurahan_client.services.day_close import MOST_LINES
from ui.day_close.model import line_name
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import Colour
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.card import Card
from ui.widgets.editors import LineEdit
from ui.widgets.field import Field, FieldState
from ui.widgets.labels import TextLabel, hairline


class PageCount(LineEdit):
    """How many lines a page has; empty where nobody has counted. `settled` when the person leaves it with a number."""

    settled = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, self.tr("belum dihitung"), longest=3)
        self._kept = ""
        self.setAccessibleName(self.tr("Baris di buku, {page}").format(page=name))
        self.setValidator(QIntValidator(0, MOST_LINES, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(theme.px(132))
        self.editingFinished.connect(self._settle)

    def counted(self) -> int | None:
        """The number, None where nobody has counted."""
        return int(self.text()) if self.text() else None

    def show_counted(self, lines: int | None) -> None:
        """Show a number silently."""
        self._kept = "" if lines is None else str(lines)
        self.setText(self._kept)

    def _settle(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.settled.emit()


class CountingCard(Card):
    """The pages of the day with their counts, and a line for one more. `counted`: page, lines (None = taken away).

    `closed`: the person is done.
    """

    counted = Signal(str, object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("Baris di buku register"))
        self._theme = theme
        self.boxes: dict[str, PageCount] = {}
        self.done = KeyButton(theme, self.tr("Selesai menghitung"), Icon.CHECK, dense=True, kind=ButtonKind.PRIMARY)
        self.done.clicked.connect(self.closed)
        self.add_to_head(self.done)
        self.body.addWidget(
            TextLabel(
                self.tr("Hitung baris tanggal ini pada setiap halaman buku, juga yang belum diketik."),
                colour=Colour.TEXT_2,
                wrap=True,
            )
        )
        self._labels: dict[str, TextLabel] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.body.addLayout(self._rows)
        self.body.addSpacing(theme.px(4))
        self.body.addWidget(hairline())
        self.body.addSpacing(theme.px(4))
        self.page = LineEdit(theme, self.tr("misalnya 48"), longest=60)
        self._page_field = Field(theme, self.tr("Halaman lain"), self.page)
        self.lines = PageCount(theme, self.tr("halaman lain"))
        self.add = KeyButton(theme, self.tr("Tambah halaman"), Icon.ADD, dense=True)
        self.add.clicked.connect(self._add)
        self.page.returnPressed.connect(self.lines.setFocus)
        self.lines.returnPressed.connect(self._add)
        more = QHBoxLayout()
        more.setSpacing(theme.px(8))
        more.addWidget(self._page_field, 1)
        more.addWidget(Field(theme, self.tr("Baris di buku"), self.lines))
        self.body.addLayout(more)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addStretch(1)

    def show_lines(self, lines: Sequence[DayLine]) -> None:
        """The pages as they stand; a box in which somebody is typing keeps its place."""
        pages = [line for line in lines if line.page]
        for gone in set(self.boxes) - {line.page for line in pages}:
            row = self.boxes.pop(gone).parentWidget()
            self._labels.pop(gone)
            if row is not None:
                row.hide()
                row.deleteLater()
        for line in pages:
            if line.page not in self.boxes:
                self._add_row(line)
            box = self.boxes[line.page]
            self._labels[line.page].setText(self._label(line))
            if not box.hasFocus():
                box.show_counted(line.counted)

    def _add_row(self, line: DayLine) -> None:
        box = self.boxes[line.page] = PageCount(self._theme, line_name(line))
        box.settled.connect(lambda page=line.page: self._tell(page))
        label = self._labels[line.page] = TextLabel("")
        label.setBuddy(box)
        row = QWidget()
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(label, 1)
        inner.addWidget(box)
        self._rows.addWidget(row)
        last = list(self.boxes.values())[-2] if len(self.boxes) > 1 else self.done
        QWidget.setTabOrder(last, box)
        QWidget.setTabOrder(box, self.page)

    def take_focus(self) -> None:
        """To the first page that nobody has counted, else to the line for another."""
        waiting = [box for box in self.boxes.values() if box.counted() is None] or list(self.boxes.values())
        if waiting:
            waiting[0].setFocus()
            waiting[0].selectAll()
        else:
            self.page.setFocus()

    def _label(self, line: DayLine) -> str:
        return self.tr("{page}: {typed} diketik").format(page=line_name(line), typed=line.typed)

    def _tell(self, page: str) -> None:
        self.counted.emit(page, self.boxes[page].counted())

    def _add(self) -> None:
        name, lines = self.page.text().strip(), self.lines.counted()
        if not name:
            self._page_field.set_state(FieldState.ERROR, self.tr("Sebut halamannya."))
            self.page.setFocus()
            return
        self._page_field.clear_state()
        self.counted.emit(name, lines if lines is not None else 0)
        self.page.clear()
        self.lines.show_counted(None)
        self.page.setFocus()
