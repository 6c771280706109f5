"""The right side of the preview: what is printed, on what, where to, and the commands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kelurahan_client.services.paper import Paper, PaperKind
from kelurahan_client.services.prints import Outlook
from kelurahan_client.services.receipts import SIZES as RECEIPT_SIZES
from ui.language import said
from ui.printing.words import copy_line, extent_line, size_name
from ui.theme.icons import Icon
from ui.theme.theme import Theme
from ui.theme.tokens import SIZES, Colour, TextRole, Tone
from ui.widgets.buttons import ButtonKind, KeyButton
from ui.widgets.choices import Option, SegmentedChoice
from ui.widgets.editors import Combo
from ui.widgets.field import Field
from ui.widgets.labels import Glyph, TextLabel, hairline
from ui.widgets.notices import Banner

_WIDTH = 340


class SidePanel(QFrame):
    """Its parts are connected by the dialog."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "bar")
        self.setFixedWidth(theme.px(_WIDTH))
        self.title = TextLabel("", TextRole.SECTION, bold=True, wrap=True)
        self.extent = TextLabel("", colour=Colour.TEXT_2)
        self.copies = TextLabel("", colour=Colour.TEXT_2, wrap=True)
        self.error = Banner(theme, closable=True)
        self.error.hide()
        self.sizes = SegmentedChoice(
            theme, self.tr("Ukuran kertas"), [Option(size, size_name(size)) for size in RECEIPT_SIZES]
        )
        self.size_field = Field(theme, self.tr("Ukuran kertas"), self.sizes)
        self.printer = Combo(theme)
        self.printer_field = Field(theme, self.tr("Pencetak"), self.printer)
        self.no_printer = Banner(
            theme,
            self.tr("Tidak ada pencetak."),
            self.tr("Pasang dahulu di pengaturan komputer, atau simpan sebagai PDF."),
            icon=Icon.PRINT,
            tone=Tone.AMBER,
        )
        self.no_printer.hide()
        self.print_button = KeyButton(
            theme, self.tr("Cetak"), Icon.PRINT, key="Ctrl+P", kind=ButtonKind.PRIMARY, binds=True
        )
        self.pdf_button = KeyButton(theme, self.tr("Simpan PDF…"), Icon.SAVE, key="Ctrl+S", binds=True)
        self.close_button = KeyButton(theme, self.tr("Tutup"), key="Esc")
        self._build()
        self.set_printers(None, "")

    def _build(self) -> None:
        px = self._theme.px
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(px(SIZES.gap_section), px(20), px(SIZES.gap_section), px(12))
        column.setSpacing(px(SIZES.gap_wide))
        head = QVBoxLayout()
        head.setSpacing(px(SIZES.gap_half))
        head.addWidget(self.title)
        head.addWidget(self.extent)
        column.addLayout(head)
        log = QHBoxLayout()
        log.setSpacing(px(SIZES.gap))
        log.addWidget(Glyph(self._theme, Icon.HISTORY, Colour.TEXT_2, SIZES.icon_small), 0, Qt.AlignmentFlag.AlignTop)
        log.addWidget(self.copies, 1)
        column.addLayout(log)
        column.addWidget(self.error)
        column.addWidget(self.size_field)
        column.addWidget(self.printer_field)
        column.addWidget(self.no_printer)
        note = TextLabel(
            self.tr("Berkas PDF tidak terkunci: siapa pun yang mendapatnya dapat membacanya."),
            TextRole.CAPTION,
            Colour.TEXT_2,
            wrap=True,
        )
        column.addStretch(1)
        column.addWidget(note)
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setWidget(top)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(room, 1)
        whole.addWidget(hairline())
        whole.addLayout(self._commands())

    def _commands(self) -> QVBoxLayout:
        px = self._theme.px
        column = QVBoxLayout()
        column.setContentsMargins(px(SIZES.gap_section), px(12), px(SIZES.gap_section), px(16))
        column.setSpacing(px(SIZES.gap))
        column.addWidget(self.pdf_button)
        row = QHBoxLayout()
        row.setSpacing(px(SIZES.gap))
        row.addWidget(self.print_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column.addLayout(row)
        return column

    def show_paper(self, paper: Paper) -> None:
        """Name the document; only receipts are offered in several sizes."""
        self.title.setText(said(paper.title))
        self.size_field.setVisible(paper.kind is PaperKind.RECEIPT)
        self.sizes.set_value(paper.size)

    def show_outlook(self, outlook: Outlook, pages: int, shown: int) -> None:
        """What would come out, and how much of it is shown."""
        self.extent.setText(extent_line(outlook.paper.size, pages, shown))
        self.copies.setText(copy_line(outlook))

    def set_printers(self, names: Sequence[str] | None, chosen: str) -> None:
        """Offer these, with the one that was used last; None while they are being looked for."""
        self.printer.clear()
        for name in names or ():
            self.printer.add(name, name)
        if names is None:
            self.printer.add("", self.tr("Mencari pencetak…"))
        self.printer.set_value(chosen if names and chosen in names else names[0] if names else "")
        self.printer.setEnabled(bool(names))
        self.printer_field.setVisible(names is None or bool(names))
        self.no_printer.setVisible(names is not None and not names)

    def set_ready(self, *, pages: bool, busy: bool) -> None:
        """Let the commands be used as far as there is something to use them on."""
        self.print_button.setEnabled(pages and not busy and bool(self.printer.value()))
        self.pdf_button.setEnabled(pages and not busy)
        for part in (self.sizes, self.printer):
            part.setEnabled(not busy and (part is not self.printer or bool(self.printer.value())))
