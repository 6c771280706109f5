"""Counting the lines of the register book: one number a page, kept as it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSpinBox, QVBoxLayout

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
from ui.widgets.labels import TextLabel

_NOTHING = -1  # the spin box's word for "not counted"


class PageCount(QSpinBox):
    """How many lines a page has; "belum dihitung" below nought."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setRange(_NOTHING, MOST_LINES)
        self.setSpecialValueText(self.tr("belum dihitung"))
        self.setAccessibleName(self.tr("Baris di buku, {page}").format(page=name))
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def counted(self) -> int | None:
        """The number, None where nobody has counted."""
        return None if self.value() == _NOTHING else self.value()

    def show_counted(self, lines: int | None) -> None:
        """Show a number silently."""
        self.blockSignals(True)
        self.setValue(_NOTHING if lines is None else lines)
        self.blockSignals(False)


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
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.px(16))
        self._form.setVerticalSpacing(theme.px(8))
        self.body.addLayout(self._form)
        self.page = LineEdit(theme, self.tr("47"), longest=60)
        self._page_field = Field(theme, self.tr("Halaman lain"), self.page)
        self.lines = PageCount(self.tr("halaman lain"))
        self.add = KeyButton(theme, self.tr("Tambah halaman"), Icon.ADD, dense=True)
        self.add.clicked.connect(self._add)
        self.page.returnPressed.connect(self.lines.setFocus)
        more = QHBoxLayout()
        more.setSpacing(theme.px(8))
        more.addWidget(self._page_field, 1)
        column = QVBoxLayout()
        column.addWidget(Field(theme, self.tr("Baris"), self.lines))
        more.addLayout(column)
        more.addWidget(self.add, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(more)
        self.body.addStretch(1)

    def show_lines(self, lines: Sequence[DayLine]) -> None:
        """The pages as they stand; a box in which somebody is typing keeps its place."""
        pages = [line for line in lines if line.page]
        for gone in set(self.boxes) - {line.page for line in pages}:
            self._form.removeRow(self.boxes.pop(gone))
        for line in pages:
            box = self.boxes.get(line.page)
            if box is None:
                box = self.boxes[line.page] = PageCount(line_name(line))
                box.valueChanged.connect(lambda _value, page=line.page: self._tell(page))
                self._form.addRow(TextLabel(self._label(line)), box)
            else:
                label = self._form.labelForField(box)
                if isinstance(label, TextLabel):
                    label.setText(self._label(line))
            if not box.hasFocus():
                box.show_counted(line.counted)

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
