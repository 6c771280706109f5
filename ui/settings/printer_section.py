"""On what a receipt is printed, and by which printer each kind of document."""

from functools import partial

from kelurahan_client.services import prints
from kelurahan_client.services.paper import PaperSize
from ui.settings.printers_card import PrintersCard
from ui.settings.section import Remark, Room, Section
from ui.theme.icons import Icon
from ui.widgets.card import Card
from ui.widgets.choices import Option, SegmentedChoice
from ui.widgets.field import Field


class PrinterSection(Section):
    """The receipt's size, and the printers that were chosen where something was printed."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, self.tr("Pencetak"))
        theme = room.theme
        options = [
            Option(PaperSize.A5.value, self.tr("Kertas A5")),
            Option(PaperSize.A4.value, self.tr("Kertas A4")),
            Option(PaperSize.ROLL_80.value, self.tr("Gulungan 80 mm")),
        ]
        self.choice = SegmentedChoice(theme, self.tr("Ukuran tanda terima"), options)
        self.choice.chosen.connect(self._choose)
        card = Card(theme)
        card.body.addWidget(
            Field(
                theme,
                self.tr("Ukuran tanda terima"),
                self.choice,
                help_text=self.tr("Gulungan 80 mm untuk pencetak struk; panjangnya mengikuti isinya."),
            )
        )
        card.body.addWidget(
            Remark(
                theme,
                self.tr(
                    "Pencetak dipilih ketika mencetak (Ctrl+P) dan diingat untuk setiap jenis lembar. "
                    "Tanpa pencetak pun tanda terima dapat disimpan sebagai PDF."
                ),
                Icon.PRINT,
            )
        )
        self.column.addWidget(card)
        self.printers = PrintersCard(room)
        self.column.addWidget(self.printers)
        self.column.addStretch(1)

    def activate(self) -> None:
        """Ask what is set."""
        self.printers.activate()
        desk = self.room.desk
        self.room.tasks.latest("settings.printer", partial(prints.receipt_size, desk), self._show, owner=self)

    def _show(self, size: PaperSize) -> None:
        self.choice.set_value(size.value)

    def _choose(self, value: str) -> None:
        size = PaperSize(value)
        words = self.tr("Tanda terima dicetak pada {size}.").format(
            size=self.tr("gulungan 80 mm") if size is PaperSize.ROLL_80 else size.value
        )
        work = partial(prints.keep_receipt_size, self.room.desk, size)
        self.room.tasks.database(work, lambda _none: self.room.notify(words), owner=self)
