"""The head of a page that is typed: which book, which page, how many lines, whether it is kept, and its commands."""

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kelurahan_client.services.book_pages import MAX_LINES
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.editors import LineEdit
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.wording import clock


class PageTitle(QWidget):
    """`changed`: the book, the page or the number of its lines was typed."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.book = self._field(theme, self.tr("Nama buku"), 120, longest=40)
        self.number = self._field(theme, self.tr("Nomor halaman"), 64, longest=12)
        self.in_book = self._field(theme, self.tr("Jumlah baris di buku"), 56, longest=3)
        self.in_book.setValidator(QIntValidator(0, MAX_LINES, self))
        self._kept = ElidedLabel("", TextRole.LABEL, Colour.TEXT_2)
        self.back_button = KeyButton(theme, self.tr("Halaman lain"), Icon.LEFT, kind=ButtonKind.QUIET)
        self.scan_button = KeyButton(theme, self.tr("Pindaian…"), Icon.IMAGE, key="Ctrl+O", binds=True)
        self.save_button = KeyButton(
            theme, self.tr("Simpan halaman"), Icon.SAVE, key="Ctrl+S", kind=ButtonKind.PRIMARY, binds=True
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(TextLabel(self.tr("Buku register"), TextRole.TITLE, bold=True))
        row.addSpacing(theme.px(8))
        for label, field in (
            ("", self.book),
            (self.tr("hal."), self.number),
            (self.tr("di buku"), self.in_book),
        ):
            if label:
                row.addWidget(TextLabel(label, TextRole.LABEL, Colour.TEXT_2))
            row.addWidget(field)
        row.addWidget(TextLabel(self.tr("baris"), TextRole.LABEL, Colour.TEXT_2))
        row.addWidget(self._kept, 1)
        row.addWidget(self.back_button)
        row.addWidget(self.scan_button)
        row.addWidget(self.save_button)
        self.setFixedHeight(theme.px(SIZES.button))

    def _field(self, theme: Theme, name: str, width: int, *, longest: int) -> LineEdit:
        field = LineEdit(theme, longest=longest)
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setFixedWidth(theme.px(width))
        field.textEdited.connect(lambda _text: self.changed.emit())
        return field

    def minimumSizeHint(self) -> QSize:
        """As wide as the page gives it."""
        return QSize(0, self.height())

    def show_page(self, book: str, number: str, in_book: int) -> None:
        """Show another page."""
        self.book.setText(book)
        self.number.setText(number)
        self.in_book.setText(str(in_book) if in_book else "")
        self._kept.setText("")

    def lines_in_book(self) -> int:
        """What the clerk counted, 0 where nothing is written."""
        text = self.in_book.text().strip()
        return int(text) if text.isdigit() else 0

    def show_kept(self, at: datetime) -> None:
        """The page is on the disk."""
        self._kept.setText(self.tr("Draf tersimpan {time}").format(time=clock(at)))

    def kept(self) -> str:
        """What is said about the draft."""
        return self._kept.text()
