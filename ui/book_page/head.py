"""The head of a page that is typed: which book, which page, how many lines, whether it is kept, and its commands."""

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kelurahan_client.domain.typed_page import MAX_LINES
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.icon_button import IconButton
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.wording import clock

_NARROW = 1000  # design pixels; below, the fields have a line of their own


class PageTitle(QWidget):
    """`changed`: the book, the page or the number of its lines was typed."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.book = self._field(self.tr("Nama buku"), 116, longest=40)
        self.number = self._field(self.tr("Nomor halaman"), 60, longest=12)
        self.in_book = self._field(self.tr("Jumlah baris di buku"), 52, longest=3)
        self.in_book.setValidator(QIntValidator(0, MAX_LINES, self))
        self._kept = ElidedLabel("", TextRole.LABEL, Colour.TEXT_2)
        self._earlier = ElidedLabel("", TextRole.LABEL, Colour.AMBER_TEXT)
        self._earlier.hide()
        self.back_button = IconButton(theme, Icon.LEFT, self.tr("Halaman lain"), key="Esc")
        self.scan_button = KeyButton(theme, self.tr("Pindaian…"), Icon.IMAGE, key="Ctrl+O", binds=True)
        self.save_button = KeyButton(
            theme, self.tr("Simpan halaman"), Icon.SAVE, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True
        )
        self._fields = QWidget()
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for part in (
            self.book,
            TextLabel(self.tr("hal."), TextRole.LABEL, Colour.TEXT_2),
            self.number,
            TextLabel(self.tr("di buku"), TextRole.LABEL, Colour.TEXT_2),
            self.in_book,
            TextLabel(self.tr("baris"), TextRole.LABEL, Colour.TEXT_2),
        ):
            row.addWidget(part)
        row.addSpacing(theme.px(4))
        row.addWidget(self._kept, 1)
        row.addWidget(self._earlier, 1)
        row.addWidget(self.scan_button)
        self._lay_out()

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.setSpacing(self._theme.px(8))
        self._top.addWidget(self.back_button)
        self._top.addWidget(TextLabel(self.tr("Buku register"), TextRole.TITLE, bold=True))
        self._top.addStretch()
        self._top.addWidget(self.save_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._theme.px(8))
        self._column.addLayout(self._top)
        self._narrow = True
        self._column.addWidget(self._fields)

    def _field(self, name: str, width: int, *, longest: int) -> LineEdit:
        field = LineEdit(self._theme, longest=longest)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setFixedWidth(self._theme.px(width))
        field.textEdited.connect(lambda _text: self.changed.emit())
        return field

    def minimumSizeHint(self) -> QSize:
        """No wider than its two commands, whatever it has in its first line now."""
        lines = 2 if self._narrow else 1
        height = lines * self._theme.px(SIZES.button) + (lines - 1) * self._theme.px(8)
        return QSize(self._theme.px(480), height)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The fields stand beside the title where there is room."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._theme.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            if narrow:
                self._top.removeWidget(self._fields)
                self._column.addWidget(self._fields)
            else:
                self._column.removeWidget(self._fields)
                self._top.insertWidget(2, self._fields, 1)
            self.setFixedHeight(self.minimumSizeHint().height())

    def show_page(self, book: str, number: str, in_book: int) -> None:
        """Show another page."""
        self.book.setText(book)
        self.number.setText(number)
        self.in_book.setText(str(in_book) if in_book else "")
        self._kept.setText("")
        self.show_earlier("")

    def lines_in_book(self) -> int:
        """What the clerk counted, 0 where nothing is written."""
        text = self.in_book.text().strip()
        return int(text) if text.isdigit() else 0

    def show_kept(self, at: datetime) -> None:
        """The page is on the disk."""
        self._kept.setText(self.tr("Tersimpan {time}").format(time=clock(at)))

    def show_earlier(self, sentence: str) -> None:
        """Say that another page has this number; "" where none has."""
        self._earlier.setText(sentence)
        self._earlier.setVisible(bool(sentence))
        self._kept.setVisible(not sentence)
        state = "warning" if sentence else ""
        if self.number.property("state") != state:
            self.number.setProperty("state", state)
            self.number.style().unpolish(self.number)
            self.number.style().polish(self.number)

    def earlier(self) -> str:
        """What is said about another page of this number."""
        return self._earlier.text()

    def kept(self) -> str:
        """What is said about the draft."""
        return self._kept.text()
